"""Cohorts, enrolments and cycles, within the open scope."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.catalogue.models import Edition
from app.db import db
from app.enrolment.models import Cohort, CohortCourse, Cycle, Enrolment, ImportPreview
from app.text import name_order


def cohorts() -> Sequence[Cohort]:
    """Cohorts with their courses, newest first."""
    query = (
        select(Cohort)
        .options(
            selectinload(Cohort.courses).joinedload(CohortCourse.course),
            joinedload(Cohort.agency),
        )
        .order_by(Cohort.created_at.desc(), Cohort.id.desc())
    )
    return db.session.scalars(query).all()


def cohort(cohort_id: int) -> Cohort | None:
    """The cohort with its courses, or None when it is not in scope."""
    query = (
        select(Cohort)
        .options(
            selectinload(Cohort.courses).joinedload(CohortCourse.course),
            joinedload(Cohort.agency),
        )
        .where(Cohort.id == cohort_id)
    )
    return db.session.scalars(query).first()


def enrolments(cohort_id: int) -> Sequence[Enrolment]:
    """Enrolments of a cohort that have not left, with their people, by name."""
    query = (
        select(Enrolment)
        .options(joinedload(Enrolment.person))
        .where(Enrolment.cohort_id == cohort_id, Enrolment.left_at.is_(None))
    )
    found = db.session.scalars(query).all()
    return sorted(found, key=lambda one: (name_order(one.person.full_name), one.person_id))


def left_enrolments(cohort_id: int) -> Sequence[Enrolment]:
    """Enrolments of a cohort that were left, in the order they were made."""
    query = (
        select(Enrolment)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.left_at.is_not(None))
        .order_by(Enrolment.id)
    )
    return db.session.scalars(query).all()


def enrolment(enrolment_id: int) -> Enrolment | None:
    """The enrolment with its person and cohort, or None when it is not in scope."""
    query = select(Enrolment).options(joinedload(Enrolment.person), joinedload(Enrolment.cohort))
    return db.session.scalars(query.where(Enrolment.id == enrolment_id)).first()


def enrolment_of(cohort_id: int, person_id: int) -> Enrolment | None:
    """The enrolment of a person in a cohort, also one that was left."""
    query = select(Enrolment).where(
        Enrolment.cohort_id == cohort_id, Enrolment.person_id == person_id
    )
    return db.session.scalars(query).first()


def enrolment_counts() -> dict[int, int]:
    """How many learners each cohort in scope has now."""
    query = (
        select(Enrolment.cohort_id, func.count())
        .where(Enrolment.left_at.is_(None))
        .group_by(Enrolment.cohort_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def preview(public_id: str, cohort_id: int) -> ImportPreview | None:
    """The list of people kept for a cohort, or None when it was dealt with or is not in scope."""
    query = select(ImportPreview).where(
        ImportPreview.public_id == public_id, ImportPreview.cohort_id == cohort_id
    )
    return db.session.scalars(query).first()


def courses_of_learner(person_id: int) -> Sequence[tuple[Enrolment, CohortCourse]]:
    """What a learner is enrolled for, the soonest to close first."""
    query = (
        select(Enrolment, CohortCourse)
        .join(CohortCourse, CohortCourse.cohort_id == Enrolment.cohort_id)
        .options(joinedload(CohortCourse.course), joinedload(CohortCourse.cohort))
        .where(Enrolment.person_id == person_id, Enrolment.left_at.is_(None))
        .order_by(CohortCourse.closes_on, CohortCourse.course_id)
    )
    return [(enrolment, course) for enrolment, course in db.session.execute(query)]


def cycles_of_learner(person_id: int) -> Sequence[Cycle]:
    """All cycles of a learner, the latest first; those in cohorts that were left come last."""
    query = (
        select(Cycle)
        .join(Enrolment, Cycle.enrolment_id == Enrolment.id)
        .options(joinedload(Cycle.edition))
        .where(Cycle.person_id == person_id)
        .order_by(Enrolment.left_at.is_not(None), Cycle.started_at.desc(), Cycle.id.desc())
    )
    return db.session.scalars(query).all()


def cycle_for(person_id: int, course_id: str) -> Cycle | None:
    """The learner's latest cycle of a course with its edition, or None.

    One in a cohort that the learner has left comes after all others.
    """
    query = (
        select(Cycle, Edition)
        .join(Edition, Cycle.edition_id == Edition.id)
        .join(Enrolment, Cycle.enrolment_id == Enrolment.id)
        .where(Cycle.person_id == person_id, Cycle.course_id == course_id)
        .order_by(Enrolment.left_at.is_not(None), Cycle.started_at.desc(), Cycle.id.desc())
        .limit(1)
    )
    row = db.session.execute(query).first()
    return row[0] if row else None


def cycle(cycle_id: int) -> Cycle | None:
    """The cycle with its edition, or None when it is not in scope."""
    query = select(Cycle).options(joinedload(Cycle.edition)).where(Cycle.id == cycle_id)
    return db.session.scalars(query).first()


def latest_cycles(cohort_id: int) -> Sequence[Cycle]:
    """The latest cycle of each learner and course of a cohort."""
    query = (
        select(Cycle)
        .join(Enrolment, Cycle.enrolment_id == Enrolment.id)
        .options(joinedload(Cycle.edition))
        .where(Enrolment.cohort_id == cohort_id)
        .order_by(Cycle.enrolment_id, Cycle.course_id, Cycle.number)
    )
    latest = {(c.enrolment_id, c.course_id): c for c in db.session.scalars(query)}
    return list(latest.values())
