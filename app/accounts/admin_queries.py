"""What admins see of people, roles and requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import joinedload

from app.access.policy import Role
from app.accounts.models import Agency, Approval, Membership, Person, RoleGrant
from app.accounts.rules import normal_service_number
from app.db import db
from app.text import name_order, skeleton

ACCESS: dict[str, ColumnElement[bool]] = {
    "ready": and_(Person.is_active, Person.password_hash.is_not(None)),
    "new": and_(Person.is_active, Person.password_hash.is_(None)),
    "away": not_(Person.is_active),
}


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


def staff_counts(day: date) -> dict[int, int]:
    """How many roles are in force for each agency itself on `day`."""
    query = (
        select(RoleGrant.agency_id, func.count().label("roles"))
        .where(
            RoleGrant.agency_id.is_not(None),
            RoleGrant.valid_from <= day,
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > day),
        )
        .group_by(RoleGrant.agency_id)
    )
    return {row.agency_id: row.roles for row in db.session.execute(query)}


def _called(text: str) -> ColumnElement[bool]:
    """People whose number or surname begins with `text`, as typed."""
    number, name = normal_service_number(text), skeleton(text)
    return or_(
        Person.service_number.startswith(number, autoescape=True),
        Person.name_skeleton.startswith(name, autoescape=True),
    )


@dataclass(frozen=True)
class Found:
    """One row of a list of people: enough to put it into order."""

    membership_id: int
    full_name: str
    service_number: str
    agency_id: int


def find_people(
    text: str = "", *, day: date, path: str | None = None, access: str | None = None
) -> list[Found]:
    """Members on `day` in scope, by name: all, or those that fit.

    `text` begins their number or surname, `path` is that of an agency above them, `access` one
    of `ACCESS`.
    """
    names = (Person.surname, Person.given_name, Person.patronymic)
    query = (
        select(Membership.id, *names, Person.service_number, Membership.agency_id)
        .join(Person, Membership.person_id == Person.id)
        .where(_in_force(day))
    )
    if text:
        query = query.where(_called(text))
    if path:
        query = query.join(Agency, Membership.agency_id == Agency.id)
        query = query.where(Agency.path.startswith(path, autoescape=True))
    if access:
        query = query.where(ACCESS[access])
    found = [
        Found(number, " ".join(part for part in parts if part), service_number, agency_id)
        for number, *parts, service_number, agency_id in db.session.execute(query)
    ]
    return sorted(found, key=lambda one: (name_order(one.full_name), one.membership_id))


def memberships(ids: Sequence[int]) -> list[Membership]:
    """These memberships with their people and agencies, in this order."""
    query = (
        select(Membership)
        .options(joinedload(Membership.person), joinedload(Membership.agency))
        .where(Membership.id.in_(ids))
    )
    found = {membership.id: membership for membership in db.session.scalars(query)}
    return [found[number] for number in ids if number in found]


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
    paths: Sequence[str],
    today: date,
    *,
    person_id: int | None = None,
    text: str = "",
    role: Role | None = None,
) -> list[RoleGrant]:
    """Roles for agencies below `paths` that hold on or after `today`, by name and role.

    `text` begins the number or surname of who has them.
    """
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
    )
    if person_id is not None:
        query = query.where(RoleGrant.person_id == person_id)
    if text:
        query = query.where(_called(text))
    if role is not None:
        query = query.where(RoleGrant.role == role.value)
    found = db.session.scalars(query)
    return sorted(found, key=lambda one: (name_order(one.person.full_name), one.role, one.id))


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
