"""The attempt page on a phone with a bad link: nothing that was answered is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from app import clock
from app.accounts.models import UserSession
from app.assessment import queries, services
from app.assessment.models import LateResponse
from app.db import db
from tests.world import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]


@pytest.fixture
def attempt(world):
    """Public id of an open attempt of the learner."""
    with world.inside():
        begun = services.start_attempt(world.cycle(world.learner), language="ru", now=clock.now())
        db.session.commit()
        return begun.public_id


def stored(world, public_id):
    with world.inside():
        found = queries.attempt(public_id)
        return {n: one.option_ids[0] for n, one in queries.answers(found.id).items()}


def choose(page, position, index=0):
    page.locator(f"#question-{position} input[type=radio]").nth(index).click()


def settle(page, read, wanted):
    """Wait until `read()` is `wanted`, then say so."""
    for _round in range(50):
        if (found := read()) == wanted:
            break
        page.wait_for_timeout(100)
    assert found == wanted


def state(page, position):
    return page.locator(f"#question-{position} .saved")


@pytest.mark.parametrize("shared", [True, False])
def test_answers_given_without_a_link_outlive_a_reload(world, open_as, attempt, shared):
    person = open_as(world.learner)
    person.expected = ("ERR_FAILED", "beforeunload")
    page = person.go(f"/attempts/{attempt}")
    if not shared:
        page.route("**/attempts/*", _without_seal)
        page.reload()
    person.axe()
    choose(page, 1)
    expect(state(page, 1)).to_have_attribute("data-state", "saved")
    page.route("**/answers", lambda route: route.abort())
    for position in range(2, 7):
        choose(page, position)
        expect(state(page, position)).to_have_attribute("data-state", "waiting")
    choose(page, 1, 1)
    assert len(stored(world, attempt)) == 1
    kept = page.evaluate(
        """() => new Promise((done) => { const o = indexedDB.open("avrr", 1);
        o.onsuccess = () => { const r = o.result.transaction("answers").objectStore("answers")
        .getAll(); r.onsuccess = () => { o.result.close(); done(r.result); }; }; })"""
    )
    assert len(kept) == 6
    assert all(("sealed" in one) is shared and ("options" in one) is not shared for one in kept)
    page.locator("button[name=check]").click()
    expect(page.locator("[data-banner]")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    if shared:
        expect(state(page, 6)).to_have_attribute("data-state", "empty")
    else:
        expect(state(page, 6)).to_have_attribute("data-state", "waiting")
    page.unroute("**/answers")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(state(page, 6)).to_have_attribute("data-state", "saved")
    expect(state(page, 1)).to_have_attribute("data-state", "saved")
    chosen = {
        n: page.locator(f"#question-{n} input:checked").get_attribute("value") for n in range(1, 7)
    }
    settle(page, lambda: stored(world, attempt), chosen)
    expect(page.locator("[data-progress]")).to_contain_text("6")


def _without_seal(route):
    reply = route.fetch()
    text = reply.text()
    at = text.find("data-seal-key")
    if at > 0:
        end = text.index('"', text.index('"', at) + 1) + 1
        text = text[:at] + text[end:]
    route.fulfill(response=reply, body=text)


def test_two_tabs_agree_and_quick_changes_end_with_the_last(world, open_as, attempt):
    person = open_as(world.learner)
    first = person.go(f"/attempts/{attempt}")
    second = person.context.new_page()
    second.goto(f"{person.address}/attempts/{attempt}")
    for index in (0, 1, 0, 1, 0, 2):  # the last is chosen once: who shows it has heard it all
        choose(first, 3, index)
    expect(state(first, 3)).to_have_attribute("data-state", "saved")
    last = first.locator("#question-3 input:checked").get_attribute("value")
    expect(second.locator("#question-3 input:checked")).to_have_value(last)
    choose(second, 3, 0)
    expect(state(second, 3)).to_have_attribute("data-state", "saved")
    expect(first.locator("#question-3 input").nth(0)).to_be_checked()
    assert first.locator("[data-banner]").is_hidden()
    value = second.locator("#question-3 input[type=radio]").nth(0).get_attribute("value")
    settle(second, lambda: stored(world, attempt)[3], value)


def test_a_conflict_is_told_and_the_newer_answer_is_shown(world, open_as, attempt):
    phone, desk = open_as(world.learner), open_as(world.learner)
    phone.expected = ("409",)
    page, other = phone.go(f"/attempts/{attempt}"), desk.go(f"/attempts/{attempt}")
    choose(other, 2, 1)
    expect(state(other, 2)).to_have_attribute("data-state", "saved")
    choose(page, 2, 0)
    expect(page.locator("[data-banner]")).to_be_visible()
    expect(page.locator("#question-2 input").nth(1)).to_be_checked()
    choose(page, 2, 0)
    expect(state(page, 2)).to_have_attribute("data-state", "saved")
    value = page.locator("#question-2 input[type=radio]").nth(0).get_attribute("value")
    settle(page, lambda: stored(world, attempt)[2], value)


def test_signing_in_again_in_place_loses_nothing(world, open_as, attempt):
    person = open_as(world.learner)
    person.expected = ("401",)
    page = person.go(f"/attempts/{attempt}")
    with world.inside():
        db.session.execute(delete(UserSession))
        db.session.commit()
    choose(page, 1)
    expect(state(page, 1)).to_have_attribute("data-state", "saved")
    page.locator("button[name=check]").click()
    dialog = page.locator("dialog[data-sign-in]")
    expect(dialog).to_be_visible()
    person.axe()
    with world.inside():
        number = world.learner.service_number
    dialog.locator("input[name=identifier]").fill(number)
    dialog.locator("input[name=password]").fill("wrong")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator(".problem")).to_be_visible()
    dialog.locator("input[name=password]").fill(PASSWORD)
    dialog.locator("button[type=submit]").click()
    page.wait_for_url("**/check")
    person.axe()
    page.locator("form[data-hand-in] button").click()
    page.wait_for_url("**/result")
    person.axe()


def test_a_token_refused_opens_the_dialog_and_the_queue_drains_after(world, open_as, attempt):
    person = open_as(world.learner)
    person.expected = ("401",)
    page = person.go(f"/attempts/{attempt}")
    refused = {"status": 401, "content_type": "application/json", "body": '{"error":"signed_out"}'}
    page.route("**/answers", lambda route: route.fulfill(**refused))
    choose(page, 4)
    dialog = page.locator("dialog[data-sign-in]")
    expect(dialog).to_be_visible()
    page.unroute("**/answers")
    with world.inside():
        number = world.learner.service_number
    dialog.locator("input[name=identifier]").fill(number)
    dialog.locator("input[name=password]").fill(PASSWORD)
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_be_hidden()
    expect(state(page, 4)).to_have_attribute("data-state", "saved")
    assert list(stored(world, attempt)) == [4]


def test_a_seal_from_elsewhere_is_told_and_opens_no_new_attempt(world, open_as, attempt):
    person = open_as(world.learner)
    person.expected = ("409",)
    page = person.go(f"/attempts/{attempt}")
    with world.inside():
        services.submit(queries.attempt(attempt), by=world.learner, now=clock.now())
        db.session.commit()
    choose(page, 1)
    expect(page.locator("[data-banner]")).to_be_visible()
    expect(page.locator("#question-1 input").first).to_be_disabled()
    page.locator("button[name=check]").click()
    page.wait_for_url("**/result")
    with world.inside():
        assert len(db.session.scalars(select(LateResponse)).all()) == 1
