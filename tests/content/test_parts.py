"""The parts of a course, their blocks and fingerprints."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.blocks import stretches
from app.content.files import Placed, SourceFile
from app.content.lesson import parse_lesson
from app.content.load import load
from app.content.loaded import Loaded, MediaFile
from app.content.part_texts import PageText
from app.content.parts import Part, aligned, fingerprint, parts_of
from tests.content.broken.places import CASE, FINAL, LESSON, LINE

Edit = Callable[[str, str, str], Path]

WRITTEN = """Первая строка,
вторая строка.

- пункт
  и его конец
- [[term:refugee|беженец]]

!!! case "Случай"
    Текст
    случая.

| A | B |
| --- | --- |
| 1 | 2 |

### Ниже
"""
words = st.lists(st.text("абвгдежз", min_size=2, max_size=9), min_size=1, max_size=30, unique=True)


def lesson(*screens: tuple[str, str], file: str = "1-1.ru.md") -> Placed:
    """A page of the given (heading, text)."""
    body = "".join(f"## {title}\n\n{text}\n\n" for title, text in screens)
    text = f"---\ntitle: Урок\n---\n{body}"
    parsed, _ = parse_lesson(text)
    assert parsed
    return Placed(parsed, SourceFile(file, text))


def part(*screens: tuple[str, str]) -> Part:
    return Part("lesson 1-1", PageText({"ru": lesson(*screens)}))


def test_a_text_is_cut_into_blocks_with_their_lines():
    found = [(one.kind, one.line, one.text) for one in stretches(WRITTEN)]
    assert found == [
        ("paragraph", 0, "Первая строка, вторая строка."),
        ("item", 3, "- пункт и его конец"),
        ("item", 5, "- [[term:refugee|беженец]]"),
        ("box", 7, '!!! case "Случай"'),
        ("paragraph", 8, "    Текст случая."),
        ("row", 11, "| A | B |"),
        ("row", 12, "| --- | --- |"),
        ("row", 13, "| 1 | 2 |"),
        ("heading", 15, "### Ниже"),
    ]


def test_a_course_has_its_parts_in_the_order_in_which_it_is_taught(valid: Loaded):
    parts = parts_of("t1", valid)
    assert list(parts)[:5] == ["course", "lesson 1-1", "aid j1", "scenario t1-1a", "item t1-f-1"]
    assert [parts[one].title("ru") for one in list(parts)[:4]] == [
        "Учебный курс",
        "Первый урок",
        "Опасность",
        "Учебный случай",
    ]
    assert parts["item t1-f-1"].title("en") == "A man is afraid. What do you do first?"
    assert {part.kind for part in parts.values()} >= {"course", "lesson", "scenario", "item"}


def test_every_block_stands_on_the_line_it_names(valid: Loaded):
    for one in parts_of("t1", valid).values():
        for lang in one.languages:
            for block in one.blocks(lang):
                line = block.file.text.split("\n")[block.line - 1]
                key = f"{lang}:" if isinstance(block.at, tuple) else block.text[:12]
                assert key in " ".join(line.split()), (one.id, block.where)


def test_a_block_says_what_it_is(valid: Loaded):
    parts = parts_of("t1", valid)
    places = [block.place for block in parts["lesson 1-1"].blocks("ru")]
    assert "Что верно всегда › item 2" in places
    assert "Что верно всегда › row 2" in places
    places = [block.place for block in parts["item t1-f-1"].blocks("ru")]
    assert places[:3] == ["stem", "options a text", "options a rationale"]


@given(words, st.integers(10, 60), st.integers(10, 60))
def test_wrapping_lines_changes_no_fingerprint(some, first, second):
    text = " ".join(some)
    one, two = (
        part(("Экран", textwrap.fill(text, width, break_long_words=False)))
        for width in (first, second)
    )
    assert fingerprint(one, "ru") == fingerprint(two, "ru")


@given(words, st.data())
def test_every_other_change_changes_the_fingerprint(some, data):
    at = data.draw(st.integers(0, len(some) - 1))
    changed = [*some[:at], some[at] + "э", *some[at + 1 :]]
    before = fingerprint(part(("Экран", " ".join(some))), "ru")
    assert fingerprint(part(("Экран", " ".join(changed))), "ru") != before


@pytest.mark.parametrize(
    "changed",
    [
        "Один два.\n\nТри.\n\n    Четыре.",
        "Один два. Три.\n\nЧетыре.",
        "- Один два.\n\nТри.\n\nЧетыре.",
        "Один **два**.\n\nТри.\n\nЧетыре.",
        "Один два [@cat-1984 art. 3(1)].\n\nТри.\n\nЧетыре.",
        "Три.\n\nОдин два.\n\nЧетыре.",
        "Один два.\n\nТри.\n\n{{practice:t1-p-1}}\n\nЧетыре.",
        'Один два.\n\nТри.\n\nЧетыре.\n\n![Круг](a.png "Круг")',
    ],
)
def test_what_is_not_a_line_end_counts(changed):
    before = fingerprint(part(("Экран", "Один два.\n\nТри.\n\nЧетыре.")), "ru")
    assert fingerprint(part(("Экран", changed)), "ru") != before


@pytest.mark.parametrize(
    ("path", "old", "new", "name", "langs"),
    [
        (LESSON, LINE, "Вы храните границу", "lesson 1-1", "ru"),
        (LESSON, "{{recall:t1-r-2}}", "{{recall:t1-r-1}}", "lesson 1-1", "ru"),
        (LESSON, "## Ситуация {: .situation }", "## Ситуация", "lesson 1-1", "ru"),
        (FINAL, "What do you do first?", "What now?", "item t1-f-1", "en"),
        (FINAL, "cat-1984 art. 3(1)", "cat-1984 #accession", "item t1-f-1", "en ru be"),
        (FINAL, "        key: true\n", "", "item t1-f-1", "en ru be"),
        (CASE, "verdict: best", "verdict: acceptable", "scenario t1-1a", "en ru be"),
        (CASE, "She speaks.", "She talks.", "scenario t1-1a", "en"),
        (CASE, "minutes: 5", "minutes: 6", "scenario t1-1a", ""),
        ("courses/t1/course.yaml", "Учебный", "Малый", "course", "ru"),
        ("courses/t1/course.yaml", '"0.8"', '"0.9"', "course", ""),
    ],
)
def test_a_change_counts_for_the_part_and_languages_it_is_in(
    edit: Edit, valid: Loaded, path: str, old: str, new: str, name: str, langs: str
):
    before, after = parts_of("t1", valid), parts_of("t1", load(edit(path, old, new)))
    changed = {
        (one, lang)
        for one in before
        for lang in before[one].languages
        if fingerprint(before[one], lang) != fingerprint(after[one], lang)
    }
    assert changed == {(name, lang) for lang in langs.split()}


def test_a_picture_or_film_is_part_of_what_was_read(valid: Loaded):
    media = {key: MediaFile(file.path, file.data + b"x") for key, file in valid.media.items()}
    before, after = parts_of("t1", valid), parts_of("t1", replace(valid, media=media))
    changed = {
        one for one in before if fingerprint(before[one], "ru") != fingerprint(after[one], "ru")
    }
    assert {one.partition(" ")[0] for one in changed} == {"lesson", "recording"}


def test_blocks_of_two_languages_stand_side_by_side(valid: Loaded):
    for one in parts_of("t1", valid).values():
        rows = aligned(one, "ru", "be")
        assert {row.state for row in rows} == {"current"}
        assert [row.source for row in rows] == list(one.blocks("ru"))
        assert [row.target for row in rows] == list(one.blocks("be"))


def test_a_block_too_many_moves_only_the_rows_of_its_screen():
    ours = lesson(("А", "Один.\n\nДва [@a b].\n\nТри."), ("Б", "Четыре."))
    theirs = lesson(("А", "Two [@a b].\n\nThree."), ("Б", "Four.\n\nFive."), file="1-1.en.md")
    rows = aligned(Part("lesson 1-1", PageText({"ru": ours, "en": theirs})), "ru", "en")
    found = [(r.source and r.source.text, r.target and r.target.text, r.state) for r in rows]
    assert found == [
        ("Урок", "Урок", "current"),
        ("А", "А", "current"),
        ("Один.", None, "missing"),
        ("Два [@a b].", "Two [@a b].", "current"),
        ("Три.", "Three.", "current"),
        ("Б", "Б", "current"),
        ("Четыре.", "Four.", "current"),
        (None, "Five.", "extra"),
    ]


def test_a_language_that_is_missing_has_no_blocks(root: Path):
    (root / "courses/t1/lessons/1-1.be.md").unlink()
    one = parts_of("t1", load(root))["lesson 1-1"]
    assert (one.languages, one.blocks("be"), one.path("be"), one.title("be")) == (
        ("en", "ru"),
        (),
        "",
        "",
    )
    assert {row.state for row in aligned(one, "ru", "be")} == {"missing"}
