"""What the one officer leaves on the phone, and what a change of language takes along."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app import clock
from app.assessment import queries as answers
from app.assessment import services as attempts
from app.db import db
from app.learning import notes
from app.learning.search_index import Index, Place, language_json
from app.ui.assets import version
from tests.world import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]
LESSON = "/courses/c1/1-1"
TEXT = "Спросить, понятен ли язык.\nПозвать переводчика."


@pytest.fixture
def reader(world, open_as):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    return open_as(world.learner)


def write(page, text):
    """Open the note beside screen 3 and type; return its field."""
    page.locator("#s3 [data-marks] > a").click()
    field = page.locator("#s3 textarea")
    field.fill(text)
    return field


def speak(page, code):
    page.locator(f"form.languages button[value={code}]").click()
    expect(page.locator("html")).to_have_attribute("lang", code)


def test_a_note_that_is_being_written_stays_at_its_screen(world, reader):
    asked = []
    page = reader.page
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    reader.go(LESSON)
    field = write(page, TEXT)
    speak(page, "be")
    assert asked == []
    expect(field).to_have_value(TEXT)
    expect(field).to_be_visible()
    assert page.locator("main input:checked").count() == 0
    assert page.evaluate("sessionStorage.length") == 0
    page.locator(".brand").click()
    page.wait_for_url(reader.address + "/")
    assert asked == ["beforeunload"]
    reader.go(LESSON)
    expect(page.locator("#s3 textarea")).to_have_count(0)


def test_a_note_taken_along_overwrites_nothing_that_came_meanwhile(world, reader):
    reader.expected = ("409",)
    page = reader.go(LESSON)
    write(page, TEXT)
    with world.inside():
        cycle = world.cycle(world.learner)
        notes.save_note(cycle, "1-1", 3, "С компьютера", base="", now=clock.now())
        db.session.commit()
    speak(page, "en")
    page.locator("#s3 .note-form button[type=submit]").click()
    expect(page.locator("#s3 [data-theirs]")).to_contain_text("С компьютера")


def kept_answers(page):
    return page.evaluate(
        """() => new Promise((done) => { const open = indexedDB.open("avrr", 1);
        open.onsuccess = () => {
          const all = open.result.transaction("answers").objectStore("answers").getAll();
          all.onsuccess = () => { open.result.close(); done(all.result); };
        }; })"""
    )


def test_sealed_answers_outlive_the_sign_out_and_are_sent_by_the_next_officer(world, open_as):
    with world.inside():
        ids = {
            person.id: attempts.start_attempt(world.cycle(person), language="ru", now=clock.now())
            for person in (world.learner, world.second_learner)
        }
        mine, other = (ids[one.id].public_id for one in (world.learner, world.second_learner))
        db.session.commit()
    person = open_as(world.learner)
    person.expected = ("ERR_FAILED",)
    page = person.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/answers", lambda route: route.abort())
    person.go(f"/attempts/{mine}")
    for position in (1, 2, 3):
        page.locator(f"#question-{position} input[type=radio]").first.click()
        expect(page.locator(f"#question-{position} .saved")).to_have_attribute(
            "data-state", "waiting"
        )
    page.locator(".account summary").click()
    with page.expect_response("**/sign-out") as reply:
        page.locator(".account form button").click()
    assert reply.value.all_headers()["clear-site-data"] == '"cache"'
    page.wait_for_url("**/sign-in")
    left = kept_answers(page)
    assert [sorted(one) for one in left] == [["attempt", "id", "kept", "sealed", "url"]] * 3
    page.unroute("**/answers")
    page.fill("#identifier", world.second_learner.service_number)
    page.fill("#password", PASSWORD)
    page.locator("main form button.button").click()
    page.wait_for_url(f"{person.address}/")
    person.go(f"/attempts/{other}")
    expect(page.locator("input:checked")).to_have_count(0)
    for _try in range(80):
        if not kept_answers(page):
            break
        page.wait_for_timeout(100)
    with world.inside():
        found = [len(answers.answers(answers.attempt(one).id)) for one in (mine, other)]
    assert found == [3, 0]


@pytest.mark.parametrize("path", ["/notes", "/glossary"])
def test_on_paper_a_hint_is_smaller_than_the_text_and_headings_keep_their_rank(world, reader, path):
    with world.inside():
        cycle = world.cycle(world.learner)
        notes.save_note(cycle, "1-1", 3, TEXT, base="", now=clock.now())
        db.session.commit()
    page = reader.go(path)
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """() => Object.fromEntries(["body", "h1", "h2", "h3", ".lead", ".hint"].map((one) => {
        const found = document.querySelector(one === "body" ? one : `main ${one}`);
        return [one, found ? parseFloat(getComputedStyle(found).fontSize) : null]; }))"""
    )
    ranked = [sizes[one] for one in ("h1", "h2", "h3", "body", ".hint") if sizes[one]]
    assert ranked == sorted(set(ranked), reverse=True)
    assert sizes["body"] <= sizes[".lead"] < sizes["h2"]


def test_the_script_too_finds_a_term_of_several_courses_once(reader):
    term = Place("term", "беженец", "/glossary#term-refugee", "Кто боится вернуться.")
    courses = [Index(name, "ru", [term]).to_json() for name in ("Первый", "Второй")]
    page = reader.go("/search")
    found = page.evaluate(
        """async ([script, data]) => {
          const { find, read } = await import(script);
          return find(read(data), "беженец").found.term.map(({ url, within }) => [url, within]);
        }""",
        [static("search"), {**language_json("ru"), "courses": courses}],
    )
    assert found == [[term.address, "Первый"]]


def static(name):
    return f"/static/ui/js/{name}.js?v={version(f'js/{name}.js')}"
