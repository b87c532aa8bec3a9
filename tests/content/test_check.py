"""Broken content files and what the check says of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.content.load import load
from app.content.loaded import Loaded
from app.content.messages import MESSAGES

Edit = Callable[[str, str, str], Path]

REGISTER = "courses/sources.yaml"
GLOSSARY = "courses/glossary.yaml"
COURSE = "courses/t1/course.yaml"
LESSON = "courses/t1/lessons/1-1.ru.md"
AID = "courses/t1/aids/j1.be.md"
CASE = "courses/t1/scenarios/1a.yaml"
FINAL = "quizzes/t1/objective-1.yaml"
RECALL = "quizzes/t1/recall.yaml"
LINE = "Вы бережёте границу"

TWICE = """true, draw: 2}
    - {objective: 1, level: apply, red_line: true, draw: 1}"""
EMPTY, DIFFER = "empty-screen", "screens-differ"

# (file, old, new, code, text that stands on the line of the problem)
BROKEN = [
    (REGISTER, "https://undocs.org/", "http://undocs.org/", "host", "http://undocs"),
    (REGISTER, "//undocs.org/", "//undocs.org.evil.test/", "host", "evil"),
    (REGISTER, "//undocs.org/", "//a@undocs.org/", "host", "a@undocs"),
    (REGISTER, "accession,", "art-3-1,", "repeated-id", "UNVERIFIED"),
    (REGISTER, "key: by-law", "key: cat-1984", "repeated-id", "key: cat-1984"),
    (REGISTER, '    version: "2023-05-17"\n', "", "version-missing", "key: by-law"),
    (REGISTER, "V2,", "V3,", "value", "V3"),
    (REGISTER, 'date: "1984"', "date: 1984", "value", "date: 1984"),
    (GLOSSARY, "id: bare", "id: refugee", "repeated-id", "id: refugee"),
    (GLOSSARY, "    ru: беженец\n", "", "missing-key", "id: refugee"),
    (COURSE, "glossary: [refugee]", "glossary: [nobody]", "unknown-term", "nobody"),
    (COURSE, "glossary: [refugee]", "glossary: [bare]", "undefined-term", "bare"),
    (COURSE, "id: t1", "id: t2", "folder", "id: t2"),
    (COURSE, "code: T1", "code: T1\nlogo: x", "unknown-key", "logo"),
    (COURSE, "code: T1", "code: T1\ncode: T2", "yaml", "code: T2"),
    (COURSE, "code: T1", "code: &x T1", "yaml", "code:"),
    (COURSE, "review: open", "review: false", "value", "review"),
    (COURSE, "objectives: [1]", "objectives: [2]", "unknown-objective", "[2]"),
    (COURSE, "objectives: [1]", "objectives: []", "untaught", "id: 1,"),
    (COURSE, "scenarios: [t1-1a]", "scenarios: [t1-1a, t1-1b]", "unknown-scenario", "t1-1b"),
    (COURSE, "aids: [j1]", "aids: [j1, j2]", "missing-file", "j2"),
    (COURSE, '"0.8"', '"1.2"', "cut-score", "1.2"),
    (COURSE, '"0.8"', '"most"', "cut-score", "most"),
    (COURSE, "{2: 24}", "{3: 24}", "rule", "wait_hours"),
    (COURSE, "reopen_after: 2", "reopen_after: 5", "rule", "reopen_after"),
    (COURSE, "draw: 2", "draw: 3", "bank-small", "draw: 3"),
    (COURSE, "draw: 2", "draw: 1", "red-lines", "draw:"),
    (COURSE, "roles: [X]", "roles: [X]\nprerequisites: [t0]", "unknown-course", "t0"),
    (LESSON, "title: Первый урок", "name: x", "front-matter", "---"),
    (LESSON, "title: Первый урок", "title: Урок [[hedge:x]]", "mark-in-title", "title"),
    (LESSON, ".situation", ".start", "screen-class", ".start"),
    (LESSON, "{: .recall }", "", "screen-order", "---"),
    (LESSON, "## Ситуация {: .situation }", "Ранний текст", "before-screens", "Ранний"),
    (LESSON, "{{recall:t1-r-2}}\n", "", "recall-count", ".recall"),
    (LESSON, "{{recall:t1-r-2}}\n", "", "directives-differ", ".recall"),
    (LESSON, "{{recall:t1-r-2}}", "{{recall:t1-r-9}}", "unknown-item", "t1-r-9"),
    (LESSON, "{{recall:t1-r-2}}", "{{recall:t1-p-1}}", "unknown-item", ":t1-p-1"),
    (LESSON, "{{recall:t1-r-2}}", "x {{recall:t1-r-2}}", "directive", "x {{"),
    (LESSON, "{{aid:j1}}", "{{aid:j9}}", "unknown-aid", "j9"),
    (LESSON, "{{scenario:t1-1a}}", "{{scenario:t1-9}}", "unknown-scenario", "t1-9"),
    (LESSON, "{{practice:t1-p-1}}", "{{recall:t1-r-1}}", "misplaced", "{{recall:t1-r-1}}"),
    (LESSON, LINE, "<b>Вы</b>", "raw-html", "<b>"),
    (LESSON, LINE, "<!-- x -->", "raw-html", "<!--"),
    (LESSON, LINE, "[тут](x)", "link", "[тут]"),
    (LESSON, LINE, "https://example.org", "link", "example.org"),
    (LESSON, LINE, "<https://example.org>", "link", "example.org"),
    (LESSON, LINE, "![a](b.png)", "image", "b.png"),
    (LESSON, LINE, "Текст {: .big }", "attribute-list", ".big"),
    (LESSON, LINE, "`код`", "code-block", "`"),
    (LESSON, LINE, "# Заголовок\n", "heading", "# Заголовок"),
    (LESSON, LINE, "Знак \u202e", "character", "\u202e"),
    (LESSON, "!!! red-line", "!!! danger", "admonition", "danger"),
    (LESSON, "[[hedge:", "[[maybe:", "unknown-mark", "maybe"),
    (LESSON, "[[hedge:дата подлежит подтверждению]]", "[[hedge:дата", "open-mark", "дата"),
    (LESSON, "[@cat-1984 art. 3(1)]", "[@cat-1984 art. 99]", "citation", "art. 99"),
    (LESSON, "[@cat-1984 art. 3(1)]", "[@cat-1984]", "citation", "[@cat-1984]"),
    (LESSON, "[[hedge:дата подлежит подтверждению]]", "дата", "hedge-missing", "accession"),
    (LESSON, "[[attributed:по вторичному источнику]]", "x", "attribution-missing", "art. 4"),
    (LESSON, "[[term:refugee|", "[[term:none|", "unknown-term", "term:none"),
    (LESSON, "[[term:refugee|", "[[term:bare|", "undefined-term", "term:bare"),
    (LESSON, LINE, "Поймали нелегала", "forbidden-word", "нелегала"),
    (LESSON, LINE, "Слово " * 600, "words", "---"),
    (AID, "[@by-law Guideline 9]", "[@by-law #press]", "attribution-missing", "#press"),
    (FINAL, "        key: true\n", "", "keys", "options:"),
    (FINAL, "      - id: b\n", "      - id: b\n        key: true\n", "keys", "options:"),
    (FINAL, "      - id: b\n", "      - id: a\n", "repeated-id", "- id: a"),
    (FINAL, '        sources: ["cat-1984 art. 3(1)"]\n', "", "key-source", "- id: a"),
    (FINAL, "cat-1984 art. 3(1)", "cat-1984 art. 4", "citation", "art. 4"),
    (FINAL, "cat-1984 art. 3(1)", "cat-1984 #accession", "hedge-missing", "#accession"),
    (FINAL, "cat-1984 art. 3(1)", "by-law Guideline 9", "review-missing", "t1-f-1"),
    (FINAL, "id: t1-f-2", "id: t1-f-1", "repeated-id", "id: t1-f-1"),
    (FINAL, "Ask first", "Ask first and then ask again", "key-long", "options:"),
    (FINAL, "A man is afraid.", "Word " * 61, "stem-long", "Word"),
    (FINAL, "A man is afraid.", "Illegal migrants.", "forbidden-word", "Illegal"),
    (FINAL, 'lesson: "1-1"', 'lesson: "9-9"', "unknown-lesson", "9-9"),
    (FINAL, "objective: 1", "objective: 7", "unknown-objective", "objective: 7"),
    (FINAL, "level: apply", "level: analyse", "never-drawn", "t1-f-1"),
    (FINAL, "course: t1", "course: t9", "folder", "t9"),
    (FINAL, 'ru: "Человек', 'pl: "Человек', "missing-key", "stem:"),
    (RECALL, "    use: recall\n", "", "use", "t1-r-1"),
    (CASE, "next: n2", "next: n9", "unknown-next", "n9"),
    (CASE, "next: n2", "next: n1", "unreachable", "id: n2"),
    (CASE, "next: done", "next: n3", "dead-end", "id: n1"),
    (CASE, "next: n2", "next: n3", "best-path", "nodes:"),
    (CASE, "verdict: best", "verdict: acceptable", "best", "id: n1"),
    (CASE, "if: threat", "if: nothing", "unknown-fact", "nothing"),
    (CASE, "reveals: [threat]", "reveals: [nothing]", "unknown-fact", "nothing"),
    (CASE, "        reveals: [threat]\n", "", "hidden-fact", "id: threat"),
    (CASE, "next: n1", "next: n2", "red-line-next", "next: n2"),
    (CASE, "state: {trust", "state: {mood", "value", "mood"),
    (CASE, "id: done", "id: n1", "repeated-id", "id: n1"),
    (CASE, '        repair: {en: "Ask again."', '        # {en: "', "repair-missing", "id: send"),
    (CASE, '        sources: ["cat-1984 art. 3(1)"]\n', "", "choice-source", "id: ask"),
    (COURSE, "true, draw: 2}", TWICE, "repeated-cell", "draw: 1"),
    (COURSE, "scenarios: [t1-1a]", "scenarios: []", "completion", "completion:"),
    (LESSON, "## На службе {: .on-duty }", "## Пусто\n\n## А {: .on-duty }", EMPTY, "## Пусто"),
    (LESSON, "## На службе {: .on-duty }", "## Пусто\n\n## А {: .on-duty }", DIFFER, "---"),
    (LESSON, "{{practice:t1-p-1}}\n{{scenario:t1-1a}}", "x", "practice-missing", ".practice"),
    (RECALL, "id: t1-r-1", "id: t1-r-8", "unplaced", "t1-r-8"),
]


def _ids(row: tuple[str, ...]) -> str:
    return f"{row[3]}-{row[0].rpartition('/')[2]}"


@pytest.mark.parametrize("row", BROKEN, ids=_ids)
def test_a_broken_file_is_named_with_its_line(edit: Edit, row: tuple[str, ...]) -> None:
    path, old, new, code, on_line = row
    root = edit(path, old, new)
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    found = [problem for problem in load(root).problems if problem.code == code]
    places = {(problem.path, on_line in lines[problem.line - 1]) for problem in found}
    assert (path, True) in places, [problem.format() for problem in found]


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
    for path in root.rglob("*.*"):
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
    found = [(p.path, p.code, p.params) for p in load(root).problems]
    assert found == [(CASE, "choices", {"count": 1}), (FINAL, "options", {"count": 2})]


def test_every_code_of_the_check_is_tested() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in MESSAGES if f'"{code}"' not in text] == []


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
