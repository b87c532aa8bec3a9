"""Broken content files and what the check says of each."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from app.content.load import load
from app.content.loaded import Loaded
from app.content.messages import MESSAGES
from tests.content.broken.places import (
    CASE,
    COURSE,
    FINAL,
    GLOSSARY,
    LESSON,
    LINE,
    RECALL,
    REGISTER,
)
from tests.content.conftest import replace_in
from tests.content.recording import record

Edit = Callable[[str, str, str], Path]

TREE_FILES = Path(__file__).parent / "broken"
BROKEN = [
    row
    for path in sorted(TREE_FILES.glob("*.py"))
    for row in getattr(import_module(f"tests.content.broken.{path.stem}"), "ROWS", ())
]


def _ids(row: tuple[str, ...]) -> str:
    return f"{row[3]}-{row[0].rpartition('/')[2]}"


@pytest.fixture(scope="module")
def broken(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which a test breaks one file and puts it back."""
    return Path(shutil.copytree(recorded, tmp_path_factory.mktemp("broken") / "tree"))


@pytest.mark.parametrize("row", BROKEN, ids=_ids)
def test_a_rule_fires_once_on_the_line_that_breaks_it(broken: Path, row: tuple[str, ...]) -> None:
    path, old, new, code, on_line = row
    before = (broken / path).read_bytes()
    try:
        replace_in(broken / path, old, new)
        lines = (broken / path).read_text(encoding="utf-8").split("\n")
        found = [problem for problem in load(broken).problems if problem.code == code]
    finally:
        (broken / path).write_bytes(before)
    places = [(problem.path, on_line in lines[problem.line - 1]) for problem in found]
    assert places == [(path, True)], [problem.format() for problem in found]


def test_the_tree_is_valid(valid: Loaded) -> None:
    assert [problem.format() for problem in valid.problems] == []


@pytest.mark.parametrize("path", ["courses/t1/lessons/1-1.be.md", "courses/t1/aids/j1.en.md"])
def test_a_deleted_file_is_an_error_of_its_course(root: Path, path: str) -> None:
    (root / path).unlink()
    problem = next(one for one in load(root).problems if one.code == "missing-file")
    listed = (root / COURSE).read_text(encoding="utf-8").split("\n")[problem.line - 1]
    assert (problem.path, problem.params) == (COURSE, {"file": path})
    assert "1-1" in listed or "j1" in listed


@pytest.mark.parametrize("path", [REGISTER, GLOSSARY, COURSE])
def test_a_deleted_master_file_is_an_error(root: Path, path: str) -> None:
    (root / path).unlink()
    assert (path, "missing-file") in [(p.path, p.code) for p in load(root).problems]


def test_a_missing_register_is_one_problem_not_hundreds(root: Path) -> None:
    (root / REGISTER).unlink()
    assert [problem.path for problem in load(root).problems] == [REGISTER]


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfid: t1\n", "id: урок\n".encode("cp1251")])
def test_a_file_in_another_encoding_is_refused(root: Path, data: bytes) -> None:
    (root / COURSE).write_bytes(data)
    assert (COURSE, 1, "encoding") in [(p.path, p.line, p.code) for p in load(root).problems]


def test_windows_line_ends_change_nothing(root: Path) -> None:
    texts = (path for path in root.rglob("*.*") if path.suffix not in (".png", ".webm"))
    for path in texts:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(root).problems == ()


def test_a_file_that_nothing_lists_is_a_warning(root: Path) -> None:
    (root / "courses/t1/lessons/1-2.ru.md").write_text("x", encoding="utf-8")
    found = [(p.path, p.severity, p.code) for p in load(root).problems]
    assert found == [("courses/t1/lessons/1-2.ru.md", "warning", "not-listed")]


def test_a_forbidden_word_may_be_quoted(edit: Edit) -> None:
    root = edit(LESSON, LINE, "Не говорите «нелегал». Вы бережёте границу")
    assert load(root).problems == ()


def test_recall_may_come_from_an_earlier_lesson_only(root: Path, edit: Edit) -> None:
    edit(COURSE, "scenarios:", '  - {id: "1-2", minutes: 10, objectives: [1]}\nscenarios:')
    for lang in ("en", "ru", "be"):
        text = (root / f"courses/t1/lessons/1-1.{lang}.md").read_text(encoding="utf-8")
        later = text.replace("{{practice:t1-p-1}}\n", "").replace("t1-r-2", "t1-r-1")
        (root / f"courses/t1/lessons/1-2.{lang}.md").write_text(later, encoding="utf-8")
    edit(RECALL, 'lesson: "1-1"', 'lesson: "1-2"')
    found = {(p.path.rpartition("/")[2], p.code) for p in load(root).problems}
    wrong = {(f"1-1.{lang}.md", "foreign-lesson") for lang in ("en", "ru", "be")}
    assert wrong <= found
    assert ("1-2.ru.md", "foreign-lesson") in found  # the scenario belongs to 1-1


def _without(text: str, start: str, end: str) -> str:
    """Cut from the first `start` to just before the next `end`."""
    head, _, tail = text.partition(start)
    return head + end + tail.partition(end)[2]


def test_two_options_or_one_choice_are_too_few(root: Path) -> None:
    for path, start, end in [
        (FINAL, "      - id: c\n", "  - id: t1-f-2"),
        (CASE, "      - id: send\n", "  - id: n2"),
    ]:
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(_without(text, start, end), encoding="utf-8")
    record(root)
    found = [(p.path, p.code, p.params) for p in load(root).problems]
    assert found == [(CASE, "choices", {"count": 1}), (FINAL, "options", {"count": 2})]


def test_every_code_of_the_check_is_tested() -> None:
    here = Path(__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(here.glob("test_*.py")))
    fired = {row[3] for row in BROKEN} | {code for code in MESSAGES if f'"{code}"' in text}
    assert set(MESSAGES) - fired == set()


def test_a_problem_reads_as_one_line(edit: Edit) -> None:
    root = edit(FINAL, "        key: true\n", "")
    [problem] = load(root).problems
    assert problem.format() == (
        'quizzes/t1/objective-1.yaml:11 item "t1-f-1": no keys but type is single'
        " – mark one option with key: true"
    )


def test_all_problems_are_reported_at_once_and_in_order(edit: Edit) -> None:
    edit(COURSE, '"0.8"', '"9"')
    edit(FINAL, "objective: 1", "objective: 7")
    root = edit(LESSON, LINE, "<b>x")
    problems = load(root).problems
    assert {problem.code for problem in problems} >= {
        "cut-score",
        "unknown-objective",
        "raw-html",
    }
    assert [(p.path, p.line) for p in problems] == sorted((p.path, p.line) for p in problems)


def test_items_of_a_round_that_the_course_does_not_have_are_told(edit: Edit) -> None:
    found = load(edit(COURSE, "refresher: {minutes: 20, months_after: [6]}", "")).problems
    assert [(one.code, one.subject) for one in found] == [("never-asked", 'item "t1-s-1"')]
