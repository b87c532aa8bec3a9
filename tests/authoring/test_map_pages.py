"""The rights map and the report for the lawyer, as pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from app.authoring import tree
from app.content.law_report import law_report
from app.content.load import load

pytestmark = pytest.mark.databases("sqlite")  # the pages read files; a few tests try both
TAGS = "rights: [non-refoulement, confidentiality]"
Show = Callable[..., str]


@pytest.fixture
def show(visit, world, files) -> Show:
    """A page as an author sees it, with its texts in one line."""

    def fetch(endpoint: str, *, lang: str = "en", query=None) -> str:
        with world.client(world.author).session_transaction() as session:
            session["lang"] = lang
        answer = visit(world.author, f"authoring_map.{endpoint}", query=query)
        assert answer.status_code == 200
        return " ".join(answer.text.split())

    return fetch


def words_of(page: str) -> str:
    """Return what stands on a page, without its elements."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.databases("sqlite", "postgres")
def test_counts_of_a_right_open_to_their_parts(show):
    page = show("rights")
    row = next(one for one in page.split("<tr") if ">Non-refoulement</th>" in one)
    counts = re.findall(r"<summary>.*?<span>(\d+)<span", row)
    assert counts == ["1", "4", "6"]
    assert len(re.findall(r"<li>", row)) == 11
    assert "t1-f-1" in words_of(row)
    assert "Every right that is taught is tested, too." in page


def test_what_is_taught_and_never_tested_is_said_in_words(show, change):
    change("courses/t1/course.yaml", TAGS, "rights: [non-refoulement]")
    words = words_of(show("rights"))
    assert "1 right is taught and never tested: Confidentiality" in words
    assert "never tested" in words.split("Objectives")[-1]


def test_objectives_show_draw_items_and_red_lines(show):
    page = show("rights")
    row = next(one for one in page.split("<tr") if ">1. Apply it.</th>" in one)
    assert re.findall(r"<summary>.*?<span>(\d+)<span", row) == ["1", "4", "6", "6"]
    assert 'data-label="Drawn">2</td>' in row


def test_several_courses_are_joined_and_can_be_chosen(show, files):
    copy_course(files)
    page = words_of(show("rights"))
    assert "All courses together" in page
    assert "t2 1-1" in page
    assert "T2. Test course" not in page
    one = words_of(show("rights", query={"course": "t2"}))
    assert "All courses together" not in one
    assert "T2. Test course" in one
    assert "T1. Test course" not in one


def test_the_lawyer_sees_law_place_statement_and_where_it_stands(show, files):
    page = show("lawyer", query={"language": "ru"})
    words = words_of(page)
    for text in (
        "Convention against Torture",
        "To be compared with the law",
        "дата подлежит подтверждению",
        "T1, Lesson 1-1, screen 2",
        "courses/t1/lessons/1-1.ru.md:",
        "☐ correct",
        "☐ to be changed",
        "Remark, signature, date",
        "Legal service",
        "17 May 2023",
        "1 May 2027",
    ):
        assert text in words
    report = law_report(load(files), ["t1"], ["ru"])
    sections = (report.to_confirm, report.unverified, report.second_hand)
    uses = sum(len(fact.uses) for part in sections for one in part for fact in one.facts)
    assert len(re.findall(r'data-label="Where it stands"', page)) == uses
    numbers = re.findall(r'<th scope="row" class="number"[^>]*>(\d+\.\d+)</th>', page)
    assert len(numbers) == len(set(numbers)) == uses


def test_the_report_is_of_one_course_unless_all_are_asked_for(show, files):
    copy_course(files)
    first, every = (show("lawyer", query=one) for one in ({}, {"course": "all"}))
    assert "courses/t1/" in first
    assert "courses/t2/" not in first
    assert "courses/t1/" in every
    assert "courses/t2/" in every
    assert 'value="all" selected' in every
    assert show("lawyer", query={"course": "nonsense"}).count("courses/t2/") == 0


def test_a_right_that_no_course_teaches_is_a_hole_of_the_map(show, files, change):
    copy_course(files)
    page = words_of(show("rights"))
    assert "1 right is taught in no course: Guidance" in page
    lesson = "courses/t1/lessons/1-1.{}.md"
    for lang in ("en", "ru", "be"):
        change(lesson.format(lang), "[@by-law art. 4]", "[@by-law art. 4][@by-law Guideline 9]")
    assert "taught in no course" not in words_of(show("rights"))


def test_statements_are_of_the_language_that_was_chosen(show):
    page = show("lawyer", query={"language": "be"})
    assert "1-1.be.md" in page
    assert "1-1.ru.md" not in page
    assert '<span lang="be">' in page
    assert "1-1.ru.md" in show("lawyer", lang="ru", query={"language": "nonsense"})


def test_a_review_that_is_overdue_is_marked(show, app, change):
    assert "overdue" not in show("lawyer")
    with app.app_context():
        yesterday = tree.today() - timedelta(days=1)
    change("courses/t1/course.yaml", '"2027-05-01"', f'"{yesterday}"')
    assert "overdue" in show("lawyer")


def test_a_day_that_does_not_exist_stays_as_it_is_written(show, change):
    change("courses/t1/course.yaml", '"2027-05-01"', '"2027-02-31"')
    page = show("lawyer")
    assert "2027-02-31" in page
    assert "The files have errors" in page


@pytest.mark.parametrize("lang", ["ru", "be", "en"])
def test_pages_are_valid_in_every_language_and_without_a_course(show, change, lang):
    show("rights", lang=lang)
    show("lawyer", lang=lang)
    change("courses/t1/course.yaml", "id: t1", "idd: t1")
    change("courses/rights.yaml", "rights:", "wrongs:")
    assert "/admin/content/health?severity=error" in show("rights", lang=lang)
    show("lawyer", lang=lang, query={"course": "t1"})


def test_a_course_in_a_folder_of_another_name_breaks_no_page(show, change):
    change("courses/t1/course.yaml", "id: t1", "id: t2")
    show("rights")
    assert "The files have errors" in show("lawyer")


def copy_course(files) -> None:
    """Put a second course beside the first; ids of items and cases need not be unique here."""
    for top in ("courses", "quizzes"):
        for path in sorted((files / top / "t1").rglob("*")):
            target = files / path.relative_to(files).as_posix().replace("/t1", "/t2", 1)
            if path.is_dir():
                target.mkdir(parents=True, exist_ok=True)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(
                    path.read_bytes()
                    .replace(b"id: t1", b"id: t2")
                    .replace(b"course: t1", b"course: t2")
                    .replace(b"code: T1", b"code: T2")
                    .replace(b"scenarios: [t1", b"scenarios: [t2")
                )
