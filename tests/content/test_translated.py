"""What moved in the source since it was translated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content import translated
from app.content.load import load
from app.content.loaded import Loaded
from app.content.part_texts import PageText
from app.content.parts import Part, parts_of, sentence_prints
from app.content.translated import Standing, moved, standings, tasks, to_yaml, with_present
from app.content.yaml_strict import load as parsed
from tests.content.broken.places import CASE, FINAL, LESSON
from tests.content.recording import record
from tests.content.test_parts import lesson

Edit = Callable[[str, str, str], Path]
STALE, GONE = "translation-stale", "translation-gone"

sentence = st.text("абвгдежз", min_size=2, max_size=9).map(lambda word: f"Слово {word} здесь.")
paragraph = st.lists(sentence, min_size=1, max_size=4).map(" ".join)
paragraphs = st.lists(paragraph, min_size=1, max_size=8)


def part(texts: list[str]) -> Part:
    return Part("lesson 1-1", PageText({"ru": lesson(("Экран", "\n\n".join(texts)))}))


def present(one: Part) -> str:
    return " ".join(sentence_prints(one, "ru"))


def change(root: Path, path: str, old: str, new: str) -> None:
    """Change the source, and do not say that it was translated."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def found(root: Path) -> list[tuple[str, str, str]]:
    """The problems of translations: file, line as written, code."""
    return [
        (
            problem.path,
            (root / problem.path).read_text(encoding="utf-8").split("\n")[problem.line - 1].strip(),
            problem.code,
        )
        for problem in load(root).problems
        if problem.code.startswith("translation")
    ]


@given(paragraphs, st.data())
def test_one_changed_sentence_moves_and_no_other(texts, data):
    before = part(texts)
    at = data.draw(st.integers(0, len(texts) - 1))
    own = texts[at].split(". ")
    which = data.draw(st.integers(0, len(own) - 1))
    new = "Совсем другое слово"
    own[which] = new + "." * (which == len(own) - 1)
    [one] = moved(part([*texts[:at], ". ".join(own), *texts[at + 1 :]]), "ru", present(before))
    assert (one.kind, one.sentence) == ("new", f"{new}.")


@given(paragraphs, st.data())
def test_another_order_of_paragraphs_moves_nothing(texts, data):
    shuffled = data.draw(st.permutations(texts))
    assert moved(part(shuffled), "ru", present(part(texts))) == ()


@given(paragraphs, paragraphs)
def test_nothing_moves_just_when_the_sentences_are_the_same(texts, others):
    same = sorted(sentence_prints(part(texts), "ru")) == sorted(sentence_prints(part(others), "ru"))
    assert (moved(part(others), "ru", present(part(texts))) == ()) == same


@given(paragraphs, st.data())
def test_a_sentence_taken_out_or_put_in_is_one(texts, data):
    at = data.draw(st.integers(0, len(texts)))
    longer = part([*texts[:at], "Новое слово.", *texts[at:]])
    [new] = moved(longer, "ru", present(part(texts)))
    [gone] = moved(part(texts), "ru", present(longer))
    assert (new.kind, new.sentence, gone.kind) == ("new", "Новое слово.", "gone")


@given(st.text('-|: \n#!*+1.a\u00a0\t[]{}@"', max_size=40))
def test_whatever_is_written_each_sentence_has_its_block(text):
    one = part([text])
    found = moved(one, "ru", "00000000")
    blocks = one.blocks("ru")
    assert {move.block for move in found} <= set(range(len(blocks)))


def test_every_sentence_of_the_tree_is_watched(valid: Loaded):
    for one in parts_of("t1", valid).values():
        prints = sentence_prints(one, "ru")
        for at in range(len(prints)):
            [move] = moved(one, "ru", " ".join([*prints[:at], "00000000", *prints[at + 1 :]]))
            block = one.blocks("ru")[move.block]
            assert move.kind == "new"
            assert move.sentence[:12] in f"{block.text} {one.title('ru')}"


def test_a_changed_sentence_is_said_once_in_each_language_where_it_is_translated(root: Path):
    change(root, LESSON, "### Опасность", "### Угроза")
    assert found(root) == [
        ("courses/t1/lessons/1-1.be.md", "### Небяспека", STALE),
        ("courses/t1/lessons/1-1.en.md", "### Danger", STALE),
    ]
    [problem, _] = [one for one in load(root).problems if one.code == STALE]
    at = (root / LESSON).read_text(encoding="utf-8").split("\n").index("### Угроза") + 1
    assert problem.format() == (
        f"courses/t1/lessons/1-1.be.md:{problem.line} warning: lesson 1-1: "
        f'source sentence "Угроза" ({LESSON}:{at}): new or changed since the translation'
        " – translate it again, then flask content translated t1"
        ' --part "lesson 1-1" --language be'
    )


@pytest.mark.parametrize(
    ("path", "old", "new", "places"),
    [
        (FINAL, "Кому-то звонить", "Звонить кому-то", ["Камусьці званіць", "Call somebody"]),
        (CASE, "Угроза дома.", "Угроза дома. И здесь.", ["Пагроза", "threat at home"]),
        ("courses/t1/course.yaml", "Коротко.", "Кратко.", ["summary:"]),
        ("courses/t1/aids/j1.ru.md", "title: Опасность", "title: Угроза", ["title:"]),
    ],
)
def test_it_is_said_beside_the_translation(
    root: Path, path: str, old: str, new: str, places: list[str]
):
    change(root, path, old, new)
    problems = [one for one in load(root).problems if one.code == STALE]
    assert sorted(str(one.params["lang"]) for one in problems) == ["be", "en"]
    for one in problems:
        line = (root / one.path).read_text(encoding="utf-8").split("\n")[one.line - 1]
        assert any(place in line for place in places), (one.format(), line)


