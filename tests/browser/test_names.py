"""A screen reader is told what each thing is called, where it stands and what went wrong."""

from __future__ import annotations

import re
from collections import Counter
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path

import pytest

from tests.browser.axtree import CONTROLS, LANDMARKS, tree
from tests.browser.rounds import arrive, look_round, person_of, roles, stops
from tests.browser.tour import furnish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]

OUTLINES = Path(__file__).with_name("outlines")
# Who speaks to the page says what can be read on it (WCAG 2.5.3).
LABELS = """() => {
  const plain = (text) => text.toLowerCase().replace(/[^\\p{L}\\p{N}]+/gu, " ").trim();
  const found = [];
  for (const one of document.querySelectorAll("[aria-label], [aria-labelledby]")) {
    if (!one.matches("a, button, summary, input, select, textarea, [role=button], [role=tab]")) {
      continue;
    }
    if (!one.checkVisibility()) continue;
    const ids = (one.getAttribute("aria-labelledby") ?? "").split(/\\s+/).filter(Boolean);
    const name = plain(ids.length
      ? ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ")
      : one.getAttribute("aria-label"));
    const shown = one.cloneNode(true);
    shown.querySelectorAll(".visually-hidden, [aria-hidden=true], svg").forEach((x) => x.remove());
    const seen = plain(shown.textContent);
    if (seen && !name.includes(seen)) found.push(`is called «${name}» and shows «${seen}»`);
  }
  return found;
}"""
TABLES = """() => [...document.querySelectorAll("table")].flatMap((table) => {
  const frame = table.closest(".prose [role=group][aria-label]");  // of an author's table
  const label = table.getAttribute("aria-label") || frame?.ariaLabel
    || document.getElementById(table.getAttribute("aria-labelledby"))?.textContent;
  const name = (table.caption?.textContent || label || "").trim();
  const found = name ? [] : [`a table has no caption: ${table.innerText.slice(0, 40)}`];
  if (!table.querySelector("thead th[scope=col], thead th[scope=colgroup]")) {
    found.push(`table ${name}: no heading of columns`);
  }
  for (const cell of table.querySelectorAll("th")) {
    if (!cell.scope && !cell.id) found.push(`table ${name}: a heading without a scope`);
    if (!cell.textContent.trim()) found.push(`table ${name}: an empty heading`);
  }
  const written = table.closest(".prose");  // by an author: columns are headed, rows may be
  for (const row of written ? [] : table.querySelectorAll("tbody tr")) {
    if (!row.querySelector("th[scope=row], th[scope=rowgroup]") && row.cells.length > 1) {
      found.push(`table ${name}: a row has no heading: ${row.innerText.slice(0, 30)}`);
      break;
    }
  }
  return found;
})"""
# Sentences in another language than the page. Names of people and of the programme stay as
# they are, so only three words in a row count.
LANGUAGES = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { data, parentElement: one } = walk.currentNode;
    if (!one.checkVisibility() || one.closest("code, script, style, noscript")) continue;
    const said = one.closest("[lang]").lang;
    const latin = /(?:\\b[A-Za-z]{2,}[ ,]+){3}[A-Za-z]{2,}/.exec(data);
    const ours = /(?:[^\\s\\d]+ ){0,2}[а-яё]*[іў][а-яёіў]+ (?:[^\\s\\d]+ )*[а-яё]*[іў]/.exec(data);
    const cyrillic = /(?:[а-яёіў]{2,}[ ,]+){3}[а-яёіў]{2,}/i.exec(data);
    if (latin && said !== "en") found.push(`English inside ${said}: ${latin[0]}`);
    if (ours && said !== "be") found.push(`Belarusian inside ${said}: ${ours[0]}`);
    if (cyrillic && said === "en") found.push(`Cyrillic text inside en: ${cyrillic[0]}`);
  }
  return [...new Set(found)].slice(0, 5);
}"""
# Each field that was refused says why, to whoever hears it and to whoever sees it.
ERRORS = """() => {
  const found = [];
  const summary = document.querySelector(".error-summary");
  if (!summary) return ["no summary of errors"];
  if (summary.getAttribute("role") !== "alert") found.push("the summary is no alert");
  if (document.activeElement !== summary) found.push("the summary has not the focus");
  const links = [...summary.querySelectorAll("a[href^='#']")];
  if (!links.length) found.push("the summary leads to no field");
  for (const link of links) {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) { found.push(`no field ${link.hash}`); continue; }
    const group = field.matches("fieldset");
    const ids = (field.getAttribute("aria-describedby") ?? "").split(/\\s+/);
    const problem = ids.map((id) => document.getElementById(id))
      .find((one) => one?.matches(".problem"));
    if (!problem?.textContent.trim()) found.push(`${link.hash} does not name its error`);
    if (!group && field.getAttribute("aria-invalid") !== "true") {
      found.push(`${link.hash} is not marked as wrong`);
    }
  }
  const wrong = document.querySelectorAll("[aria-invalid=true]").length;
  if (wrong > links.length) found.push(`${wrong} wrong fields, ${links.length} links`);
  return found;
}"""


@pytest.fixture
def facts(world):
    return furnish(world)


def repeated(names):
    """Return the names that stand more than once."""
    return sorted(name for name, count in Counter(names).items() if count > 1)


def landmark_faults(nodes):
    """Return what is wrong with the landmarks."""
    found = []
    for role in ("banner", "main", "contentinfo"):
        if (count := sum(one.role == role for one in nodes)) != 1:
            found.append(f"{count} landmarks {role}")
    for role in LANDMARKS - {"form", "banner", "main", "contentinfo"}:
        names = [one.name for one in nodes if one.role == role]
        if role in ("navigation", "region") and "" in names:
            found.append(f"a {role} without a name")
        found += [f"two landmarks {role} are called «{name}»" for name in repeated(names)]
    return found


def heading_faults(nodes):
    """Return what is wrong with the headings."""
    headings = [one for one in nodes if one.role == "heading"]
    levels = [one.level for one in headings]
    found = [f"empty heading of level {one.level}" for one in headings if not one.name]
    if levels.count(1) != 1 or levels[0] != 1:
        found.append(f"levels of the headings: {levels}")
    found += [
        f"from level {before.level} to {after.level} at «{after.name}»"
        for before, after in pairwise(headings)
        if after.level > before.level + 1
    ]
    return found


def told(page):
    """Return what a screen reader would not be told rightly about a page."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    nodes = tree(page)
    found = [f"a {one.role} without a name" for one in nodes if one.role in CONTROLS | {"dialog"}
             if not one.name]  # fmt: skip
    if not page.url.endswith("/gallery"):  # it shows one part many times
        found += landmark_faults(nodes)
    found += heading_faults(nodes)
    for script in (LABELS, TABLES, LANGUAGES):
        found += page.evaluate(script)
    title = " ".join(page.title().split())
    [heading] = [one.name for one in nodes if one.role == "heading" and one.level == 1]
    if not title.endswith(" · AVRR Academy") or heading not in title:
        found.append(f"the title «{title}» does not say «{heading}»")
    if page.locator("a[href='#main']").count() != 1:
        found.append("no way past the menu")
    return found


