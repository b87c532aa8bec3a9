"""Make cohorts, enrol people, begin cycles. The caller commits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.accounts.models import Agency, Person
from app.audit import services as audit
from app.catalogue import queries as catalogue
from app.catalogue.models import Course
from app.db import db
from app.enrolment import queries, rules
from app.enrolment.models import Cohort, CohortCourse, Cycle, Enrolment
from app.text import squeeze


class NameTaken(Exception):
    """The agency has a cohort with this name."""


class CohortClosed(Exception):
    """The course's last day is over; `closed_on` is that day."""

    def __init__(self, closed_on: date) -> None:
        super().__init__(closed_on)
        self.closed_on = closed_on


class NotOpenYet(Exception):
    """The course opens on a later day."""

    def __init__(self, opens_on: date) -> None:
        super().__init__(opens_on)
        self.opens_on = opens_on


class NothingPublished(Exception):
    """The course has no published edition."""


def create_cohort(
    agency: Agency, name: str, *, by: Person | None, now: datetime, time_zone: str | None = None
) -> Cohort:
    """Make a cohort of `agency`, in the agency's time zone unless one is given.

    Raises `NameTaken` if the agency has a cohort of that name.
    """
    name = squeeze(name)
    taken = select(Cohort.id).where(Cohort.agency_id == agency.id, Cohort.name == name)
    if db.session.scalar(taken):
        raise NameTaken
    cohort = Cohort(
        agency_id=agency.id,
        name=name,
        time_zone=time_zone or agency.time_zone,
        created_at=now,
        created_by_id=by.id if by else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(cohort)
    except IntegrityError as error:  # somebody made one of that name a moment ago
        raise NameTaken from error
    _record("cohort.created", cohort, by=by, now=now)
    return cohort


def add_course(
    cohort: Cohort,
    course: Course,
    *,
    opens_on: date,
    closes_on: date,
    by: Person | None,
    now: datetime,
) -> CohortCourse:
    """Give the cohort a course between two days, or change the days of one it has.

    Cycles that have begun keep their own days unless the course is prolonged.
    Raises `ValueError` if it closes before it opens.
    """
    if closes_on < opens_on:
        raise ValueError("a course closes after it opens")
    row = db.session.get(CohortCourse, (cohort.id, course.id))
    if row is None:
        row = CohortCourse(
            cohort_id=cohort.id,
            course_id=course.id,
            agency_id=cohort.agency_id,
            opens_on=opens_on,
            closes_on=closes_on,
        )
        db.session.add(row)
    else:
        row.opens_on, row.closes_on = opens_on, closes_on
        for cycle in queries.latest_cycles(cohort.id):
            if cycle.course_id == course.id:
                cycle.closes_on = max(cycle.closes_on, closes_on)
    db.session.flush()
    _record(
        "cohort.course_set",
        cohort,
        by=by,
        now=now,
        course=course.id,
        opens_on=opens_on.isoformat(),
        closes_on=closes_on.isoformat(),
    )
    return row


def enrol(cohort: Cohort, person: Person, *, by: Person | None, now: datetime) -> Enrolment:
    """Enrol a person, or return the enrolment they have; one who had left comes back."""
    if existing := queries.enrolment_of(cohort.id, person.id):
        if existing.left_at is not None:
            existing.left_at = None
            _record("enrolment.renewed", cohort, by=by, now=now, person=person.public_id)
        return existing
    enrolment = Enrolment(
        cohort_id=cohort.id, agency_id=cohort.agency_id, person_id=person.id, enrolled_at=now
    )
    db.session.add(enrolment)
    db.session.flush()
    _record("enrolment.created", cohort, by=by, now=now, person=person.public_id)
    return enrolment


def leave(enrolment: Enrolment, *, by: Person, now: datetime) -> None:
    """Take a person out of a cohort; what was learnt stays. Twice is safe."""
    if enrolment.left_at is None:
        enrolment.left_at = now
        _record(
            "enrolment.left", enrolment.cohort, by=by, now=now, person=enrolment.person.public_id
        )


def begin_cycle(enrolment: Enrolment, offered: CohortCourse, *, now: datetime) -> Cycle:
    """Return the learner's latest cycle of a course, or begin the first one today.

    A cycle stays on the edition that is current now. Raises `NotOpenYet`, `CohortClosed` or
    `NothingPublished`.
    """
    cohort = offered.cohort
    query = (
        select(Cycle)
        .where(Cycle.enrolment_id == enrolment.id, Cycle.course_id == offered.course_id)
        .order_by(Cycle.number.desc())
    )
    if existing := db.session.scalars(query).first():
        return existing
    today = clock.local_day(now, cohort.time_zone)
    match rules.window(offered.opens_on, offered.closes_on, today):
        case rules.Window.BEFORE:
            raise NotOpenYet(offered.opens_on)
        case rules.Window.CLOSED:
            raise CohortClosed(offered.closes_on)
    edition = catalogue.current_edition(offered.course_id)
    if edition is None:
        raise NothingPublished
    cycle = Cycle(
        enrolment_id=enrolment.id,
        agency_id=enrolment.agency_id,
        person_id=enrolment.person_id,
        course_id=offered.course_id,
        number=1,
        edition_id=edition.id,
        opens_on=offered.opens_on,
        closes_on=offered.closes_on,
        time_zone=cohort.time_zone,
        started_at=now,
    )
    db.session.add(cycle)
    db.session.flush()
    _record(
        "cycle.begun",
        cohort,
        by=enrolment.person,
        now=now,
        course=offered.course_id,
        edition=edition.id,
    )
    return cycle


def _record(
    action: str, cohort: Cohort, *, by: Person | None, now: datetime, **detail: object
) -> None:
    audit.record(
        action,
        "cohort",
        cohort.id,
        by=by,
        at=now,
        root_agency_id=cohort.agency.root_id,
        **detail,
    )