def test_where_the_translation_has_no_such_block_its_heading_is_named(root: Path):
    change(root, LESSON, "{{aid:j1}}", "И ещё: думайте.\n\n{{aid:j1}}")
    assert [line for _, line, _ in found(root)] == ["## Што слушна заўсёды", "## What holds"]


def test_a_sentence_taken_out_is_said_beside_what_is_left(root: Path):
    change(root, LESSON, "### Опасность\n", "")
    assert [(path[-5:], code) for path, _, code in found(root)] == [
        ("be.md", GONE),
        ("en.md", GONE),
    ]


def test_recording_makes_the_marks_vanish(root: Path):
    change(root, LESSON, "### Опасность", "### Угроза")
    record(root)
    assert found(root) == []


def test_only_the_language_that_was_recorded_is_up_to_date(root: Path):
    change(root, LESSON, "### Опасность", "### Угроза")
    loaded = load(root)
    old = translated.record_of("t1", loaded)
    parts = [parts_of("t1", loaded)["lesson 1-1"]]
    new = with_present(old, parts, "ru", ["be"], prune=False)
    (root / "courses/t1/translated.yaml").write_text(to_yaml(new), encoding="utf-8")
    assert [path for path, _, _ in found(root)] == ["courses/t1/lessons/1-1.en.md"]


def test_parts_without_a_record_are_one_warning_of_their_course(root: Path):
    (root / "courses/t1/translated.yaml").unlink()
    [problem] = [one for one in load(root).problems if one.path == "courses/t1/course.yaml"]
    assert (problem.code, problem.line) == ("translation-unrecorded", 1)
    assert problem.params["parts"] == "course, lesson 1-1, aid j1 …"


def test_a_page_that_is_missing_is_said_once_and_not_as_stale(root: Path):
    (root / "courses/t1/lessons/1-1.be.md").unlink()
    change(root, LESSON, "### Опасность", "### Угроза")
    assert [path for path, _, _ in found(root)] == ["courses/t1/lessons/1-1.en.md"]


def test_the_record_is_sorted_and_reads_back_as_it_was(valid: Loaded):
    written = translated.record_of("t1", valid)
    text = to_yaml({one: written[one] for one in reversed(written)})
    assert text == to_yaml(written)
    assert parsed(text) == {"parts": written}
    assert parsed(to_yaml({})) == {"parts": {}}
    assert all(isinstance(of[lang], str) for of in written.values() for lang in of)


def test_a_record_of_a_part_that_is_gone_is_dropped_only_when_asked(valid: Loaded):
    parts = list(parts_of("t1", valid).values())
    old = {"lesson 0-0": {"be": "00000000"}, "aid j1": {"be": "00000000", "en": "x"}}
    kept = with_present(old, parts, "ru", ["be"], prune=False)
    pruned = with_present(old, parts, "ru", ["be"], prune=True)
    assert (kept["lesson 0-0"], "lesson 0-0" in pruned) == ({"be": "00000000"}, False)
    assert pruned["aid j1"]["en"] == "x"
    assert pruned["aid j1"]["be"] == translated.record_of("t1", valid)["aid j1"]["be"]


def test_what_changed_in_a_record_is_listed():
    old = {"a": {"be": "1 2", "en": "1"}, "b": {"be": "1"}}
    new = {"a": {"be": "1 2 3", "en": "1"}, "c": {"en": "1"}}
    assert translated.changes(old, new) == [("a", "be", 3), ("b", "be", None), ("c", "en", 1)]


def test_translators_get_only_what_there_is_to_do(root: Path):
    assert tasks("t1", load(root)) == []
    change(root, LESSON, "### Опасность", "### Угроза")
    change(root, FINAL, "Кому-то звонить", "Звонить кому-то")
    assert [(one.language, one.part, one.sentence) for one in tasks("t1", load(root))] == [
        ("be", "lesson 1-1", "Угроза"),
        ("be", "item t1-f-1", "Звонить кому-то"),
        ("en", "lesson 1-1", "Угроза"),
        ("en", "item t1-f-1", "Звонить кому-то"),
    ]


def test_side_by_side_the_row_that_moved_is_marked(root: Path):
    change(root, LESSON, "### Опасность", "### Угроза")
    [be, _] = [one for one in standings("t1", load(root)) if one.part.id == "lesson 1-1"][::-1]
    [row] = [row for row in be.rows if row.state != "current"]
    assert (row.state, row.moved) == ("stale", ("Угроза",))


def test_side_by_side_a_sentence_taken_out_marks_the_row_but_no_sentence(root: Path):
    change(root, LESSON, "### Опасность\n", "")
    one = next(one for one in standings("t1", load(root)) if one.part.id == "lesson 1-1")
    [row] = [row for row in one.rows if row.state == "stale"]
    assert row.moved == ()


def test_a_language_without_a_record_has_rows_without_marks(valid: Loaded):
    [one] = [
        replace(one, record=None)
        for one in standings("t1", valid)
        if (one.part.id, one.lang) == ("aid j1", "be")
    ]
    assert isinstance(one, Standing)
    assert {row.state for row in one.rows} == {"current"}
