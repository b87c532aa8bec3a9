"""Notes and bookmarks in a browser: beside the lesson with a script, by pages without one."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app import clock
from app.accounts import services as accounts
from app.accounts.models import Person
from app.db import db
from app.learning import notes
from tests.browser.words import ru

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]
LESSON = "/courses/c1/1-1"
TEXT = "Спросить, понятен ли язык.\nПозвать переводчика."


@pytest.fixture
def learner(world):
    """The learner in the middle of the course."""
    with world.inside():
        world.cycle(world.learner)
        world.cycle(world.second_learner)
        db.session.commit()
    return world.learner


def texts(world, person):
    with world.inside():
        return [one.text for one in notes.notes_of(person.id)]


def write_elsewhere(world, person, text):
    """Save the note beside screen 3 as another device of the learner does."""
    with world.inside():
        saved = notes.as_saved(notes.note_beside(person.id, "c1", "1-1", 3))
        notes.save_note(world.cycle(person), "1-1", 3, text, base=saved.base, now=clock.now())
        db.session.commit()


def sign_in_again(world, reader, who):
    cookie = world.new_client(who).get_cookie("avrr")
    reader.context.add_cookies([{"name": "avrr", "value": cookie.value, "url": reader.address}])


def leaving_is_asked(page):
    return page.evaluate(
        "() => { const leave = new Event('beforeunload', { cancelable: true });"
        " dispatchEvent(leave); return leave.defaultPrevented; }"
    )


def typed(page, text):
    """Open the note beside screen 3 and type; return what stands there."""
    marks = page.locator("#s3 [data-marks]")
    marks.locator("a").first.click()
    marks.locator("textarea").fill(text)
    return marks


def save(marks):
    marks.get_by_role("button", name=ru("Save note")).click()


def test_a_note_and_a_bookmark_are_made_without_leaving_the_lesson(world, open_as, learner):
    reader = open_as(learner)
    reader.expected = ("409", "422")
    page = reader.go(LESSON)
    marks = page.locator("#s3 [data-marks]")
    with page.expect_response("**/screens/3/bookmark") as reply:
        marks.get_by_role("button", name=ru("Bookmark")).click()
    assert reply.value.status == 204
    bookmark = marks.locator("[aria-pressed]")
    expect(bookmark).to_have_attribute("aria-pressed", "true")
    expect(bookmark).to_contain_text(ru("Bookmarked"))

    typed(page, TEXT)
    assert leaving_is_asked(page)
    reader.axe()
    save(marks)
    expect(marks.get_by_role("status")).to_contain_text(ru("Your note is saved."))
    expect(marks.get_by_role("note")).to_have_text(TEXT)
    expect(marks.locator("a").first).to_be_focused()
    assert not leaving_is_asked(page)

    typed(page, "Паспорт MP 1234567")
    save(marks)
    refusal = ru("This looks like a document number. Take it out and save again.")
    expect(marks.get_by_role("status")).to_contain_text(refusal)
    expect(marks.locator("textarea")).to_have_value("Паспорт MP 1234567")

    write_elsewhere(world, learner, "С компьютера")
    marks.locator("textarea").fill("С телефона")
    save(marks)
    expect(marks.locator("[data-theirs]")).to_contain_text("С компьютера")
    reader.axe()
    marks.get_by_role("button", name=ru("Put both texts together")).click()
    save(marks)
    expect(marks.get_by_role("note")).to_have_text("С компьютера\n\nС телефона")
    page.reload()
    expect(bookmark).to_have_attribute("aria-pressed", "true")
    expect(marks.get_by_role("note")).to_have_text("С компьютера\n\nС телефона")
    assert texts(world, learner) == ["С компьютера\n\nС телефона"]


def test_a_lost_link_keeps_the_text_and_saves_it_when_it_is_back(world, open_as, learner):
    reader = open_as(learner)
    reader.expected = ("ERR_INTERNET_DISCONNECTED",)
    page = reader.go(LESSON)
    page.wait_for_load_state("networkidle")
    reader.context.set_offline(True)
    marks = typed(page, TEXT)
    save(marks)
    expect(marks.get_by_role("status")).to_contain_text(
        ru(
            "No connection. Your text stays on this page and is saved when the connection is "
            "back: keep the page open."
        )
    )
    expect(marks.locator("textarea")).to_have_value(TEXT)
    assert leaving_is_asked(page)
    page.locator("#s4 [aria-pressed]").click()
    expect(page.locator("#s4 [data-marks] .saved")).not_to_be_empty()
    expect(page.locator("#s4 [aria-pressed]")).to_have_attribute("aria-pressed", "false")
    assert texts(world, learner) == []
    reader.context.set_offline(False)
    expect(marks.get_by_role("status")).to_contain_text(ru("Your note is saved."))
    assert texts(world, learner) == [TEXT]


def test_a_text_outlives_the_session_but_is_never_saved_for_another(world, open_as, learner):
    reader = open_as(learner)
    reader.expected = ("400", "401")
    page = reader.go(LESSON)
    marks = typed(page, TEXT)
    with world.inside():
        accounts.end_sessions(db.session.get_one(Person, learner.id), now=clock.now())
        db.session.commit()
    save(marks)
    expect(marks.get_by_role("status").get_by_role("link")).to_have_attribute("target", "_blank")
    sign_in_again(world, reader, world.second_learner)
    save(marks)
    expect(marks.get_by_role("status")).to_contain_text(
        ru(
            "Another person is signed in here now. Nothing is saved under their name; your text "
            "stays on this page."
        )
    )
    assert texts(world, world.second_learner) == []
    sign_in_again(world, reader, learner)
    save(marks)
    expect(marks.get_by_role("status")).to_contain_text(ru("Your note is saved."))
    assert texts(world, learner) == [TEXT]


def test_without_a_script_pages_do_the_same(world, open_as, learner):
    reader = open_as(learner, java_script_enabled=False)
    reader.expected = ("409", "422")
    page = reader.go(LESSON)
    marks = page.locator("#s3 [data-marks]")
    marks.locator("[aria-pressed]").click()
    page.wait_for_url("**#s3")
    expect(marks.locator("[aria-pressed]")).to_have_attribute("aria-pressed", "true")
    marks.locator("a").click()
    page.wait_for_url("**/screens/3/note")
    page.locator("textarea").fill("Звонить +375 29 123-45-67")
    reader.click("Save note")
    reader.sees("This looks like a phone number. Take it out and save again.")
    expect(page.locator("textarea")).to_have_value("Звонить +375 29 123-45-67")
    page.locator("textarea").fill("С телефона")
    write_elsewhere(world, learner, "С компьютера")
    reader.click("Save note")
    reader.click("Put both texts together and save")
    page.wait_for_url("**#s3")
    expect(marks.get_by_role("note")).to_have_text("С компьютера\n\nС телефона")
    reader.go("/notes")
    reader.click("Remove bookmark")
    page.wait_for_url("**/notes")
    assert not page.locator(".kept-mark").count()
    reader.click("Delete", "link")
    reader.click("Delete note")
    reader.sees("No notes yet")
    assert texts(world, learner) == []
