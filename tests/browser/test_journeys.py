"""One way through the program for each role: in Russian, on a phone, by clicks."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from app import clock
from app.access.policy import Role
from app.assessment import queries as attempts
from app.catalogue import queries as catalogue
from app.certificates import services as certificates
from app.certificates.serial import shown
from app.db import db
from app.enrolment import services as enrolment
from app.enrolment.queries import cycle_for
from tests.browser.words import ru, ru_count
from tests.enrolment.lists import roster
from tests.world import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]


def saved_file(page, click):
    """Return the bytes and the name of the file that `click` downloads."""
    with page.expect_download() as download:
        click()
    return Path(download.value.path()).read_bytes(), download.value.suggested_filename


def keys_of(world, public_id):
    """Return the key of each position of an attempt."""
    with world.inside():
        draw = attempts.attempt(public_id).draw
        versions = catalogue.item_versions([item["hash"] for item in draw])
        return {n: versions[item["hash"]].data["key"] for n, item in enumerate(draw, start=1)}


def best_choices(world, scenario_id):
    """Return the best choice at each node of a scenario of the learner's edition."""
    with world.inside():
        cycle = cycle_for(world.learner.id, "c1")
        nodes = catalogue.scenario(cycle.edition_id, scenario_id).data["text"]["ru"]["nodes"]
        return {
            node["id"]: next(c["id"] for c in node["choices"] if c["verdict"] == "best")
            for node in nodes
        }


def sign_in(person, number):
    """Sign in by the form, on a device of one's own."""
    page = person.go("/sign-in")
    page.locator("#identifier").fill(number)
    page.locator("#password").fill(PASSWORD)
    person.click("Sign in")
    page.wait_for_url(f"{person.address}/")
    return page


def certify(world):
    """Let the learner complete the course and return the serial of the certificate."""
    with world.inside():
        cycle = world.cycle(world.learner)
        world.finish_lessons(cycle)
        world.pass_final(cycle)
        serial = certificates.issue(cycle, by=world.coordinator, now=clock.now()).serial
        db.session.commit()
        return serial


def answer_a_small_question(world, page, edition_id):
    """Answer the first recall item wrongly, then rightly; the page stays."""
    address = page.url
    box = page.locator("[data-check]").first
    item_id = box.get_attribute("id").removeprefix("q-")
    with world.inside():
        key = catalogue.item(edition_id, item_id).version.data["key"]
    box.locator(f"input[type=radio]:not([value='{key}'])").first.check()
    box.get_by_role("button").click()
    expect(box.locator(".verdict.mistake")).to_be_visible()
    box.locator(f"input[value='{key}']").check()
    expect(box.locator(".verdict")).to_have_count(0)
    box.get_by_role("button").click()
    expect(box.locator(".verdict.best")).to_contain_text(ru("Right."))
    assert page.url == address


def leave_and_come_back(person, page):
    """Read to the fourth screen, go home, and continue there."""
    lesson = page.url.split("#")[0]
    with page.expect_response("**/place") as kept:
        page.locator("#s4").evaluate("(one) => one.scrollIntoView()")
    assert kept.value.status == 204
    page.locator("a.brand").click()
    person.click("Continue", "link")
    page.wait_for_url(f"{lesson}#s4")
    expect(page.locator("#s4-title")).to_be_in_viewport()


def play(world, person, page, scenario_id):
    """Play a scenario to its end with the best choices, and go back to the course."""
    best = best_choices(world, scenario_id)
    person.click("Continue", "link")
    page.wait_for_url(f"**/scenarios/{scenario_id}")
    person.click("Begin the case")
    page.wait_for_url("**/scenarios/*#now")
    while page.locator("input[name=node]").count():
        step = page.locator("input[name=step]").input_value()
        node = page.locator("input[name=node]").input_value()
        page.locator(f"button.choice[value='{best[node]}']").click()
        expect(page.locator(f"input[name=step][value='{step}']")).to_have_count(0)
        expect(page.locator("#outcome-title")).to_be_visible()
    expect(page.locator("#debrief")).to_be_visible()
    person.click("To the course", "link")
    page.wait_for_url("**/courses/c1")


