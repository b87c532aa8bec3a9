"""The gallery and the components of staff pages: what a reader, a keyboard and a server get."""

from __future__ import annotations

import re
from datetime import date

import html5lib
import pytest
from flask import render_template_string

from app.ui import assets
from app.ui.listing import Part

IMPORTS = '<!doctype html><title>x</title>{% import "ui/desk.html" as d %}'


def page(app, source, path="/", **values):
    """Render a piece of a page and parse it strictly."""
    with app.test_request_context(path, headers={"Accept-Language": "en"}):
        text = render_template_string(IMPORTS + source, **values)
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def words(node):
    return " ".join("".join(node.itertext()).split())


COLUMNS = [
    {"label": "Name", "sort": "name"},
    {"label": "Day", "kind": "date", "sort": "day"},
    {"label": "Score", "kind": "number"},
]
ROWS = [{"id": 7, "name": "A. Sample", "cells": ["A. Sample", "5 May", "82 %"]}]
TABLE = "{{ d.table('People', columns, rows, sort=sort, select=select, stacked=stacked) }}"


def table(app, path="/people?q=x&page=3", sort=None, select=None, stacked=False, rows=ROWS):
    values = {"sort": sort, "select": select, "stacked": stacked, "rows": rows}
    return page(app, TABLE, path, columns=COLUMNS, **values)


def test_a_head_sorts_by_an_address_that_keeps_the_filter(app):
    heads = table(app, sort="name").findall(".//thead//th")
    assert [head.get("aria-sort") for head in heads] == ["ascending", "none", None]
    links = [head.find("a").get("href") for head in heads[:2]]
    assert links == ["/people?q=x&sort=-name", "/people?q=x&sort=day"]
    heads = table(app, sort="-name").findall(".//thead//th")
    assert heads[0].get("aria-sort") == "descending"
    assert heads[0].find("a").get("href") == "/people?q=x&sort=name"


def test_a_table_that_cannot_be_sorted_has_no_links_in_its_head(app):
    assert table(app).findall(".//thead//a") == []


def test_boxes_belong_to_the_form_of_acts_without_a_script(app):
    found = table(app, select="people")
    boxes = [box for box in found.iter("input") if box.get("name") == "row"]
    assert [(box.get("form"), box.get("value")) for box in boxes] == [("people", "7")]
    label = next(one for one in found.find(".//tbody").iter("label"))
    assert words(label) == "Choose: A. Sample"
    box_for_all = found.find(".//thead//label")
    assert box_for_all.get("hidden") is not None


def test_cells_of_cards_keep_their_roles_and_labels(app):
    row = table(app, stacked=True).find(".//tbody/tr")
    assert [cell.get("role") for cell in row] == ["rowheader", "cell", "cell"]
    assert [cell.get("data-label") for cell in row] == [None, "Day", "Score"]


def test_an_empty_table_says_so_inside(app):
    cell = table(app, select="people", rows=[]).find(".//tbody//td")
    assert cell.get("colspan") == "4"
    assert words(cell) == "Nothing here yet."


def test_the_line_under_a_table_counts_and_turns_pages(app):
    source = "{{ d.pages(part) }}"
    found = page(app, source, "/people?q=x&page=2", part=Part(2, 3, 26, 50, 60))
    assert "26–50 of 60" in words(found)
    links = [link.get("href") for link in found.iter("a")]
    assert links == ["/people?q=x&page=1", "/people?q=x&page=3"]
    alone = page(app, source, part=Part(1, 1, 1, 3, 3))
    assert alone.find(".//nav") is None
    assert "No rows" in words(page(app, source, part=Part(1, 1, 1, 0, 0)))


def test_a_chip_says_what_it_takes_away(app):
    found = page(app, "{{ d.filters('/p', chips=[('Unit: 2', '/p')], clear_url='/p', count='3') }}")
    chip = found.find(".//ul[@class='chips']/li/a")
    assert words(chip) == "Take away the filter: Unit: 2"
    assert found.find(".//form").get("method") == "get"


