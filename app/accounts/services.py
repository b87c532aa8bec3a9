"""Agencies, people, sign-in and grants. The caller commits."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from app.access.policy import Role
from app.accounts import queries, rules
from app.accounts.models import (
    Agency,
    Approval,
    Membership,
    Person,
    RoleGrant,
    SignInCode,
    Throttle,
    UserSession,
)
from app.audit import services as audit
from app.db import db, reading
from app.text import squeeze

CODE_DAYS = 14
IDENTIFIER_TRIES = 10  # of one number or address from one network address
ADDRESS_TRIES = 100  # a whole post may stand behind one network address
TRY_SECONDS = 15 * 60
THROTTLE_KEPT_SECONDS = 24 * 3600
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_hex(16))  # verified when nobody is found: equal time


class SignInRefused(Exception):
    """The number, address, password or code is wrong, used or expired; it does not say which."""


class TooMany(Exception):
    """Too many tries; `seconds` says when the next one is allowed."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Taken(Exception):
    """The service number or e-mail address belongs to somebody already; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NotApprovable(Exception):
    """The request was decided already, or the same person asked for it."""


def create_agency(
    *,
    code: str,
    names: dict[str, str],
    time_zone: str,
    parent: Agency | None,
    by: Person | None,
    now: datetime,
) -> Agency:
    """Add a node to the forest of agencies. `names` holds en, ru and be.

    Raises `Taken` if the parent has an agency with this code.
    """
    above = Agency.parent_id == parent.id if parent else Agency.parent_id.is_(None)
    if db.session.scalar(select(Agency.id).where(above, Agency.code == code)):
        raise Taken("code")
    agency = Agency(
        parent_id=parent.id if parent else None,
        path=f"new-{secrets.token_hex(8)}",
        code=code,
        name_en=names["en"],
        name_ru=names["ru"],
        name_be=names["be"],
        time_zone=time_zone,
        created_at=now,
    )
    db.session.add(agency)
    db.session.flush()
    agency.path = f"{parent.path if parent else '/'}{agency.id}/"
    db.session.flush()
    audit.record(
        "agency.created", "agency", agency.id, by=by, at=now, root_agency_id=agency.root_id
    )
    return agency


def register_person(
    *,
    agency: Agency,
    service_number: str,
    surname: str,
    given_name: str,
    patronymic: str = "",
    surname_latin: str = "",
    given_name_latin: str = "",
    email: str | None = None,
    language: str = "ru",
    unit: str = "",
    rank_band: str = "",
    starts_on: date,
    by: Person | None,
    now: datetime,
) -> Person:
    """Add a person with an open membership in `agency`.

    Raises `Taken` if the service number or e-mail address is in use.
    """
    number = rules.normal_service_number(service_number)
    address = rules.normal_email(email) if email else None
    if db.session.scalar(select(Person.id).where(Person.service_number == number)):
        raise Taken("service_number")
    if address and db.session.scalar(select(Person.id).where(Person.email == address)):
        raise Taken("email")
    person = Person(
        service_number=number,
        surname=squeeze(surname),
        given_name=squeeze(given_name),
        patronymic=squeeze(patronymic),
        surname_latin=squeeze(surname_latin),
        given_name_latin=squeeze(given_name_latin),
        name_skeleton=rules.name_key(surname, given_name, patronymic),
        email=address,
        language=language,
        created_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError as error:  # somebody registered the same person a moment ago
        raise Taken("service_number") from error
    db.session.add(
        Membership(
            person_id=person.id,
            agency_id=agency.id,
            unit=squeeze(unit),
            rank_band=rank_band,
            starts_on=starts_on,
        )
    )
    audit.record(
        "person.registered",
        "person",
        person.public_id,
        by=by,
        at=now,
        root_agency_id=agency.root_id,
        agency=agency.id,
    )
    return person


def set_password(person: Person, password_hash: str, *, by: Person, now: datetime) -> None:
    """Store a password made by `hash_password`, and end the person's other sessions."""
    person.password_hash = password_hash
    end_sessions(person, now=now)
    audit.record("person.password_set", "person", person.public_id, by=by, at=now)


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password. Slow on purpose: call it outside a transaction."""
    return _hasher.hash(password)


def password_matches(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind `stored`; takes the same time when there is none."""
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def authenticate(identifier: str, password: str, *, address: str, now: datetime) -> Person:
    """Return the active person with this service number or e-mail address and password.

    Finds the person as a reader and checks the password outside a transaction, so that it ends
    the transaction it was called in. `address` is the network address of who tries. Only tries
    that fail stay counted: a whole post may sign in from one address.
    Raises `TooMany`, or `SignInRefused` whatever was wrong.
    """
    who = rules.token_hash(f"{rules.normal_identifier(identifier)} {address}")
    keys = f"sign-in:{address}", f"sign-in:{who}"
    for key, limit in zip(keys, (ADDRESS_TRIES, IDENTIFIER_TRIES), strict=True):
        throttle(key, limit=limit, seconds=TRY_SECONDS, now=now)
    with reading():
        found = queries.person_by_identifier(identifier)
        person_id, stored = (found.id, found.password_hash) if found else (None, None)
        db.session.rollback()
    if not password_matches(stored, password[: rules.PASSWORD_MAX + 1]):
        raise SignInRefused
    person = db.session.get(Person, person_id, populate_existing=True)
    if person is None or not person.is_active or person.password_hash != stored:
        raise SignInRefused
    for key in keys:
        uncount(key, seconds=TRY_SECONDS, now=now)
    return person


