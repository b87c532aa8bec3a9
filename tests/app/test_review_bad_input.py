"""Whatever stands in an address or a form, the answer is a page and never a fault of ours."""

from __future__ import annotations

import pytest

from app import clock
from app.assessment import services
from app.assessment.models import LateResponse
from app.assessment.tokens import issue
from app.db import db

HUGE = "99999999999999999999"


@pytest.mark.parametrize("path", ["/cohorts/{}", "/cohorts/{}/progress", "/cohorts/{}/slips"])
def test_a_number_too_large_for_the_database_is_not_found(world, path):
    assert world.client(world.coordinator).get(path.format(HUGE)).status_code == 404


def test_a_place_in_the_audit_log_too_large_for_the_database_is_ignored(world):
    page = world.client(world.admin).get(f"/admin/audit?before={HUGE}")
    assert page.status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_break_no_page(world, day):
    admin = world.client(world.admin)
    assert admin.get(f"/admin/audit?since={day}&until={day}").status_code == 200
    sent = {
        "service_number": world.learner.service_number,
        "role": "trainer",
        "agency": str(world.border.id),
        "valid_from": "2026-01-01",
        "last_day": day,
    }
    assert admin.post("/admin/roles/new", data=sent).status_code == 422
    report = world.client(world.reviewer).get(f"/reports/?as_at={day}")
    assert report.status_code in (200, 422)


@pytest.mark.parametrize("path", ["/courses/c1%00", "/courses/c1?x=%00", "/verify?serial=%00"])
def test_a_null_character_in_an_address_is_a_bad_request(world, path):
    assert world.client(world.learner).get(path).status_code == 400


def test_a_null_character_in_a_form_is_a_bad_request(world):
    sent = {"identifier": "a\x00@example.org", "password": "x"}
    assert world.new_client().post("/sign-in", data=sent).status_code == 400


def test_a_late_answer_on_an_impossible_revision_is_invalid(world):
    with world.inside():
        attempt = services.start_attempt(world.cycle(world.learner), language="ru", now=clock.now())
        services.submit(attempt, by=world.learner, now=clock.now())
        option = attempt.draw[0]["options"][0]
        public_id = attempt.public_id
        token = issue(public_id, world.learner.public_id)
        db.session.commit()
    answer = {"position": 1, "base_revision": 10**30, "options": [option], "ref": 1}
    reply = world.new_client().post(
        f"/attempts/{public_id}/answers", json={"token": token, "answers": [answer]}
    )
    assert (reply.status_code, reply.get_json()["answers"][0]["status"]) == (400, "invalid")
    with world.inside():
        assert db.session.query(LateResponse).count() == 0
