"""Sentences of a text in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.sentences import sentences


def told(text: str, lang: str = "en") -> list[str]:
    """Return the sentences without their lines."""
    return [sentence for _, sentence in sentences(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "По ст. 5 и п. 7 закона так.|Затем иначе."),
        ("ru", "Вода, хлеб и т. д. нужны всем.|Это ясно."),
        ("ru", "Вода, хлеб и т. д.|Это ясно."),
        ("ru", "Так решили в 2019 г.|Тогда это было ново."),
        ("ru", "Это было в г. Минске, т. е. Там."),
        ("ru", "Закон № 354-З. (см. ст. 4) действует."),
        ("ru", "Пришла г-жа А.|Она молчит."),
        ("ru", "Пришла А. Б. Ветрова и села."),
        ("ru", "Он спросил: «Можно?» и ушёл.|Ответа нет."),
        ("ru", "«Стой!» — «Иду…» — и тишина.|Конец."),
        ("be", "Паводле арт. 5 і п. 7 закона так.|Потым інакш."),
        ("be", "Вада, хлеб і г. д. патрэбны ўсім.|Гэта ясна."),
        ("be", "Так вырашылі ў 2019 г.|Усе згодныя."),
        ("be", "Гэта, г. зн. Тое, ясна."),
        ("be", "Прыйшла спадарыня А.|Яна маўчыць."),
        ("be", "Гл. арт. 4.|Сп. Д. піша."),
        ("en", "Under art. 5 and para. 7 it is so.|Then not."),
        ("en", "Mr. Ash and Dr. Birch came, e.g. Today."),
        ("en", "He said no.|Then he left."),
        ("en", "It is No. 7.|It is an art.|Yes."),
        ("en", "Ms D. got it wrong.|So did Mr K.|They both know."),
        ("en", "Is it a treaty?!|Yes… it is.|Version 2.5 is out."),
        ("en", "“Wait.”|She waits.|(She sits down.)|Then?"),
    ],
)
def test_stops_end_sentences_and_abbreviations_do_not(lang: str, text: str) -> None:
    assert told(text.replace("|", " "), lang) == text.split("|")


def test_blocks_are_parted_and_lines_counted() -> None:
    text = (
        "First line\ngoes on. Second\none.\n\n- item one\n  wrapped\n- **Bold.** Item two\n\n"
        '!!! note "Title here"\n    Inside. Again.\n\n!!! note\n    Bare.\n\n### Head {: .x }\n'
        "| A | B. C |\n| --- | ---: |\n| [[term:t|the t]] | 3 |\n\n{{aid:j1}}\n\n1. one\n2. two"
    )
    assert sentences(text, "en") == [
        (0, "First line goes on."),
        (1, "Second one."),
        (4, "item one wrapped"),
        (6, "**Bold.**"),
        (6, "Item two"),
        (8, "Title here"),
        (9, "Inside."),
        (9, "Again."),
        (12, "Bare."),
        (14, "Head"),
        (15, "A"),
        (15, "B."),
        (15, "C"),
        (17, "[[term:t|the t]]"),
        (17, "3"),
        (21, "one"),
        (22, "two"),
    ]


def test_marks_stay_and_a_citation_belongs_to_the_sentence_before() -> None:
    text = (
        "It holds. [@a art. 1], [@b para 2] [[hedge:Perhaps. So]] it is [@c art. 3(1)]. "
        "End. [@d #x]"
    )
    assert told(text) == [
        "It holds. [@a art. 1], [@b para 2]",
        "[[hedge:Perhaps.",
        "So]] it is [@c art. 3(1)].",
        "End. [@d #x]",
    ]
    assert told("A [[term:x\\|thing. B]] c. [[term:y|Y]] d") == [
        "A [[term:x\\|thing.",
        "B]] c.",
        "[[term:y|Y]] d",
    ]
    assert sentences("Of [[term:x|two\nwords]]. Next\nis.", "en") == [
        (0, "Of [[term:x|two words]]."),
        (1, "Next is."),
    ]


@given(st.text(alphabet='aA яЯ.|!?\n-#:[]@«»"{}0 ', max_size=80), st.sampled_from(["en", "ru"]))
def test_nothing_breaks_it_and_lines_grow(text: str, lang: str) -> None:
    found = sentences(text, lang)
    lines = [line for line, _ in found]
    assert lines == sorted(lines)
    assert all(0 <= line <= text.count("\n") for line in lines)
    assert all(sentence == " ".join(sentence.split()) for _, sentence in found)


@given(st.lists(st.sampled_from(["One two.", "Is it?", "Ms D. waits", "ст. 5"]), min_size=1))
def test_wrapping_changes_no_sentence(parts: list[str]) -> None:
    text = " ".join(parts)
    assert told(text) == told(text.replace(" ", "\n"))
