"""The final on a night shift: the link goes, the session ends, the tablet is shared."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from app import clock
from app.accounts import services as accounts
from app.assessment import queries, services
from app.db import db
from tests.browser.words import ru
from tests.world import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]

EVERYTHING_KEPT = """() => new Promise((done) => {
  const opening = indexedDB.open("avrr", 1);
  opening.onsuccess = () => {
    const ask = opening.result.transaction("answers").objectStore("answers").getAll();
    ask.onsuccess = () => {
      opening.result.close();
      done({ answers: ask.result, local: { ...localStorage }, session: { ...sessionStorage } });
    };
  };
})"""


def begin(world, person):
    """Open an attempt of a learner and return its public id and its draw."""
    with world.inside():
        attempt = services.start_attempt(world.cycle(person), language="ru", now=clock.now())
        db.session.commit()
        return attempt.public_id, attempt.draw


def stored(world, public_id):
    """Return the last answer of each position that the server has."""
    with world.inside():
        found = queries.attempt(public_id)
        return {n: one.option_ids[0] for n, one in queries.answers(found.id).items()}


def end_sessions(world, person):
    """Sign a person out everywhere, as after too long a pause."""
    with world.inside():
        accounts.end_sessions(person, now=clock.now())
        db.session.commit()


def set_access(world, change):
    """Let an admin take the learner's access away, or give it back."""
    with world.inside():
        root = world.border.root_id
        change(world.learner, by=world.admin, now=clock.now(), root_agency_id=root)
        db.session.commit()


def choose(page, position, index=0):
    """Click an option as a finger does, and return its id."""
    option = page.locator(f"#question-{position} label.option").nth(index)
    option.click()
    return option.locator("input").get_attribute("value")


def state(page, position):
    return page.locator(f"#question-{position} .saved")


def wait_until_stored(world, page, public_id, wanted):
    for _round in range(60):
        if stored(world, public_id) == wanted:
            return
        page.wait_for_timeout(100)
    assert stored(world, public_id) == wanted


def sign_in_by_form(person, number, *, shared):
    page = person.go("/sign-in")
    page.locator("#identifier").fill(number)
    page.locator("#password").fill(PASSWORD)
    page.locator("#shared").set_checked(shared)
    person.click("Sign in")
    page.wait_for_url(f"{person.address}/")
    return page


def test_five_answers_without_a_link_reach_the_server_when_it_is_back(world, open_as):
    public_id, _draw = begin(world, world.learner)
    person = open_as(world.learner)
    person.expected = ("ERR_INTERNET_DISCONNECTED",)
    page = person.go(f"/attempts/{public_id}")
    first = choose(page, 1)
    expect(state(page, 1)).to_have_attribute("data-state", "saved")
    person.context.set_offline(True)
    wanted = {1: first}
    for position in range(2, 7):
        wanted[position] = choose(page, position, position % 3)
        expect(state(page, position)).to_have_attribute("data-state", "waiting")
        expect(state(page, position)).to_have_text(
            ru("Kept on this device. It is sent when the link is back.")
        )
    expect(page.locator("p.connection")).to_be_visible()
    assert stored(world, public_id) == {1: first}
    person.click("Check and hand in")
    expect(page.locator("[data-banner]")).to_contain_text("5")
    assert page.url.endswith(public_id)
    person.context.set_offline(False)
    for position in range(2, 7):
        expect(state(page, position)).to_have_text(ru("Saved on the server"))
    wait_until_stored(world, page, public_id, wanted)
    assert page.evaluate(EVERYTHING_KEPT)["answers"] == []
    page.reload()
    for position, option in wanted.items():
        expect(page.locator(f"#question-{position} input:checked")).to_have_value(option)


def test_answers_go_on_being_saved_after_the_session_has_ended(world, open_as):
    public_id, _draw = begin(world, world.learner)
    person = open_as(world.learner)
    page = person.go(f"/attempts/{public_id}")
    wanted = {1: choose(page, 1)}
    expect(state(page, 1)).to_have_attribute("data-state", "saved")
    end_sessions(world, world.learner)
    for position in (2, 3):
        wanted[position] = choose(page, position)
        expect(state(page, position)).to_have_attribute("data-state", "saved")
    wanted[1] = choose(page, 1, 2)
    wait_until_stored(world, page, public_id, wanted)
    person.click("Check and hand in")
    dialog = page.locator("dialog[data-sign-in]")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[name=identifier]")).to_be_focused()
    dialog.locator("[name=identifier]").fill(world.second_learner.service_number)
    dialog.locator("[name=password]").fill(PASSWORD)
    person.expected = ("409",)
    person.click("Sign in", within="dialog[data-sign-in]")
    expect(dialog.locator(".problem")).to_have_text(
        ru("This page belongs to another person. They have to sign in here themselves.")
    )
    dialog.locator("[name=identifier]").fill(world.learner.service_number)
    person.click("Sign in", within="dialog[data-sign-in]")
    page.wait_for_url("**/check")
    person.click("Hand in the test")
    page.wait_for_url("**/result")
    assert stored(world, public_id) == wanted


