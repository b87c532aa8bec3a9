"""The list of cohorts: a line for each course of a cohort, first what closes soonest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.enrolment import rules
from app.enrolment.models import Cohort, CohortCourse
from app.enrolment.rules import Window
from app.text import name_order

STATES = ("soon", "open", "before", "closed", "none")
ORDERS = ("name", "course", "day", "learners")
URGENT = "urgent"


@dataclass(frozen=True)
class Line:
    """A cohort and one of its courses; `offered` is None in a cohort without any.

    `state` is one of `STATES`; `days` are left until the last day, or until the first one when the
    course is not open yet.
    """

    cohort: Cohort
    offered: CohortCourse | None
    state: str
    days: int
    learners: int
    course: str

    @property
    def urgency(self) -> tuple[int, int]:
        """What closes soonest comes first, then what opens next, then what closed last."""
        if self.offered is None:
            return STATES.index(self.state), 0
        day = self.offered.opens_on if self.state == "before" else self.offered.closes_on
        place = 1 if self.state == "soon" else STATES.index(self.state)
        return place, -day.toordinal() if self.state == "closed" else day.toordinal()


def lines(
    cohorts: Iterable[Cohort], learners: Mapping[int, int], *, language: str, now: datetime
) -> list[Line]:
    """Return the lines of these cohorts; `learners` says how many each of them has."""
    return [
        _line(cohort, offered, learners.get(cohort.id, 0), language, now)
        for cohort in cohorts
        for offered in _offers(cohort)
    ]


def _offers(cohort: Cohort) -> Sequence[CohortCourse | None]:
    if not cohort.courses:
        return [None]
    return sorted(cohort.courses, key=lambda one: (one.opens_on, one.course_id))


def _line(
    cohort: Cohort, offered: CohortCourse | None, learners: int, language: str, now: datetime
) -> Line:
    if offered is None:
        return Line(cohort, None, "none", 0, learners, "")
    today = clock.local_day(now, cohort.time_zone)
    state = _state(offered, today)
    until = offered.opens_on if state == "before" else offered.closes_on
    return Line(
        cohort,
        offered,
        state,
        rules.days_left(until, today),
        learners,
        offered.course.title(language),
    )


def _state(offered: CohortCourse, today: date) -> str:
    if rules.is_closing_soon(offered.opens_on, offered.closes_on, today):
        return "soon"
    return {Window.BEFORE: "before", Window.OPEN: "open", Window.CLOSED: "closed"}[
        rules.window(offered.opens_on, offered.closes_on, today)
    ]


def narrowed(found: Iterable[Line], *, text: str, state: str, agency: str) -> list[Line]:
    """Return the lines that fit; an empty filter lets all pass. What closes soon is open too."""
    states = {"soon", "open"} if state == "open" else {state}
    return [
        line
        for line in found
        if (not state or line.state in states)
        and (not agency or str(line.cohort.agency_id) == agency)
        and rules.matches(text, line.cohort.name, line.course)
    ]


def ordered(found: Iterable[Line], order: str) -> Sequence[Line]:
    """Return the lines in the order `URGENT`, or in one of `ORDERS`; "-" before it descends."""
    by_name = sorted(found, key=lambda line: name_order(line.cohort.name))
    keys: dict[str, Callable[[Line], Any]] = {
        URGENT: lambda line: line.urgency,
        "name": lambda line: name_order(line.cohort.name),
        "course": lambda line: name_order(line.course),
        "day": lambda line: (line.offered.closes_on if line.offered else date.max,),
        "learners": lambda line: (line.learners,),
    }
    key = keys[order.removeprefix("-")]
    return sorted(by_name, key=key, reverse=order.startswith("-"))