def take_the_final(world, person, page):
    """Answer every question rightly and hand the test in."""
    person.click("Begin the final test")
    page.wait_for_url("**/attempts/*")
    keys = keys_of(world, page.url.rsplit("/", 1)[1])
    for position, option in keys.items():
        page.locator(f"#question-{position} label:has(input[value='{option}'])").click()
    expect(page.locator(".saved[data-state=saved]")).to_have_count(len(keys))
    person.click("Check and hand in")
    page.wait_for_url("**/check")
    person.sees("Every question has an answer, and all are saved on the server.")
    person.click("Hand in the test")
    page.wait_for_url("**/result")
    expect(page.locator(".result.passed")).to_contain_text("100")


def test_a_learner_goes_from_sign_in_to_the_certificate(world, open_as):
    person = open_as()
    page = sign_in(person, world.learner.service_number)
    person.click("Begin the course")
    page.wait_for_url("**/courses/c1/*")
    with world.inside():
        cycle = cycle_for(world.learner.id, "c1")
        course, edition_id = cycle.edition.outline["course"], cycle.edition_id
    answer_a_small_question(world, page, edition_id)
    leave_and_come_back(person, page)
    for _lesson in course["lessons"]:
        before = page.url.split("#")[0]
        person.click("I have read this lesson")
        page.wait_for_function("(before) => location.href.split('#')[0] !== before", arg=before)
    page.wait_for_url("**/courses/c1")
    expect(page.locator("[aria-labelledby=lessons] li.done")).to_have_count(len(course["lessons"]))
    for scenario_id in course["scenarios"]:
        play(world, person, page, scenario_id)
    take_the_final(world, person, page)
    with world.inside():
        certificates.issue(cycle_for(world.learner.id, "c1"), by=world.coordinator, now=clock.now())
        db.session.commit()
    person.click("My certificates", "link")
    paper, name = saved_file(page, lambda: person.click("Download the certificate (PDF)", "link"))
    assert name.endswith(".pdf")
    assert "Ўласевіч" in PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    page.locator("a.brand").click()
    person.sees("Completed courses")


def test_a_learner_without_e_mail_enters_by_a_slip_and_sets_a_password(world, open_as):
    with world.inside():
        newcomer = world.person(world.border, "Новиков", email=None)
        newcomer.password_hash = None
        number = newcomer.service_number
        world.enrol(newcomer)
        db.session.commit()
    coordinator = open_as(world.coordinator)
    page = coordinator.go(f"/cohorts/{world.cohort.id}/slips")
    assert page.get_by_label("Новиков").is_checked()
    coordinator.click("Make the slips")
    expect(page.locator(".slip")).to_have_count(1)
    code = page.locator(".slip-code").inner_text().strip()

    learner = open_as()
    page = learner.go(f"/enter/{code.replace('-', '').replace(' ', '')}")
    learner.click("Enter")
    page.wait_for_url("**/account/password")
    for field in ("#new", "#again"):
        page.locator(field).fill("тихий снег над озером")
    learner.click("Save the password")
    page.wait_for_url(f"{learner.address}/")
    learner.sees("Begin the course")
    page.locator("details.account summary").click()
    learner.click("Sign out", within="details.account")
    page.wait_for_url("**/sign-in")
    page.locator("#identifier").fill(number)
    page.locator("#password").fill("тихий снег над озером")
    learner.click("Sign in")
    learner.sees("Begin the course")

    late = open_as()
    late.expected = ("422",)
    page = late.go(f"/enter/{code}")
    late.click("Enter")
    expect(page.locator(".error-summary")).to_be_visible()


