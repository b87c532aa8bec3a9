"""Which language a page is in, and where the switch leads."""

from __future__ import annotations

import pytest
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
