"""What somebody who means ill, or a slip of the hand, must not get past the compiler."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.content.captions import read_captions
from app.content.checks.marked import check_text
from app.content.coverage import coverage
from app.content.drawings import read_drawing
from app.content.edition import compile_course
from app.content.law_report import law_report
from app.content.load import load
from app.content.loaded import Loaded
from app.content.passages import passages
from app.content.sentences import sentences
from app.content.spoken import is_quoted
from tests.content.broken.places import COURSE, FINAL, GLOSSARY, LESSON, LINE

Edit = Callable[[str, str, str], Path]
LONG_AGO = 5.0  # seconds; each of these takes some hundredths, and took minutes


def codes(root: Path) -> set[str]:
    return {problem.code for problem in load(root).problems}


@pytest.mark.parametrize(
    "harmless",
    [
        "Незаконная миграция и нелегальный путь мигрантов",
        "Мигрант незаконно удерживался",
        'Не говорите «нелегал» и "нелегальный мигрант"',
        "Файл PDF, закон № 354-З, SMS-сообщение и т. д.",
        "Слово[^1]: кто бы ни был",
    ],
)
def test_what_only_looks_like_a_fault_is_none(valid: Loaded, harmless: str) -> None:
    text = f"{harmless}.\n\n[^1]:\n    Сноска." if "[^1]" in harmless else f"{harmless}."
    assert [fault.code for fault in check_text(text, "ru", valid.shelf)] == []


def test_joiners_stay_where_persian_needs_them(valid: Loaded) -> None:
    assert list(check_text("[[lang:fa|می\u200cخواهم]]", "ru", valid.shelf)) == []


def test_the_title_of_a_box_quotes_nothing_and_a_quotation_has_an_end() -> None:
    box = '!!! note "Слово"\n    Он сказал "нет" и ушёл.'
    told = {word: is_quoted(box, box.index(word)) for word in ("Слово", "сказал", "нет", "ушёл")}
    assert told == {"Слово": False, "сказал": False, "нет": True, "ушёл": False}
    assert not is_quoted("«начало без конца", 3)


@pytest.mark.parametrize(
    "text",
    [
        ". [@cat-1984 art. 3(1)][@cat-1984 art. 3(1)][@cat-1984 art. 3(1)]x",
        "." * 18_000,
        ". " * 9_000,
        ".[^1]" * 3_600,
    ],
)
def test_sentences_take_no_time(text: str) -> None:
    began = time.perf_counter()
    sentences(text, "ru")
    assert time.perf_counter() - began < LONG_AGO


@pytest.mark.parametrize(
    "piece",
    ["гарантируем ", "лжебеженец ", "a\n: b\n", "\n", "* * *\n", "- a\n    - b\n", "## А\n\nБ\n\n"],
)
def test_a_page_of_one_thing_over_and_over_is_checked_in_time(root: Path, piece: str) -> None:
    path = root / LESSON
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(LINE, piece * (12_000 // len(piece)), 1), encoding="utf-8")
    began = time.perf_counter()
    load(root)
    assert time.perf_counter() - began < LONG_AGO


def test_captions_of_signs_are_read_in_time() -> None:
    began = time.perf_counter()
    read_captions("WEBVTT\n\n00:00.000 --> 00:01.000\n" + "<" * 60_000, 1)
    assert time.perf_counter() - began < LONG_AGO


@pytest.mark.parametrize("encoding", ["utf-16", "iso-2022-kr", "windows-1251"])
def test_a_drawing_is_read_as_browsers_read_it(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    text = head + '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    assert read_drawing(text.encode("utf-16" if encoding == "utf-16" else "ascii")).broken_at


def test_what_captions_and_drawings_say_is_read_for_its_wording(root: Path) -> None:
    media = root / "courses/t1/media"
    drawing = (media / "steps.svg").read_text(encoding="utf-8")
    for lang in ("en", "ru", "be"):
        said = drawing.replace("</svg>", "\n<text>Её возвращение добровольно.</text></svg>")
        (media / f"words.{lang}.svg").write_text(said, encoding="utf-8")
    captions = media / "ask.ru.vtt"
    text = captions.read_text(encoding="utf-8")
    captions.write_text(text.replace("Сначала спросите.", "Мы гарантируем."), encoding="utf-8")
    found = {(p.path, p.line, p.code) for p in load(root).problems if p.code != "media-unused"}
    line = drawing.count("\n", 0, drawing.index("</svg>")) + 2
    assert found == {
        ("courses/t1/media/ask.ru.vtt", 5, "promise"),
        ("courses/t1/media/words.ru.svg", line, "voluntariness"),
    }
    assert [one.text for one in passages(load(root)) if one.placed.file.path.endswith(".vtt")]


def test_what_no_learner_sees_is_neither_practised_nor_tested(edit: Edit) -> None:
    before = coverage(load(edit(COURSE, "Коротко.", "Кратко.")), "t1").objectives[0]
    edit(COURSE, "scenarios: [t1-1a]", "scenarios: []")
    edit(COURSE, "level: apply, red_line: true", "level: create, red_line: true")
    root = edit(LESSON, "{{practice:t1-p-1}}\n", "")
    for lang in ("en", "be"):
        path = root / f"courses/t1/lessons/1-1.{lang}.md"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("{{practice:t1-p-1}}\n", ""), encoding="utf-8")
    after = coverage(load(root), "t1").objectives[0]
    assert before.tested
    assert set(before.practised) - set(after.practised) == {"t1-1a", "t1-p-1"}
    assert after.tested == ()


def test_a_term_that_a_lesson_shows_is_in_the_law_report_and_among_the_laws(edit: Edit) -> None:
    cited = "Кто боится [@by-law Guideline 9]."
    edit(GLOSSARY, "ru: Кто боится преследования.", f'ru: "{cited}"')
    root = edit(COURSE, "glossary: [refugee]", "glossary: []")
    uses = [
        use
        for entry in law_report(load(root), ["t1"]).to_confirm
        for fact in entry.facts
        for use in fact.uses
        if fact.fact.id == "guide"
    ]
    assert ("term refugee", "ru") in {(use.part, use.language) for use in uses}


def test_a_law_that_only_the_glossary_cites_is_a_law_of_the_edition(edit: Edit) -> None:
    root = edit(
        GLOSSARY, "    avoid: {en: [fake", '    sources: ["by-law #guide"]\n    avoid: {en: [fake'
    )
    glossary = compile_course(load(root), "t1").data["glossary"]["refugee"]["ru"]["references"]
    assert [one["key"] for one in glossary if one["national_law"]] == ["by-law"]


def test_a_page_that_is_too_long_is_one_problem_of_its_file(edit: Edit) -> None:
    root = edit(FINAL, "A man is afraid.", "A man is afraid now.")
    (root / LESSON).write_text("---\ntitle: А\n---\n" + "слово " * 20_000, encoding="utf-8")
    found = [(p.line, p.code) for p in load(root).problems if p.path == LESSON]
    assert found == [(1, "text-long")]
