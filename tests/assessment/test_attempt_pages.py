"""The pages of an attempt and the address of its script, as people and programs meet them."""

from __future__ import annotations

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from app import clock
from app.assessment import pages, queries, sealing, services, tokens
from app.assessment.models import Attempt, AttemptGrant, LateResponse, Response
from app.catalogue.queries import item_versions
from app.db import db
from tests.conftest import SECRET

SCRIPTS = Path(services.__file__).parent.parent / "ui" / "static" / "js"


@pytest.fixture
def attempt(world):
    """An open attempt of the learner."""
    with world.inside():
        begun = services.start_attempt(world.cycle(world.learner), language="ru", now=clock.now())
        db.session.commit()
        db.session.refresh(begun)
        db.session.expunge(begun)
    return begun


def token_of(world, attempt, person=None):
    with world.app.app_context():
        return tokens.issue(attempt.public_id, (person or world.learner).public_id)


def sent(position, option, base=0, **more):
    return {"position": position, "base_revision": base, "options": [option], **more}


def count(world, model):
    with world.inside():
        return db.session.scalar(select(func.count()).select_from(model))


def option(attempt, position, index=0):
    return attempt.draw[position - 1]["options"][index]


def test_the_page_shows_all_items_and_neither_keys_nor_rationales(world, visit, attempt):
    text = visit(world.learner, "assessment.attempt", public_id=attempt.public_id).text
    with world.inside():
        versions = item_versions([item["hash"] for item in attempt.draw])
        for item in attempt.draw:
            data = versions[item["hash"]].data["text"]["ru"]
            assert data["stem"].removeprefix("<p>").removesuffix("</p>") in text
            for one in data["options"]:
                assert one["text"] in text
                assert re.sub("<[^>]+>", "", one["rationale"])[:40] not in text
                assert one["rationale"][:40] not in text
    assert text.count("<fieldset") == 14
    assert "red_line" not in text
    assert "rationale" not in text
    assert "checked" not in text


@pytest.mark.parametrize("endpoint", ["attempt", "review", "result"])
def test_a_stranger_and_staff_get_404(world, visit, attempt, endpoint):
    for who in (world.stranger, world.second_learner, world.coordinator, world.reviewer):
        page = visit(who, f"assessment.{endpoint}", public_id=attempt.public_id)
        assert page.status_code == 404
    for action in ("save", "submit"):
        reply = visit(world.stranger, f"assessment.{action}", "POST", public_id=attempt.public_id)
        assert reply.status_code == 404


def test_without_a_script_answers_are_saved_checked_and_handed_in(world, visit, attempt):
    where = {"public_id": attempt.public_id}
    first = {"q-1": option(attempt, 1), "base-1": "0", "q-2": option(attempt, 2), "base-2": "0"}
    saved = visit(world.learner, "assessment.save", "POST", data=first, follow=True, **where)
    assert saved.text.count(" checked") == 2
    again = {**first, "base-1": "1", "base-2": "1", "q-2": option(attempt, 2, 1), "check": "1"}
    check = visit(world.learner, "assessment.save", "POST", data=again, follow=True, **where)
    assert check.request.path.endswith("/check")
    assert check.text.count("#question-") == 12
    with world.inside():
        log = queries.answer_log(attempt.id)
        assert [len(log[1]), len(log[2])] == [1, 2]
    result = visit(world.learner, "assessment.submit", "POST", follow=True, **where)
    assert result.request.path.endswith("/result")
    twice = visit(world.learner, "assessment.submit", "POST", follow=True, **where)
    assert twice.status_code == 200
    over = visit(world.learner, "assessment.attempt", **where)
    assert (over.status_code, over.location) == (303, f"/attempts/{attempt.public_id}/result")


def test_without_a_script_a_newer_answer_is_shown_and_told(world, visit, attempt):
    where = {"public_id": attempt.public_id}
    newer, older = option(attempt, 1), option(attempt, 1, 1)
    visit(world.learner, "assessment.save", "POST", data={"q-1": newer, "base-1": "0"}, **where)
    stale = {"q-1": older, "base-1": "0", "q-2": option(attempt, 2), "base-2": "0"}
    page = visit(world.learner, "assessment.save", "POST", data=stale, follow=True, **where)
    shown = re.findall(r'name="q-(\d+)" value="(\w+)" checked', page.text)
    assert shown == [("1", newer), ("2", option(attempt, 2))]
    assert 'class="notice warning" role="alert"' in page.text


