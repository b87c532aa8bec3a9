"""Printed slips with one-time codes."""

from __future__ import annotations

import html
import re

import pytest

from app import clock
from app.access.policy import Role
from app.accounts import admin_services
from app.accounts.models import Person, SignInCode
from app.db import db

CODE = re.compile(r"<code>([0-9A-Z-]{14})</code>")


@pytest.fixture
def newcomer(world):
    """A learner of the cohort who has no password."""
    with world.inside():
        person = world.person(world.border, "Навічка")
        person.password_hash = None
        world.enrol(person)
        db.session.commit()
        db.session.refresh(person)
        db.session.expunge(person)
    return person


def make(visit, who, world, *people):
    data = {"row": [person.public_id for person in people]}
    return visit(who, "slips.slips", "POST", data, cohort_id=world.cohort.id)


def test_slips_are_proposed_for_who_has_no_password(world, visit, newcomer):
    page = visit(world.coordinator, "slips.slips", cohort_id=world.cohort.id).text
    ticked = re.findall(r'value="([0-9a-f]{32})"[^>]* checked', page)
    assert ticked == [newcomer.public_id]


def test_a_slip_lets_its_officer_in_and_shows_no_full_number(world, visit, newcomer):
    made = make(visit, world.coordinator, world, newcomer)
    (code,) = CODE.findall(made.text)
    assert made.headers["Cache-Control"] == "no-store"
    assert html.escape(newcomer.short_name) in made.text
    assert newcomer.service_number not in made.text
    assert newcomer.service_number[-3:] in made.text
    for language in ("ru", "be", "en"):
        assert f'<p lang="{language}">' in made.text
    entered = world.new_client().post("/enter", data={"code": code})
    assert entered.location == world.address("accounts.set_password")
    assert code not in visit(world.coordinator, "slips.slips", cohort_id=world.cohort.id).text


def test_codes_are_stored_as_hashes_only(world, visit, newcomer):
    (code,) = CODE.findall(make(visit, world.coordinator, world, newcomer).text)
    with world.inside():
        row = db.session.query(SignInCode).filter_by(person_id=newcomer.id).one()
        assert code.replace("-", "") not in row.code_hash


def test_a_coordinator_elsewhere_does_not_find_the_cohort_and_a_trainer_may_not(
    world, visit, newcomer
):
    assert make(visit, world.elsewhere, world, newcomer).status_code == 404
    assert make(visit, world.trainer, world, newcomer).status_code == 403
    assert make(visit, world.coordinator, world).status_code == 422


def test_a_coordinator_gets_no_code_for_staff_or_for_who_has_moved(world, visit, newcomer):
    with world.inside():
        boss = world.person(world.border, "Начальная")
        world.grant(boss, Role.ADMIN, None)
        world.enrol(boss)
        db.session.commit()
        admin_services.transfer(
            db.session.get(Person, newcomer.id),
            world.police,
            today=clock.now().date(),
            by=world.admin,
            now=clock.now(),
        )
        db.session.commit()
        db.session.refresh(boss)
        db.session.expunge(boss)
    assert make(visit, world.coordinator, world, boss, newcomer).status_code == 422
    with world.inside():
        assert db.session.query(SignInCode).count() == 0
