"""What happened to one learner in a cohort, told from the recorded facts. No answers (I17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.assessment.rules import AttemptFact
from app.enrolment.models import Enrolment
from app.reports.cohort_figures import CourseOfLearner

Event = tuple[datetime, str, str]


def events(member: Enrolment, courses: Sequence[CourseOfLearner]) -> list[Event]:
    """Return (moment, course or empty, words), the latest first."""
    found = [(member.enrolled_at, "", _("Enrolled in the cohort."))]
    if member.left_at is not None:
        found.append((member.left_at, "", _("Left the cohort.")))
    for course in courses:
        name = course.titles.course if len(courses) > 1 else ""
        found += [(moment, name, words) for moment, words in _of_course(course)]
    return sorted(found, key=lambda one: one[0], reverse=True)


def _of_course(course: CourseOfLearner) -> Iterator[tuple[datetime, str]]:
    standing = course.standing
    for cycle in course.earlier:
        yield cycle.started_at, _("Run %(number)s was begun.", number=cycle.number)
    if standing.cycle is None or standing.facts is None:
        return
    yield standing.cycle.started_at, _("The course was begun.")
    for lesson, moment in course.lesson_days.items():
        title = course.titles.lessons.get(lesson, lesson)
        yield moment, _("Lesson finished: %(title)s", title=title)
    for scenario, moment in standing.facts.scenarios_ended.items():
        title = course.titles.scenarios.get(scenario, scenario)
        yield moment, _("Case ended: %(title)s", title=title)
    for attempt in standing.attempts:
        yield attempt.started_at, _("Attempt %(number)s was begun.", number=attempt.number)
        if attempt.sealed_at is not None:
            yield attempt.sealed_at, _outcome(attempt)
    if standing.certificate is not None:
        yield standing.certificate.issued_at, _("The certificate was issued.")


def _outcome(attempt: AttemptFact) -> str:
    if attempt.passed is None:
        return _("Attempt %(number)s was handed in.", number=attempt.number)
    if attempt.passed:
        return _("Attempt %(number)s was handed in: passed.", number=attempt.number)
    return _("Attempt %(number)s was handed in: not passed.", number=attempt.number)
