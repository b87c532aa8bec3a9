"""Issue, correct, revoke and forget certificates. The caller commits."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from flask import current_app
from sqlalchemy.exc import IntegrityError

from app.accounts import services as accounts
from app.accounts.models import Approval, Person
from app.accounts.rules import network_of
from app.audit import services as audit
from app.certificates import eligibility, pdf, queries, rules, serial
from app.certificates.eligibility import Standing
from app.certificates.models import Certificate, CertificatePrint
from app.certificates.rules import Printed
from app.clock import local_day
from app.config import Config
from app.db import db
from app.enrolment.models import Cohort, Cycle
from app.learning.rules import RuleState
from app.paper.faces import UnprintableName

REVOKE = "certificate.revoke"
CHECKS, CHECK_SECONDS = 60, 60  # a whole post may stand behind one address
NAME_CHECKS, NAME_CHECK_SECONDS = 10, 600


class NotEligible(Exception):
    """Not every rule of the course is met; `states` says which and what is next."""

    def __init__(self, states: Sequence[RuleState]) -> None:
        super().__init__([state.rule for state in states if not state.met])
        self.states = tuple(states)


class Withheld(Exception):
    """The certificate of this cycle was revoked, and not for a fault in the name."""

    def __init__(self, serial: str, reason_code: str) -> None:
        super().__init__(serial)
        self.serial, self.reason_code = serial, reason_code


class NotInForce(Exception):
    """The certificate is revoked or replaced already."""


class NothingToCorrect(Exception):
    """The name in the record is the one that is printed."""


class Erased(Exception):
    """The printed fields were erased."""


@dataclass
class IssueReport:
    """What became of each learner of a cohort."""

    issued: list[Certificate] = field(default_factory=list)
    already: list[Certificate] = field(default_factory=list)
    not_eligible: list[tuple[Person, tuple[RuleState, ...]]] = field(default_factory=list)
    unprintable: list[tuple[Person, tuple[str, ...]]] = field(default_factory=list)
    withheld: list[tuple[Person, str]] = field(default_factory=list)


def issue(cycle: Cycle, *, by: Person | None, now: datetime) -> Certificate:
    """Certify a completed cycle, or return the certificate it has.

    Raises `NotEligible`, `UnprintableName` or `Withheld`.
    """
    if existing := queries.in_force(cycle.id):
        return existing
    return _issue(cycle, eligibility.standings([cycle])[cycle.id], by=by, now=now)


def issue_all(cohort: Cohort, course_id: str, *, by: Person | None, now: datetime) -> IssueReport:
    """Certify every learner of a cohort who has completed a course; twice is safe."""
    report = IssueReport()
    for entry in eligibility.roster(cohort.id, course_id):
        person = entry.enrolment.person
        if entry.cycle is None or entry.standing is None:
            report.not_eligible.append((person, ()))
        elif entry.certificate and entry.certificate.state == rules.VALID:
            report.already.append(entry.certificate)
        else:
            try:
                report.issued.append(_issue(entry.cycle, entry.standing, by=by, now=now))
            except NotEligible as refusal:
                report.not_eligible.append((person, refusal.states))
            except UnprintableName as refusal:
                report.unprintable.append((person, refusal.characters))
            except Withheld as refusal:
                report.withheld.append((person, refusal.reason_code))
    return report


def supersede(
    certificate: Certificate, *, reason_code: str, by: Person, now: datetime
) -> Certificate:
    """Replace a certificate by one with the name as it is recorded now, under a new serial.

    Everything else stays as printed. Raises `NotInForce`, `Erased`, `NothingToCorrect`,
    `UnprintableName`, or `ValueError` for an unknown reason.
    """
    if reason_code not in rules.CORRECTION_REASONS:
        raise ValueError(reason_code)
    old = queries.locked(certificate.id)
    if old.state != rules.VALID:
        raise NotInForce
    before = printed_fields(old)
    if before is None:
        raise Erased
    names = _names(db.session.get_one(Person, old.person_id))
    if names == before.names():
        raise NothingToCorrect
    today = local_day(now, old.time_zone).isoformat()
    printed = before.with_names(names, serial=serial.new_serial(), issued_on=today)
    _check_printable(printed)
    _withdraw(old, rules.SUPERSEDED, reason_code, now=now)
    cycle = db.session.get_one(Cycle, old.cycle_id)
    new = _store(cycle, printed, old.expires_on, by=by, now=now)
    old.superseded_by = new
    db.session.flush()
    _record(
        "certificate.superseded", old, by=by, now=now, reason=reason_code, new_serial=new.serial
    )
    return new


def request_revocation(
    certificate: Certificate, *, reason_code: str, by: Person, now: datetime, note: str = ""
) -> Approval:
    """Ask for a revocation; another person decides. Asking twice returns the first request.

    `note` is for whoever decides, and for nobody else; `reason_code` is public.
    Raises `NotInForce`, or `ValueError` for an unknown reason.
    """
    if reason_code not in rules.REVOCATION_REASONS:
        raise ValueError(reason_code)
    if certificate.state != rules.VALID:
        raise NotInForce
    return accounts.request_approval(
        REVOKE,
        certificate.serial,
        agency=_cycle(certificate).enrolment.cohort.agency,
        payload={"reason_code": reason_code, "note": note},
        by=by,
        now=now,
    )


def decide_revocation(approval: Approval, *, approved: bool, by: Person, now: datetime) -> None:
    """Approve a request and revoke the certificate, or refuse it.

    Raises `accounts.services.NotApprovable` if it is decided or `by` is who asked or whose it
    is, `NotInForce` if the certificate lost its force in between.
    """
    found = queries.certificate(approval.subject)
    if found is None:
        raise NotInForce
    if found.person_id == by.id:
        raise accounts.NotApprovable
    accounts.decide(approval, approved=approved, by=by, now=now)
    if not approved:
        return
    certificate = queries.locked(found.id)
    if certificate.state != rules.VALID:
        raise NotInForce
    reason_code = str(approval.payload["reason_code"])
    _withdraw(certificate, rules.REVOKED, reason_code, now=now)
    _record("certificate.revoked", certificate, by=by, now=now, reason=reason_code)


def forget(certificate: Certificate, *, by: Person, now: datetime) -> None:
    """Erase what is printed on a certificate; its state and the keyed hash stay. Twice is safe."""
    if certificate.printed is None:
        return
    db.session.delete(certificate.printed)
    db.session.flush()
    db.session.refresh(certificate)
    _record("certificate.print_erased", certificate, by=by, now=now)


def printed_fields(certificate: Certificate) -> Printed | None:
    """Return what is printed on a certificate; None when it was erased."""
    return Printed.from_json(certificate.printed.fields) if certificate.printed else None


def was_certified(certificate: Certificate, printed: Printed) -> bool:
    """Whether these fields are what was certified, also after they were erased."""
    return rules.is_what_was_printed(printed, _key(), certificate.print_hash)


def renderer() -> Callable[[Printed], bytes]:
    """Return what makes a PDF of printed fields; outside production it is marked as a sample."""
    settings = _settings()
    return partial(pdf.render, base_url=settings.base_url, sample=not settings.production)


def count_check(address: str, *, now: datetime) -> None:
    """Count a public check from an address; raises `accounts.services.TooMany`. Commits."""
    key = f"verify:{_opaque(address)}"
    accounts.throttle(key, limit=CHECKS, seconds=CHECK_SECONDS, now=now)


def count_name_check(serial: str, address: str, *, now: datetime) -> None:
    """Count a surname tried on a serial; raises `accounts.services.TooMany`. Commits."""
    count_check(address, now=now)
    key = f"verify-name:{serial}:{_opaque(address)}"
    accounts.throttle(key, limit=NAME_CHECKS, seconds=NAME_CHECK_SECONDS, now=now)
    key = f"verify-name:{serial}"
    accounts.throttle(key, limit=3 * NAME_CHECKS, seconds=NAME_CHECK_SECONDS, now=now)


def _opaque(address: str) -> str:
    return hmac.new(_key(), network_of(address).encode(), "sha256").hexdigest()[:24]


def _issue(cycle: Cycle, standing: Standing, *, by: Person | None, now: datetime) -> Certificate:
    if standing.completed_at is None:
        raise NotEligible(standing.states)
    before = queries.latest_by_cycle([cycle.id]).get(cycle.id)
    if before is not None and before.state == rules.REVOKED:
        reason = rules.REVOCATION_REASONS.get(before.reason_code or "")
        if reason is None or not reason.may_issue_again:
            raise Withheld(before.serial, before.reason_code or "other")
    completed_on = local_day(standing.completed_at, cycle.time_zone)
    months = cycle.edition.outline["rules"]["valid_months"]
    until = rules.add_months(completed_on, months) if months else None
    printed = _printed(cycle, completed_on, until, local_day(now, cycle.time_zone))
    _check_printable(printed)
    try:
        with db.session.begin_nested():
            certificate = _store(cycle, printed, until, by=by, now=now)
    except IntegrityError:
        if existing := queries.in_force(cycle.id):
            return existing
        raise
    _record("certificate.issued", certificate, by=by, now=now)
    return certificate


def _store(
    cycle: Cycle, printed: Printed, expires_on: date | None, *, by: Person | None, now: datetime
) -> Certificate:
    certificate = Certificate(
        serial=printed.serial,
        cycle_id=cycle.id,
        agency_id=cycle.agency_id,
        person_id=cycle.person_id,
        course_id=cycle.course_id,
        edition_id=cycle.edition_id,
        issued_at=now,
        issued_by_id=by.id if by else None,
        expires_on=expires_on,
        time_zone=cycle.time_zone,
        print_hash=rules.print_hash(printed, _key()),
    )
    db.session.add(certificate)
    db.session.flush()
    db.session.add(
        CertificatePrint(
            certificate=certificate,
            agency_id=cycle.agency_id,
            person_id=cycle.person_id,
            fields=printed.to_json(),
        )
    )
    db.session.flush()
    return certificate


def _printed(cycle: Cycle, completed_on: date, until: date | None, today: date) -> Printed:
    cohort, person, edition = cycle.enrolment.cohort, cycle.enrolment.person, cycle.edition
    about = edition.outline["course"]
    languages = rules.languages_for(person.language)
    return Printed(
        serial=serial.new_serial(),
        languages=languages,
        **_names(person),
        course_code=about["code"],
        course_titles={one: about["title"][one] for one in languages},
        edition=edition.number,
        pilot=edition.is_pilot,
        completed_on=completed_on.isoformat(),
        issued_on=today.isoformat(),
        valid_until=until.isoformat() if until else None,
        cohort=cohort.name,
        agency_names={one: cohort.agency.name(one) for one in languages},
        minutes=edition.minutes,
        law_as_of=edition.law_as_of.isoformat(),
    )


def _names(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in rules.NAME_FIELDS}


def _check_printable(printed: Printed) -> None:
    if characters := pdf.unprintable(printed):
        raise UnprintableName(characters)


def _withdraw(certificate: Certificate, state: str, reason_code: str, *, now: datetime) -> None:
    certificate.state, certificate.reason_code, certificate.changed_at = state, reason_code, now
    db.session.flush()


def _cycle(certificate: Certificate) -> Cycle:
    return db.session.get_one(Cycle, certificate.cycle_id)


def _record(
    action: str, certificate: Certificate, *, by: Person | None, now: datetime, **detail: object
) -> None:
    audit.record(
        action,
        "certificate",
        certificate.serial,
        by=by,
        at=now,
        root_agency_id=_cycle(certificate).enrolment.cohort.agency.root_id,
        cycle=certificate.cycle_id,
        **detail,
    )


def _settings() -> Config:
    settings: Config = current_app.config["AVRR"]
    return settings


def _key() -> bytes:
    return _derived(_settings().secret_key)


@lru_cache(maxsize=4)
def _derived(secret: str) -> bytes:
    return rules.hash_key(secret)
