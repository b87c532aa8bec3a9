"""The pages of the look itself: valid, named, whole in every language."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import html5lib
import pytest

PAGES = [
    "/help",
    "/display",
    "/accessibility",
    "/gallery",
    "/error/404",
    "/error/422",
    "/error/500",
]
CODES = [400, 403, 404, 409, 413, 422, 429, 500]


def read(client, path, lang="ru"):
    """Fetch a page and parse it strictly: an error in the HTML is an exception."""
    text = client.get(path, headers={"Accept-Language": lang}).get_data(as_text=True)
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


@pytest.mark.parametrize("lang", ["ru", "be", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_valid_and_named(client, path, lang):
    page = read(client, path, lang)
    assert page.get("lang") == lang
    assert len(page.findall(".//h1")) == 1
    assert len(page.findall(".//main")) == 1
    assert page.findtext(".//title").endswith(" · AVRR Academy")
    ids = Counter(node.get("id") for node in page.iter() if node.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("path", PAGES)
def test_every_control_has_a_name(client, path):
    page = read(client, path)
    named = {label.get("for") for label in page.iter("label")}
    inside = {control for label in page.iter("label") for control in label.iter()}
    for kind in ("input", "select", "textarea"):
        for control in page.iter(kind):
            if control.get("type") != "hidden":
                assert control.get("id") in named or control in inside
    for kind in ("button", "a", "summary"):
        for control in page.iter(kind):
            labels = [node.get("aria-label") for node in control.iter()]
            assert "".join(control.itertext()).strip() or any(labels)


@pytest.mark.parametrize("path", PAGES)
def test_links_inside_the_page_and_descriptions_lead_somewhere(client, path):
    page = read(client, path)
    ids = {node.get("id") for node in page.iter()}
    for link in page.iter("a"):
        if (link.get("href") or "").startswith("#"):
            assert link.get("href")[1:] in ids
    for node in page.iter():
        for target in (node.get("aria-describedby") or "").split():
            assert target in ids


@pytest.mark.parametrize("path", PAGES)
def test_headings_leave_out_no_level(client, path):
    levels = [int(node.tag[1]) for node in read(client, path).iter() if node.tag in HEADINGS]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


HEADINGS = {"h1", "h2", "h3", "h4"}


@pytest.mark.parametrize("code", CODES)
def test_an_error_says_what_to_do_next(client, code):
    page = read(client, f"/error/{code}", "en")
    assert len(page.find(".//main//p[@class='lead']").text) > 40
    assert any(link.get("href") == "/" for link in page.find(".//main").iter("a"))


def test_each_error_has_words_of_its_own(client):
    titles = {read(client, f"/error/{code}", "en").findtext(".//h1") for code in CODES}
    assert len(titles) == len(CODES)
    assert read(client, "/error/405").findtext(".//h1") in titles


def test_messages_are_escaped(client):
    assert "&lt;b&gt;kept&lt;/b&gt;" in client.get("/error/404").get_data(as_text=True)


def test_help_stands_in_the_same_place_on_every_page(client):
    for path in PAGES:
        links = list(read(client, path).find(".//nav[@class='sitenav']").iter("a"))
        assert links[-1].get("href") == "/help"


def test_the_gallery_is_not_there_in_production(app, client):
    app.config["PRODUCTION"] = True
    assert client.get("/gallery").status_code == 404


def test_sample_data_are_said_to_be_fictional(client):
    footer = read(client, "/help", "en").find(".//footer")
    assert "fictional" in "".join(footer.itertext())


def test_assets_carry_the_fingerprint_of_their_content(client):
    page = read(client, "/help")
    addresses = [node.get("src") for node in page.iter("script")]
    addresses += [node.get("href") for node in page.iter("link")]
    addresses += [node.get("src") for node in page.iter("img")]
    assert all(address.startswith("/static/ui/") and "?v=" in address for address in addresses)
    for address in addresses:
        with client.get(address) as answer:
            assert answer.status_code == 200
    assert len(set(addresses)) + 2 <= 8  # the page and the icon sheet are fetched as well