def test_a_coordinator_enrols_a_list_follows_the_learners_and_certifies(world, open_as):
    with world.inside():
        done = world.cycle(world.learner)
        world.finish_lessons(done)
        world.pass_final(done)
        db.session.commit()
        today = clock.local_day(clock.now(), world.cohort.time_zone)
    person = open_as(world.coordinator)
    page = person.go("/cohorts/")
    person.click("New cohort", "link")
    page.locator("#agency").select_option(index=0)
    page.locator("#name").fill("Зимний набор, смена 2")
    page.locator("#course").select_option("c1")
    page.locator("#opens_on").fill(today.isoformat())
    page.locator("#closes_on").fill((today + timedelta(days=40)).isoformat())
    person.click("Make the cohort")
    person.sees("The cohort is made. Enrol its learners now.")

    person.click("Enrol from a list", "link", ".empty")
    people = roster(
        ("СП-8101", "Узоров", "Пётр", "Вымышленович", "", "Застава 1"),
        ("СП-8102", "Ўзорная", "Янина", "", "", "Застава 1"),
        ("СП-8103", "", "Безымянный", "", "", "Застава 2"),
        encoding="cp1251",
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "список.csv", "mimeType": "text/csv", "buffer": people}
    )
    person.click("Load and look")
    page.wait_for_url("**/import/*")
    expect(page.locator("main")).to_contain_text("Ўзорная")
    expect(page.locator("dl.facts").first).to_contain_text("1251")
    expect(page.locator("main")).to_contain_text(
        ru_count(
            "%(num)s row cannot be enrolled as it is.",
            "%(num)s rows cannot be enrolled as they are.",
            1,
        )
    )
    rows, _name = saved_file(page, lambda: person.click("Download the rows to correct", "link"))
    assert "СП-8103" in rows.decode("utf-8-sig")
    assert "СП-8101" not in rows.decode("utf-8-sig")
    page.get_by_label(ru("Only the good rows; the others are left out")).check()
    person.click("Enrol")
    expect(page.locator("[data-select] tbody tr")).to_have_count(2)

    person.click("Progress", "link")
    expect(page.locator("table.matrix tbody tr")).to_have_count(2)
    person.click("Cohorts", "link", ".crumbs")
    page.get_by_role("link", name="Осенний набор").click()
    person.click("Progress", "link")
    page.locator("table.matrix tbody a", has_text="Ўласевіч").click()
    person.sees("Nobody sees single answers.")
    person.sees("Everything is done; the certificate can be issued.")
    person.click("Certificates of the cohort", "link")
    person.click("Issue certificates to all who have completed")
    person.click("Issue certificates to all who have completed", within="dialog")
    expect(page.locator(".flashes .success")).to_be_visible()
    packed, _name = saved_file(
        page, lambda: person.click("Download all certificates (ZIP)", "link")
    )
    archive = zipfile.ZipFile(io.BytesIO(packed))
    assert archive.testzip() is None
    assert [one for one in archive.namelist() if one.startswith("Ўласевіч")]
    assert "manifest.csv" in archive.namelist()


def test_a_reviewer_reads_figures_without_small_groups_and_takes_them_along(world, open_as):
    with world.inside():
        now = clock.now()
        today = clock.local_day(now, world.cohort.time_zone)
        big = enrolment.create_cohort(world.police, "Большой набор", by=None, now=now)
        course = db.session.merge(world.cohort.courses[0].course)
        enrolment.add_course(
            big,
            course,
            opens_on=today - timedelta(days=3),
            closes_on=today + timedelta(days=30),
            by=None,
            now=now,
        )
        for number in range(24):
            world.enrol(world.person(world.police, service_number=f"БН-{number}"), big)
        db.session.commit()
    person = open_as(world.reviewer)
    page = person.go("/")
    person.click("Reports", "link", "main")
    page.wait_for_url("**/reports/")
    small = page.locator("tbody tr", has_text="Осенний набор").locator("td")
    large = page.locator("tbody tr", has_text="Большой набор").locator("td")
    expect(small.first).to_contain_text(ru("hidden"))
    expect(large.first).to_contain_text("24")
    assert not page.locator("main").get_by_text("Ўласевіч").count()
    body, name = saved_file(page, lambda: person.click("Download for Excel (XLSX)"))
    assert name.endswith(".xlsx")
    cells = [
        [str(value) for value in row if value is not None]
        for sheet in load_workbook(io.BytesIO(body))
        for row in sheet.iter_rows(values_only=True)
    ]
    [row] = [row for row in cells if "Осенний набор" in row]
    assert not [value for value in row if value.isdigit()]
    assert "24" in next(row for row in cells if "Большой набор" in row)


