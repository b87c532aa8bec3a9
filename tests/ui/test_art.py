"""The drawn pictures: valid, light, coloured by the style sheet, silent unless they are named."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, UndefinedError

UI = Path(__file__).parents[2] / "app" / "ui"
STYLES = (UI / "styles" / "app" / "57-art.css").read_text(encoding="utf-8")
DRAWN = (
    Environment(
        loader=FileSystemLoader(UI / "templates"),
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    .get_template("ui/art.html")
    .module
)
COURSES = [f"course-c{number}" for number in range(1, 9)]
STATES = (
    "empty search-none no-certificate passed again lost broken offline desk people notes privacy"
)
SPOTS = "read decide test certificate import watch issue report rights"
SCENES = ["welcome", *COURSES, "course", *STATES.split()]
NAMES = [*SCENES, *SPOTS.split()]
MAY_HAVE = {"class", "d", "cx", "cy", "r", "transform"}
TONES = set(re.findall(r"\.art \.(a-[a-z]+) \{ color: var\(--a-[a-z]+\);", STYLES))
PENS = {"a-pen", "a-bar"}


def draw(name: str, *more: str) -> str:
    return re.sub(r">\s+<", "><", str(DRAWN.art(name, *more)).strip())


def test_every_picture_is_listed():
    assert list(DRAWN.pictures) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_valid_and_of_its_size(name):
    svg = ET.fromstring(draw(name))  # noqa: S314 our own markup
    box = [float(side) for side in svg.get("viewBox", "").split()]
    wide = [0, 0, 640, 320] if name == "welcome" else [0, 0, 320, 200]
    assert box == ([0, 0, 160, 120] if name in SPOTS.split() else wide)
    assert {part.tag for part in svg.iter()} <= {"svg", "g", "path", "circle"}


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_takes_its_colours_from_the_sheet(name):
    parts = list(ET.fromstring(draw(name)).iter())[1:]  # noqa: S314 our own markup
    assert {key for part in parts for key in part.attrib} <= MAY_HAVE
    for part in parts:
        words = set(part.get("class", "").split())
        assert words <= TONES | PENS
        assert len(words & TONES) == (0 if part.tag == "g" else 1)


@pytest.mark.parametrize("name", NAMES)
def test_path_data_has_only_commands_and_numbers(name):
    for data in re.findall(r' d="([^"]*)"', draw(name)):
        assert re.fullmatch(r"[Mm][MmLlHhVvCcSsAaZz\d .,-]+", data)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_light(name):
    markup = draw(name).encode()
    assert len(markup) < 2_000
    assert len(gzip.compress(markup, 9)) < 850


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_silent_unless_it_is_named(name):
    silent = ET.fromstring(draw(name)).attrib  # noqa: S314 our own markup
    assert (silent["aria-hidden"], silent["focusable"]) == ("true", "false")
    assert not {"role", "aria-label"} & set(silent)
    named = ET.fromstring(draw(name, "cover", 'A "road" & a door')).attrib  # noqa: S314
    assert (named["role"], named["aria-label"]) == ("img", 'A "road" & a door')
    assert "aria-hidden" not in named
    assert named["class"] == "art art-cover"


def test_a_course_without_its_own_cover_gets_the_common_one():
    assert draw("course-night-shift") == draw("course")


def test_an_unknown_picture_is_a_fault():
    with pytest.raises(UndefinedError):
        DRAWN.art("castle")


def test_every_tone_is_used_and_has_a_day_and_a_night():
    used = {
        word
        for name in NAMES
        for words in re.findall(r"(?<=<)(?!svg)\w+ class=\"([^\"]*)\"", draw(name))
        for word in words.split()
    }
    assert used == TONES | PENS
    plain, paired = STYLES.split("@supports")
    days = dict(re.findall(r"--(a-[a-z]+): (#\w+);", plain))
    pairs = re.findall(r"--(a-[a-z]+): light-dark\((#\w+), (#\w+)\);", paired)
    assert {name: day for name, day, _ in pairs} == days
    assert set(re.findall(r"var\(--(a-[a-z]+)\)", STYLES)) == set(days)
