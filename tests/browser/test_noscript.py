"""Everything that learners, coordinators and reviewers must do works without scripts."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from app import clock
from app.assessment import queries as attempts
from app.catalogue import queries as catalogue
from app.certificates import services as certificates
from app.db import db
from tests.browser.words import ru
from tests.enrolment.lists import roster
from tests.world import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]


@pytest.fixture
def reader(world, open_as):
    """The learner, in the middle of the course, in a browser without scripts."""
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    return open_as(world.learner, java_script_enabled=False)


def test_the_final_is_taken_by_forms_and_the_result_is_shown(world, reader):
    with world.inside():
        world.finish_lessons(world.cycle(world.learner))
        db.session.commit()
    page = reader.go("/courses/c1")
    reader.click("Begin the final test")
    page.wait_for_url("**/attempts/*")
    public_id = page.url.rsplit("/", 1)[1]
    with world.inside():
        draw = attempts.attempt(public_id).draw
        versions = catalogue.item_versions([item["hash"] for item in draw])
        keys = [versions[item["hash"]].data["key"] for item in draw]
    for position, key in enumerate(keys[:7], start=1):
        page.locator(f"input[name=q-{position}][value='{key}']").check()
    reader.click("Save")
    expect(page.locator(".flashes .success")).to_contain_text(ru("Your answers are saved."))
    expect(page.locator("[data-progress]")).to_contain_text("7")
    reader.click("Check and hand in")
    reader.sees("Some questions have no answer yet.")
    page.locator(".item-map a").first.click()
    page.wait_for_url("**#question-8")
    for position, key in enumerate(keys[7:], start=8):
        page.locator(f"input[name=q-{position}][value='{key}']").check()
    reader.click("Check and hand in")
    page.wait_for_url("**/check")
    reader.sees("Every question has an answer, and all are saved on the server.")
    reader.click("Hand in the test")
    page.wait_for_url("**/result")
    expect(page.locator(".result.passed .score")).to_contain_text("100")


def test_a_newer_answer_from_elsewhere_is_shown_not_overwritten(world, reader, open_as):
    with world.inside():
        world.finish_lessons(world.cycle(world.learner))
        db.session.commit()
    page = reader.go("/courses/c1")
    reader.click("Begin the final test")
    other = open_as(world.learner, java_script_enabled=False)
    other.go(page.url.removeprefix(other.address))
    for person, index in ((other, 1), (reader, 0)):
        person.page.locator("input[name=q-3]").nth(index).check()
        person.click("Save")
    expect(page.locator(".flashes .warning")).to_contain_text("3")
    expect(page.locator("input[name=q-3]").nth(1)).to_be_checked()


def test_a_lesson_keeps_its_place_and_answers_small_questions(world, reader):
    with world.inside():
        lesson = world.cycle(world.learner).edition.outline["course"]["lessons"][0]["id"]
    page = reader.go(f"/courses/c1/{lesson}")
    page.locator("#s5 button[form=place][name=screen]").click()
    page.wait_for_url("**#s5")
    page.locator("a.brand").click()
    reader.click("Continue", "link")
    page.wait_for_url(f"**/{lesson}#s5")
    box = page.locator("[data-check]").first
    box.locator("input[type=radio]").first.check()
    box.get_by_role("button").click()
    page.wait_for_url("**/check/**")
    expect(page.locator(".outcome .verdict")).to_be_visible()
    reader.click("Back to the lesson", "link")
    page.wait_for_url(f"**/{lesson}#q-*")
    reader.click("I have read this lesson")
    expect(page.locator(".flashes .success")).to_be_visible()


def test_a_case_is_played_to_its_end_and_once_more(world, reader):
    with world.inside():
        cycle = world.cycle(world.learner)
        scenario = cycle.edition.outline["course"]["scenarios"][0]
        nodes = catalogue.scenario(cycle.edition_id, scenario).data["text"]["ru"]["nodes"]
    order = ("best", "acceptable", "mistake", "red_line")
    best = {n["id"]: min(n["choices"], key=lambda c: order.index(c["verdict"])) for n in nodes}
    page = reader.go(f"/courses/c1/scenarios/{scenario}")
    reader.click("Begin the case")
    red = page.locator("button.choice").last
    red.click()
    expect(page.locator("#outcome-title")).to_be_visible()
    for _decision in range(20):
        if not page.locator("input[name=node]").count():
            break
        node = page.locator("input[name=node]").input_value()
        page.locator(f"button.choice[value='{best[node]['id']}']").click()
    expect(page.locator("#debrief")).to_be_visible()
    reader.click("Play again")
    expect(page.locator("#decision")).to_be_visible()
    assert not page.locator("#outcome-title").count()


def test_what_is_typed_into_a_form_is_kept_when_it_is_refused(world, open_as):
    person = open_as(world.coordinator, java_script_enabled=False)
    person.expected = ("422",)
    page = person.go("/cohorts/new")
    today = clock.local_day(clock.now(), "Europe/Minsk").isoformat()
    page.locator("#name").fill("Набор без дней")
    page.locator("#opens_on").fill(today)
    person.click("Make the cohort")
    expect(page.locator(".error-summary a").first).to_have_attribute("href", "#closes_on")
    expect(page.locator("#name")).to_have_value("Набор без дней")
    expect(page.locator("#opens_on")).to_have_value(today)


def plain(open_as, who=None):
    """Open a browser without scripts."""
    return open_as(who, java_script_enabled=False)


def test_a_learner_signs_in_and_begins(world, open_as):
    person = plain(open_as)
    page = person.go("/sign-in")
    page.locator("#identifier").fill(world.learner.service_number)
    page.locator("#password").fill(PASSWORD)
    person.click("Sign in")
    page.wait_for_url(f"{person.address}/")
    person.click("Begin the course")
    page.wait_for_url("**/courses/c1/*")
    page.locator("form.languages button[value=be]").click()
    expect(page.locator("html")).to_have_attribute("lang", "be")
    assert "/courses/c1/" in page.url
    page.locator("details.account summary").click()
    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url("**/sign-in")


def test_a_certificate_is_downloaded_and_checked(world, open_as):
    with world.inside():
        done = world.cycle(world.learner)
        world.finish_lessons(done)
        world.pass_final(done)
        serial = certificates.issue(done, by=world.coordinator, now=clock.now()).serial
        db.session.commit()
    person = plain(open_as, world.learner)
    page = person.go("/certificates")
    with page.expect_download() as paper:
        person.click("Download the certificate (PDF)", "link")
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF")
    anybody = plain(open_as)
    page = anybody.go("/verify")
    page.locator("#serial").fill(serial)
    anybody.click("Check")
    anybody.sees("This certificate is valid.")
    page.locator("#surname").fill("Ўласевіч")
    anybody.click("Compare the name")
    anybody.sees("The name is confirmed.")


def test_a_coordinator_makes_a_cohort_enrols_a_list_and_prints_slips(world, open_as):
    with world.inside():
        today = clock.local_day(clock.now(), world.cohort.time_zone)
    person = plain(open_as, world.coordinator)
    page = person.go("/cohorts/")
    person.click("New cohort", "link")
    page.locator("#name").fill("Набор без скриптов")
    page.locator("#course").select_option("c1")
    page.locator("#opens_on").fill(today.isoformat())
    page.locator("#closes_on").fill((today + timedelta(days=40)).isoformat())
    person.click("Make the cohort")
    person.click("Enrol from a list", "link")
    people = roster(("СП-8301", "Узоров", "Пётр", "", "", ""))
    page.locator("input[type=file]").set_input_files(
        {"name": "список.csv", "mimeType": "text/csv", "buffer": people}
    )
    person.click("Load and look")
    page.wait_for_url("**/import/*")
    person.click("Enrol")
    expect(page.locator("[data-select] tbody tr")).to_have_count(1)
    person.go(f"{page.url.removeprefix(person.address)}/slips")
    person.click("Make the slips")
    expect(page.locator(".slip")).to_have_count(1)


def test_a_coordinator_issues_certificates_and_takes_them_along(world, open_as):
    with world.inside():
        done = world.cycle(world.learner)
        world.finish_lessons(done)
        world.pass_final(done)
        db.session.commit()
    person = plain(open_as, world.coordinator)
    page = person.go(f"/cohorts/{world.cohort.id}/certificates")
    person.click("Issue certificates to all who have completed")
    expect(page.locator(".flashes .success")).to_be_visible()
    with page.expect_download() as packed:
        person.click("Download all certificates (ZIP)", "link")
    names = zipfile.ZipFile(io.BytesIO(Path(packed.value.path()).read_bytes())).namelist()
    assert [one for one in names if one.startswith("Ўласевіч")]


def test_a_reviewer_reads_the_report_and_takes_it_along(world, open_as):
    person = plain(open_as, world.reviewer)
    page = person.go("/reports/")
    filters = page.locator("main form[method=get]")
    if filters.count():
        filters.first.locator("button").first.click()
        page.wait_for_url("**/reports/?*")
    with page.expect_download() as report:
        person.click("Download for Excel (XLSX)")
    load_workbook(io.BytesIO(Path(report.value.path()).read_bytes()))
