"""A reply that is lost on the way back turns no answer of one's own into somebody else's."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app import clock
from app.assessment import queries, services
from app.db import db

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]


def test_the_last_choice_stands_though_the_reply_to_the_first_was_lost(world, open_as):
    with world.inside():
        cycle = world.cycle(world.learner)
        attempt = services.start_attempt(cycle, language="ru", now=clock.now()).public_id
        db.session.commit()
    person = open_as(world.learner)
    person.expected = ("ERR_FAILED", "409")
    page = person.go(f"/attempts/{attempt}")

    link = {"state": "loses the reply"}

    def carry(route):
        if link["state"] == "is back":
            route.continue_()
            return
        if link["state"] == "loses the reply":
            route.fetch()
        route.abort()

    options = page.locator("#question-2 input[type=radio]")
    line = page.locator("#question-2 .saved")
    page.route("**/answers", carry)
    options.nth(0).click()
    expect(line).to_have_attribute("data-state", "waiting")
    link["state"] = "is down"
    options.nth(1).click()
    expect(line).to_have_attribute("data-state", "waiting")
    link["state"] = "is back"
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(line).to_have_attribute("data-state", "saved")
    expect(options.nth(1)).to_be_checked()
    assert page.locator("[data-banner]").is_hidden()
    with world.inside():
        log = queries.answer_log(queries.attempt(attempt).id)[2]
    wanted = [options.nth(index).get_attribute("value") for index in (0, 1)]
    assert [answer.option_ids[0] for answer in log] == wanted
