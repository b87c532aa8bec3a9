"""Who has met every rule of a course: the one test before a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.certificates import queries
from app.certificates.models import Certificate
from app.enrolment import queries as enrolment
from app.enrolment.models import Cycle, Enrolment
from app.learning import queries as learning
from app.learning import rules as learning_rules
from app.learning.rules import RuleState


@dataclass(frozen=True)
class Standing:
    """Where a cycle stands; `completed_at` is None while a rule is not met."""

    states: tuple[RuleState, ...]
    completed_at: datetime | None


@dataclass(frozen=True)
class Entry:
    """A learner of a cohort with the latest certificate of a course."""

    enrolment: Enrolment
    cycle: Cycle | None
    standing: Standing | None
    certificate: Certificate | None

    @property
    def is_eligible(self) -> bool:
        """Whether every rule is met."""
        return self.standing is not None and self.standing.completed_at is not None


def standings(cycles: Sequence[Cycle]) -> dict[int, Standing]:
    """Where each cycle stands now, from the recorded facts."""
    facts = learning.facts(cycles)
    return {
        cycle.id: Standing(
            tuple(learning_rules.completion(cycle.edition.outline, facts[cycle.id])),
            learning_rules.completed_at(cycle.edition.outline, facts[cycle.id]),
        )
        for cycle in cycles
    }


def roster(cohort_id: int, course_id: str) -> list[Entry]:
    """The learners of a cohort by name, each with standing and certificate in a course."""
    cycles = {
        cycle.enrolment_id: cycle
        for cycle in enrolment.latest_cycles(cohort_id)
        if cycle.course_id == course_id
    }
    where = standings(list(cycles.values()))
    certificates = queries.latest_by_cycle(list(where))
    return [
        Entry(
            member,
            cycle := cycles.get(member.id),
            where[cycle.id] if cycle else None,
            certificates.get(cycle.id) if cycle else None,
        )
        for member in enrolment.enrolments(cohort_id)
    ]
