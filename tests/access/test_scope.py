"""Agency data is closed unless a scope is open."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import aliased

from app import clock
from app.access import scope
from app.accounts.models import Membership, Person
from app.db import db
from app.enrolment import services as enrolment
from app.enrolment.models import Cohort, Enrolment
from tests.world import World

STATEMENTS = {
    "entity": select(Cohort),
    "column": select(Cohort.id),
    "count": select(func.count()).select_from(Cohort),
    "join": select(Person.id).join(Enrolment, Enrolment.person_id == Person.id),
    "exists": select(Person.id).where(
        select(Enrolment.id).where(Enrolment.person_id == Person.id).exists()
    ),
    "alias": select(aliased(Cohort)),
    "subquery": select(select(Cohort.id).subquery().c.id),
    "in": select(Person.id).where(Person.id.in_(select(Membership.person_id))),
}


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_without_a_scope_a_query_for_agency_data_is_refused(world: World, name: str) -> None:
    with world.app.app_context(), pytest.raises(scope.ScopeError):
        db.session.execute(STATEMENTS[name]).all()


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_a_scope_of_another_agency_shows_nothing_of_this_one(world: World, name: str) -> None:
    with world.inside():
        enrolment.create_cohort(world.police, "Соседний набор", by=None, now=clock.now())
        db.session.commit()
        everything = len(db.session.execute(STATEMENTS[name]).all())
        ids = frozenset({world.police.id})
    with world.app.app_context(), scope.agencies(ids):
        found = db.session.execute(STATEMENTS[name]).all()
        if name == "count":
            assert found[0][0] == 1
        else:
            assert len(found) < everything


def test_a_learner_sees_the_cohort_of_the_own_enrolment_only(world: World) -> None:
    with world.inside():
        enrolment.create_cohort(world.border, "Чужой набор", by=None, now=clock.now())
        db.session.commit()
    with world.app.app_context(), scope.own(world.learner.id):
        assert db.session.scalars(select(Cohort.name)).all() == ["Осенний набор"]
        assert len(db.session.scalars(select(Enrolment)).all()) == 1


def test_rows_cannot_be_written_into_another_agency(world: World) -> None:
    ids = frozenset({world.police.id})
    with world.app.app_context(), scope.agencies(ids):
        db.session.add(
            Membership(
                person_id=world.stranger.id,
                agency_id=world.border.id,
                starts_on=date(2026, 1, 1),
            )
        )
        with pytest.raises(scope.ScopeError):
            db.session.flush()


def test_bulk_changes_stay_inside_the_scope(world: World) -> None:
    ids = frozenset({world.police.id})
    with world.app.app_context(), scope.agencies(ids):
        db.session.execute(update(Cohort).values(name="переименован"))
        db.session.execute(delete(Enrolment))
        with pytest.raises(scope.ScopeError):
            db.session.execute(insert(Cohort).values(agency_id=world.border.id, name="чужой"))
        db.session.commit()
    with world.inside():
        assert world.cohort.name == "Осенний набор"
        assert db.session.scalar(select(func.count()).select_from(Enrolment)) == 2


def test_a_row_cannot_disagree_with_its_parent(world: World) -> None:
    from sqlalchemy.exc import IntegrityError

    with world.inside():
        db.session.add(
            Enrolment(
                cohort_id=world.cohort.id,
                agency_id=world.police.id,
                person_id=world.stranger.id,
                enrolled_at=clock.now(),
            )
        )
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
