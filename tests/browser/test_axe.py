"""Every page is usable by everybody: no fault that axe knows, no sideways scroll, keys suffice."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.tour import furnish, pages_missing, tours

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]

LEARNERS = {"nobody", "learner", "second_learner", "failing"}
NARROW = {"width": 320, "height": 640}
HEADINGS = """() => [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
  .filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))"""
FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  return { name: one.innerText || one.value || one.id, outline: style.outlineStyle,
           width: parseFloat(style.outlineWidth), seen: box.width > 0 && box.height > 0,
           wanted: one.matches(WANTED) };
}"""


def look_round(world, open_as, facts, role, language="ru", every=False, **options):
    """Visit all pages of somebody, and report everything that is wrong with them at once."""
    if role == "failing":
        who = SimpleNamespace(id=facts["failing"])
    else:
        who = None if role == "nobody" else getattr(world, role)
    person = open_as(who, **options)
    if language != "ru":
        page = person.go("/help")
        page.locator(f"form.languages button[value={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
    wrong = []
    for endpoint, values in tours(facts, every=every)[role]:
        path = world.address(endpoint, **values)
        reply = person.page.goto(person.address + path)
        if reply is None or reply.status != 200:
            wrong.append(f"{path} answers {reply and reply.status}")
            continue
        if person.page.url != person.address + path:
            wrong.append(f"{path} leads on to {person.page.url}")
        try:
            person.axe()
        except AssertionError as fault:
            wrong.append(str(fault))
        levels = person.page.evaluate(HEADINGS)
        steps = [after - before for before, after in pairwise(levels)]
        if levels[:1] != [1] or max(steps, default=0) > 1:
            wrong.append(f"{path}: headings of levels {levels}")
    assert not wrong, "\n\n".join(wrong)


@pytest.fixture
def facts(world):
    return furnish(world)


def test_no_page_is_left_out_of_the_tours(world, facts):
    assert pages_missing(world.app, tours(facts)) == set()


def look_round_as_all(world, open_as, facts, staff=None, **options):
    """Visit all pages of everybody, or only of staff or the others, and report all faults."""
    wrong = []
    for role in tours(facts):
        if staff is not None and staff is (role in LEARNERS):
            continue
        try:
            look_round(world, open_as, facts, role, **options)
        except AssertionError as fault:
            wrong.append(f"{role}: {fault}")
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("staff", [False, True], ids=["learners", "staff"])
def test_every_page_is_sound_on_a_phone_in_russian(world, open_as, facts, staff):
    look_round_as_all(world, open_as, facts, staff, viewport=PHONE, color_scheme="light")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "viewport", "scheme"),
    [
        ("ru", NARROW, "light"),
        ("be", NARROW, "dark"),
        ("en", NARROW, "light"),
        ("ru", PHONE, "dark"),
        ("be", PHONE, "light"),
        ("en", DESK, "dark"),
        ("be", DESK, "light"),
    ],
    ids=lambda value: str(value["width"]) if isinstance(value, dict) else value,
)
def test_every_page_is_sound_in_each_language_theme_and_width(
    world, open_as, facts, language, viewport, scheme
):
    look_round_as_all(
        world,
        open_as,
        facts,
        language=language,
        every=True,
        viewport=viewport,
        color_scheme=scheme,
    )


def test_what_answers_a_form_is_sound_too(world, open_as, facts):
    person = open_as(world.coordinator)
    person.expected = ("403", "404", "422")
    cohort = facts["cohort"]
    for path in ("/nothing-here", "/admin/people", "/courses/c1"):
        person.go(path)
        person.axe()
    page = person.go(f"/cohorts/{cohort}")
    person.click("Remove")
    expect(page.locator("dialog[open]")).to_be_visible()
    person.axe()
    person.click("Cancel", within="dialog[open]")
    expect(page.locator("tbody button").first).to_be_focused()
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


def tab_to(page, wanted, limit=120):
    """Press Tab until an element that matches `wanted` has the focus; all on the way show it."""
    for _key in range(limit):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED.replace("WANTED", repr(wanted)))
        assert at["seen"], at
        assert at["outline"] != "none", at
        assert at["width"] >= 2, at
        if at["wanted"]:
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def test_a_lesson_is_read_and_finished_with_the_keyboard_alone(world, open_as, facts):
    person = open_as(world.learner)
    page = person.go(f"/courses/c1/{facts['lessons'][1]}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, "[data-check] input")
    page.keyboard.press("Space")
    tab_to(page, "[data-check] button")
    page.keyboard.press("Enter")
    expect(page.locator("[data-check] .verdict").first).to_be_visible()
    tab_to(page, "form[action$=finish] button")
    page.keyboard.press("Enter")
    expect(page.locator(".flashes .success")).to_be_visible()


def test_the_final_is_answered_and_handed_in_with_the_keyboard_alone(world, open_as, facts):
    person = open_as(world.learner)
    page = person.go(f"/attempts/{facts['open']}")
    tab_to(page, "#question-1 input")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#question-1 input").nth(1)).to_be_checked()
    expect(page.locator("#question-1 .saved")).to_have_attribute("data-state", "saved")
    tab_to(page, "button[name=check]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    tab_to(page, "form[data-hand-in] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/result")