def open_session(person: Person, *, device: str, hours: int, now: datetime) -> str:
    """Open a session for `hours` and return its token, which is stored only as a hash."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        UserSession(
            token_hash=rules.token_hash(token),
            person_id=person.id,
            created_at=now,
            ends_at=now + timedelta(hours=hours),
            device=device[:120],
        )
    )
    audit.record("session.opened", "person", person.public_id, by=person, at=now)
    return token


def end_session(token: str, *, now: datetime) -> None:
    """End the session of `token`; twice is safe."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.token_hash == rules.token_hash(token), UserSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_sessions(person: Person, *, now: datetime) -> None:
    """End every session of a person."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.person_id == person.id, UserSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_other_sessions(person: Person, token: str, *, now: datetime) -> None:
    """End every session of a person but the one of `token`."""
    db.session.execute(
        update(UserSession)
        .where(
            UserSession.person_id == person.id,
            UserSession.token_hash != rules.token_hash(token),
            UserSession.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


def issue_code(
    person: Person, *, by: Person | None, now: datetime, root_agency_id: int = audit.NO_AGENCY
) -> str:
    """Return a new one-time code for `person`, good for `CODE_DAYS` days.

    Earlier unused codes are withdrawn. The plain code is not stored.
    """
    _withdraw_codes(person, now=now)
    code = rules.new_code()
    db.session.add(
        SignInCode(
            person_id=person.id,
            code_hash=rules.token_hash(code),
            issued_by_id=by.id if by else None,
            created_at=now,
            expires_at=now + timedelta(days=CODE_DAYS),
        )
    )
    audit.record(
        "code.issued", "person", person.public_id, by=by, at=now, root_agency_id=root_agency_id
    )
    return code


def _withdraw_codes(person: Person, *, now: datetime) -> None:
    db.session.execute(
        update(SignInCode)
        .where(
            SignInCode.person_id == person.id,
            SignInCode.used_at.is_(None),
            SignInCode.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )


def use_code(typed: str, *, now: datetime) -> Person:
    """Use up a one-time code and return its owner.

    Raises `SignInRefused` when it is unknown, used, withdrawn or expired, or the owner has left.
    """
    code = queries.code_by_text(rules.normal_code(typed))
    if (
        code is None
        or code.used_at is not None
        or code.withdrawn_at is not None
        or code.expires_at <= now
        or not code.person.is_active
    ):
        raise SignInRefused
    code.used_at = now
    audit.record("code.used", "person", code.person.public_id, by=code.person, at=now)
    return code.person


def throttle(key: str, *, limit: int, seconds: int, now: datetime) -> None:
    """Count one try under `key`; raises `TooMany` past `limit` in a window of `seconds`.

    Commits by itself, so that a refused try is counted too.
    """
    stamp = int(now.timestamp())
    window = stamp - stamp % seconds
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    statement = insert(Throttle).values(key=key, window=window, count=1)
    statement = statement.on_conflict_do_update(
        index_elements=[Throttle.key, Throttle.window], set_={"count": Throttle.count + 1}
    )
    count = db.session.scalar(statement.returning(Throttle.count))
    if count == 1:
        db.session.execute(delete(Throttle).where(Throttle.window < stamp - THROTTLE_KEPT_SECONDS))
    db.session.commit()
    if count is not None and count > limit:
        raise TooMany(window + seconds - stamp)


def uncount(key: str, *, seconds: int, now: datetime) -> None:
    """Take back one try under `key` in the present window; the caller commits."""
    stamp = int(now.timestamp())
    db.session.execute(
        update(Throttle)
        .where(Throttle.key == key, Throttle.window == stamp - stamp % seconds, Throttle.count > 0)
        .values(count=Throttle.count - 1)
    )


def deactivate(person: Person, *, by: Person, now: datetime, root_agency_id: int) -> None:
    """Take away a leaver's access at once; the record stays."""
    person.is_active = False
    end_sessions(person, now=now)
    _withdraw_codes(person, now=now)
    audit.record(
        "person.deactivated",
        "person",
        person.public_id,
        by=by,
        at=now,
        root_agency_id=root_agency_id,
    )


