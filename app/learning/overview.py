"""A learner's courses put together for the home page and the course page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Literal, cast

from app import clock
from app.catalogue import queries as catalogue
from app.enrolment import queries as enrolment
from app.enrolment.models import CohortCourse, Cycle, Enrolment
from app.enrolment.rules import Window, closing_moment, days_left, window
from app.learning import queries, rules
from app.learning.rules import Facts, RuleState, Status, Step

Stop = Literal["done", "current", "todo"]


@dataclass(frozen=True)
class Entry:
    """A course of a learner: begun (`cycle`) or only offered; days are those of the cohort."""

    course_id: str
    opens_on: date
    closes_on: date
    zone: str
    window: Window
    days_left: int
    left: bool
    offered: tuple[Enrolment, CohortCourse] | None
    cycle: Cycle | None = None
    facts: Facts | None = None
    states: tuple[RuleState, ...] = ()
    status: Status = "not_started"
    step: Step | None = None
    waits_for: tuple[Entry, ...] = ()  # the learner's own courses that come first

    @property
    def last_minute(self) -> datetime:
        """The last minute of the last day."""
        return closing_moment(self.closes_on, self.zone) - timedelta(minutes=1)

    @property
    def titles(self) -> Mapping[str, str]:
        """Title of the course by language: of the edition it began with, or today's."""
        if self.cycle is not None:
            return cast(Mapping[str, str], self.cycle.edition.outline["course"]["title"])
        return self.offered[1].course.titles if self.offered else {}

    @property
    def done(self) -> int:
        """How many lessons, scenarios and finals are done."""
        return sum(state.done for state in self.states)

    @property
    def of(self) -> int:
        """How many lessons, scenarios and finals there are."""
        return sum(state.of for state in self.states)

    @property
    def stops(self) -> list[Stop]:
        """The way through the course: what is done, where the learner is, what is left."""
        left = max(self.of - self.done, 0)
        done: list[Stop] = ["done"] * self.done
        ahead: list[Stop] = ["todo"] * left
        return done + (["current", *ahead[1:]] if left else [])

    @property
    def may_begin(self) -> bool:
        """Whether the learner may begin the course today."""
        return self.cycle is None and self.window is Window.OPEN and not self.waits_for

    @property
    def can_act(self) -> bool:
        """Whether something can be done in the course today."""
        if self.left or self.window is not Window.OPEN or self.waits_for:
            return False
        return self.step is None or self.step.kind in ("lesson", "scenario", "final", "attempt")


def entries(person_id: int, now: datetime) -> list[Entry]:
    """Return the courses of a learner, the soonest to close first; statements are constant."""
    offers = {
        (member.id, offer.course_id): (member, offer)
        for member, offer in enrolment.courses_of_learner(person_id)
    }
    latest: dict[tuple[int, str], Cycle] = {}
    for cycle in enrolment.cycles_of_learner(person_id):
        latest.setdefault((cycle.enrolment_id, cycle.course_id), cycle)
    facts = queries.facts(list(latest.values()))
    found = [_begun(cycle, facts[cycle.id], offers.get(key), now) for key, cycle in latest.items()]
    found += [_offered(offer, now) for key, offer in offers.items() if key not in latest]
    return sorted(_in_turn(found), key=lambda entry: (entry.closes_on, entry.course_id))


def _in_turn(found: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries; one that is not begun names the courses that have to be complete first.

    Only courses that the learner has are waited for: what a coordinator did not give to somebody
    cannot keep her from the rest.
    """
    needs = catalogue.prerequisites([one.course_id for one in found if one.cycle is None])
    done = {one.course_id for one in found if one.status == "complete"}
    own = {one.course_id: one for one in found if not one.left}
    for one in found:
        first = needs.get(one.course_id, ()) if one.cycle is None else ()
        waits_for = tuple(own[need] for need in first if need in own and need not in done)
        yield replace(one, waits_for=waits_for) if waits_for else one


def entry(own: Sequence[Entry], course_id: str) -> Entry | None:
    """Return the latest run of a course, or else the offer of it.

    One in a cohort that the learner has left comes after all others.
    """
    fitting = [one for one in own if one.course_id == course_id]
    begun = [(not one.left, one.cycle.started_at, one) for one in fitting if one.cycle is not None]
    return max(begun, key=itemgetter(0, 1))[2] if begun else next(iter(fitting), None)


def to_begin(own: Sequence[Entry], course_id: str) -> list[Entry]:
    """Return the offers of a course that have no cycle yet, open ones first."""
    waiting = [one for one in own if one.course_id == course_id and one.cycle is None]
    return sorted(waiting, key=lambda one: one.window is not Window.OPEN)


def _begun(
    cycle: Cycle, facts: Facts, offered: tuple[Enrolment, CohortCourse] | None, now: datetime
) -> Entry:
    today = clock.local_day(now, cycle.time_zone)
    states = tuple(rules.completion(cycle.edition.outline, facts))
    return Entry(
        course_id=cycle.course_id,
        opens_on=cycle.opens_on,
        closes_on=cycle.closes_on,
        zone=cycle.time_zone,
        window=window(cycle.opens_on, cycle.closes_on, today),
        days_left=days_left(cycle.closes_on, today),
        left=offered is None,
        offered=offered,
        cycle=cycle,
        facts=facts,
        states=states,
        status=rules.status(states, facts, now),
        step=rules.next_step(states, facts, now),
    )


def _offered(offered: tuple[Enrolment, CohortCourse], now: datetime) -> Entry:
    offer = offered[1]
    today = clock.local_day(now, offer.cohort.time_zone)
    return Entry(
        course_id=offer.course_id,
        opens_on=offer.opens_on,
        closes_on=offer.closes_on,
        zone=offer.cohort.time_zone,
        window=window(offer.opens_on, offer.closes_on, today),
        days_left=days_left(offer.closes_on, today),
        left=False,
        offered=offered,
    )