def test_an_admin_adds_an_agency_and_a_role_needs_a_second_admin(world, open_as):
    person = open_as(world.admin)
    page = person.go("/")
    person.click("Administration", "link", "main")
    person.click("Add an agency", "link")
    page.locator("#parent").select_option(str(world.border.id))
    page.locator("#code").fill("BRD-9")
    for language, name in (("ru", "Пост «Дуб»"), ("be", "Пост «Дуб»"), ("en", "Post Oak")):
        page.locator(f"#name_{language}").fill(f"{name} (вымышлено)")
    person.click("Add the agency")
    person.sees("The agency %(code)s was added.", code="BRD-9")

    person.click("People", "link")
    person.click("Register a person", "link")
    page.locator("#agency").select_option(
        label=page.locator("#agency option", has_text="Дуб").inner_text()
    )
    page.locator("#service_number").fill("ДУБ-001")
    page.locator("#surname").fill("Дубровская")
    page.locator("#given_name").fill("Пример")
    person.click("Register")
    page.wait_for_url("**/admin/people/*")
    expect(page.locator("h1")).to_contain_text("Дубровская")

    person.click("All roles", "link")
    person.click("Request a role", "link")
    page.locator("#service_number").fill("ДУБ-001")
    page.locator("#role").select_option(Role.COORDINATOR.value)
    page.locator("#agency").select_option(
        label=page.locator("#agency option", has_text="Дуб").inner_text()
    )
    person.click("Request the role")
    person.sees("Another admin than you has to decide it.")
    assert not page.get_by_role("button", name=ru("Approve")).count()

    second = open_as(world.second_admin)
    page = second.go("/admin/roles")
    second.click("Approve")
    second.sees("The role is given.")
    expect(page.locator("table", has_text="Дубровская")).to_be_visible()
    second.click("Log", "link")
    page.locator(".filters summary").click()
    page.locator("#filter-chain").select_option(str(world.ministry.id))
    second.click("Show")
    acts = page.locator("tbody tr td:nth-of-type(2)")
    expect(acts.first).to_have_text(ru("A role was given"))
    told = set(acts.all_inner_texts())
    acted = ("Added an agency", "Registered a person", "Requested a role", "A role was given")
    assert {ru(act) for act in acted} <= told, told
    second.click("Check whether the chain holds", "link")
    second.sees("The chain holds.")


def test_anybody_checks_a_certificate_by_its_number_and_the_surname(world, open_as):
    serial = certify(world)
    person = open_as()
    page = person.go("/")
    person.click("Verify a certificate", "link")
    page.locator("#serial").fill(shown(serial).lower())
    person.click("Check")
    person.sees("This certificate is valid.")
    assert "Ўласевіч" not in page.content()
    person.expected = ("422",)
    page.locator("#surname").fill("Другая")
    person.click("Compare the name")
    person.sees("This is not the surname on the certificate.")
    page.locator("#surname").fill("ўласевіч")
    person.click("Compare the name")
    person.sees("The name is confirmed.")
    expect(page.locator("main")).to_contain_text("Ўласевіч Пример Вымышленович")
    person.expected = ("404", "422")
    page.locator("#serial").fill("0000-0000-0000-0000-0001")
    person.click("Check")
    expect(page.locator(".notice.danger")).to_be_visible()
