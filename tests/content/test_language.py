"""What wording the check refuses in three languages, and what looks like it and may stay."""

from __future__ import annotations

import pytest

from app.content.avoided import avoided, foreign_forms, phrases
from app.content.claims import claims
from app.content.load import load
from app.content.model import Avoided, Confirmed, Term
from app.content.spoken import bare, is_quoted, sentence_at
from tests.content.broken.places import FINAL
from tests.content.conftest import Edit

CLAIMED = [
    ("en", "The return is voluntary.", "voluntariness"),
    ("en", "Their decision was fully voluntary and the file is closed.", "voluntariness"),
    ("en", "She does not argue. It is voluntary.", "voluntariness"),
    ("en", "He left the country voluntarily.", "voluntariness"),
    ("en", "She signed, so it was voluntary.", "voluntariness"),
    ("en", "The [[term:voluntary-return|return]] is **voluntary**.", "voluntariness"),
    ("en", "We guarantee protection.", "promise"),
    ("en", "I promise that you will stay.", "promise"),
    ("ru", "Возвращение является добровольным.", "voluntariness"),
    ("ru", "Его возвращение было добровольным, и дело закрыто.", "voluntariness"),
    ("ru", "Решение добровольное.", "voluntariness"),
    ("ru", "Возвращение — добровольное.", "voluntariness"),
    ("ru", "Выбор доброволен.", "voluntariness"),
    ("ru", "Она подписала бланк — значит, добровольно.", "voluntariness"),
    ("ru", "Семья вернулась домой добровольно.", "voluntariness"),
    ("ru", "Он добровольно уехал.", "voluntariness"),
    ("ru", "Мы гарантируем защиту.", "promise"),
    ("ru", "Обещаю, вас оставят.", "promise"),
    ("be", "Вяртанне з’яўляецца добраахвотным.", "voluntariness"),
    ("be", "Яго рашэнне было добраахвотным, і справа закрыта.", "voluntariness"),
    ("be", "Вяртанне добраахвотнае.", "voluntariness"),
    ("be", "Яна падпісала бланк — значыць, добраахвотна.", "voluntariness"),
    ("be", "Сям’я вярнулася дадому добраахвотна.", "voluntariness"),
    ("be", "Ён добраахвотна з’ехаў.", "voluntariness"),
    ("be", "Мы гарантуем абарону.", "promise"),
    ("be", "Абяцаю, вас пакінуць.", "promise"),
]
UNCLAIMED = [
    ("en", "IOM assesses whether the return is voluntary."),
    ("en", "A signature does not show that the decision is voluntary."),
    ("en", "“The return is voluntary”, says the form."),
    ("en", 'He writes "It is voluntary." and closes the file.'),
    ("en", "Is the return voluntary?"),
    ("en", "The return is voluntary only if nobody presses."),
    ("en", "Return may be voluntary or forced."),
    ("en", "Voluntary return programmes rest on consent."),
    ("en", "It is a voluntary return programme."),
    ("en", "He says that he returned voluntarily."),
    ("en", "We cannot guarantee anything. Do not promise."),
    ("en", "The guarantee is in the law; they promise much."),
    ("ru", "Добровольность оценивает МОМ."),
    ("ru", "МОМ оценивает, является ли возвращение добровольным."),
    ("ru", "Подпись не значит, что решение добровольное."),
    ("ru", "В бланке стоит: «Возвращение добровольное»."),
    ("ru", "«Всё просто. Решение добровольное», — говорит он."),
    ("ru", "Добровольно ли это решение?"),
    ("ru", "Возвращение бывает добровольным и принудительным."),
    ("ru", "Это не содействие добровольному возвращению."),
    ("ru", "Это добровольный порядок исполнения, и он остаётся выдворением."),
    ("ru", "Решение о добровольном возвращении принимает человек."),
    ("ru", "Добровольные программы держатся на согласии."),
    ("ru", "Никто не сказал, что выбор добровольный."),
    ("ru", "Мы не гарантируем защиту. Обещать нельзя."),
    ("be", "Добраахвотнасць ацэньвае МАМ."),
    ("be", "МАМ ацэньвае, ці з’яўляецца вяртанне добраахвотным."),
    ("be", "Подпіс не значыць, што рашэнне добраахвотнае."),
    ("be", "У бланку стаіць: «Вяртанне добраахвотнае»."),
    ("be", "Ці добраахвотнае гэта рашэнне?"),
    ("be", "Вяртанне бывае добраахвотным і прымусовым."),
    ("be", "Гэта не садзейнічанне добраахвотнаму вяртанню."),
    ("be", "Гэта добраахвотны парадак выканання."),
    ("be", "Мы не гарантуем абарону. Абяцаць нельга."),
]


@pytest.mark.parametrize(("lang", "text", "code"), CLAIMED)
def test_a_claim_is_found(lang: str, text: str, code: str) -> None:
    assert [claim.code for claim in claims(text, lang)] == [code]