def test_a_form_with_an_unknown_option_is_refused_and_nothing_is_saved(world, visit, attempt):
    data = {"q-1": option(attempt, 1), "base-1": "0", "q-2": "zz", "base-2": "0"}
    page = visit(world.learner, "assessment.save", "POST", data=data, public_id=attempt.public_id)
    assert page.status_code == 400
    assert count(world, Response) == 0


def post(world, visit, attempt, body, who=None, **more):
    return visit(who, "assessment.answers", "POST", json=body, public_id=attempt.public_id, **more)


def test_a_token_saves_without_a_session_and_each_reply_says_what_became_of_it(
    world, visit, attempt
):
    token = token_of(world, attempt)
    first, second = option(attempt, 1), option(attempt, 1, 1)
    reply = post(world, visit, attempt, {"token": token, "answers": [sent(1, first, ref=7)]})
    assert (reply.status_code, reply.json["answers"]) == (
        200,
        [{"position": 1, "ref": 7, "status": "saved", "revision": 1}],
    )
    reply = post(world, visit, attempt, {"token": token, "answers": [sent(1, second)]})
    assert reply.status_code == 409
    assert reply.json["answers"] == [
        {"position": 1, "ref": None, "status": "conflict", "revision": 1, "options": [first]}
    ]
    reply = post(world, visit, attempt, {"token": token, "answers": [sent(99, first)]})
    assert (reply.status_code, reply.json["answers"][0]["status"]) == (400, "invalid")
    with world.inside():
        services.submit(queries.attempt(attempt.public_id), by=world.learner, now=clock.now())
        db.session.commit()
    reply = post(world, visit, attempt, {"token": token, "answers": [sent(2, option(attempt, 2))]})
    assert (reply.status_code, reply.json["reason"]) == (409, "submitted")
    assert (count(world, Response), count(world, LateResponse), count(world, Attempt)) == (1, 1, 1)


def test_a_bad_token_gets_401_as_json_and_never_a_redirect(world, visit, attempt):
    answers = [sent(1, option(attempt, 1))]
    good = token_of(world, attempt)
    for token in ("", "x", good[:-2], token_of(world, attempt, world.stranger)):
        reply = post(world, visit, attempt, {"token": token, "answers": answers})
        assert (reply.status_code, reply.mimetype) == (401, "application/json")
        assert reply.json["error"] == "signed_out"
    with world.inside():
        world.learner.is_active = False
        db.session.commit()
    assert post(world, visit, attempt, {"token": good, "answers": answers}).status_code == 401
    assert count(world, Response) == 0


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"token": 1, "answers": []},
        {"token": "x", "answers": []},
        {"token": "x", "answers": [{"position": "1"}]},
        {"token": "x", "answers": [{"position": True, "base_revision": 0, "options": []}]},
        {"sealed": "x"},
        {"sealed": {"key": "x"}},
    ],
)
def test_what_is_not_of_the_agreed_shape_is_refused(world, visit, attempt, body):
    assert post(world, visit, attempt, body).status_code == 400


def test_only_json_is_read_and_no_form_of_another_site(world, visit, attempt):
    where = {"public_id": attempt.public_id}
    reply = visit(None, "assessment.answers", "POST", data={"token": "x"}, **where)
    assert (reply.status_code, reply.mimetype) == (415, "application/json")


def test_a_sealed_answer_is_opened_saved_and_not_told(world, visit, attempt):
    body = {"token": token_of(world, attempt), "answers": [sent(1, option(attempt, 1))]}
    sealed = sealing.seal(sealing.public_key(SECRET), json.dumps(body).encode())
    reply = post(world, visit, attempt, {"sealed": sealed})
    assert (reply.status_code, reply.json["answers"][0]["revision"]) == (200, 1)
    other = {**body, "answers": [sent(1, option(attempt, 1, 1))]}
    sealed = sealing.seal(sealing.public_key(SECRET), json.dumps(other).encode())
    row = post(world, visit, attempt, {"sealed": sealed}).json["answers"][0]
    assert (row["status"], "options" in row) == ("conflict", False)
    sealed["data"] = ("A" if sealed["data"][0] != "A" else "B") + sealed["data"][1:]
    reply = post(world, visit, attempt, {"sealed": sealed})
    assert (reply.status_code, reply.json["error"]) == (400, "seal_broken")


def test_saving_one_answer_needs_three_statements(world, visit, attempt):
    body = {"token": token_of(world, attempt), "answers": [sent(1, option(attempt, 1))]}
    statements: list[str] = []
    with world.app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement.split()[0])

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert post(world, visit, attempt, body).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert [one for one in statements if one != "BEGIN"] == ["SELECT", "SELECT", "INSERT"]


