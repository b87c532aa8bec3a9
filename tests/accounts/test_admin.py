"""Agencies, people and roles in the hands of admins."""

from __future__ import annotations

import pytest

from app import clock
from app.access.policy import Role
from app.accounts import queries
from app.accounts.models import Agency, Approval, Membership, RoleGrant
from app.db import db


@pytest.fixture
def police_admin(world):
    """An admin of one service only."""
    with world.inside():
        person = world.person(world.police, "Местная")
        world.grant(person, Role.ADMIN, world.police)
        db.session.commit()
        db.session.refresh(person)
        db.session.expunge(person)
    return person


def request_data(person, agency_id, role="coordinator"):
    return {
        "service_number": person.service_number,
        "role": role,
        "agency": str(agency_id),
        "valid_from": clock.now().date().isoformat(),
    }


def approvals(world):
    with world.inside():
        return [a.id for a in db.session.query(Approval).order_by(Approval.id)]


def roles_of(world, person):
    with world.inside():
        return [g.role for g in db.session.query(RoleGrant).filter_by(person_id=person.id)]


@pytest.mark.parametrize(
    "endpoint",
    [
        "admin.agencies",
        "admin.new_agency",
        "admin.people",
        "admin.new_person",
        "admin.roles",
        "admin.request_role",
        "audit.log",
        "audit.check",
        "authoring.content",
    ],
)
def test_pages_of_administration_open_to_admins_only(world, visit, endpoint):
    assert visit(world.admin, endpoint).status_code == 200
    assert visit(world.coordinator, endpoint).status_code == 403
    assert visit(None, endpoint).status_code == 302


def test_an_admin_of_one_service_sees_its_people_and_agencies_only(world, visit, police_admin):
    people = visit(police_admin, "admin.people").text
    agencies = visit(police_admin, "admin.agencies").text
    assert world.stranger.surname in people
    assert world.learner.surname not in people
    assert world.police.name_ru in agencies
    assert world.border.name_ru not in agencies


@pytest.mark.parametrize(
    ("endpoint", "method", "data"),
    [
        ("admin.person", "GET", None),
        ("admin.correct", "GET", None),
        ("admin.correct", "POST", {"surname": "Иная", "given_name": "Иная"}),
        ("admin.transfer", "POST", {"agency": "4"}),
        ("admin.deactivate", "POST", None),
        ("admin.reactivate", "POST", None),
        ("admin.issue_code", "POST", None),
    ],
)
def test_an_admin_of_one_service_does_not_find_the_others_people(
    world, visit, police_admin, endpoint, method, data
):
    answer = visit(police_admin, endpoint, method, data, public_id=world.learner.public_id)
    assert answer.status_code == 404
    with world.inside():
        assert world.learner.is_active
        assert queries.membership_on(world.learner.id, clock.now().date()).agency is world.border


def test_an_admin_of_one_service_does_not_touch_the_others_agencies_or_roles(
    world, visit, police_admin
):
    names = {"name_ru": "Иная", "name_be": "Іншая", "name_en": "Other"}
    there = visit(police_admin, "admin.agency", "POST", names, agency_id=world.border.id)
    below = {"code": "X", "parent": str(world.border.id), **names}
    with world.inside():
        grant = db.session.query(RoleGrant).filter_by(person_id=world.coordinator.id).one().id
    assert there.status_code == 404
    assert visit(police_admin, "admin.new_agency", "POST", below).status_code == 422
    assert visit(police_admin, "admin.end_role", "POST", grant_id=grant).status_code == 404
    data = request_data(world.learner, world.police.id)
    assert visit(police_admin, "admin.request_role", "POST", data).status_code == 422
    data = request_data(world.stranger, 0)
    assert visit(police_admin, "admin.request_role", "POST", data).status_code == 422
    visit(world.admin, "admin.request_role", "POST", request_data(world.learner, world.border.id))
    (asked,) = approvals(world)
    answer = {"answer": "approve"}
    decided = visit(police_admin, "admin.decide_role", "POST", answer, approval_id=asked)
    assert decided.status_code == 404
    assert roles_of(world, world.learner) == []


def test_a_role_holds_only_after_a_second_admin_agreed(world, visit):
    data = request_data(world.learner, world.border.id)
    for _twice in range(2):
        assert visit(world.admin, "admin.request_role", "POST", data).status_code == 303
    (asked,) = approvals(world)
    answer = {"answer": "approve"}
    visit(world.admin, "admin.decide_role", "POST", answer, approval_id=asked)
    assert roles_of(world, world.learner) == []
    assert "answer" in visit(world.second_admin, "admin.roles").text
    for _twice in range(2):
        visit(world.second_admin, "admin.decide_role", "POST", answer, approval_id=asked)
    assert roles_of(world, world.learner) == ["coordinator"]
    held = visit(world.admin, "admin.request_role", "POST", data)
    assert held.status_code == 422


