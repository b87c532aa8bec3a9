"""The pages that say what is wrong in the files, what was translated and what was reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from app.authoring.health import QUOTED
from app.authoring.side_by_side import pieces
from app.content.load import load
from app.content.parts import parts_of
from app.content.sentences import sentences
from app.db import db
from tests.content.recording import record

pytestmark = pytest.mark.databases("sqlite")  # the pages read files; a few tests try both
LESSON = "courses/t1/lessons/1-1.{}.md"
SENTENCE = "Вы бережёте границу и бережёте правило"
PART = {"course_id": "t1", "part": "lesson/1-1"}
Show = Callable[..., str]


@pytest.fixture
def show(visit, world, files) -> Show:
    """A page as an author sees it in English, with its texts in one line."""
    with world.client(world.author).session_transaction() as session:
        session["lang"] = "en"

    def fetch(endpoint: str, *, lang: str = "en", query=None, **values) -> str:
        with world.client(world.author).session_transaction() as session:
            session["lang"] = lang
        answer = visit(world.author, f"authoring_health.{endpoint}", query=query, **values)
        assert answer.status_code == 200
        return " ".join(answer.text.split())

    return fetch


def words_of(page: str) -> str:
    """Return what stands on a page, without its elements."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.databases("sqlite", "postgres")
def test_files_in_order_are_said_to_be_in_order(show):
    page = words_of(show("overview"))
    assert "Nothing stops publishing. There are no warnings either." in page
    assert "T1: reviews done" in page
    assert "T1, Беларуская: sentences moved" in page
    assert "What was found" not in page


def test_an_error_is_told_with_line_message_hint_and_the_line_itself(show, change):
    change(LESSON.format("be"), "## Што", "<script>alert(1)</script> tail\n\n## Што")
    page = show("overview")
    words = words_of(page)
    assert re.search(r"2 errors keep the courses from being published\.", words)
    assert 'raw HTML "<script>"' in words
    assert "use Markdown" in words
    assert "The line: <script>alert(1)</script> tail" in words
    assert "/admin/content/t1/translate/lesson/1-1?to=be" in page


def test_what_is_quoted_is_plain_text(show, change, visit, world):
    change(LESSON.format("be"), "## Што", "<script>alert(1)</script>\t" + "я" * 300 + "\n\n## Што")
    show("overview")
    raw = visit(world.author, "authoring_health.overview").text
    assert "<script>alert(1)" not in raw
    quoted = re.search(r'<code lang="be">(&lt;script&gt;alert.*?)</code>', raw)
    assert quoted
    line = unescape(quoted[1])
    assert len(line) == QUOTED
    assert "⇥яя" in line
    assert line.endswith("я…")


def test_messages_are_in_the_language_of_the_reader(show, change):
    change("quizzes/t1/objective-1.yaml", "key: true", "key: false")
    assert "no keys but type is single" not in show("overview", lang="ru")
    assert "no keys but type is single" in show("overview", lang="en")


def test_an_item_is_named_by_its_subject_and_leads_to_its_translation(show, change):
    change("quizzes/t1/objective-1.yaml", "key: true", "key: false")
    page = show("overview")
    assert "Item t1-f-1" in words_of(page)
    assert "/admin/content/t1/translate/item/t1-f-1" in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({}, {"raw-html", "review-stale", "unknown-right"}),
        ({"severity": "warning"}, {"review-stale"}),
        ({"severity": "error"}, {"raw-html", "unknown-right"}),
        ({"rule": "raw-html"}, {"raw-html"}),
        ({"language": "be"}, {"raw-html"}),
        ({"course": "t1"}, {"raw-html", "review-stale", "unknown-right"}),
        ({"course": "shared"}, set()),
        ({"course": "nowhere", "rule": "none", "page": "x"}, {"raw-html", "review-stale"}),
    ],
)
def test_filters_narrow_the_list_and_not_the_answer(show, change, query, seen):
    change(LESSON.format("be"), "## Што", "<b>x\n\n## Што")
    change("courses/t1/reviews.yaml", 'fingerprint: "99a83f0e39db"', 'fingerprint: "000000000000"')
    change("courses/t1/course.yaml", "rights: [non-refoulement", "rights: [nobody")
    page = show("overview", query=query)
    listed = set(re.findall(r"<code>([a-z-]+)</code><span", page))
    assert seen <= listed
    assert seen or not listed
    if query.get("rule") != "none":
        assert listed <= seen | {"right-untested", "translation-stale"}
    assert "keep the courses from being published" in page


