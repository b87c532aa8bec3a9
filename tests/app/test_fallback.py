"""A text that is missing in a language falls back to another, with a visible mark (I15)."""

from __future__ import annotations

import pytest

from app.catalogue.models import Course
from app.db import db
from app.text import localised


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [
        ({"ru": "да", "be": "так", "en": "yes"}, "be", "так"),
        ({"ru": "да", "en": "yes"}, "be", "[да]"),
        ({"ru": "да", "be": "", "en": "yes"}, "be", "[да]"),
        ({"be": "так", "en": "yes"}, "ru", "[yes]"),
        ({"be": "так"}, "en", "[так]"),
        ({}, "en", "[]"),
    ],
)
def test_russian_then_english_stand_in_and_say_so(texts, language, shown):
    assert localised(texts, language) == shown


def test_pages_mark_what_they_had_to_take_from_another_language(world):
    with world.inside():
        course = db.session.get_one(Course, "c1")
        russian = course.titles["ru"]
        course.titles = {"ru": russian, "en": course.titles["en"]}
        agency = world.border
        agency.name_be = ""
        name = agency.name_ru
        db.session.commit()
    client = world.client(world.coordinator)
    for language, course_title, agency_name in (
        ("be", f"[{russian}]", f"[{name}]"),
        ("ru", russian, name),
    ):
        client.post("/language", data={"lang": language})
        form = client.get("/cohorts/new").text
        assert f">{'C1'}. {course_title}<" in form or course_title in form
        assert (f"[{russian}]" in form) is (language == "be")
        assert agency_name in form
        assert (f"[{name}]" in form) is (language == "be")


def test_a_language_that_is_not_spoken_here_gets_the_first_one(world):
    page = world.client(None).get("/", headers={"Accept-Language": "pl, de;q=0.9"})
    assert '<html lang="ru"' in page.text
    belarusian = world.new_client(None).get("/", headers={"Accept-Language": "be-BY, ru;q=0.5"})
    assert '<html lang="be"' in belarusian.text
