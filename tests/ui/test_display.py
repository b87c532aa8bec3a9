"""How pages look for a reader: what is kept, what is written on the page, what the styles do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui import assets
from app.ui.display import (
    CHOICES,
    DEFAULTS,
    KEEP_DISPLAY,
    PERSON_DISPLAY,
    SESSION_KEY,
    DisplayForm,
    parse,
    write,
)
from tests.ui.test_style import HEX, MORE, THEMES

CSS = (assets.STYLES / "app" / "15-display.css").read_text(encoding="utf-8")
made = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()})
NIGHT = {"theme": "dark", "contrast": "high", "text": "large", "spacing": "wide", "motion": "none"}


@settings(deadline=None)
@given(made)
def test_what_is_written_is_read_again(choices):
    assert parse(write(choices)) == choices


@settings(deadline=None)
@given(st.text(st.sampled_from("themdark=;contrasthigh ' \"<>")))
def test_any_text_is_read_as_allowed_choices(text):
    assert all(value in CHOICES[name] for name, value in parse(text).items())


def test_the_usual_look_is_an_empty_text():
    assert write(DEFAULTS) == ""
    assert parse("") == parse(None) == DEFAULTS


def test_unknown_parts_are_ignored():
    found = parse("theme=dark;colour=red;text=huge;contrast;motion=none=;=;text=large")
    assert found == {**DEFAULTS, "theme": "dark", "text": "large"}


def test_the_form_offers_every_choice_and_no_other(app):
    with app.test_request_context():
        form = DisplayForm()
        offered = {name: tuple(value for value, *_rest in form[name].choices) for name in CHOICES}
    assert offered == CHOICES


def test_a_visitor_keeps_the_look_for_this_session(client):
    answer = client.post("/display?next=/help?a%3D1", data=NIGHT)
    assert (answer.status_code, answer.location) == (303, "/help?a=1")
    page = client.get("/help").text
    assert page.split("\n")[1] == (
        '<html lang="ru" data-theme="dark" data-contrast="high" data-text="large"'
        ' data-spacing="wide" data-motion="none">'
    )
    assert '<meta name="color-scheme" content="dark">' in page
    client.post("/display", data=DEFAULTS)
    assert '<html lang="ru">' in client.get("/help").text
    with client.session_transaction() as session:
        assert SESSION_KEY not in session


def test_the_look_is_on_every_page_also_on_errors(client):
    client.post("/display", data={**DEFAULTS, "text": "largest"})
    for path in ("/display", "/accessibility", "/gallery", "/error/404"):
        assert '<html lang="ru" data-text="largest">' in client.get(path).text


def test_a_signed_in_person_keeps_it_with_the_person_and_not_in_the_cookie(app, client):
    kept = ["contrast=high"]

    def keep(text: str) -> bool:
        kept[:] = [text]
        return True

    app.extensions[PERSON_DISPLAY] = lambda: kept[0]
    app.extensions[KEEP_DISPLAY] = keep
    with client.session_transaction() as session:
        session[SESSION_KEY] = "theme=dark"
    assert '<html lang="ru" data-contrast="high">' in client.get("/help").text
    client.post("/display", data={**DEFAULTS, "motion": "none"})
    assert kept == ["motion=none"]
    with client.session_transaction() as session:
        assert SESSION_KEY not in session


def test_the_page_shows_what_is_chosen_now(client):
    client.post("/display", data=NIGHT)
    page = client.get("/display").text
    ticked = re.findall(r'<input checked[^>]*name="(\w+)"[^>]*value="(\w+)"', page)
    assert dict(ticked) == NIGHT


@pytest.mark.parametrize("wrong", [{}, {**DEFAULTS, "theme": "pink"}])
def test_what_cannot_be_chosen_is_told_and_changes_nothing(client, wrong):
    assert client.post("/display", data=wrong).status_code == 422
    assert '<html lang="ru">' in client.get("/help").text


def test_the_way_back_is_the_page_before(client):
    answer = client.get("/display", headers={"Referer": "http://localhost/gallery?part=2"})
    assert answer.status_code == 302
    back = client.get(answer.location).text
    assert 'href="/gallery?part=2"' in back
    elsewhere = client.get("/display", headers={"Referer": "http://evil.test/gallery"})
    assert elsewhere.status_code == 200


def test_high_contrast_by_choice_is_that_of_the_device():
    block = CSS.split(
        '@supports (color: light-dark(#000, #fff)) {\n    :root[data-contrast="high"]'
    )
    chosen = re.findall(rf"--([\w-]+): light-dark\(({HEX}, {HEX})\);", block[1].split("}")[0])
    assert dict(chosen) == MORE


@pytest.mark.parametrize(
    ("selector", "wanted"),
    [
        (
            ':root[data-contrast="high"] {',
            {name: pair.split(", ")[0] for name, pair in MORE.items()},
        ),
        (
            ':root[data-contrast="high"][data-theme="dark"] {',
            {name: pair.split(", ")[1] for name, pair in MORE.items()},
        ),
        (
            ':root[data-theme="dark"] {',
            {name: dark for name, dark in THEMES["dark"].items() if dark != THEMES["light"][name]},
        ),
    ],
)
def test_browsers_without_light_dark_get_the_same_colours(selector, wanted):
    found = re.findall(rf"--([\w-]+): ({HEX});", CSS.split(selector, 1)[1].split("}")[0])
    assert dict(found) == wanted


def test_every_choice_but_the_themes_has_a_style_here():
    for name in ("contrast", "text", "spacing", "motion"):
        for value in CHOICES[name][1:]:
            assert f'[data-{name}="{value}"]' in CSS


def test_the_script_is_small():
    assert len((assets.STATIC / "js" / "display.js").read_bytes()) < 1000