def reactivate(person: Person, *, by: Person, now: datetime, root_agency_id: int) -> None:
    """Give access back to a person who has returned."""
    person.is_active = True
    audit.record(
        "person.reactivated",
        "person",
        person.public_id,
        by=by,
        at=now,
        root_agency_id=root_agency_id,
    )


def request_approval(
    action: str,
    subject: str,
    *,
    agency: Agency | None,
    payload: dict[str, object],
    by: Person,
    now: datetime,
) -> Approval:
    """Ask for an act that a second person must approve; asking twice returns the first request."""
    query = select(Approval).where(
        Approval.action == action, Approval.subject == subject, Approval.decided_at.is_(None)
    )
    if waiting := db.session.scalars(query).first():
        return waiting
    approval = Approval(
        action=action,
        subject=subject,
        agency_id=agency.id if agency else None,
        payload=payload,
        requested_by_id=by.id,
        requested_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(approval)
    except IntegrityError:  # somebody asked for the same a moment ago
        return db.session.scalars(query).one()
    audit.record(
        f"{action}.requested",
        "approval",
        approval.id,
        by=by,
        at=now,
        root_agency_id=agency.root_id if agency else audit.NO_AGENCY,
    )
    return approval


def decide(approval: Approval, *, approved: bool, by: Person, now: datetime) -> None:
    """Approve or refuse a request.

    Raises `NotApprovable` if it is decided already, `by` is who asked, or who asked made the code
    by which `by` came in during the last `CODE_DAYS` days: it may be the same person then.
    """
    if approval.decided_at is not None or approval.requested_by_id == by.id:
        raise NotApprovable
    since = now - timedelta(days=CODE_DAYS)
    if queries.was_let_in(by.id, by_id=approval.requested_by_id, since=since):
        raise NotApprovable
    approval.decided_by_id, approval.decided_at, approval.approved = by.id, now, approved
    audit.record(
        f"{approval.action}.{'approved' if approved else 'refused'}",
        "approval",
        approval.id,
        by=by,
        at=now,
        root_agency_id=approval.agency.root_id if approval.agency else audit.NO_AGENCY,
    )


def grant_role(
    person: Person,
    role: Role,
    *,
    agency: Agency | None,
    valid_from: date,
    valid_to: date | None = None,
    requested_by: Person | None,
    approved_by: Person | None,
    now: datetime,
) -> RoleGrant:
    """Give a staff role; views reach this only through an approved request.

    Both persons are None only when an installation gets its first admin.
    """
    grant = RoleGrant(
        person_id=person.id,
        role=role.value,
        agency_id=agency.id if agency else None,
        valid_from=valid_from,
        valid_to=valid_to,
        requested_by_id=requested_by.id if requested_by else None,
        approved_by_id=approved_by.id if approved_by else None,
        created_at=now,
    )
    db.session.add(grant)
    db.session.flush()
    audit.record(
        "role.granted",
        "role_grant",
        grant.id,
        by=approved_by,
        at=now,
        root_agency_id=agency.root_id if agency else audit.NO_AGENCY,
        role=role.value,
        person=person.public_id,
    )
    return grant


def end_grant(grant: RoleGrant, *, by: Person, today: date, now: datetime) -> None:
    """End a role today; taking away needs one person only."""
    grant.valid_to = max(today, grant.valid_from)
    audit.record(
        "role.ended",
        "role_grant",
        grant.id,
        by=by,
        at=now,
        root_agency_id=grant.agency.root_id if grant.agency else audit.NO_AGENCY,
    )