def test_questions_stay_in_the_language_of_the_attempt_and_say_so(world, attempt):
    client = world.new_client(world.learner)
    plain = client.get(f"/attempts/{attempt.public_id}").text
    with client.session_transaction() as session:
        session["lang"] = "en"
    page = client.get(f"/attempts/{attempt.public_id}").text
    assert '<html lang="en"' in page
    with world.inside():
        for item in attempt.draw:
            text = item_versions([item["hash"]])[item["hash"]].data["text"]["ru"]
            for said in (pages.as_phrase(text["stem"]), *(one["text"] for one in text["options"])):
                assert f'<span lang="ru">{said}</span>' in page
                assert f'<span lang="ru">{said}' not in plain


def test_an_attempt_past_its_moment_is_closed_by_its_owner_too(world, visit, attempt):
    where = {"public_id": attempt.public_id}
    with world.inside():
        found = queries.attempt(attempt.public_id)
        found.closes_at = clock.now()
        found.cycle.closes_on = clock.now().date() - timedelta(days=2)
        db.session.commit()
    over = visit(world.learner, "assessment.attempt", follow=True, **where)
    assert f"/attempts/{attempt.public_id}/submit" in over.text
    page = visit(world.learner, "assessment.submit", "POST", follow=True, **where)
    assert page.status_code == 200
    with world.inside():
        assert queries.attempt(attempt.public_id).seal_reason == "closed"


def test_a_result_says_objectives_red_line_and_lessons_but_no_key(world, visit):
    with world.inside():
        cycle = world.cycle(world.learner)
        world.fail_final(cycle)
        db.session.commit()
        [fact] = queries.attempts(cycle.id)
    page = visit(
        world.learner,
        "assessment.result",
        public_id=fact.public_id,
        headers={"Accept-Language": "en"},
    )
    assert page.text.count('class="score-bar') == 1 + 6
    assert page.text.count("/courses/c1/1-") == 5
    assert 'class="notice danger"' in page.text
    assert "c1-f-" not in page.text


def test_a_result_that_passed_leads_to_the_certificates(world, visit):
    with world.inside():
        cycle = world.cycle(world.learner)
        world.pass_final(cycle)
        db.session.commit()
        [fact] = queries.attempts(cycle.id)
    page = visit(world.learner, "assessment.result", public_id=fact.public_id)
    assert "result passed" in page.text
    assert world.address("certificates.mine") in page.text
    assert 'class="notice danger"' not in page.text


@pytest.fixture
def used_up(world):
    """The id of a cycle in which all three attempts failed."""
    with world.inside():
        cycle = world.cycle(world.learner)
        for _number in range(2):
            world.fail_final(cycle)
        now = clock.now()
        for attempt in db.session.scalars(select(Attempt)):
            attempt.sealed_at = now - timedelta(days=2)
        db.session.flush()
        third = services.start_attempt(cycle, language="ru", now=now)
        services.submit(third, by=world.learner, now=now)
        db.session.commit()
        return cycle.id


def test_a_further_attempt_is_given_with_a_reason_that_names_nobody(world, visit, used_up):
    where = {"cycle_id": used_up}
    assert visit(world.trainer, "assessment.grant", **where).status_code == 200
    for wrong in ("", "коротко", "Паспорт MP1234567 был утерян", "Звонила +375 29 123-45-67 днём"):
        page = visit(world.trainer, "assessment.grant", "POST", data={"reason": wrong}, **where)
        assert page.status_code == 422
        assert wrong in page.text
    reason = {"reason": "Погас свет во время последней попытки"}
    page = visit(world.trainer, "assessment.grant", "POST", data=reason, follow=True, **where)
    assert reason["reason"] in page.text
    again = visit(world.coordinator, "assessment.grant", "POST", data=reason, **where)
    assert again.status_code == 303
    assert count(world, AttemptGrant) == 1


def test_who_may_give_a_further_attempt(world, visit, used_up):
    def status(who):
        return visit(who, "assessment.grant", cycle_id=used_up).status_code

    assert [status(who) for who in (world.coordinator, world.trainer)] == [200, 200]
    assert status(world.elsewhere) == 404
    assert [status(who) for who in (world.learner, world.reviewer, world.admin)] == [403] * 3


def test_the_scripts_of_the_page_are_small_enough_for_a_bad_link():
    size = sum(
        len(gzip.compress((SCRIPTS / name).read_bytes(), 9))
        for name in ("attempt.js", "attempt-queue.js")
    )
    assert size < 6_000
