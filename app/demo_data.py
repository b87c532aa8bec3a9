"""Made-up people of the demo. No real person is meant; the names are common ones, mixed."""

from __future__ import annotations

from typing import NamedTuple


class Sample(NamedTuple):
    """Surname, name and patronymic, and the surname and name in Latin script."""

    surname: str
    given_name: str
    patronymic: str
    surname_latin: str
    given_name_latin: str


PEOPLE = tuple(
    Sample(*line.split("|"))
    for line in """\
Соўсь|Ульяна|Ігнатаўна|Sous|Uliana
Ёлкин|Артём|Семёнович|Yolkin|Artsiom
Гайдук|Марина|Олеговна|Haiduk|Maryna
Роўда|Кірыл|Мікалаевіч|Rouda|Kiryl
Берёзкина|Дарья|Павловна|Biarozkina|Darya
Климчук|Степан|Ильич|Klimchuk|Stsiapan
Озерова|Инна|Викторовна|Azerava|Ina
Заяц|Максим|Романович|Zayats|Maksim
Вербицкая|Алеся|Юрьевна|Viarbitskaya|Alesia
Дуб|Фёдор|Андреевич|Dub|Fiodar
Лесная|Ксения|Глебовна|Liasnaya|Kseniya
Кузьмич|Тимур|Аркадьевич|Kuzmich|Tsimur
Пташук|Вера|Денисовна|Ptashuk|Vera
Журавель|Яўген|Васільевіч|Zhuravel|Yauhen
Сосновский|Игорь|Львович|Sasnouski|Ihar
Рябинина|Полина|Максимовна|Rabinina|Palina
Коваль|Дмитрий|Егорович|Koval|Dzmitry
Ветрова|Злата|Ивановна|Viatrova|Zlata
Бусел|Антон|Петрович|Busel|Anton
Калина|Надежда|Сергеевна|Kalina|Nadzeya
Мядзведзь|Ілья|Аляксеевіч|Miadzvedz|Illia
Снежко|Ольга|Тарасовна|Snezhka|Volha
Крапива|Роман|Никитич|Krapiva|Raman
Ясень|Юлия|Борисовна|Yasen|Yuliya
Тополь|Глеб|Фёдорович|Topal|Hleb
Лужкова|Анна|Марковна|Luzhkova|Hanna
Вярба|Сяргей|Паўлавіч|Viarba|Siarhei
Рекун|Тамара|Олеговна|Rekun|Tamara
Каменев|Лев|Юрьевич|Kamenev|Leu
Долинина|Раиса|Семёновна|Dalinina|Raisa
Гаёвы|Васіль|Янавіч|Hayovy|Vasil
Зорина|Евгения|Ильинична|Zoryna|Yauheniya
Холмов|Павел|Степанович|Kholmau|Pavel
Стрельчик|Нина|Егоровна|Strelchyk|Nina
Полевой|Кирилл|Денисович|Paliavy|Kiryl
Ромашко|Ирина|Львовна|Ramashka|Iryna
Чижик|Матвей|Андреевич|Chyzhyk|Matsvei
Верас|Алёна|Ігараўна|Veras|Aliona
Клён|Тарас|Викторович|Klion|Taras
Незабудкина|Майя|Петровна|Nezabudkina|Maiya
Аистов|Роберт|Ильич|Aistau|Robert
Сінявокая|Ганна|Міхайлаўна|Siniavokaya|Hanna
Дроздов|Аркадий|Тимурович|Drazdou|Arkadz
Липницкая|Софья|Романовна|Lipnitskaya|Sofya
Глушец|Виктор|Павлович|Hlushets|Viktar
Перапёлка|Святлана|Антонаўна|Perapiolka|Sviatlana
Мороз|Григорий|Львович|Maroz|Ryhor
Вишневая|Лидия|Андреевна|Vishniovaya|Lidziya
Ручей|Станислав|Глебович|Ruchei|Stanislau
Аўсянка|Пятро|Ільіч|Ausianka|Piatro
Рассветова|Виталина|Павловна|Rassvetava|Vitalina
Кастрица|Максим|Денисович|Kastrytsa|Maksim
Зеленко|Марта|Юрьевна|Zelenka|Marta
Бяроза|Адам|Віктаравіч|Biaroza|Adam
Туманова|Регина|Олеговна|Tumanava|Rehina""".splitlines()
)
