"""The map of the curriculum names lessons, cases and cards that there are, each for its sake."""

from __future__ import annotations

import re

import pytest

from app.config import ROOT
from app.content.loaded import Loaded
from tests.published import content

MAP = (ROOT / "docs" / "curriculum-map.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (?!---)(.+) \|$", MAP, re.M)
ID = re.compile(r"(?<![\w/`-])(\d-\d|c\d-\d[ab]|j\d+)(?![\w-])")


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The content of the project."""
    return content()


def known(loaded: Loaded) -> set[str]:
    """The ids of lessons, scenarios and job aids."""
    found = {one.value.id for one in loaded.scenarios}
    for course in loaded.courses.values():
        found |= {lesson.id for lesson in course.value.lessons} | set(course.value.aids)
    return found


def test_everything_it_names_exists(loaded: Loaded) -> None:
    named = {one for row in ROWS for one in ID.findall(row)}
    assert len(named) > 30
    assert named - known(loaded) == set()


def test_every_lesson_case_and_card_of_the_later_courses_serves_a_theme(loaded: Loaded) -> None:
    themes = MAP.split("## The themes")[1].split("\n## ")[0]
    named = set(ID.findall(themes))
    later = {one for one in known(loaded) if not re.match(r"1-\d|c1-|j[123]$", one)}
    assert later - named == set()


def test_the_five_sentences_rest_on_their_sources_where_they_stand_first(loaded: Loaded) -> None:
    cited = {
        "1-3": ("refugee-convention-1951 art. 33", "cat-1984 art. 3", "gcm-2018 para 37"),
        "3-4": ("cat-1984 art. 3", "sr-migrants-2018 para 30"),
        "3-5": ("iom-avrr-framework-2018 principle 1", "euaa-first-contact #no-encouragement"),
        "3-3": ("iom-emm2", "sr-migrants-2018 para", "sr-migrants-2012 para 65"),
        "1-5": ("gcm-2018 para 23",),
        "2-4": ("gcm-2018 para 23(b)",),
        "2-5": ("crc-1989 art. 3", "cmw-crc-jgc-2017 para"),
    }
    for lesson_id, sources in cited.items():
        for lang in ("en", "ru", "be"):
            text = loaded.lessons[f"c{lesson_id[0]}", lesson_id, lang].file.text
            assert [one for one in sources if f"[@{one}" not in text] == [], (lesson_id, lang)
