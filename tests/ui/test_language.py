"""Which language a page is in, and where the switch leads."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

import pytest
from flask import render_template
from hypothesis import given
from hypothesis import strategies as st

from app.ui.babel import LANGUAGES, best_match
from app.ui.redirects import local_path


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("be-BY,ru;q=0.8,en;q=0.5", "be"),
        ("en-US,en;q=0.9", "en"),
        ("ru", "ru"),
        ("pl,be;q=0.4", "be"),
        ("de-DE", "ru"),
        ("*", "ru"),
        ("", "ru"),
    ],
)
def test_the_browser_is_heard_and_russian_is_the_default(client, header, code):
    page = client.get("/help", headers={"Accept-Language": header})
    assert f'<html lang="{code}">' in page.get_data(as_text=True)


def test_a_choice_beats_the_person_and_the_person_beats_the_browser(client, person_language):
    person_language.append("be")
    headers = {"Accept-Language": "en"}
    assert b'<html lang="be">' in client.get("/help", headers=headers).data
    answer = client.post("/language", data={"lang": "en", "next": "/help?a=1"}, headers=headers)
    assert (answer.status_code, answer.location) == (303, "/help?a=1")
    assert b'<html lang="en">' in client.get("/help", headers=headers).data


def test_an_unknown_language_changes_nothing(client):
    assert client.post("/language", data={"lang": "xx", "next": "/help"}).status_code == 400
    assert b'<html lang="ru">' in client.get("/help").data


def test_each_language_matches_itself():
    assert [best_match([language.code]) for language in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize(
    "target",
    [
        None, "", "help", "//evil", "///evil", "http://evil", "https:evil", "\\\\evil", "/\\evil",
        "/\t/evil", "/a\r\nLocation: //evil", " /help", "javascript:alert(1)", "/ok\\..\\evil",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_place(client, target):
    assert local_path(target) == "/"
    answer = client.post("/language", data={"lang": "ru", "next": target or ""})
    assert answer.location == "/"


@given(st.text())
def test_a_next_page_is_always_a_path_here(target):
    path = local_path(target)
    assert path.startswith("/")
    assert not path.startswith("//")
    assert "\\" not in path


@pytest.mark.parametrize("path", ["/", "/help", "/courses/c1/1-1?screen=2#top", "/поиск?q=убежище"])
def test_own_paths_are_kept(path):
    assert local_path(path) == path


def leads_to(text):
    """Where a change of language on this page leads."""
    return html.unescape(re.search(r'name="next" value="([^"]*)"', text)[1])


@pytest.mark.parametrize("path", ["/help", "/help?a=1&b=два", "/error/404", "/error/422?x=1"])
def test_a_change_of_language_leads_to_the_same_address(client, path):
    where = leads_to(client.get(path).text)
    answer = client.post("/language", data={"lang": "be", "next": where})
    assert unquote(answer.location) == unquote(where) == path
    page = client.get(answer.location)
    assert '<html lang="be"' in page.text
    assert unquote(leads_to(page.text)) == path


@pytest.fixture
def codes(app):
    """A page that answers a form, at an address that cannot be opened."""

    @app.post("/codes/<name>")
    def codes(name: str):
        return render_template("ui/error.html", code=422), 422


@pytest.mark.usefixtures("codes")
@pytest.mark.parametrize(
    ("referrer", "where"),
    [
        ("http://localhost/help?a=1", "/help?a=1"),
        ("http://localhost/codes/%D1%91", "/"),
        ("http://evil.test/help", "/"),
        ("http://localhost//evil", "/"),
        ("http://[", "/"),
        (None, "/"),
    ],
)
def test_from_a_page_that_answers_a_form_it_leads_to_the_page_before(client, referrer, where):
    headers = {"Referer": referrer} if referrer else {}
    assert leads_to(client.post("/codes/one", headers=headers).text) == where


def test_from_a_form_that_can_be_opened_it_leads_to_the_form(client):
    answer = client.post("/display?next=/help", headers={"Referer": "http://localhost/gallery"})
    assert answer.status_code == 422
    assert leads_to(answer.text) == "/display?next=/help"
