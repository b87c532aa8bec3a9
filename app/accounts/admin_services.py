"""What admins change of agencies, people and roles. The caller commits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from app.access.policy import Role
from app.accounts import queries, rules, services
from app.accounts.models import Agency, Approval, Membership, Person, RoleGrant
from app.audit import services as audit
from app.db import db
from app.text import squeeze

ROLE_GRANT = "role.grant"


class AlreadyHeld(Exception):
    """The person has this role for this agency already."""


class OwnRole(Exception):
    """Somebody else must end or approve one's own role."""


def rename_agency(agency: Agency, names: dict[str, str], *, by: Person, now: datetime) -> None:
    """Give an agency new names; `names` holds en, ru and be."""
    agency.name_en, agency.name_ru, agency.name_be = names["en"], names["ru"], names["be"]
    audit.record(
        "agency.renamed", "agency", agency.id, by=by, at=now, root_agency_id=agency.root_id
    )


def correct_person(
    person: Person,
    *,
    surname: str,
    given_name: str,
    patronymic: str,
    surname_latin: str,
    given_name_latin: str,
    email: str | None,
    by: Person,
    now: datetime,
    root_agency_id: int,
) -> None:
    """Correct a person's names and address. Certificates issued before stay as they are.

    Raises `Taken` if the address belongs to somebody else.
    """
    address = rules.normal_email(email) if email else None
    taken = select(Person.id).where(Person.email == address, Person.id != person.id)
    if address and db.session.scalar(taken):
        raise services.Taken("email")
    person.surname, person.given_name = squeeze(surname), squeeze(given_name)
    person.patronymic = squeeze(patronymic)
    person.surname_latin, person.given_name_latin = (
        squeeze(surname_latin),
        squeeze(given_name_latin),
    )
    person.name_skeleton = rules.name_key(surname, given_name, patronymic)
    person.email = address
    audit.record(
        "person.corrected",
        "person",
        person.public_id,
        by=by,
        at=now,
        root_agency_id=root_agency_id,
    )


def transfer(
    person: Person, agency: Agency, *, today: date, by: Person, now: datetime
) -> Membership:
    """End the person's membership today and begin one in `agency`; twice is safe.

    What was earned before stays with the agency of its day.
    """
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    present = queries.membership_on(person.id, today)
    if present is not None and present.agency_id == agency.id:
        return present
    roots = {agency.root_id}
    if present is not None:
        present.ends_on = today
        roots.add(present.agency.root_id)
        db.session.flush()
    membership = Membership(person_id=person.id, agency_id=agency.id, starts_on=today)
    db.session.add(membership)
    for root in sorted(roots):
        audit.record(
            "person.transferred",
            "person",
            person.public_id,
            by=by,
            at=now,
            root_agency_id=root,
            from_agency=present.agency_id if present else None,
            to_agency=agency.id,
        )
    return membership


def request_role(
    person: Person,
    role: Role,
    *,
    agency: Agency | None,
    valid_from: date,
    valid_to: date | None,
    by: Person,
    now: datetime,
) -> Approval:
    """Ask that `person` gets a role; another admin decides. `valid_to` is exclusive.

    Raises `AlreadyHeld` if the person has the role for as long already.
    """
    query = select(RoleGrant).where(
        RoleGrant.person_id == person.id,
        RoleGrant.role == role.value,
        RoleGrant.agency_id == (agency.id if agency else None),
        RoleGrant.valid_from <= valid_from,
    )
    for held in db.session.scalars(query):
        if held.valid_to is None or (valid_to is not None and valid_to <= held.valid_to):
            raise AlreadyHeld
    return services.request_approval(
        ROLE_GRANT,
        f"{person.public_id}:{role.value}:{agency.id if agency else 0}",
        agency=agency,
        payload={
            "person": person.public_id,
            "role": role.value,
            "valid_from": valid_from.isoformat(),
            "valid_to": valid_to.isoformat() if valid_to else None,
        },
        by=by,
        now=now,
    )


def decide_role(
    approval: Approval, *, approved: bool, by: Person, now: datetime
) -> RoleGrant | None:
    """Approve or refuse a requested role, and give it.

    Raises `OwnRole` if `by` would get the role, `NotApprovable` if `by` asked for it or it is
    decided already.
    """
    asked = approval.payload
    person = queries.person_by_public_id(asked["person"])
    if person is None:
        raise services.NotApprovable
    if person.id == by.id:
        raise OwnRole
    services.decide(approval, approved=approved, by=by, now=now)
    if not approved:
        return None
    return services.grant_role(
        person,
        Role(asked["role"]),
        agency=approval.agency,
        valid_from=date.fromisoformat(asked["valid_from"]),
        valid_to=date.fromisoformat(asked["valid_to"]) if asked["valid_to"] else None,
        requested_by=approval.requested_by,
        approved_by=by,
        now=now,
    )


def end_role(grant: RoleGrant, *, by: Person, today: date, now: datetime) -> None:
    """End somebody's role today; twice is safe.

    Raises `OwnRole` for one's own, so that an installation never loses its last admin.
    """
    if grant.person_id == by.id:
        raise OwnRole
    if grant.valid_to is None or grant.valid_to > max(today, grant.valid_from):
        services.end_grant(grant, by=by, today=today, now=now)


def covers(person: Person, paths: tuple[str, ...], today: date) -> bool:
    """Whether all roles of `person` lie below `paths`: a code opens every one of them."""
    held = queries.staff_paths([person.id], today).get(person.id, [])
    return all(any(path.startswith(outer) for outer in paths) for path in held)
