"""The journal in a browser: answers stay on the device, on a shared one nowhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.db import db
from tests.browser.words import ru

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]
LESSON = "/courses/c1/1-5"
TEXT = "Вместо «нарушитель» писать «иностранец»."


@pytest.fixture
def learner(world):
    """A learner who has begun the course, and another."""
    with world.inside():
        world.cycle(world.learner)
        world.cycle(world.second_learner)
        db.session.commit()
    return world.learner


def own_phone(reader, world, who):
    """Sign in as on a device of one's own."""
    client = world.new_client(who)
    with client.session_transaction() as session:
        session.permanent = True
    value = client.get_cookie("avrr").value
    reader.context.clear_cookies(name="avrr")
    reader.context.add_cookies([{"name": "avrr", "value": value, "url": reader.address}])


def answer(page):
    return page.locator("[data-journal] textarea").first


def sent(page, act):
    """Return what went to the server while acting."""
    seen = []
    page.on("request", lambda request: seen.append(request.post_data or request.url))
    act()
    page.wait_for_timeout(900)
    return "".join(seen)


def test_an_answer_outlives_a_reload_and_is_sent_nowhere(world, open_as, learner):
    reader = open_as(learner)
    own_phone(reader, world, learner)
    page = reader.go(LESSON)
    assert "иностранец" not in sent(page, lambda: answer(page).fill(TEXT))
    expect(page.locator("[data-journal] [role=status]").first).to_contain_text(
        ru("Kept on this device only.")
    )
    reader.axe()
    page.reload()
    expect(answer(page)).to_have_value(TEXT)

    own_phone(reader, world, world.second_learner)
    expect(answer(reader.go(LESSON))).to_have_value("")
    own_phone(reader, world, learner)
    page = reader.go(LESSON)
    expect(answer(page)).to_have_value(TEXT)
    page.get_by_role("button", name=ru("Erase from this device")).click()
    page.reload()
    expect(answer(page)).to_have_value("")
    assert page.evaluate("JSON.stringify(localStorage)").count("journal") == 0


def test_a_shared_device_keeps_nothing(world, open_as, learner):
    page = open_as(learner).go(LESSON)
    expect(page.locator("[data-journal] [role=status]").first).to_contain_text(
        ru("This device is shared, so nothing is kept: the text goes when you leave the page.")
    )
    answer(page).fill(TEXT)
    page.wait_for_timeout(900)
    assert page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})") == "{}"


def test_without_script_there_is_a_sheet_and_no_field(world, open_as, learner):
    reader = open_as(learner, java_script_enabled=False)
    page = reader.go(LESSON)
    expect(answer(page)).to_be_hidden()
    page.get_by_role("link", name=ru("Sheet to write on by hand")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ru("Journal: a sheet to write on"))
    expect(page.locator(".ruled").first).to_be_visible()