def test_a_long_list_comes_in_pages(show, change):
    change(LESSON.format("be"), "## Што", "<b>x\n\n" * 70 + "## Што")
    first = show("overview", query={"rule": "raw-html"})
    assert first.count('class="found"') == 60
    assert "rule=raw-html&amp;page=2" in first
    assert show("overview", query={"rule": "raw-html", "page": "2"}).count('class="found"') == 10


def test_a_file_outside_the_tree_is_not_quoted(show, files, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("password: swordfish\n", encoding="utf-8")
    page = files / LESSON.format("be")
    page.unlink()
    page.symlink_to(secret)
    found = show("overview")
    assert LESSON.format("be") in found
    assert "swordfish" not in found


def test_files_of_any_bytes_are_shown(show, files):
    (files / LESSON.format("be")).write_bytes(b"\xff\xfe\x00a\x1b[31m\xd0")
    (files / "courses/t1/course.yaml").write_text("id:\tt1\n", encoding="utf-8")
    page = show("overview")
    assert "keep" in page
    assert "id:⇥t1" in page


def test_a_course_that_cannot_be_read_leads_to_its_problems(visit, world, change):
    change("courses/t1/course.yaml", "id: t1", "idd: t1")
    for endpoint, values in (("translations", {}), ("translation", {"part": "course"})):
        answer = visit(world.author, f"authoring_health.{endpoint}", course_id="t1", **values)
        assert answer.status_code == 302
        assert answer.location.endswith("/admin/content/health?course=t1")
    assert visit(world.author, "authoring_health.reviews", course_id="t1").status_code == 302


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("translations", {"course_id": "t9"}),
        ("reviews", {"course_id": ".."}),
        ("translation", {"course_id": "t9", "part": "lesson/1-1"}),
        ("translation", {"course_id": "t1", "part": "lesson/9-9"}),
        ("translation", {"course_id": "t1", "part": "lesson/1-1/x"}),
    ],
)
def test_what_is_not_there_is_not_found(visit, world, files, endpoint, values):
    answer = visit(world.author, f"authoring_health.{endpoint}", **values)
    assert answer.status_code == 404


def test_parts_are_listed_with_their_state_in_each_language(show, files, change):
    change(LESSON.format("ru"), SENTENCE, f"Новое предложение здесь. {SENTENCE}")
    page = show("translations", course_id="t1")
    assert "/admin/content/t1/translate/lesson/1-1?to=be&amp;only=moved" in page
    assert words_of(page).count("1 sentence moved") == 2
    assert "moved 1, never recorded 0, up to date 19" in page
    moved = show("translations", course_id="t1", query={"state": "moved"})
    assert words_of(moved).count("up to date") < words_of(page).count("up to date")
    assert "Item t1-f-1" not in moved
    assert "Item t1-f-1" in show("translations", course_id="t1", query={"kind": "item"})
    (files / "courses/t1/translated.yaml").unlink()
    assert "never recorded 20" in show("translations", course_id="t1")


def test_a_moved_sentence_is_marked_in_the_source_by_mark_and_word(show, change):
    change(LESSON.format("ru"), SENTENCE, f"Новое предложение здесь. {SENTENCE}")
    page = show("translation", **PART, query={"to": "be"})
    marked = re.findall(r"<mark>(.*?)</mark>", page)
    assert [words_of(one) for one in marked] == ["moved: Новое предложение здесь."]
    assert '<p class="text" lang="ru"><mark>' in page
    assert page.count('lang="be"') >= page.count('<p class="text" lang="ru">') > 5
    assert 'flask content translated t1 --part "lesson 1-1" --language be' in words_of(page)
    assert f"{LESSON.format('be')}:6" in page
    only = show("translation", **PART, query={"to": "be", "only": "moved"})
    assert only.count('class="pair') == 1


