"""How hard texts are to read."""

from __future__ import annotations

import pytest

from app.content.load import load
from app.content.readability import LEVEL_LIMITS, level, words
from tests.content.broken.places import LESSON, LINE
from tests.content.conftest import Edit

HARD = {
    "en": (
        "Perpetually misunderstood documentation overwhelms inexperienced personnel. ",
        "You keep",
    ),
    "ru": ("Перенаправление продолжается непосредственно уполномоченными сотрудниками. ", LINE),
    "be": (
        "Перанакіраванне працягваецца непасрэдна ўпаўнаважанымі супрацоўнікамі. ",
        "Вы беражаце",
    ),
}


def test_a_level_is_words_per_sentence_and_the_share_of_long_words() -> None:
    assert level(["One two three four.", "Somewhere near us."]) == pytest.approx(3.5 + 100 / 7)
    assert level([]) == 0


def test_headings_and_cells_do_not_count() -> None:
    told = ["It is so."]
    assert level(told) == level([*told, "Documentation", "An overwhelming responsibility"])
    assert level(told) < level([*told, "one two three four five six seven Documentation"])


def test_numbers_are_no_words_and_parts_of_a_word_are_one() -> None:
    assert words("Сям’я з 3 асоб, г-н А., 105-З") == ["Сям’я", "з", "асоб", "г-н", "А", "З"]


@pytest.mark.parametrize("lang", ["en", "ru", "be"])
def test_a_hard_lesson_is_a_warning_that_names_its_longest_sentences(edit: Edit, lang: str) -> None:
    sentence, line = HARD[lang]
    path = LESSON.replace(".ru.", f".{lang}.")
    root = edit(path, line, sentence * 120 + line)
    [problem] = [p for p in load(root).problems if p.code == "reading-level"]
    assert (problem.path, problem.line, problem.severity) == (path, 1, "warning")
    assert problem.params["limit"] == LEVEL_LIMITS[lang]
    assert problem.hint.endswith("stand on lines 6, 10, 16")
