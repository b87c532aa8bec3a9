"""What the picture of a scenario says, in each language."""

from __future__ import annotations

ByLanguage = dict[str, str]

# A word for each verdict, and the letter that stands for it on a line.
VERDICTS: dict[str, ByLanguage] = {
    "best": {"en": "best", "ru": "лучшее", "be": "лепшае"},
    "acceptable": {"en": "acceptable", "ru": "допустимое", "be": "дапушчальнае"},
    "mistake": {"en": "mistake", "ru": "ошибка", "be": "памылка"},
    "red_line": {"en": "red line", "ru": "красная черта", "be": "чырвоная рыса"},
}
LETTERS: dict[str, ByLanguage] = {
    "best": {"en": "B", "ru": "Л", "be": "Л"},
    "acceptable": {"en": "A", "ru": "Д", "be": "Д"},
    "mistake": {"en": "M", "ru": "О", "be": "П"},
    "red_line": {"en": "R", "ru": "К", "be": "Ч"},
}
STATES: dict[str, ByLanguage] = {
    "safety": {"en": "safety", "ru": "безопасность", "be": "бяспека"},
    "protection": {"en": "protection", "ru": "защита", "be": "абарона"},
    "consent": {"en": "consent", "ru": "согласие", "be": "згода"},
    "trust": {"en": "trust", "ru": "доверие", "be": "давер"},
    "time": {"en": "time", "ru": "время", "be": "час"},
}
KNOWN: ByLanguage = {"en": "known: %s", "ru": "известно: %s", "be": "вядома: %s"}
UNKNOWN: ByLanguage = {"en": "not known: %s", "ru": "неизвестно: %s", "be": "невядома: %s"}
IF: ByLanguage = {"en": "if %s", "ru": "если %s", "be": "калі %s"}
END: ByLanguage = {"en": "end", "ru": "конец", "be": "канец"}
PICTURE: ByLanguage = {
    "en": "Ways through the case “%s”",
    "ru": "Пути в случае «%s»",
    "be": "Шляхі ў выпадку «%s»",
}
BEST_PATH: ByLanguage = {
    "en": "Best path: %s. All choices stand in the table.",
    "ru": "Лучший путь: %s. Все решения — в таблице.",
    "be": "Лепшы шлях: %s. Усе рашэнні — у табліцы.",
}
