"""How far the learners of a cohort are: the matrix and the page of one learner.

All of it is read from `learning.queries.facts`, as the learner's own pages are. Nothing here holds
an answer, a scenario choice or an item (I17).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock
from app.assessment.rules import AttemptFact
from app.catalogue import queries as catalogue
from app.catalogue.models import Edition
from app.certificates import queries as certificates
from app.certificates.models import Certificate
from app.db import db
from app.enrolment import queries as enrolment
from app.enrolment.models import Cohort, CohortCourse, Cycle, Enrolment
from app.enrolment.rules import matches
from app.learning import queries as learning
from app.learning import rules
from app.learning.pages import Titles, titles
from app.learning.rules import Facts, LessonState, RuleState, Status
from app.text import localised

GRACE = Fraction(1, 3)
ORDERS = ("need", "name")


@dataclass(frozen=True)
class Standing:
    """Where one learner stands in one course. Without a cycle nothing was begun."""

    enrolment: Enrolment
    cycle: Cycle | None
    facts: Facts | None
    states: Sequence[RuleState]
    status: Status
    closes_on: date
    lessons: Mapping[str, LessonState]
    certificate: Certificate | None
    is_behind: bool

    @property
    def attempts(self) -> Sequence[AttemptFact]:
        """Attempts at the final, the first one first."""
        return self.facts.attempts if self.facts else ()

    @property
    def final(self) -> RuleState | None:
        """Where the final stands."""
        return next((state for state in self.states if state.rule == "final"), None)

    @property
    def best(self) -> Fraction | None:
        """The best score of a graded attempt."""
        scores = [Fraction(one.right, one.drawn) for one in self.attempts if one.right is not None]
        return max(scores, default=None)


@dataclass(frozen=True)
class Matrix:
    """The progress of a cohort in one course. Lessons and scenarios are columns, in order."""

    lessons: Sequence[str]
    scenarios: Sequence[str]
    titles: Titles
    standings: Sequence[Standing]

    def lessons_done(self, lesson: str) -> int:
        """How many learners have finished a lesson."""
        return sum(one.lessons.get(lesson) == "done" for one in self.standings)

    def scenarios_done(self, scenario: str) -> int:
        """How many learners have ended a scenario."""
        return sum(
            one.facts is not None and scenario in one.facts.scenarios_ended
            for one in self.standings
        )

    @property
    def passed(self) -> int:
        """How many learners have passed the final."""
        return sum(one.final is not None and one.final.met for one in self.standings)

    @property
    def certified(self) -> int:
        """How many learners have a certificate."""
        return sum(one.certificate is not None for one in self.standings)

    @property
    def behind(self) -> int:
        """How many learners are behind."""
        return sum(one.is_behind for one in self.standings)

    @property
    def stuck(self) -> int:
        """How many learners have no attempt left."""
        return sum(one.status == "failed" for one in self.standings)

    @property
    def due(self) -> int:
        """How many learners have completed and have no certificate yet."""
        return sum(one.status == "complete" and one.certificate is None for one in self.standings)


def matrix(cohort: Cohort, offered: CohortCourse, *, language: str, now: datetime) -> Matrix | None:
    """The progress of all learners of a cohort, by name; None when no edition is published."""
    edition = catalogue.current_edition(offered.course_id)
    if edition is None:
        return None
    cycles = [
        cycle
        for cycle in enrolment.latest_cycles(cohort.id)
        if cycle.course_id == offered.course_id
    ]
    found = standings(offered, enrolment.enrolments(cohort.id), cycles, edition, now=now)
    outlines = [edition.outline, *(one.cycle.edition.outline for one in found if one.cycle)]
    return Matrix(
        lessons=_union([rules.lesson_ids(outline) for outline in outlines]),
        scenarios=_union([outline["course"]["scenarios"] for outline in outlines]),
        titles=titles(edition.content_hash, edition.id, language),
        standings=found,
    )


def narrowed(
    found: Iterable[Standing], *, text: str, status: str, only_behind: bool
) -> list[Standing]:
    """Return the standings that fit; an empty filter lets all pass."""
    return [
        one
        for one in found
        if (not status or one.status == status)
        and (not only_behind or one.is_behind)
        and matches(text, one.enrolment.person.full_name, one.enrolment.person.service_number)
    ]


def ordered(found: Sequence[Standing], order: str) -> Sequence[Standing]:
    """Return standings that are in order of names in one of `ORDERS`.

    By `need` those come first who cannot go on, then who is behind, then who is on the way.
    """

    def need(one: Standing) -> int:
        if one.status == "failed":
            return 0
        return 1 if one.is_behind else 3 if one.status == "complete" else 2

    return sorted(found, key=need) if order == "need" else found


def standings(
    offered: CohortCourse,
    enrolments: Sequence[Enrolment],
    cycles: Sequence[Cycle],
    edition: Edition,
    *,
    now: datetime,
) -> list[Standing]:
    """Where these learners stand, in the same few statements for any number of them."""
    by_enrolment = {cycle.enrolment_id: cycle for cycle in cycles}
    facts = learning.facts(cycles)
    issued = certificates.in_force_by_cycle([cycle.id for cycle in cycles])
    today = clock.local_day(now, offered.cohort.time_zone)
    found = []
    for one in enrolments:
        cycle = by_enrolment.get(one.id)
        found.append(
            _standing(
                one,
                offered,
                cycle,
                facts[cycle.id] if cycle else None,
                certificate=issued.get(cycle.id) if cycle else None,
                edition=edition,
                now=now,
                today=today,
            )
        )
    return found


def _standing(
    member: Enrolment,
    offered: CohortCourse,
    cycle: Cycle | None,
    facts: Facts | None,
    *,
    certificate: Certificate | None,
    edition: Edition,
    now: datetime,
    today: date,
) -> Standing:
    outline = (cycle.edition if cycle else edition).outline
    recorded = facts or Facts({}, {}, {}, (), 0, now)
    states = rules.completion(outline, recorded)
    status = rules.status(states, recorded, now)
    opens_on, closes_on = (
        (cycle.opens_on, cycle.closes_on) if cycle else (offered.opens_on, offered.closes_on)
    )
    return Standing(
        enrolment=member,
        cycle=cycle,
        facts=facts,
        states=states,
        status=status,
        closes_on=closes_on,
        lessons=rules.lesson_states(outline, recorded),
        certificate=certificate,
        is_behind=is_behind(states, status, opens_on=opens_on, closes_on=closes_on, today=today),
    )


def is_behind(
    states: Sequence[RuleState], status: Status, *, opens_on: date, closes_on: date, today: date
) -> bool:
    """Whether a learner needs a word from the coordinator.

    That is who is not complete and has no attempt left, or whose last day is over, or who has done
    a smaller share of the work than the share of the days gone, once a third of the days is gone.
    """
    if status == "complete":
        return False
    if status == "failed" or today > closes_on:
        return True
    days = (closes_on - opens_on).days + 1
    gone = Fraction(max(0, (today - opens_on).days), days)
    total = sum(state.of for state in states)
    done = Fraction(sum(state.done for state in states), total) if total else Fraction(1)
    return gone >= GRACE and done < gone


@dataclass(frozen=True)
class Objective:
    """How many answers about one objective were right in an attempt, of how many drawn."""

    text: str
    right: int
    drawn: int


@dataclass(frozen=True)
class CourseOfLearner:
    """One course of one learner, as the coordinator may see it."""

    offered: CohortCourse
    standing: Standing
    titles: Titles
    edition: Edition
    lesson_ids: Sequence[str]
    scenario_ids: Sequence[str]
    lesson_days: Mapping[str, datetime]
    objectives: Mapping[str, Sequence[Objective]]
    earlier: Sequence[Cycle]


def courses_of(
    cohort: Cohort, member: Enrolment, *, language: str, now: datetime
) -> list[CourseOfLearner]:
    """Every course of a learner in a cohort; one without a published edition is left out."""
    cycles = _cycles_of(member.id)
    found = []
    for offered in sorted(cohort.courses, key=lambda one: (one.opens_on, one.course_id)):
        runs = [cycle for cycle in cycles if cycle.course_id == offered.course_id]
        edition = runs[0].edition if runs else catalogue.current_edition(offered.course_id)
        if edition is None:
            continue
        standing = standings(offered, [member], runs[:1], edition, now=now)[0]
        outline = edition.outline
        found.append(
            CourseOfLearner(
                offered=offered,
                standing=standing,
                titles=titles(edition.content_hash, edition.id, language),
                edition=edition,
                lesson_ids=rules.lesson_ids(outline),
                scenario_ids=outline["course"]["scenarios"],
                lesson_days=rules.finished(outline, standing.facts) if standing.facts else {},
                objectives={
                    attempt.public_id: _objectives(outline, attempt, language)
                    for attempt in standing.attempts
                },
                earlier=runs[1:],
            )
        )
    return found


def _cycles_of(enrolment_id: int) -> Sequence[Cycle]:
    query = (
        select(Cycle)
        .options(joinedload(Cycle.edition))
        .where(Cycle.enrolment_id == enrolment_id)
        .order_by(Cycle.number.desc())
    )
    return db.session.scalars(query).all()


def _objectives(outline: Mapping[str, Any], attempt: AttemptFact, language: str) -> list[Objective]:
    texts = {one["id"]: localised(one["text"], language) for one in outline["course"]["objectives"]}
    return [
        Objective(texts.get(number, str(number)), right, drawn)
        for number, (right, drawn) in sorted(attempt.objectives.items())
    ]


def _union(lists: Sequence[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(name for one in lists for name in one))
