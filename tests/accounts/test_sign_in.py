"""Signing in and out, codes, sessions, passwords."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app import clock
from app.accounts import services
from app.accounts.models import Person, SignInCode, UserSession
from app.db import db
from tests.world import PASSWORD

NEW_PASSWORD = "лодка-у-причала-5"


def credentials(person, password=PASSWORD, **more):
    return {"identifier": person.service_number, "password": password, **more}


def sessions(world, person):
    with world.inside():
        return db.session.query(UserSession).filter_by(person_id=person.id, ended_at=None).count()


def is_in(client, world):
    return client.get(world.address("accounts.account")).status_code == 200


def new_code(world, person, now=None):
    with world.inside():
        code = services.issue_code(
            db.session.get(Person, person.id), by=None, now=now or clock.now()
        )
        db.session.commit()
    return code


def test_number_and_password_open_a_session_and_lead_where_one_was_going(world):
    client = world.new_client()
    answer = client.post("/sign-in?next=/certificates", data=credentials(world.learner))
    assert (answer.status_code, answer.location) == (303, "/certificates")
    assert is_in(client, world)


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(world, target):
    answer = world.new_client().post(
        "/sign-in", query_string={"next": target}, data=credentials(world.learner)
    )
    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_number_are_told_in_the_same_words(world, visit):
    wrong = visit(None, "accounts.sign_in", "POST", credentials(world.learner, "не тот пароль"))
    unknown = visit(None, "accounts.sign_in", "POST", {"identifier": "000", "password": "x"})
    assert wrong.status_code == unknown.status_code == 422
    told = TOKEN.sub("", wrong.text).replace(world.learner.service_number, "000")
    assert told == TOKEN.sub("", unknown.text)
    assert sessions(world, world.learner) == 0
    assert "_user_id" not in wrong.headers.get("Set-Cookie", "")


def test_after_ten_tries_even_the_right_password_waits(world, visit):
    for _try in range(services.IDENTIFIER_TRIES):
        visit(None, "accounts.sign_in", "POST", credentials(world.learner, "мимо"))
    refused = visit(None, "accounts.sign_in", "POST", credentials(world.learner))
    other = world.new_client().post("/sign-in", data=credentials(world.stranger))
    assert refused.status_code == 429
    assert sessions(world, world.learner) == 0
    assert other.status_code == 303


def test_on_a_shared_device_the_cookie_goes_with_the_browser(world):
    data = credentials(world.learner)
    own = world.new_client().post("/sign-in", data=data)
    shared = world.new_client().post("/sign-in", data={**data, "shared": "y"})
    assert "Expires" in own.headers["Set-Cookie"]
    assert "Expires" not in shared.headers["Set-Cookie"]


def test_signing_in_begins_a_new_cookie_that_keeps_only_the_language(world):
    client = world.new_client()
    with client.session_transaction() as cookie:
        cookie.update(lang="be", planted="x", csrf_token="old")
    client.post("/sign-in", data=credentials(world.learner))
    with client.session_transaction() as cookie:
        assert cookie["lang"] == "be"
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != "old"


def test_signing_out_ends_the_session_and_clears_kept_pages(world):
    client = world.new_client(world.learner)
    with client.session_transaction() as cookie:
        stolen = dict(cookie)
    answer = client.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(client, world)
    with client.session_transaction() as cookie:
        cookie.update(stolen)
    assert not is_in(client, world)


def test_ending_other_sessions_signs_out_elsewhere_but_not_here(world):
    here, there = world.new_client(world.learner), world.new_client(world.learner)
    here.post(world.address("accounts.end_other_sessions"))
    assert is_in(here, world)
    assert not is_in(there, world)


def test_a_deactivated_person_is_out_at_once_and_stays_out(world):
    client = world.new_client(world.learner)
    code = new_code(world, world.learner)
    with world.inside():
        services.deactivate(world.learner, by=world.admin, now=clock.now(), root_agency_id=1)
        db.session.commit()
    assert not is_in(client, world)
    refused = world.new_client().post("/sign-in", data=credentials(world.learner))
    assert refused.status_code == 422
    assert world.new_client().post("/enter", data={"code": code}).status_code == 422


def test_a_code_lets_in_once_and_asks_for_a_password(world, visit):
    code = new_code(world, world.learner)
    assert world.learner.surname not in visit(None, "accounts.enter", code=code).text
    client = world.new_client()
    entered = client.post("/enter", data={"code": code.lower()})
    assert entered.location == world.address("accounts.set_password")
    again = visit(None, "accounts.enter", "POST", {"code": code})
    assert again.status_code == 422
    data = {"new": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post("/account/password", data=data).status_code == 303
    assert is_in(client, world)
    signed_in = world.new_client().post("/sign-in", data=credentials(world.learner, NEW_PASSWORD))
    assert signed_in.status_code == 303


TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')  # differs from second to second


def test_expired_replaced_and_invented_codes_are_refused_in_the_same_words(world, visit):
    long_ago = clock.now() - timedelta(days=services.CODE_DAYS, seconds=1)
    replaced = new_code(world, world.second_learner)
    new_code(world, world.second_learner)
    pages = {
        TOKEN.sub("", visit(None, "accounts.enter", "POST", {"code": code}).text.replace(code, ""))
        for code in (new_code(world, world.learner, long_ago), replaced, "AAAABBBBCCCC")
    }
    assert len(pages) == 1
    with world.inside():
        assert db.session.query(SignInCode).filter(SignInCode.used_at.is_not(None)).count() == 0


def test_changing_a_password_needs_the_present_one_and_ends_other_sessions(world, visit):
    there = world.new_client(world.learner)
    data = {"new": NEW_PASSWORD, "again": NEW_PASSWORD, "current": "не тот"}
    assert visit(world.learner, "accounts.set_password", "POST", data).status_code == 422
    data["current"] = PASSWORD
    assert visit(world.learner, "accounts.set_password", "POST", data).status_code == 303
    assert is_in(world.client(world.learner), world)
    assert not is_in(there, world)


@pytest.mark.parametrize("password", ["короткий", "1234567890", "пост-Ўласевіч-ночь"])
def test_a_weak_new_password_is_refused_with_the_reason(world, visit, password):
    data = {"new": password, "again": password, "current": PASSWORD}
    refused = visit(world.learner, "accounts.set_password", "POST", data)
    assert refused.status_code == 422
    assert "error-summary" in refused.text


def test_the_account_page_shows_the_own_record_and_keeps_the_language(world, visit):
    shown = visit(world.learner, "accounts.account").text
    assert world.learner.full_name in shown
    assert world.border.name_ru in shown
    visit(world.learner, "accounts.save_language", "POST", {"language": "be"})
    assert 'lang="be"' in visit(world.learner, "accounts.account").text
    with world.inside():
        assert world.learner.language == "be"


def api(world, client, who, **more):
    return client.post(
        world.address("accounts.api_sign_in"),
        json={**credentials(who), **more},
        headers={"X-Requested-With": "fetch"},
    )


def test_the_same_person_signs_in_again_within_a_page(world):
    client = world.new_client()
    answer = api(world, client, world.learner, person=world.learner.public_id)
    assert answer.status_code == 200
    assert set(answer.json) == {"csrf_token", "name"}
    assert is_in(client, world)


def test_another_person_cannot_go_on_in_somebody_elses_page(world):
    client = world.new_client()
    answer = api(world, client, world.stranger, person=world.learner.public_id)
    assert answer.status_code == 409
    assert sessions(world, world.stranger) == 0
    assert not is_in(client, world)


def test_signing_in_within_a_page_answers_json_and_needs_the_header(world):
    client = world.new_client()
    wrong = api(world, client, world.learner, password="мимо")
    assert (wrong.status_code, wrong.json["error"]) == (401, "refused")
    path = world.address("accounts.api_sign_in")
    assert client.post(path, json=credentials(world.learner)).status_code == 400
    headers = {"X-Requested-With": "fetch"}
    assert client.post(path, data="[]", headers=headers).status_code == 400
    assert client.post(path, json=[], headers=headers).status_code == 400
