"""`flask certificates issue | verify | revoke | ledger`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from app import clock
from app.access import scope
from app.access.policy import Permission, Role
from app.accounts import queries as accounts
from app.accounts import services as accounts_services
from app.accounts.models import Person
from app.certificates import queries, rules, services
from app.certificates.models import Certificate
from app.certificates.rules import Printed
from app.certificates.serial import Mistyped, parse, shown
from app.clock import local_day
from app.console import JSON_OPTION, refuse, say
from app.db import db, reading
from app.enrolment import queries as enrolment
from app.paper.faces import UnprintableName

group = AppGroup("certificates", help="Issue, check and revoke certificates.")


@group.command("issue")
@click.argument("cohort_id", type=int)
@click.argument("course_id")
@click.option("--by", "number", help="Service number of who issues.")
@JSON_OPTION
def issue(cohort_id: int, course_id: str, number: str | None, as_json: bool) -> None:
    """Issue certificates to all of a cohort who have completed a course."""
    with scope.everything("command"):
        cohort = enrolment.cohort(cohort_id)
        if cohort is None or course_id not in {one.course_id for one in cohort.courses}:
            refuse(f"cohort {cohort_id} with course {course_id}: not found.")
        by = _person(number) if number else None
        report = services.issue_all(cohort, course_id, by=by, now=clock.now())
        db.session.commit()
        for certificate in report.issued:
            say(f"{shown(certificate.serial)} issued.", as_json=as_json, serial=certificate.serial)
        for person, characters in report.unprintable:
            points = " ".join(UnprintableName(characters).code_points)
            say(
                f"{person.public_id}: the name cannot be printed: {points}.",
                as_json=as_json,
                person=person.public_id,
                unprintable=points,
            )
        counts = {
            "issued": len(report.issued),
            "already": len(report.already),
            "not_eligible": len(report.not_eligible),
            "unprintable": len(report.unprintable),
            "withheld": len(report.withheld),
        }
        say(
            ", ".join(f"{n} {k.replace('_', ' ')}" for k, n in counts.items()) + ".",
            as_json=as_json,
            **counts,
        )
        if report.unprintable:
            raise SystemExit(1)


@group.command("verify")
@click.argument("serial")
@click.option(
    "--fields",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON file of printed fields; they are compared with what was certified.",
)
@JSON_OPTION
def verify(serial: str, fields: Path | None, as_json: bool) -> None:
    """Say what a certificate is worth today; exit 1 when it is not valid."""
    with reading(), scope.everything("command"):
        certificate = _certificate(serial)
        state = _state(certificate)
        printed = services.printed_fields(certificate)
        if fields is not None:
            data = json.loads(fields.read_text(encoding="utf-8"))
            printed = Printed.from_json(data)
        genuine = None if printed is None else services.was_certified(certificate, printed)
        words = {True: "fields as certified", False: "FIELDS DIFFER", None: "fields erased"}
        say(
            f"{shown(certificate.serial)} {state}, {words[genuine]}.",
            as_json=as_json,
            serial=certificate.serial,
            state=state,
            genuine=genuine,
            reason=certificate.reason_code,
        )
        if state != rules.VALID or genuine is False:
            raise SystemExit(1)


@group.command("revoke")
@click.argument("serial")
@click.option("--reason", required=True, type=click.Choice(list(rules.REVOCATION_REASONS)))
@click.option("--asked-by", required=True, help="Service number of who asks.")
@click.option("--approved-by", required=True, help="Service number of the second person.")
@JSON_OPTION
def revoke(serial: str, reason: str, asked_by: str, approved_by: str, as_json: bool) -> None:
    """Revoke a certificate in the name of two people."""
    now = clock.now()
    with scope.everything("command"), _refusals():
        certificate = _certificate(serial)
        first = _allowed(_person(asked_by), certificate)
        second = _allowed(_person(approved_by), certificate)
        approval = services.request_revocation(certificate, reason_code=reason, by=first, now=now)
        services.decide_revocation(approval, approved=True, by=second, now=now)
        db.session.commit()
        say(
            f"{shown(certificate.serial)} revoked.",
            as_json=as_json,
            serial=certificate.serial,
            reason=reason,
        )


@group.command("ledger")
@JSON_OPTION
def ledger(as_json: bool) -> None:
    """List every certificate with its state and the keyed hash of its printed fields."""
    with reading(), scope.everything("command"):
        for row in queries.ledger():
            state = _state(row)
            say(
                f"{shown(row.serial)} {row.course_id} {row.issued_at:%Y-%m-%d} {state} "
                f"{row.print_hash[:16]}",
                as_json=as_json,
                serial=row.serial,
                course=row.course_id,
                issued_at=row.issued_at.isoformat(),
                expires_on=row.expires_on,
                state=state,
                reason=row.reason_code,
                print_hash=row.print_hash,
            )


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except services.NotInForce:
        refuse("The certificate is not in force any more.")
    except accounts_services.NotApprovable:
        refuse("Two different people have to stand behind a revocation.")


def _certificate(typed: str) -> Certificate:
    try:
        found = queries.certificate(parse(typed))
    except Mistyped as fault:
        refuse(f"{typed}: mistyped ({fault.fault}).")
    if found is None:
        refuse(f"{typed}: no such certificate.")
    return found


def _state(certificate: Certificate) -> str:
    today = local_day(clock.now(), certificate.time_zone)
    return rules.state_of(certificate.state, certificate.expires_on, today).value


def _person(number: str) -> Person:
    return accounts.person_by_identifier(number) or refuse(f"{number}: no such person.")


def _allowed(person: Person, certificate: Certificate) -> Person:
    """Return the person if they may revoke there: for that agency, or as admin."""
    actor = accounts.actor_of(person.id, local_day(clock.now(), certificate.time_zone))
    agency = accounts.agency(certificate.agency_id)
    path = agency.path if agency else None
    if actor.may(Permission.CERTIFICATE_REVOKE, path) or actor.has_role(Role.ADMIN):
        return person
    return refuse(f"{person.service_number}: may not revoke certificates of this agency.")