@pytest.mark.parametrize("staff", [False, True], ids=["learners", "staff"])
def test_a_screen_reader_is_told_the_names_on_every_page(world, open_as, facts, staff):
    look_round(world, open_as, facts, told, staff=staff)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["be", "en"])
def test_a_screen_reader_is_told_the_names_in_every_language(world, open_as, facts, language):
    look_round(world, open_as, facts, told, every=True, language=language)


def test_no_two_pages_of_a_tour_have_the_same_title(world, facts):
    wrong = []
    for role in roles(facts):
        client = world.new_client(person_of(world, facts, role))
        titles = []
        for path in stops(world, facts, role):
            if path.startswith("/enter/"):  # the page of /enter with its code filled in
                continue
            text = client.get(path).text
            titles.append((re.search(r"<title>(.*?)</title>", text, re.S) or [""])[0])
        wrong += [f"{role}: {title}" for title in repeated(titles)]
    assert not wrong, "\n".join(wrong)


def test_what_becomes_of_an_answer_is_told_without_moving_the_focus(world, open_as, facts):
    person = open_as(world.learner)
    page = person.go(f"/attempts/{facts['open']}")
    assert page.locator("p[data-connection]").get_attribute("role") == "status"
    assert page.locator("[data-progress]").get_attribute("role") == "status"
    assert page.locator("[data-banner]").get_attribute("role") == "alert"
    states = page.locator("[data-position] [data-state]")
    assert states.count() == page.locator("[data-position]").count()
    assert {one.get_attribute("role") for one in states.all()} == {"status"}
    groups = page.locator("[data-position] fieldset:has(legend)")
    assert groups.count() == states.count()


REFUSED = {
    "nobody": ["/sign-in", "/enter"],
    "learner": ["/account/password"],
    "coordinator": ["/cohorts/new", "/cohorts/1/add", "/cohorts/1/import", "/cohorts/1/courses/c1"],
    "admin": ["/admin/agencies/new", "/admin/people/new", "/admin/roles/new"],
}


@pytest.mark.parametrize("role", REFUSED)
def test_errors_of_a_form_are_tied_to_their_fields(world, open_as, facts, role):
    person = open_as(person_of(world, facts, role))
    person.expected = ("422",)
    wrong = []
    for path in REFUSED[role]:
        page = person.go(path)
        form = page.locator("main form[novalidate]").first
        form.evaluate("""(one) => { for (const each of one.elements) {
          if (!each.hidden && !each.readOnly && /text|date|email/.test(each.type)) each.value = "";
        } }""")
        form.evaluate("(one) => one.requestSubmit()")
        page.wait_for_load_state()
        page.wait_for_selector(".error-summary")
        found = page.evaluate(ERRORS)
        if not re.match("^(Ошибка|Error)", page.title()):
            found.append(f"the title «{page.title()}» does not say that something is wrong")
        wrong += [f"{path}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)


def outline_pages(facts):
    """Return who opens which page for the outlines kept as files."""
    return {
        "home": ("learner", "/"),
        "lesson": ("learner", f"/courses/c1/{facts['lessons'][0]}"),
        "attempt": ("learner", f"/attempts/{facts['open']}"),
        "result": ("second_learner", f"/attempts/{facts['passed']}/result"),
        "matrix": ("coordinator", f"/cohorts/{facts['cohort']}/progress"),
    }


@pytest.mark.parametrize("name", ["home", "lesson", "attempt", "result", "matrix"])
def test_a_key_page_is_heard_in_the_order_of_its_outline(world, open_as, facts, name):
    """The lines of the file stand on the page in this order; others may stand between."""
    role, path = outline_pages(facts)[name]
    person = open_as(person_of(world, facts, role))
    assert not arrive(person, path)
    lines = [str(node) for node in tree(person.page)]
    left = iter(lines)
    for wanted in (OUTLINES / f"{name}.txt").read_text("utf-8").splitlines():
        assert any(fnmatchcase(line, wanted) for line in left), (
            f"«{wanted}» is not there, or not in this place:\n" + "\n".join(lines)
        )
