"""Counts of learners by agency, cohort and course, as they stood at a moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from app.accounts.models import Agency
from app.catalogue.models import Course, Edition
from app.certificates.models import Certificate
from app.db import db
from app.enrolment.models import Cohort, CohortCourse, Cycle, Enrolment
from app.learning import queries as learning
from app.learning import rules as learning_rules
from app.learning.rules import Facts
from app.reports import rules

_STEPS = ("lessons", "attempted", "passed", "completed", "certified")
BATCH = 5_000  # cycles whose facts are read in one round of statements


@dataclass(frozen=True)
class CohortFigures:
    """What a cohort did in a course; `counts` are in the order of `rules.COLUMNS`."""

    agency: Agency
    cohort: Cohort
    course: Course
    counts: rules.Counts


@dataclass(frozen=True)
class _Standing:
    """How far one learner is in one course, in all cycles together."""

    lessons: bool = False
    attempted: bool = False
    passed: bool = False
    completed: bool = False
    certified: bool = False

    def __or__(self, other: _Standing) -> _Standing:
        return _Standing(
            self.lessons or other.lessons,
            self.attempted or other.attempted,
            self.passed or other.passed,
            self.completed or other.completed,
            self.certified or other.certified,
        )


def completion(at: datetime, day: date, course_id: str = "") -> list[CohortFigures]:
    """Figures of each cohort and course that had opened by `day`, counted at the moment `at`.

    Of all courses, or of the one with `course_id`.
    By course, then agency (parents first), then cohort name. A learner belongs to the agency of
    the enrolment, whatever came later. Somebody who left is counted where they had begun.
    """
    offered = _offered(at, day, course_id)
    enrolments = _enrolments(at)
    standings = _standings(at, day, course_id)
    figures = []
    for agency, cohort, course in offered:
        counts: Counter[str] = Counter()
        for enrolment_id, left in enrolments.get(cohort.id, ()):
            standing = standings.get((enrolment_id, course.id))
            if standing is None and left:
                continue
            counts["learners"] += 1
            if standing is not None:
                counts["started"] += 1
                counts.update(name for name in _STEPS if getattr(standing, name))
        figures.append(
            CohortFigures(agency, cohort, course, tuple(counts[name] for name in rules.COLUMNS))
        )
    return figures


def facts_at(facts: Facts, at: datetime) -> Facts:
    """Return what was recorded of a cycle by the moment `at`; attempts count once sealed."""
    finishes = {
        lesson: [moment for moment in moments if moment <= at]
        for lesson, moments in facts.lesson_finishes.items()
    }
    return replace(
        facts,
        lesson_finishes={lesson: moments for lesson, moments in finishes.items() if moments},
        scenarios_ended={one: end for one, end in facts.scenarios_ended.items() if end <= at},
        attempts=[a for a in facts.attempts if a.sealed_at is not None and a.sealed_at <= at],
    )


def _offered(at: datetime, day: date, course_id: str) -> list[tuple[Agency, Cohort, Course]]:
    query = (
        select(Agency, Cohort, Course)
        .select_from(CohortCourse)
        .join(Cohort, CohortCourse.cohort_id == Cohort.id)
        .join(Agency, Cohort.agency_id == Agency.id)
        .join(Course, CohortCourse.course_id == Course.id)
        .where(Cohort.created_at <= at, CohortCourse.opens_on <= day)
        .order_by(Course.code, Agency.path, Cohort.name, Cohort.id)
    )
    if course_id:
        query = query.where(CohortCourse.course_id == course_id)
    return [(agency, cohort, course) for agency, cohort, course in db.session.execute(query)]


def _enrolments(at: datetime) -> Mapping[int, list[tuple[int, bool]]]:
    """Enrolments by cohort: the id, and whether the learner had left."""
    query = select(Enrolment.cohort_id, Enrolment.id, Enrolment.left_at)
    found: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for cohort_id, enrolment_id, left_at in db.session.execute(
        query.where(Enrolment.enrolled_at <= at)
    ):
        found[cohort_id].append((enrolment_id, left_at is not None and left_at <= at))
    return found


def _standings(at: datetime, day: date, course_id: str) -> dict[tuple[int, str], _Standing]:
    """How far each enrolment is in each course that it has begun."""
    query = select(Cycle).where(Cycle.started_at <= at).order_by(Cycle.id)
    if course_id:
        query = query.where(Cycle.course_id == course_id)
    cycles = db.session.scalars(query).all()
    outlines = _outlines({cycle.edition_id for cycle in cycles})
    certified = _certified(at, day)
    found: dict[tuple[int, str], _Standing] = {}
    for first in range(0, len(cycles), BATCH):
        batch = cycles[first : first + BATCH]
        facts = learning.facts(batch)
        for cycle in batch:
            standing = _standing(outlines[cycle.edition_id], facts_at(facts[cycle.id], at))
            standing = replace(standing, certified=cycle.id in certified)
            key = (cycle.enrolment_id, cycle.course_id)
            found[key] = found.get(key, _Standing()) | standing
    return found


def _standing(outline: Mapping[str, Any], facts: Facts) -> _Standing:
    states = learning_rules.completion(outline, facts)
    finished = learning_rules.finished(outline, facts)
    return _Standing(
        lessons=len(finished) == len(learning_rules.lesson_ids(outline)),
        attempted=any(attempt.passed is not None for attempt in facts.attempts),
        passed=learning_rules.passing(facts) is not None,
        completed=learning_rules.is_complete(states),
    )


def _outlines(edition_ids: set[int]) -> dict[int, dict[str, Any]]:
    query = select(Edition).where(Edition.id.in_(sorted(edition_ids)))
    return {edition.id: edition.outline for edition in db.session.scalars(query)}


def _certified(at: datetime, day: date) -> frozenset[int]:
    """Ids of the cycles with a certificate that was in force."""
    query = select(Certificate.cycle_id).where(
        Certificate.issued_at <= at,
        or_(Certificate.state == "valid", Certificate.changed_at > at),
        or_(Certificate.expires_on.is_(None), Certificate.expires_on >= day),
    )
    return frozenset(db.session.scalars(query))
