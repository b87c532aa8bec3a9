"""Whole ways through the program without a mouse, with the focus in sight all the way."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from app import clock
from app.catalogue import queries as catalogue
from app.db import db
from tests.browser.keys import Keys, changed_area
from tests.browser.tour import furnish
from tests.browser.words import ru
from tests.enrolment.lists import roster
from tests.world import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]


@pytest.fixture
def facts(world):
    return furnish(world)


def test_a_learner_signs_in_and_finishes_a_lesson(world, open_as):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    person = open_as()
    keys, page = Keys(person), person.go("/sign-in")
    keys.write("#identifier", world.learner.service_number)
    keys.write("#password", PASSWORD)
    keys.press("Enter")
    page.wait_for_url(f"{person.address}/")
    keys.act("Continue", "link")
    page.wait_for_url("**/courses/c1/*")
    lesson = page.url
    keys.press("Tab", "Enter")
    expect(page.locator("main")).to_be_focused()
    keys.to("[data-check] input")
    keys.press("Space")
    keys.to("[data-check] button")
    keys.press("Enter")
    expect(page.locator("[data-check] .verdict").first).to_be_visible()
    keys.to("form[action$=finish] button")
    keys.press("Enter")
    expect(page.locator(".flashes .success")).to_be_visible()
    assert page.url != lesson


def test_a_case_is_played_to_its_end(world, open_as):
    with world.inside():
        cycle = world.cycle(world.learner)
        scenario = cycle.edition.outline["course"]["scenarios"][0]
        nodes = catalogue.scenario(cycle.edition_id, scenario).data["text"]["ru"]["nodes"]
        db.session.commit()
    best = {
        node["id"]: next(c["id"] for c in node["choices"] if c["verdict"] == "best")
        for node in nodes
    }
    person = open_as(world.learner)
    keys, page = Keys(person), person.go(f"/courses/c1/scenarios/{scenario}")
    keys.act("Begin the case")
    page.wait_for_url("**#now")
    while page.locator("input[name=node]").count():
        step = page.locator("input[name=step]").input_value()
        node = page.locator("input[name=node]").input_value()
        keys.to(f"button[name=choice][value='{best[node]}']")
        keys.press("Enter")
        expect(page.locator(f"input[name=step][value='{step}']")).to_have_count(0)
        expect(page.locator("#outcome-title")).to_be_visible()
    expect(page.locator("#debrief")).to_be_visible()
    keys.act("To the course", "link")
    page.wait_for_url("**/courses/c1")


def test_the_final_is_begun_answered_and_handed_in(world, open_as):
    with world.inside():
        world.finish_lessons(world.cycle(world.learner))
        db.session.commit()
    person = open_as(world.learner)
    keys, page = Keys(person), person.go("/courses/c1")
    keys.act("Begin the final test")
    page.wait_for_url("**/attempts/*")
    keys.to("#question-1 input")
    keys.press("Space", "ArrowDown")
    expect(page.locator("#question-1 input").nth(1)).to_be_checked()
    expect(page.locator("#question-1 .saved")).to_have_attribute("data-state", "saved")
    keys.to("#question-2 input")
    keys.press("Space")
    expect(page.locator("#question-2 .saved")).to_have_attribute("data-state", "saved")
    keys.to("button[name=check]")
    keys.press("Enter")
    page.wait_for_url("**/check")
    keys.to(".item-map a")
    keys.press("Enter")
    page.wait_for_url("**#question-3")
    keys.to("#question-3 input")
    keys.press("Space")
    expect(page.locator("#question-3 .saved")).to_have_attribute("data-state", "saved")
    keys.to("button[name=check]")
    keys.press("Enter")
    page.wait_for_url("**/check")
    keys.to("form[data-hand-in] button")
    keys.press("Enter")
    page.wait_for_url("**/result")


def test_a_coordinator_makes_a_cohort_and_enrols_a_list(world, open_as):
    with world.inside():
        today = clock.local_day(clock.now(), world.cohort.time_zone)
    person = open_as(world.coordinator)
    keys, page = Keys(person), person.go("/cohorts/")
    keys.act("New cohort", "link")
    page.wait_for_url("**/cohorts/new")
    keys.write("#name", "Набор без мыши")
    keys.choose("#course", "c1")
    keys.day("#opens_on", today)
    keys.day("#closes_on", today + timedelta(days=40))
    keys.act("Make the cohort")
    person.sees("The cohort is made. Enrol its learners now.")
    keys.act("Enrol from a list", "link")
    page.wait_for_url("**/import")
    expect(page.locator("[data-drop-words]")).to_be_visible()  # the script is there
    keys.to("input[type=file]")
    expect(page.locator("input[type=file]")).to_be_focused()
    people = roster(
        ("СП-8201", "Узоров", "Пётр", "", "", ""), ("СП-8202", "", "Безымянный", "", "", "")
    )
    with page.expect_file_chooser() as chooser:
        keys.press("Space")
    chooser.value.set_files({"name": "список.csv", "mimeType": "text/csv", "buffer": people})
    keys.act("Load and look")
    page.wait_for_url("**/import/*")
    expect(page.locator("main")).to_contain_text("Узоров")
    good = page.get_by_label(ru("Only the good rows; the others are left out"))
    keys.to(page.locator(f"input[type=radio][name='{good.get_attribute('name')}']"))
    for _arrow in range(3):
        if good.is_checked():
            break
        keys.press("ArrowDown")
    keys.act("Enrol")
    expect(page.locator("[data-select] tbody tr")).to_have_count(1)


def test_asking_first_can_be_refused_and_agreed_to(world, open_as):
    """The dialog takes the focus, keeps it, gives it back, and Escape means no."""
    person = open_as(world.coordinator)
    keys, page = Keys(person), person.go(f"/cohorts/{world.cohort.id}")
    rows = page.locator("[data-select] tbody tr")
    before = rows.count()
    rows.first.locator("a").click()
    remove = page.locator("form[data-confirm] button").first
    dialog = page.locator("dialog[open]")
    for answer in ("Escape", "Enter"):
        keys.to(remove)
        keys.press("Enter")
        expect(dialog).to_be_visible()
        inside = "(one) => one.contains(document.activeElement)"
        assert dialog.evaluate(inside), "the dialog has not the focus"
        for _key in range(5):
            keys.press("Tab")
            out = page.evaluate("document.activeElement === document.body")
            assert out or dialog.evaluate(inside), "the focus leaves the dialog"
        if answer == "Enter":
            keys.to(dialog.locator("button[value=no]"))
        keys.press(answer)
        expect(dialog).to_have_count(0)
        expect(remove).to_be_focused()
        keys.press("Shift+Tab")
    keys.to(remove)
    keys.press("Enter")
    keys.to(dialog.locator("button[value=yes]"))
    keys.press("Enter")
    expect(rows).to_have_count(before - 1)


def test_certificates_are_issued(world, open_as):
    with world.inside():
        done = world.cycle(world.learner)
        world.finish_lessons(done)
        world.pass_final(done)
        db.session.commit()
    person = open_as(world.coordinator)
    keys, page = Keys(person), person.go(f"/cohorts/{world.cohort.id}/certificates")
    keys.act("Issue certificates to all who have completed")
    page.wait_for_timeout(100)
    if page.locator("dialog[open]").count():
        keys.to("dialog[open] button[value=yes]")
        keys.press("Enter")
    expect(page.locator(".flashes .success")).to_be_visible()
    with page.expect_download() as packed:
        keys.act("Download all certificates (ZIP)", "link")
    assert packed.value.suggested_filename.endswith(".zip")


def test_a_reviewer_takes_the_report_along(world, open_as, facts):
    person = open_as(world.reviewer)
    keys, page = Keys(person), person.go("/")
    keys.act("Reports", "link")
    page.wait_for_url("**/reports/")
    filters = page.locator("main form[method=get], main form:not([method])")
    if filters.count():
        keys.to(filters.first.locator("select, input:not([type=hidden])"))
        keys.to(filters.first.locator("button"))
        keys.press("Enter")
        page.wait_for_url("**/reports/*")
    with page.expect_download() as report:
        keys.act("Download for Excel (XLSX)")
    load_workbook(io.BytesIO(Path(report.value.path()).read_bytes()))


def test_the_account_menu_opens_and_escape_closes_it(world, open_as):
    person = open_as(world.learner)
    keys, page = Keys(person), person.go("/")
    menu = page.locator("details.account")
    keys.to(menu.locator("summary"))
    keys.press("Enter")
    expect(menu).to_have_attribute("open", "")
    keys.to(menu.locator("a"))
    keys.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_a_table_that_scrolls_is_scrolled_with_the_arrows(open_as):
    person = open_as(None)
    keys, page = Keys(person), person.go("/gallery")
    page.evaluate(
        """() => { const wide = [...document.querySelectorAll(".table-scroll")]
          .find((one) => one.scrollWidth > one.clientWidth); wide.id = "wide"; wide.focus(); }"""
    )
    expect(page.locator("#wide")).to_be_focused()
    keys.press("ArrowRight", "ArrowRight", "ArrowRight")
    page.wait_for_function("() => document.querySelector('#wide').scrollLeft > 0")


def test_the_first_tab_leads_past_the_menu(world, open_as, facts):
    for who, path in ((None, "/"), (world.learner, f"/attempts/{facts['open']}")):
        person = open_as(who)
        page = person.go(path)
        page.keyboard.press("Tab")
        expect(page.locator("a[href='#main']")).to_be_focused()
        expect(page.locator("a[href='#main']")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def walk_round(page, limit=200):
    """Press Tab until the page begins anew; return the names on the way."""
    seen = []
    for _key in range(limit):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => { const one = document.activeElement;
            if (one === document.body) return null;
            self.order ??= new Map();
            if (!self.order.has(one)) self.order.set(one, self.order.size);
            return self.order.get(one); }"""
        )
        if name is None or (seen and name == seen[0]):
            return seen
        seen.append(name)
    raise AssertionError("Tab never comes to the end")


