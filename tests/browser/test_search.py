"""The script of the search finds what the server finds, as the reader types and without a link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.db import db
from app.learning import search as service
from app.learning.search_index import find, read_query
from app.text import LANGUAGES
from app.ui.assets import version
from tests.browser.words import ru

# What a browser does with these pages does not depend on the database; other tests try both.
pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]

LINES = (Path(__file__).parents[1] / "learning" / "queries.txt").read_text("utf-8").splitlines()
TYPED = [
    (line[:2], re.sub(r"\.$", " ", line[3:])) for line in LINES if line and line[0] not in "# "
]
ASK = """async ([script, language, queries]) => {
  const { find, read } = await import(script);
  const reply = await fetch(`/search/index/${language}.json`);
  const index = read(await reply.json());
  return queries.map((typed) => Object.entries(find(index, typed).found).flatMap(
    ([kind, hits]) => hits.map((hit) => [kind, hit.url, hit.title, hit.excerpt])));
}"""


@pytest.fixture
def reader(world, open_as):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    return lambda **options: open_as(world.learner, **options)


def test_the_script_finds_what_the_server_finds(world, reader):
    person = reader()
    page = person.go("/search")
    script = f"/static/ui/js/search.js?v={version('js/search.js')}"
    hits = 0
    for language in LANGUAGES:
        queries = [typed for code, typed in TYPED if code == language]
        with world.inside(), world.app.test_request_context():
            indexes = service.indexes(service.shelves(world.learner.id), language)
        for typed, there in zip(
            queries, page.evaluate(ASK, [script, language, queries]), strict=True
        ):
            here = [
                [kind, hit.place.address, _plain(hit.title), _plain(hit.excerpt)]
                for kind, found in find(indexes, read_query(typed, language)).items()
                for hit in found
            ]
            assert there == here, (language, typed)
            hits += len(here)
    assert hits > 100


def _plain(pieces):
    return [list(piece) for piece in pieces]


def test_results_come_while_typing_and_go_on_without_a_link(reader):
    person = reader()
    person.expected = ("ERR_INTERNET_DISCONNECTED",)
    page = person.go("/search")
    field = page.get_by_role("searchbox")
    with page.expect_response("**/search/index/ru.json"):
        field.focus()
    field.press_sequentially("возвращен")
    lessons = page.locator("[data-kind=lesson] li")
    expect(lessons).not_to_have_count(0)
    expect(page.get_by_role("status").filter(has_text=re.compile(r"\d"))).to_be_visible()
    expect(page.locator("[data-hints]")).to_be_hidden()
    person.axe()
    person.context.set_offline(True)
    field.fill("ребенка")
    expect(page.locator("mark").first).to_have_text(re.compile("[Рр]еб[её]н|[Дд]ет"))
    field.press("Enter")
    expect(page).to_have_url(f"{person.address}/search")
    field.fill("вертолётоносец")
    expect(page.locator("[data-nothing]")).to_be_visible()
    field.fill("")
    expect(page.locator("[data-hints]")).to_be_visible()
    person.context.set_offline(False)


def test_a_result_is_reached_by_the_keyboard_and_leads_to_its_screen(reader):
    page = reader().go("/search")
    field = page.get_by_role("searchbox")
    with page.expect_response("**/search/index/ru.json"):
        field.focus()
    field.press_sequentially("одна мысль, две нормы")
    link = page.locator("[data-kind=lesson] li a").first
    expect(link).to_contain_text("Одна мысль")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/courses/c1/1-3#s\d+$"))
    expect(page.locator(":target h2").first).to_contain_text("Одна мысль")


def test_what_the_script_does_not_find_the_server_looks_for_in_other_languages(reader):
    page = reader().go("/search")
    field = page.get_by_role("searchbox")
    with page.expect_response("**/search/index/ru.json"):
        field.focus()
    field.fill("вяртанню")
    expect(page.locator("[data-nothing]")).to_be_visible()
    expect(page.locator("[data-ask]")).to_be_visible()
    field.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator("ol[lang=be] li").first).to_be_visible()


def test_the_form_works_without_script(reader):
    person = reader(java_script_enabled=False)
    page = person.go("/search")
    page.get_by_role("searchbox").fill("J1")
    person.click("Find")
    page.locator("[data-kind=aid] a").click()
    page.wait_for_url("**/courses/c1/aids/j1")


def test_a_letter_of_the_glossary_leads_to_its_terms(reader):
    person = reader()
    page = person.go("/glossary")
    page.get_by_role("navigation", name=ru("Letters")).get_by_role("link").last.click()
    expect(page.locator(":target")).to_be_in_viewport()
    person.axe()
