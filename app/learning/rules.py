"""What is finished, what is complete and what comes next: pure functions of recorded facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from app.assessment.rules import (
    Allowed,
    AttemptFact,
    final_rules,
    next_attempt,
    weak_objectives,
)

Outline = Mapping[str, Any]  # of an edition; see `app.content.shapes.EditionData`
Status = Literal["not_started", "in_progress", "waiting", "failed", "passed", "complete"]
LessonState = Literal["todo", "open", "done", "again"]

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Facts:
    """What is recorded of one cycle.

    `lesson_finishes` holds the moments of each lesson, oldest first; `places` the last and the
    furthest screen, from 1; `scenarios_ended` the first end of each; `last_lesson` is where the
    learner was last.
    """

    lesson_finishes: Mapping[str, Sequence[datetime]]
    places: Mapping[str, tuple[int, int]]
    scenarios_ended: Mapping[str, datetime]
    attempts: Sequence[AttemptFact]
    grants: int
    started_at: datetime
    last_lesson: str | None = None


@dataclass(frozen=True)
class RuleState:
    """Whether one rule of the course is met, how far it is, and what to do next.

    `next` is None when the rule is met. Else it is the id of a lesson or scenario; for the final
    it is `lessons` or `scenarios` (finish them first), `start`, `continue` (an attempt is open)
    or `ask` (no attempt is left). Before `until` no further attempt may begin.
    """

    rule: Literal["lessons", "scenarios", "final"]
    met: bool
    done: int
    of: int
    next: str | None
    until: datetime | None = None


@dataclass(frozen=True)
class Step:
    """The one next thing to do; `id` names a lesson, a scenario or an open attempt."""

    kind: Literal["lesson", "scenario", "final", "attempt", "wait", "ask", "done"]
    id: str | None = None
    screen: int = 1
    until: datetime | None = None


def lesson_ids(outline: Outline) -> list[str]:
    """Return the lessons of the course in order."""
    return [lesson["id"] for lesson in outline["course"]["lessons"]]


def reopened(outline: Outline, facts: Facts) -> dict[str, datetime]:
    """Return the lessons to be read again, with the moment after which a finish counts.

    Failing the attempt `reopen_after` reopens the lessons of the objectives that were weak in it.
    """
    number = outline["rules"]["final"]["reopen_after"]
    cut_score = final_rules(outline).cut_score
    for attempt in facts.attempts:
        if attempt.number == number and attempt.passed is False and attempt.sealed_at:
            weak = frozenset(weak_objectives(attempt.objectives, cut_score))
            return {
                lesson["id"]: attempt.sealed_at
                for lesson in outline["course"]["lessons"]
                if weak.intersection(lesson["objectives"])
            }
    return {}


def finished(outline: Outline, facts: Facts) -> dict[str, datetime]:
    """Return the lessons that count as finished, with the finish that counts."""
    again = reopened(outline, facts)
    counted: dict[str, datetime] = {}
    for lesson in lesson_ids(outline):
        since = again.get(lesson)
        moments = [m for m in facts.lesson_finishes.get(lesson, ()) if since is None or m >= since]
        if moments:
            counted[lesson] = min(moments)
    return counted


def lesson_states(outline: Outline, facts: Facts) -> dict[str, LessonState]:
    """Return where each lesson stands: todo, open, done, or again after a reopening."""
    done, again = finished(outline, facts), reopened(outline, facts)
    states: dict[str, LessonState] = {}
    for lesson in lesson_ids(outline):
        if lesson in done:
            states[lesson] = "done"
        elif lesson in again:
            states[lesson] = "again"
        else:
            states[lesson] = "open" if lesson in facts.places else "todo"
    return states


def completion(rules: Outline, facts: Facts) -> list[RuleState]:
    """Return the state of each completion rule of the edition with the outline `rules`."""
    judge = {"lessons": _lessons, "scenarios": _scenarios, "final": final_state}
    return [judge[rule](rules, facts) for rule in rules["rules"]["completion"]]


def _lessons(outline: Outline, facts: Facts) -> RuleState:
    every, done = lesson_ids(outline), finished(outline, facts)
    left = [lesson for lesson in every if lesson not in done]
    following = facts.last_lesson if facts.last_lesson in left else next(iter(left), None)
    return RuleState("lessons", not left, len(every) - len(left), len(every), following)


def _scenarios(outline: Outline, facts: Facts) -> RuleState:
    every = outline["course"]["scenarios"]
    left = [scenario for scenario in every if scenario not in facts.scenarios_ended]
    return RuleState(
        "scenarios", not left, len(every) - len(left), len(every), next(iter(left), None)
    )


def final_state(outline: Outline, facts: Facts) -> RuleState:
    """Return the state of the final, also in a course that can be completed without it."""
    verdict = next_attempt(facts.attempts, facts.grants, final_rules(outline), _BEFORE_ALL)
    if isinstance(verdict, Allowed):
        if verdict.continues:
            return RuleState("final", False, 0, 1, "continue")
    elif verdict.reason == "passed":
        return RuleState("final", True, 1, 1, None)
    elif verdict.reason == "used_up":
        return RuleState("final", False, 0, 1, "ask")
    until = None if isinstance(verdict, Allowed) else verdict.until
    required = outline["rules"]["completion"]
    if "lessons" in required and not _lessons(outline, facts).met:
        return RuleState("final", False, 0, 1, "lessons", until)
    if "scenarios" in required and not _scenarios(outline, facts).met:
        return RuleState("final", False, 0, 1, "scenarios", until)
    return RuleState("final", False, 0, 1, "start", until)


def passing(facts: Facts) -> AttemptFact | None:
    """Return the attempt that passed, or None."""
    return next((attempt for attempt in facts.attempts if attempt.passed), None)


def open_attempt(facts: Facts) -> AttemptFact | None:
    """Return the attempt that is not sealed, or None."""
    return next((attempt for attempt in facts.attempts if attempt.sealed_at is None), None)


def attempts_left(outline: Outline, facts: Facts) -> int:
    """Return how many attempts may still begin."""
    return int(outline["rules"]["final"]["attempts"]) + facts.grants - len(facts.attempts)


def is_complete(states: Sequence[RuleState]) -> bool:
    """Whether every rule is met."""
    return all(state.met for state in states)


def completed_at(outline: Outline, facts: Facts) -> datetime | None:
    """Return the moment when the last rule was met; None while one is not."""
    if not is_complete(completion(outline, facts)):
        return None
    required, moments = outline["rules"]["completion"], [facts.started_at]
    if "lessons" in required:
        moments += finished(outline, facts).values()
    if "scenarios" in required:
        moments += [facts.scenarios_ended[one] for one in outline["course"]["scenarios"]]
    attempt = passing(facts)
    if "final" in required and attempt and attempt.sealed_at:
        moments.append(attempt.sealed_at)
    return max(moments)


def status(states: Sequence[RuleState], facts: Facts, now: datetime) -> Status:
    """Return the one word for a cycle at `now`."""
    if is_complete(states):
        return "complete"
    final = next((state for state in states if state.rule == "final"), None)
    if final is not None:
        if final.met:
            return "passed"
        if final.next == "ask":
            return "failed"
        if final.until is not None and now < final.until:
            return "waiting"
    begun = facts.lesson_finishes or facts.places or facts.scenarios_ended or facts.attempts
    return "in_progress" if begun else "not_started"


def next_step(states: Sequence[RuleState], facts: Facts, now: datetime) -> Step:
    """Return the one next thing to do."""
    by_rule = {state.rule: state for state in states}
    attempt = open_attempt(facts)
    if attempt and not passing(facts):
        return Step("attempt", attempt.public_id)
    lessons, scenarios, final = (by_rule.get(r) for r in ("lessons", "scenarios", "final"))
    if final and final.next == "ask":
        return Step("ask")
    if lessons and lessons.next:
        return Step("lesson", lessons.next, resume_screen(facts, lessons.next))
    if scenarios and scenarios.next:
        return Step("scenario", scenarios.next)
    if final and not final.met:
        waiting = final.until is not None and now < final.until
        return Step("wait", until=final.until) if waiting else Step("final")
    return Step("done")


def resume_screen(facts: Facts, lesson: str) -> int:
    """Return the screen, from 1, at which the learner left a lesson."""
    return facts.places.get(lesson, (1, 1))[0]