def test_a_sentence_that_was_taken_out_is_told_beside_it(show, files, change):
    change(LESSON.format("ru"), SENTENCE, f"Новое предложение здесь. {SENTENCE}")
    record(files)
    change(LESSON.format("ru"), "Новое предложение здесь. ", "")
    page = show("translation", **PART, query={"to": "en", "only": "moved"})
    assert "a sentence beside this was taken out" in page
    assert "<mark>" not in page


def test_a_part_without_a_page_in_a_language_says_so(show, files):
    (files / LESSON.format("be")).unlink()
    page = show("translation", **PART, query={"to": "be"})
    assert "This part cannot be read in both languages." in page
    assert "cannot be read" in show("translations", course_id="t1")


def test_every_part_can_be_opened_in_every_language(show, app: Flask, files):
    parts = re.findall(
        r'href="/admin/content/t1/translate/([^"?]+)\?', show("translations", course_id="t1")
    )
    assert len(set(parts)) == 20
    for part in set(parts):
        for to in ("be", "en", "nonsense"):
            page = show("translation", course_id="t1", part=part, query={"to": to})
            assert "The translation is up to date." in page


@given(
    st.lists(st.text("ab .\n", max_size=12), max_size=6),
    st.lists(st.text("ab .", min_size=1, max_size=6), max_size=3),
)
def test_cutting_a_text_loses_nothing(lines, sentences):
    text = "\n".join(lines)
    cut = pieces(text, sentences)
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)


def test_a_wrapped_sentence_is_found_as_it_is_written():
    text = "One here.\nTwo\nis  wrapped. Three."
    moved = [piece.text for piece in pieces(text, ["Two is wrapped."]) if piece.moved]
    assert moved == ["Two\nis  wrapped."]


def test_every_sentence_of_a_part_can_be_marked_in_its_block(files):
    loaded = load(files)
    for part in parts_of("t1", loaded).values():
        for block in part.blocks("ru"):
            for _line, sentence in sentences(block.text, "ru"):
                assert any(piece.moved for piece in pieces(block.text, [sentence]))


def test_reviews_are_open_done_or_changed_since(show, files, change):
    page = words_of(show("reviews", course_id="t1"))
    assert "Job aid j1" in page
    assert "not read yet" in page
    assert "15 January 2020" in page
    change("courses/t1/aids/j1.en.md", "title: ", "title: New ")
    assert "changed since 15 January 2020" in show("reviews", course_id="t1")
    stale = words_of(show("reviews", course_id="t1", query={"state": "stale"}))
    assert "1 part " in stale
    assert "Lesson 1-1" not in stale
    office = show("reviews", course_id="t1", query={"office": "language", "language": "be"})
    assert "--office language" in office
    assert "--language be" in office
    assert "15 January 2020" not in office


@pytest.mark.parametrize("lang", ["ru", "be", "en"])
def test_pages_are_valid_in_every_language_and_with_everything_wrong(show, change, lang):
    change(LESSON.format("be"), "## Што", "<b>x\n\n## Што")
    change(LESSON.format("ru"), SENTENCE, f"Новое предложение здесь. {SENTENCE}")
    change("courses/t1/aids/j1.en.md", "title: ", "title: New ")
    assert f'<html lang="{lang}"' in show("overview", lang=lang)
    show("translations", lang=lang, course_id="t1")
    show("translation", lang=lang, **PART)
    show("reviews", lang=lang, course_id="t1")


@pytest.mark.databases("sqlite", "postgres")
def test_pages_ask_the_database_who_is_there_and_nothing_else(show, world):
    asked: list[str] = []

    def note(*args):
        asked.append(args[2])

    pages = ("authoring_health.overview", "authoring_map.rights", "authoring_map.lawyer")
    with world.inside():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        for endpoint in pages:
            assert world.client(world.author).get(world.address(endpoint)).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) <= 3 * len(pages)
    assert not [text for text in asked if re.search(r"\b(course|edition|cycle)\b", text)]