@pytest.mark.parametrize(
    ("days", "said"),
    [(-2, "2 days over"), (0, "last day"), (1, "1 day left"), (12, "12 days left")],
)
def test_days_left_are_said_in_words(app, days, said):
    source = "{{ d.days_left(day, days) }}"
    assert said in words(page(app, source, day=date(2027, 5, 5), days=days))


def test_work_can_be_followed_without_a_script(app):
    source = (
        "{{ d.work('Certificates', state, 'words', 3, 9, url='/work', json_url='/work.json') }}"
    )
    running = page(app, source, state="running")
    bar = running.find(".//progress")
    assert (bar.get("value"), bar.get("max")) == ("3", "9")
    assert running.find(".//a").get("href") == "/work"
    assert page(app, source, state="done").find(".//progress") is None


def test_steps_lead_back_but_not_forward(app):
    source = "{{ d.steps([('One', '/1'), ('Two', '/2'), ('Three', '/3')], 2) }}"
    found = page(app, source)
    assert [link.get("href") for link in found.iter("a")] == ["/1"]
    assert found.find(".//li[@aria-current='step']") is not None


def test_text_from_people_is_escaped_in_every_component(app):
    evil = "<script>alert(1)</script>"
    source = """
    {{ d.table(x, [{"label": x, "hint": x}], [{"id": x, "name": x, "cells": [x]}], select=x,
               totals=[x]) }}
    {{ d.table(x, [{"label": x}], [], empty=x) }}{{ d.row_links([(x, x)], x) }}
    {% call d.filters(x, {"name": "q", "label": x, "value": x}, [(x, x)], x, x) %}
      {{ d.pick("p", x, [(x, x)], x) }}{% endcall %}
    {{ d.steps([x, (x, x)], 2) }}{{ d.verdict("new", x) }}
    {{ d.verdicts([("new", x, 1, x, true)], x) }}
    {% call d.chart(x, x, x, x, x) %}{% endcall %}
    {{ d.stats([{"figure": x, "words": x, "url": x, "hint": x, "change": ("up", x, none)}]) }}
    {{ d.work(x, "running", x, url=x, json_url=x) }}{{ d.slow_button(x, x) }}
    {{ d.banner("demo", x) }}
    {{ d.act(x, x, x, [x], x, fields={"a": x}) }}{{ d.consequences(x, [x], [x], x) }}
    {{ d.settings([(x, x, x)]) }}{{ d.change_link(x, x) }}{{ d.timeline([(x, x, x)], x) }}
    {{ d.person(x, x, x) }}{{ d.menu(x, [(x, x), x]) }}{{ d.instead("failed", x, x, x) }}
    {{ d.matrix(x, x, [(x, x)], [{"name": x, "url": x, "hint": x, "cells": [("done", x, x)]}],
                [("done", x)], (x, [x])) }}
    """
    with app.test_request_context("/"):
        text = render_template_string(IMPORTS + source, x=evil)
    assert "<script>alert" not in text
    assert text.count("&lt;script") > 60


def test_the_sample_table_is_sorted_narrowed_and_turned_by_its_address(client):
    def rows(path):
        text = client.get(path, headers={"Accept-Language": "en"}).get_data(as_text=True)
        found = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
        body = found.find(".//section[@id='table']//tbody")
        return [words(row.find("th")) for row in body.iter("tr") if row.find("th") is not None]

    assert len(rows("/gallery")) == 10
    assert rows("/gallery?sort=-name")[0] > rows("/gallery?sort=name")[0]
    assert rows("/gallery?page=2") != rows("/gallery")
    assert rows("/gallery?q=nobody") == []


def test_the_sheet_of_staff_pages_uses_known_tokens_and_nothing_from_elsewhere():
    sheet = assets.sheet("desk")
    known = set(re.findall(r"--([\w-]+):", assets.sheet("app") + sheet))
    assert set(re.findall(r"var\(--([\w-]+)", sheet)) <= known
    assert not re.search(r"url\(|@import|https?:", sheet)
