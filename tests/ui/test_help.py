"""The help page: whole, in the order of the reader's work, and reached at the fitting part."""

from __future__ import annotations

import pytest

from app.ui.help import GROUPS, READER_ROLES, section_for
from tests.ui.test_pages import read

SECTIONS = [section for sections in GROUPS.values() for section in sections]


def headings(page):
    return [node.get("id") for node in page.iter() if node.tag in ("h2", "h3") and node.get("id")]


def test_whom_to_ask_stands_first_and_every_section_follows(client):
    found = headings(read(client, "/help"))
    assert found[0] == "whom"
    assert [one for one in found if one in SECTIONS] == SECTIONS


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ((), "learner"),
        (("author",), "author"),
        (("coordinator",), "coordinator"),
        (("trainer",), "coordinator"),
        (("reviewer",), "reviewer"),
        (("coordinator", "reviewer"), "coordinator"),
        (("admin", "author"), "coordinator"),
    ],
)
def test_answers_for_the_own_role_stand_first(app, client, roles, first):
    app.extensions[READER_ROLES] = lambda: frozenset(roles)
    found = [one for one in headings(read(client, "/help")) if one in SECTIONS]
    assert found[: len(GROUPS[first])] == list(GROUPS[first])
    assert sorted(found) == sorted(SECTIONS)


@pytest.mark.parametrize("lang", ["ru", "be", "en"])
def test_the_list_of_contents_names_every_section_as_its_heading_does(client, lang):
    page = read(client, "/help", lang)
    listed = {
        link.get("href")[1:]: "".join(link.itertext())
        for link in page.find(".//nav[@aria-labelledby='contents']").iter("a")
    }
    titles = {
        node.get("id"): "".join(node.itertext()).strip()
        for node in page.iter("h3")
        if node.get("id")
    }
    assert listed == titles
    assert set(listed) == set(SECTIONS)


def test_more_is_folded_into_native_details(client):
    assert len(list(read(client, "/help").find(".//main").iter("details"))) > 15


def test_a_page_knows_its_section():
    assert section_for("learning.lesson") == "lessons"
    assert section_for("assessment.attempt") == "final-test"
    assert section_for("assessment.grant") == "further-attempts"
    assert section_for("authoring.content") == "publishing"
    assert section_for("authoring_health.translation") == "translating"
    assert section_for("authoring_preview.preview") == "writing"
    assert section_for("learning.home") == section_for(None) == ""


def test_the_accessibility_statement_says_aim_limits_and_whom_to_tell(client):
    page = read(client, "/accessibility")
    assert headings(page) == ["aim", "limits", "report"]
    assert "WCAG" in "".join(page.find(".//main").itertext())
    assert any(link.get("href") == "/accessibility" for link in read(client, "/help").iter("a"))
