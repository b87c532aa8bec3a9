"""Every page is usable by everybody: no fault that axe knows, and no sideways scroll."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.rounds import arrive, person_of, report, roles, speak, stops
from tests.browser.tour import furnish, pages_missing, tours

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]

NARROW = {"width": 320, "height": 640}
LANGUAGES = ("ru", "be", "en")
SCHEMES = ("light", "dark")
CONTRAST = """(rule) => axe.run(document, {
  runOnly: { type: "rule", values: [rule] }, resultTypes: ["violations"] })
  .then(({ violations }) => [...new Map(violations.flatMap((one) => one.nodes)
    .map((one) => [one.any.map((each) => each.message).join(" "), one.html.slice(0, 60)]))]
    .map(([fault, where]) => `${fault} ${where}`))"""


@pytest.fixture
def facts(world):
    return furnish(world)


def test_no_page_is_left_out_of_the_tours(world, facts):
    assert pages_missing(world.app, tours(facts)) == set()


def sound(person):
    """Return what axe finds on the page, and whether it scrolls sideways."""
    try:
        person.axe()
    except AssertionError as fault:
        return [str(fault)]
    return []


def every_theme(person, number):
    """Return what is wrong with a page: all rules in one theme, the contrast in the other."""
    page = person.page
    first, other = SCHEMES[number % 2], SCHEMES[1 - number % 2]
    page.emulate_media(color_scheme=first)
    found = sound(person)
    page.emulate_media(color_scheme=other)
    return found + [f"{other}: {fault}" for fault in page.evaluate(CONTRAST, "color-contrast")]


def high_contrast(person):
    """Return where high contrast does not reach the ratios of AAA, in the theme of the page."""
    page = person.page
    page.evaluate("document.documentElement.dataset.contrast = 'high'")
    high = page.evaluate(CONTRAST, "color-contrast-enhanced")
    page.evaluate("delete document.documentElement.dataset.contrast")
    return [f"high contrast: {fault}" for fault in high]


@pytest.mark.parametrize("staff", [False, True], ids=["learners", "staff"])
def test_every_page_is_sound_in_some_language_and_both_themes(world, open_as, facts, staff):
    """The language changes from page to page; the slow tests try each page in all of them."""
    wrong: dict[str, list[str]] = {}
    for role in roles(facts, staff=staff):
        person = open_as(person_of(world, facts, role), reduced_motion="reduce")
        paths = list(enumerate(stops(world, facts, role)))
        for turn, language in enumerate(LANGUAGES):
            person.go("/help")
            speak(person, language)
            for number, path in paths[turn :: len(LANGUAGES)]:
                for fault in arrive(person, path) or every_theme(person, number // 3 + turn):
                    wrong.setdefault(fault, []).append(f"{role} {path} ({language})")
    assert not wrong, report(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [NARROW, DESK], ids=["320", "1280"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_sound_in_each_language_theme_and_width(
    world, open_as, facts, language, viewport
):
    wrong: dict[str, list[str]] = {}
    for role in roles(facts):
        person = open_as(person_of(world, facts, role), viewport=viewport, reduced_motion="reduce")
        person.go("/help")
        speak(person, language)
        for path in stops(world, facts, role, every=True):
            found = arrive(person, path)
            for number in () if found else range(len(SCHEMES)):
                found += every_theme(person, number) + high_contrast(person)
            for fault in found:
                wrong.setdefault(fault, []).append(f"{role} {path}")
    assert not wrong, report(wrong)


def test_what_answers_a_form_is_sound_too(world, open_as, facts):
    person = open_as(world.coordinator)
    person.expected = ("403", "404", "422")
    cohort = facts["cohort"]
    for path in ("/nothing-here", "/admin/people", "/courses/c1"):
        person.go(path)
        person.axe()
    page = person.go(f"/cohorts/{cohort}")
    page.locator("[data-select] input[name=row]").first.check()
    person.click("Take out of the cohort")
    person.axe()
    page = person.go(f"/cohorts/{cohort}/learners/{facts['enrolment']}")
    person.click("Take out of the cohort")
    expect(page.locator("dialog[open]")).to_be_visible()
    person.axe()
    person.click("Cancel", within="dialog[open]")
    expect(page.locator("form[data-confirm] button").first).to_be_focused()
    person.go("/cohorts/new")
    person.click("Make the cohort")
    expect(page.locator(".error-summary")).to_be_focused()
    person.axe()
    person.go(f"/cohorts/{cohort}/slips")
    person.click("Make the slips")
    person.axe()
    person.go(f"/cohorts/{cohort}/learners/{facts['enrolment']}")
    person.click("Make a one-time link")
    person.axe()
