"""The style sheet: readable in both themes, light to send, nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from app.ui import assets

UI = Path(__file__).parents[2] / "app" / "ui"
CSS = assets.sheet("app")
HEX = r"#[0-9a-f]{6}"
PAIRS = dict(
    re.findall(
        rf"--([\w-]+): light-dark\(({HEX}, {HEX})\);", CSS.split("@media (prefers-contrast")[0]
    )
)
THEMES = {
    "light": {name: pair.split(", ")[0] for name, pair in PAIRS.items()},
    "dark": {name: pair.split(", ")[1] for name, pair in PAIRS.items()},
}
MORE = dict(
    re.findall(
        rf"--([\w-]+): light-dark\(({HEX}, {HEX})\);",
        CSS.split("@media (prefers-contrast: more)")[1].split("@layer")[0],
    )
)
GROUNDS = ("paper", "surface", "sunken", "quiet-soft")
SOFT = ("good", "warn", "bad", "note")
TEXT = [
    *((ink, ground) for ink in ("ink", "muted", "link", "accent") for ground in GROUNDS),
    *((tone, ground) for tone in SOFT for ground in ("paper", "surface", f"{tone}-soft")),
    *(("ink", f"{tone}-soft") for tone in SOFT),
    *(("muted", f"{tone}-soft") for tone in SOFT),
    *(("link", f"{tone}-soft") for tone in SOFT),
    ("action", "surface"),
    ("on-brand", "brand"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
]
SHAPES = [
    *(("edge", ground) for ground in GROUNDS),
    ("action", "paper"),
    ("spark", "brand"),
    ("focus", "focus-ink"),
    *(("accent", ground) for ground in GROUNDS),
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_has_aa_contrast(theme, ink, ground):
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_long_reading_has_aaa_contrast(theme):
    tokens = THEMES[theme]
    assert all(contrast(tokens["ink"], tokens[ground]) >= 7 for ground in GROUNDS)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_borders_and_signs_stand_out(theme, shape, ground):
    assert contrast(THEMES[theme][shape], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_ring_shows_on_every_ground(theme):
    tokens = THEMES[theme]
    for ground in (*GROUNDS, "brand", "action"):
        ring = (tokens["focus"], tokens["focus-ink"])
        assert max(contrast(colour, tokens[ground]) for colour in ring) >= 3


@pytest.mark.parametrize("place", [0, 1])
def test_more_contrast_means_aaa(place):
    more = {name: pair.split(", ")[place] for name, pair in MORE.items()}
    for ink in ("ink", "muted", "link", "action"):
        assert contrast(more[ink], more["paper"]) >= 7


def test_light_values_are_the_same_for_old_browsers():
    plain = CSS.split("@supports")[0]
    assert dict(re.findall(rf"--([\w-]+): ({HEX});", plain)) == THEMES["light"]


def test_every_token_that_is_used_is_there():
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= set(re.findall(r"--([\w-]+):", CSS))


def test_style_and_scripts_stay_small():
    folder = UI / "static" / "js"
    everywhere = ("page", "connection", "confirm", "guard")
    shared = b"".join((folder / f"{name}.js").read_bytes() for name in everywhere)
    exam = b"".join(path.read_bytes() for path in folder.glob("attempt*.js"))
    assert len(gzip.compress(CSS.encode(), 9)) < 15_000
    assert len(gzip.compress(shared, 9)) < 3_000
    assert len(gzip.compress(exam, 9)) < 7_000


def test_nothing_is_fetched_from_elsewhere():
    texts = [CSS, *(path.read_text("utf-8") for path in (UI / "static" / "js").glob("*.js"))]
    assert not any(re.search(r"url\(|@import|https?://|//\w+\.\w", text) for text in texts)


TEMPLATES = sorted((UI / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_obey_the_content_security_policy(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"https?://", text)
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_sentences_in_templates_name_their_gaps(path):
    for sentence in re.findall(r"_\(\"([^\"]*)\"|_\('([^']*)'", path.read_text(encoding="utf-8")):
        assert "%" not in re.sub(r"%\(\w+\)s", "", "".join(sentence))
