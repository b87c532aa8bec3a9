"""What is known of agencies, people and grants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import joinedload

from app.access.policy import Actor, Grant, Role
from app.accounts.models import Agency, Membership, Person, RoleGrant, SignInCode, UserSession
from app.accounts.rules import normal_email, normal_service_number, short_name, token_hash
from app.db import db


@dataclass(frozen=True)
class Seat:
    """Who sits in front of the browser: what every page shows of them."""

    person_id: int
    language: str
    display: str
    surname: str
    given_name: str
    patronymic: str
    welcomed: bool  # the first tour was read or put away

    @property
    def short_name(self) -> str:
        """`Фамилия И. О.`"""
        return short_name(self.surname, self.given_name, self.patronymic)


def agency_ids(paths: Sequence[str]) -> frozenset[int]:
    """Ids of all agencies at or below `paths`."""
    if not paths:
        return frozenset()
    below = or_(*(Agency.path.startswith(path, autoescape=True) for path in paths))
    return frozenset(db.session.scalars(select(Agency.id).where(below)))


def agencies_below(paths: Sequence[str]) -> Sequence[Agency]:
    """Agencies at or below `paths`, each parent before its children."""
    if not paths:
        return []
    below = or_(*(Agency.path.startswith(path, autoescape=True) for path in paths))
    return db.session.scalars(select(Agency).where(below).order_by(Agency.path)).all()


def root_names(language: str) -> dict[int, str]:
    """Names of the agencies that belong to no other, by id."""
    query = select(Agency).where(Agency.parent_id.is_(None)).order_by(Agency.id)
    return {agency.id: agency.name(language) for agency in db.session.scalars(query)}


def agency(agency_id: int) -> Agency | None:
    """The agency, or None."""
    return db.session.get(Agency, agency_id)


_in_force = and_(
    RoleGrant.valid_from <= bindparam("today"),
    or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > bindparam("today")),
)
# Put together once, on columns only: every request of a signed-in person runs it.
_people, _grants = Person.__table__.c, RoleGrant.__table__.c
_sessions, _agencies = UserSession.__table__.c, Agency.__table__.c
_SIGNED_IN = (
    select(
        _people.id,
        _people.language,
        _people.display,
        _people.surname,
        _people.given_name,
        _people.patronymic,
        _people.welcomed_at.is_not(None),
        _grants.role,
        _agencies.path,
    )
    .join_from(Person.__table__, UserSession.__table__, _sessions.person_id == _people.id)
    .outerjoin(RoleGrant.__table__, and_(_grants.person_id == _people.id, _in_force))
    .outerjoin(Agency.__table__, _grants.agency_id == _agencies.id)
    .where(
        _sessions.token_hash == bindparam("token_hash"),
        _sessions.ended_at.is_(None),
        _sessions.ends_at > bindparam("now"),
        _people.is_active,
    )
    .order_by(_grants.id)
)


def signed_in_by(token: str, *, today: date, now: datetime) -> tuple[Seat, Actor] | None:
    """Who holds a session that is live at `now`, with the grants in force on `today`."""
    values = {"token_hash": token_hash(token), "today": today, "now": now}
    rows = db.session.connection().execute(_SIGNED_IN, values).all()
    if not rows:
        return None
    seat = Seat(*rows[0][:7])
    grants = tuple(Grant(Role(row.role), row.path or "/") for row in rows if row.role)
    return seat, Actor(seat.person_id, grants)


def person(person_id: int) -> Person:
    """The person with this id."""
    return db.session.get_one(Person, person_id)


def grants_of(person_id: int, today: date) -> tuple[Grant, ...]:
    """The person's role grants in force on `today`."""
    query = (
        select(RoleGrant.role, Agency.path)
        .outerjoin(Agency, RoleGrant.agency_id == Agency.id)
        .where(RoleGrant.person_id == person_id, _in_force)
        .order_by(RoleGrant.id)
    )
    rows = db.session.execute(query, {"today": today})
    return tuple(Grant(Role(role), path or "/") for role, path in rows)


def actor_of(person_id: int, today: date) -> Actor:
    """The person with the grants in force on `today`, as the policy sees them."""
    return Actor(person_id, grants_of(person_id, today))


def person_by_identifier(text: str) -> Person | None:
    """The person with this service number or e-mail address, as typed."""
    if "@" in text:
        return db.session.scalars(select(Person).where(Person.email == normal_email(text))).first()
    number = normal_service_number(text)
    return db.session.scalars(select(Person).where(Person.service_number == number)).first()


def person_by_public_id(public_id: str) -> Person | None:
    """The person with this public id."""
    return db.session.scalars(select(Person).where(Person.public_id == public_id)).first()


def live_sessions(person_id: int, now: datetime) -> Sequence[UserSession]:
    """Sessions of a person that have not ended at `now`, the latest first."""
    query = select(UserSession).where(
        UserSession.person_id == person_id,
        UserSession.ended_at.is_(None),
        UserSession.ends_at > now,
    )
    return db.session.scalars(
        query.order_by(UserSession.created_at.desc(), UserSession.id.desc())
    ).all()


def code_by_text(code: str) -> SignInCode | None:
    """The one-time code with this text, used or not."""
    query = select(SignInCode).where(SignInCode.code_hash == token_hash(code))
    return db.session.scalars(query.with_for_update()).first()


def was_let_in(person_id: int, *, by_id: int, since: datetime) -> bool:
    """Whether a person has used a one-time code made by another person at `since` or later."""
    query = select(SignInCode.id).where(
        SignInCode.person_id == person_id,
        SignInCode.issued_by_id == by_id,
        SignInCode.used_at >= since,
    )
    return db.session.scalar(query.limit(1)) is not None


def membership_on(person_id: int, day: date) -> Membership | None:
    """The membership of a person on `day` with its agency, within the open scope."""
    query = (
        select(Membership)
        .options(joinedload(Membership.agency))
        .where(
            Membership.person_id == person_id,
            Membership.starts_on <= day,
            or_(Membership.ends_on.is_(None), Membership.ends_on > day),
        )
    )
    return db.session.scalars(query.order_by(Membership.starts_on.desc())).first()


def memberships_on(person_ids: Sequence[int], day: date) -> dict[int, Membership]:
    """Memberships of these people on `day` by person, within the open scope."""
    query = select(Membership).where(
        Membership.person_id.in_(person_ids),
        Membership.starts_on <= day,
        or_(Membership.ends_on.is_(None), Membership.ends_on > day),
    )
    found = db.session.scalars(query.order_by(Membership.starts_on, Membership.id))
    return {membership.person_id: membership for membership in found}


def staff_paths(person_ids: Sequence[int], today: date) -> dict[int, list[str]]:
    """Agency paths of the roles that these people hold on or after `today`, by person."""
    query = (
        select(RoleGrant.person_id, Agency.path)
        .outerjoin(Agency, RoleGrant.agency_id == Agency.id)
        .where(
            RoleGrant.person_id.in_(person_ids),
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > today),
        )
        .order_by(RoleGrant.id)
    )
    paths: dict[int, list[str]] = {}
    for person_id, path in db.session.execute(query):
        paths.setdefault(person_id, []).append(path or "/")
    return paths
