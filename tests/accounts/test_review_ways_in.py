"""Ways in that stay shut: other spellings of a number, a second person who is the first."""

from __future__ import annotations

import pytest

from app import clock
from app.access.policy import Role
from app.accounts import admin_services, services
from app.accounts.models import RoleGrant
from app.db import db


def test_another_spelling_of_a_number_gives_no_further_tries(world, monkeypatch):
    monkeypatch.setattr(services, "password_matches", lambda stored, password: False)
    spellings = ["ОБР-1009", "обр 1009", "О.Б.Р/1009", " ОБР–1009 ", "OБP1009"]
    now = clock.now()
    refusals = []
    with world.inside():
        for turn in range(services.IDENTIFIER_TRIES + 1):
            try:
                services.authenticate(
                    spellings[turn % len(spellings)], "wrong", address="192.0.2.7", now=now
                )
            except (services.SignInRefused, services.TooMany) as refusal:
                refusals.append(type(refusal))
    assert refusals == [services.SignInRefused] * services.IDENTIFIER_TRIES + [services.TooMany]


@pytest.mark.parametrize("identifier", ["a\x00b@example.org", "\ud800", "\ud800@example.org"])
def test_an_identifier_that_no_database_can_hold_is_refused_like_any_other(world, identifier):
    sent = {"identifier": identifier, "password": "wrong"}
    reply = world.new_client().post(
        "/api/v1/sign-in", json=sent, headers={"X-Requested-With": "fetch"}
    )
    assert reply.status_code == 401


def _ask(world):
    return admin_services.request_role(
        world.learner,
        Role.ADMIN,
        agency=None,
        valid_from=clock.now().date(),
        valid_to=None,
        by=world.admin,
        now=clock.now(),
    )


def test_who_was_let_in_by_the_one_who_asks_is_not_the_second_person(world):
    """A code opens the whole account: who makes it could approve the own request with it."""
    now = clock.now()
    with world.inside():
        approval = _ask(world)
        services.use_code(services.issue_code(world.second_admin, by=world.admin, now=now), now=now)
        db.session.flush()
        with pytest.raises(services.NotApprovable):
            admin_services.decide_role(approval, approved=True, by=world.second_admin, now=now)
        assert db.session.query(RoleGrant).filter_by(person_id=world.learner.id).all() == []


def test_who_came_in_by_somebody_elses_code_is_a_second_person(world):
    now = clock.now()
    with world.inside():
        approval = _ask(world)
        services.use_code(
            services.issue_code(world.second_admin, by=world.coordinator, now=now), now=now
        )
        db.session.flush()
        grant = admin_services.decide_role(approval, approved=True, by=world.second_admin, now=now)
        assert grant is not None


def test_an_admin_of_one_service_does_not_lock_out_whoever_rules_beyond_it(world, visit):
    with world.inside():
        local = world.person(world.police, "Местная")
        world.grant(local, Role.ADMIN, world.police)
        boss = world.person(world.police, "Начальная")
        world.grant(boss, Role.ADMIN, None)
        db.session.commit()
        boss_id, local_id = boss.public_id, local.id
        db.session.expunge(local)
    local.id = local_id
    assert visit(local, "admin.person", public_id=boss_id).status_code == 200
    assert visit(local, "admin.deactivate", "POST", public_id=boss_id).status_code == 403
    stranger = world.stranger.public_id
    assert visit(local, "admin.deactivate", "POST", public_id=stranger).status_code == 303
    assert visit(local, "admin.reactivate", "POST", public_id=stranger).status_code == 303
