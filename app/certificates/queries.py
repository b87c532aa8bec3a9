"""Certificates within the open scope."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.catalogue.models import Course, Edition
from app.certificates.models import Certificate
from app.certificates.rules import VALID
from app.db import db
from app.enrolment.models import Cycle, Enrolment
from app.text import localised


def certificate(serial: str) -> Certificate | None:
    """The certificate with what is printed on it and what replaced it, or None."""
    return db.session.scalars(_whole().where(Certificate.serial == serial)).first()


def locked(certificate_id: int) -> Certificate:
    """The certificate as it is now, held until the transaction ends."""
    query = select(Certificate).where(Certificate.id == certificate_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def of_learner(person_id: int) -> Sequence[Certificate]:
    """All certificates of a learner, the latest first."""
    query = _whole().where(Certificate.person_id == person_id)
    return db.session.scalars(
        query.order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    ).all()


def in_force(cycle_id: int) -> Certificate | None:
    """The certificate of a cycle that is neither revoked nor replaced."""
    return in_force_by_cycle([cycle_id]).get(cycle_id)


def in_force_by_cycle(cycle_ids: Sequence[int]) -> dict[int, Certificate]:
    """Certificates neither revoked nor replaced, by cycle; their time may have run out."""
    query = select(Certificate).where(Certificate.cycle_id.in_(cycle_ids))
    query = query.where(Certificate.state == VALID)
    return {row.cycle_id: row for row in db.session.scalars(query)}


def latest_by_cycle(cycle_ids: Sequence[int]) -> dict[int, Certificate]:
    """The latest certificate of each cycle, whatever its state."""
    query = _whole().where(Certificate.cycle_id.in_(cycle_ids)).order_by(Certificate.id)
    return {row.cycle_id: row for row in db.session.scalars(query)}


def of_cohort(cohort_id: int, course_id: str) -> Sequence[Certificate]:
    """Certificates of a cohort's course that are neither revoked nor replaced, by serial.

    Those whose printed fields were erased are not among them: they cannot be printed.
    """
    query = (
        _whole()
        .join(Cycle, Certificate.cycle_id == Cycle.id)
        .join(Enrolment, Cycle.enrolment_id == Enrolment.id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Certificate.course_id == course_id,
            Certificate.state == VALID,
            Certificate.printed.has(),
        )
        .order_by(Certificate.serial)
    )
    return db.session.scalars(query).all()


def certified_by_cohort(cohort_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """How many learners have a certificate neither revoked nor replaced, by cohort and course.

    Who has left the cohort is not counted.
    """
    query = (
        select(Enrolment.cohort_id, Certificate.course_id, func.count(distinct(Enrolment.id)))
        .select_from(Certificate)
        .join(Cycle, Certificate.cycle_id == Cycle.id)
        .join(Enrolment, Cycle.enrolment_id == Enrolment.id)
        .where(
            Enrolment.cohort_id.in_(cohort_ids),
            Enrolment.left_at.is_(None),
            Certificate.state == VALID,
        )
        .group_by(Enrolment.cohort_id, Certificate.course_id)
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(query)}


def cohort_of(certificate: Certificate) -> int:
    """Id of the cohort a certificate was earned in."""
    query = select(Enrolment.cohort_id).join(Cycle, Cycle.enrolment_id == Enrolment.id)
    return db.session.scalars(query.where(Cycle.id == certificate.cycle_id)).one()


def by_serials(serials: Sequence[str]) -> dict[str, Certificate]:
    """Certificates by serial."""
    query = _whole().where(Certificate.serial.in_(serials))
    return {row.serial: row for row in db.session.scalars(query)}


def titles(language: str) -> dict[str, str]:
    """Titles of all courses in `language`, by course."""
    return {course.id: course.title(language) for course in db.session.scalars(select(Course))}


def edition_of(certificate: Certificate, language: str) -> tuple[int, str]:
    """Number of the edition that was completed, and the title it had."""
    edition = db.session.get_one(Edition, certificate.edition_id)
    return edition.number, localised(edition.outline["course"]["title"], language)


def holder(certificate: Certificate) -> Person:
    """Who holds a certificate, as the record names them now."""
    return db.session.get_one(Person, certificate.person_id)


def ledger() -> Sequence[Certificate]:
    """All certificates in scope, in the order of issue."""
    return db.session.scalars(select(Certificate).order_by(Certificate.id)).all()


def _whole() -> Select[Certificate]:
    return select(Certificate).options(
        joinedload(Certificate.printed), joinedload(Certificate.superseded_by)
    )