@pytest.mark.parametrize(("lang", "text"), UNCLAIMED)
def test_questions_denials_and_the_words_of_others_claim_nothing(lang: str, text: str) -> None:
    assert list(claims(text, lang)) == []


def test_a_claim_is_found_far_inside_a_text_and_on_its_line() -> None:
    text = "Одно слово. " * 60 + "\nВыбор доброволен.\n" + "Другое слово. " * 60
    [claim] = claims(text, "ru")
    assert (text.count("\n", 0, claim.at), claim.words) == (1, "Выбор доброволен")


def test_a_claim_may_be_wrapped_and_a_line_above_does_not_lift_it() -> None:
    assert [claim.words for claim in claims("Выбор\nдоброволен.", "ru")] == ["Выбор доброволен"]
    listed = "- МОМ оценивает решение\n- Выбор доброволен"
    assert [claim.words for claim in claims(listed, "ru")] == ["Выбор доброволен"]


def _term(lang: str, phrase: str) -> Term:
    avoid = Avoided.model_validate({lang: (phrase,)})
    confirmed = Confirmed(ru=False, be=False)
    return Term(id="t", en="voluntary return", ru="x", be="y", confirmed=confirmed, avoid=avoid)


@pytest.mark.parametrize(
    ("lang", "phrase", "said", "left"),
    [
        ("en", "voluntary deportation", "two voluntary deportations", "deportation is voluntary"),
        ("en", "deportee", "Deportees came", "they deported her"),
        ("en", "handing a person over", "handing a person over", "handing papers over"),
        ("ru", "добровольная депортация", "о добровольной депортации", "добровольно депортировать"),
        ("ru", "добровольная депортация", "Добровольную\nдепортацию", "добровольная, депортация"),
        ("ru", "запрет высылки", "О запрете высылки", "Запросы о высылке"),
        ("ru", "передача человека", "при передаче людей", "передачу ребёнка опекуну"),
        ("ru", "депортированный", "всех депортированных", "их депортировали, он депортирован"),
        (
            "be",
            "добраахвотная дэпартацыя",
            "аб добраахвотнай дэпартацыі",
            "добраахвотна, дэпартацыя",
        ),
        ("be", "забарона высылкі", "пра забарону высылкі", "забаранілі высылку"),
        ("be", "перадача чалавека", "пры перадачы людзей", "перадаць чалавека"),
        ("be", "дэпартаваны", "усіх дэпартаваных", "іх дэпартавалі"),
        ("ru", "депортированный", "депортированными", "недепортированный"),
    ],
)
def test_all_forms_of_words_to_avoid_are_found(
    lang: str, phrase: str, said: str, left: str
) -> None:
    [known] = phrases([_term(lang, phrase)], lang)
    assert known.hint in phrase.lower()
    assert [found.words for found in avoided(f"Так: {said}.", known)] != []
    assert [found.words for found in avoided(f"Так: {left}.", known)] == []
    assert [found.words for found in avoided(f"Не «{said}».", known)] == []


def test_a_linked_term_shows_a_word_of_the_term() -> None:
    term = _term("en", "x")
    linked = "[[term:t|returned]] [[term:t|the journey]] [[term:t]] [[term:none|the journey]]"
    assert [found.words for found in foreign_forms(linked, "en", {"t": term})] == ["the journey"]


def test_a_wrong_option_may_say_what_a_right_one_may_not(edit: Edit) -> None:
    root = edit(FINAL, "Send away", "Note that her return is voluntary")
    assert "voluntariness" not in {problem.code for problem in load(root).problems}
    root = edit(FINAL, "Ask first", "Note that his return is voluntary")
    assert [p.code for p in load(root).problems if p.code == "voluntariness"] == ["voluntariness"]


def test_marks_are_blanked_and_letters_keep_their_places() -> None:
    text = "A [[term:x|b]] **c** [@k art. 1] d[^1] [[hedge:e\nf]] snake_case _g_"
    clean = bare(text)
    assert len(clean) == len(text)
    assert clean.split() == ["A", "b", "c", "d", "e", "f", "snake_case", "g"]
    assert [clean.index(letter) for letter in "bcdf"] == [11, 17, 33, 49]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("«x»", True),
        ("„x“", True),
        ("“x”", True),
        ('"x"', True),
        ("«a „b“ x»", True),
        ("«a» x", False),
        ("„a“ x", False),
        ('"a" x', False),
        ("«a\n\nx", False),
    ],
)
def test_quotation_marks_are_paired(text: str, quoted: bool) -> None:
    assert is_quoted(text, text.index("x")) is quoted


def test_a_sentence_has_its_bounds() -> None:
    text = "One. Two x two! Three."
    start, end = sentence_at(text, text.index("x"))
    assert text[start:end].strip() == "Two x two!"
