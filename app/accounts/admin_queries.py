"""What admins see of people, roles and requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Agency, Approval, Membership, Person, RoleGrant
from app.accounts.rules import normal_service_number
from app.db import db
from app.text import skeleton


def _in_force(day: date) -> ColumnElement[bool]:
    return and_(
        Membership.starts_on <= day, or_(Membership.ends_on.is_(None), Membership.ends_on > day)
    )


def member_counts(day: date) -> dict[int, int]:
    """How many people each agency in scope has on `day`."""
    query = (
        select(Membership.agency_id, func.count().label("people"))
        .where(_in_force(day))
        .group_by(Membership.agency_id)
    )
    return {row.agency_id: row.people for row in db.session.execute(query)}


def search_people(text: str, *, day: date, offset: int, limit: int) -> Sequence[Membership]:
    """Members on `day` in scope whose number or surname begins with `text`, by surname."""
    query = (
        select(Membership)
        .join(Person, Membership.person_id == Person.id)
        .options(joinedload(Membership.person), joinedload(Membership.agency))
        .where(_in_force(day))
    )
    if text:
        number, name = normal_service_number(text), skeleton(text)
        query = query.where(
            or_(
                Person.service_number.startswith(number, autoescape=True),
                Person.name_skeleton.startswith(name, autoescape=True),
            )
        )
    order = (Person.surname, Person.given_name, Person.id)
    return db.session.scalars(query.order_by(*order).offset(offset).limit(limit)).all()


def member(public_id: str, day: date) -> Membership | None:
    """The membership on `day` of a person in scope, with the person and agency."""
    query = (
        select(Membership)
        .join(Person, Membership.person_id == Person.id)
        .options(joinedload(Membership.person), joinedload(Membership.agency))
        .where(Person.public_id == public_id, _in_force(day))
    )
    return db.session.scalars(query.order_by(Membership.id.desc())).first()


def member_by_number(service_number: str, day: date) -> Membership | None:
    """The membership on `day` of the person in scope with this service number, as typed."""
    query = (
        select(Membership)
        .join(Person, Membership.person_id == Person.id)
        .options(joinedload(Membership.person))
        .where(Person.service_number == normal_service_number(service_number), _in_force(day))
    )
    return db.session.scalars(query.order_by(Membership.id.desc())).first()


def history(person_id: int) -> Sequence[Membership]:
    """All memberships of a person in scope with their agencies, the latest first."""
    query = (
        select(Membership)
        .options(joinedload(Membership.agency))
        .where(Membership.person_id == person_id)
        .order_by(Membership.starts_on.desc(), Membership.id.desc())
    )
    return db.session.scalars(query).all()


def _agency_below(paths: Sequence[str]) -> ColumnElement[bool]:
    """Rows of agencies below `paths`; `/` also holds the rows of no agency."""
    below = [Agency.path.startswith(path, autoescape=True) for path in paths]
    return or_(Agency.id.is_(None), *below) if "/" in paths else or_(*below)


def grants_below(
    paths: Sequence[str], today: date, *, person_id: int | None = None
) -> Sequence[RoleGrant]:
    """Roles for agencies below `paths` that hold on or after `today`, by person and role."""
    query = (
        select(RoleGrant)
        .join(Person, RoleGrant.person_id == Person.id)
        .outerjoin(Agency, RoleGrant.agency_id == Agency.id)
        .options(joinedload(RoleGrant.person), joinedload(RoleGrant.agency))
        .where(
            _agency_below(paths),
            or_(
                RoleGrant.valid_to.is_(None),
                and_(RoleGrant.valid_to > today, RoleGrant.valid_to > RoleGrant.valid_from),
            ),
        )
        .order_by(Person.surname, Person.given_name, RoleGrant.role, RoleGrant.id)
    )
    if person_id is not None:
        query = query.where(RoleGrant.person_id == person_id)
    return db.session.scalars(query).all()


def grant(grant_id: int) -> RoleGrant | None:
    """The role grant with its person and agency, or None."""
    query = select(RoleGrant).options(joinedload(RoleGrant.person), joinedload(RoleGrant.agency))
    return db.session.scalars(query.where(RoleGrant.id == grant_id)).first()


def waiting(action: str, paths: Sequence[str]) -> Sequence[Approval]:
    """Requests for `action` below `paths` that nobody has decided, the oldest first."""
    query = (
        select(Approval)
        .outerjoin(Agency, Approval.agency_id == Agency.id)
        .options(joinedload(Approval.requested_by), joinedload(Approval.agency))
        .where(Approval.action == action, Approval.decided_at.is_(None), _agency_below(paths))
        .order_by(Approval.requested_at, Approval.id)
    )
    return db.session.scalars(query).all()


def approval_to_decide(approval_id: int) -> Approval | None:
    """The request, held until the end of the transaction so that it is decided once."""
    query = select(Approval).where(Approval.id == approval_id).with_for_update()
    return db.session.scalars(query).first()


def people_by_public_id(public_ids: Sequence[str]) -> dict[str, Person]:
    """People by their public ids."""
    query = select(Person).where(Person.public_id.in_(public_ids))
    return {person.public_id: person for person in db.session.scalars(query)}