def test_who_lost_access_is_asked_to_sign_in_and_the_answer_waits(world, open_as):
    public_id, _draw = begin(world, world.learner)
    person = open_as(world.learner)
    person.expected = ("401",)
    page = person.go(f"/attempts/{public_id}")
    set_access(world, accounts.deactivate)
    chosen = choose(page, 4)
    expect(page.locator("dialog[data-sign-in]")).to_be_visible()
    assert stored(world, public_id) == {}
    set_access(world, accounts.reactivate)
    page.locator("dialog [name=identifier]").fill(world.learner.service_number)
    page.locator("dialog [name=password]").fill(PASSWORD)
    person.click("Sign in", within="dialog[data-sign-in]")
    expect(page.locator("dialog[data-sign-in]")).to_be_hidden()
    expect(state(page, 4)).to_have_attribute("data-state", "saved")
    wait_until_stored(world, page, public_id, {4: chosen})


def test_the_older_tab_is_told_and_the_newer_answer_stays(world, open_as):
    public_id, _draw = begin(world, world.learner)
    person = open_as(world.learner)
    person.expected = ("409", "ERR_FAILED")
    older = person.go(f"/attempts/{public_id}")
    newer = person.context.new_page()
    newer.goto(f"{person.address}/attempts/{public_id}")
    older.route("**/answers", lambda route: route.abort())
    choose(older, 3, 0)
    expect(state(older, 3)).to_have_attribute("data-state", "waiting")
    kept = choose(newer, 3, 1)
    expect(state(newer, 3)).to_have_attribute("data-state", "saved")
    older.unroute("**/answers")
    older.evaluate("dispatchEvent(new Event('online'))")
    expect(older.locator("[data-banner]")).to_contain_text("3")
    expect(older.locator("#question-3 input:checked")).to_have_value(kept)
    assert stored(world, public_id) == {3: kept}
    last = choose(older, 3, 2)
    expect(newer.locator("#question-3 input:checked")).to_have_value(last)
    wait_until_stored(world, older, public_id, {3: last})


def test_a_shared_tablet_keeps_answers_that_only_the_server_can_read(world, open_as):
    public_id, draw = begin(world, world.learner)
    other_id, _draw = begin(world, world.second_learner)
    person = open_as()
    person.expected = ("ERR_FAILED",)
    sign_in_by_form(person, world.learner.service_number, shared=True)
    page = person.go(f"/attempts/{public_id}")
    page.route("**/answers", lambda route: route.abort())
    wanted = {position: choose(page, position, 1) for position in (1, 2)}
    expect(state(page, 2)).to_have_attribute("data-state", "waiting")
    kept = page.evaluate(EVERYTHING_KEPT)
    assert len(kept["answers"]) == 2
    options = {option for item in draw for option in item["options"]}
    for one in kept["answers"]:
        assert set(one) == {"id", "attempt", "url", "sealed", "kept"}
        assert set(one["sealed"]) == {"key", "iv", "data"}
    text = json.dumps([kept["local"], kept["session"]])
    assert not [option for option in options if f'"{option}"' in text]
    end_sessions(world, world.learner)
    page.close(run_before_unload=False)

    page = person.page = person.context.new_page()
    sign_in_by_form(person, world.second_learner.service_number, shared=True)
    page.goto(f"{person.address}/attempts/{other_id}")
    wait_until_stored(world, page, public_id, wanted)
    assert stored(world, other_id) == {}
    assert page.evaluate(EVERYTHING_KEPT)["answers"] == []
    assert not page.locator("main input:checked").count()


def test_an_own_device_shows_what_was_answered_offline_after_a_restart(world, open_as):
    public_id, _draw = begin(world, world.learner)
    person = open_as()
    person.expected = ("ERR_FAILED",)
    sign_in_by_form(person, world.learner.service_number, shared=False)
    page = person.go(f"/attempts/{public_id}")
    page.route("**/answers", lambda route: route.abort())
    chosen = choose(page, 5, 1)
    expect(state(page, 5)).to_have_attribute("data-state", "waiting")
    page.close(run_before_unload=False)
    page = person.page = person.context.new_page()
    person.go(f"/attempts/{public_id}")
    expect(page.locator("#question-5 input:checked")).to_have_value(chosen)
    expect(state(page, 5)).to_have_attribute("data-state", "saved")
    assert stored(world, public_id) == {5: chosen}