def test_nothing_holds_the_focus(world, open_as, facts):
    person = open_as(world.learner)
    for path in ("/", f"/courses/c1/{facts['lessons'][0]}", f"/attempts/{facts['open']}"):
        page = person.go(path)
        seen = walk_round(page)
        assert seen == list(range(len(seen))), f"{path}: the focus goes in circles: {seen}"
        assert len(seen) > 4, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_in_the_exam_is_as_clear_as_aaa_asks(world, open_as, facts, scheme):
    """WCAG 2.4.13: a line of 2 px around, 3:1 between both states; measured in pictures."""
    person = open_as(world.learner, color_scheme=scheme, reduced_motion="reduce")
    wrong = []
    for path in (f"/attempts/{facts['open']}", f"/attempts/{facts['open']}/check"):
        page = person.go(path)
        page.keyboard.press("Tab")  # the skip link is all there or all gone
        kinds = set()
        for _key in range(60):
            page.keyboard.press("Tab")
            kind = page.evaluate(
                """() => { const one = document.activeElement;
                return one === document.body ? null : [one.tagName, one.type, one.className,
                  (one.closest("header, nav, main, footer") ?? one).tagName].join(" "); }"""
            )
            if kind is None:
                break
            if kind in kinds:
                continue
            kinds.add(kind)
            page.wait_for_timeout(50)
            got = changed_area(page)
            if got["area"] < got["least"]:
                wrong.append(f"{path}: {kind}: {got}")
        assert len(kinds) > 4, kinds
    assert not wrong, "\n".join(wrong)