def test_nobody_approves_or_ends_a_role_of_their_own(world, visit):
    data = request_data(world.second_admin, world.border.id, "trainer")
    visit(world.admin, "admin.request_role", "POST", data)
    (asked,) = approvals(world)
    answer = {"answer": "approve"}
    visit(world.second_admin, "admin.decide_role", "POST", answer, approval_id=asked)
    with world.inside():
        own = db.session.query(RoleGrant).filter_by(person_id=world.admin.id).one().id
    visit(world.admin, "admin.end_role", "POST", grant_id=own)
    assert roles_of(world, world.second_admin) == ["admin"]
    assert visit(world.admin, "admin.agencies").status_code == 200


def test_an_ended_role_is_without_effect_at_once(world, visit):
    with world.inside():
        grant = db.session.query(RoleGrant).filter_by(person_id=world.second_admin.id).one().id
    assert visit(world.second_admin, "admin.roles").status_code == 200
    visit(world.admin, "admin.end_role", "POST", grant_id=grant)
    assert visit(world.second_admin, "admin.roles").status_code == 403


def test_a_transfer_ends_one_membership_and_begins_another(world, visit):
    data = {"agency": str(world.police.id)}
    person = world.learner.public_id
    for _twice in range(2):
        assert (
            visit(world.admin, "admin.transfer", "POST", data, public_id=person).status_code == 303
        )
    with world.inside():
        rows = db.session.query(Membership).filter_by(person_id=world.learner.id)
        facts = [(m.agency_id, m.ends_on is None) for m in rows.order_by(Membership.id)]
        cohort_agency = world.cohort.agency_id
    assert facts == [(world.border.id, False), (world.police.id, True)]
    assert cohort_agency == world.border.id


def test_after_a_transfer_the_former_service_does_not_find_the_person(world, visit, police_admin):
    data = {"agency": str(world.border.id)}
    person = world.stranger.public_id
    assert visit(police_admin, "admin.person", public_id=person).status_code == 200
    visit(world.admin, "admin.transfer", "POST", data, public_id=person)
    assert visit(police_admin, "admin.person", public_id=person).status_code == 404


def test_a_registered_person_is_found_by_the_beginning_of_surname_or_number(world, visit):
    data = {
        "agency": str(world.outpost.id),
        "service_number": "Н-77 01",
        "surname": "Вымыслава",
        "given_name": "Ганна",
        "language": "be",
    }
    made = visit(world.admin, "admin.new_person", "POST", data)
    again = visit(world.admin, "admin.new_person", "POST", data)
    assert (made.status_code, again.status_code) == (303, 422)
    for text in ("вымысл", "н77"):
        assert "Вымыслава" in visit(world.admin, "admin.people", query={"q": text}).text
    assert "Вымыслава" not in visit(world.admin, "admin.people", query={"q": "Нетова"}).text


def test_a_corrected_name_is_stored_and_a_broken_one_is_not(world, visit):
    person = world.learner
    data = {"surname": "Уласевіч", "given_name": "Ян", "surname_latin": "Уласевич"}
    refused = visit(world.admin, "admin.correct", "POST", data, public_id=person.public_id)
    data["surname_latin"] = "Ulasievich"
    saved = visit(world.admin, "admin.correct", "POST", data, public_id=person.public_id)
    assert (refused.status_code, saved.status_code) == (422, 303)
    with world.inside():
        assert world.learner.surname_latin == "Ulasievich"


def test_an_admin_of_one_service_makes_no_code_for_whoever_rules_beyond_it(
    world, visit, police_admin
):
    with world.inside():
        boss = world.person(world.police, "Начальная")
        world.grant(boss, Role.ADMIN, None)
        db.session.commit()
        public_id = boss.public_id
    refused = visit(police_admin, "admin.issue_code", "POST", public_id=public_id)
    assert refused.status_code == 403
    given = visit(police_admin, "admin.issue_code", "POST", public_id=world.stranger.public_id)
    assert given.status_code == 200
    assert given.headers["Cache-Control"] == "no-store"


def test_agencies_are_added_below_and_renamed(world, visit):
    names = {"name_ru": "Застава 2", "name_be": "Застава 2", "name_en": "Post 2"}
    data = {"code": "BRD-2", "parent": str(world.border.id), **names}
    assert visit(world.admin, "admin.new_agency", "POST", data).status_code == 303
    assert visit(world.admin, "admin.new_agency", "POST", data).status_code == 422
    with world.inside():
        made = db.session.query(Agency).filter_by(code="BRD-2").one()
        assert made.path == f"{world.border.path}{made.id}/"
        number = made.id
    renamed = {**names, "name_en": "Second post"}
    visit(world.admin, "admin.agency", "POST", renamed, agency_id=number)
    with world.inside():
        assert db.session.get(Agency, number).name_en == "Second post"
