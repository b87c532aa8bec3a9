"""Record what learners do. The caller commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.assessment import services as assessment
from app.assessment.models import Attempt
from app.audit import services as audit
from app.catalogue.models import EditionScenario
from app.db import added, db
from app.enrolment.models import CohortCourse, Cycle, Enrolment
from app.enrolment.rules import closing_moment
from app.enrolment.services import begin_cycle
from app.learning import play, queries, rules
from app.learning.models import LessonFinish, LessonPlace, ScenarioChoice, ScenarioRun


class FinalRefused(Exception):
    """The final may not begin: `reason` is that of `rules.RuleState.next`, or passed, wait,
    closed or left; `until` is the moment it waits for or closed at."""

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        super().__init__(reason, until)
        self.reason = reason
        self.until = until


def begin(enrolment: Enrolment, offered: CohortCourse, *, now: datetime) -> Cycle:
    """Begin a course, or return the cycle that there is. Twice is safe, also at once.

    Raises what `enrolment.services.begin_cycle` raises.
    """
    try:
        with db.session.begin_nested():
            return begin_cycle(enrolment, offered, now=now)
    except IntegrityError:
        return begin_cycle(enrolment, offered, now=now)


def record_place(cycle: Cycle, lesson: str, screen: int, *, now: datetime) -> None:
    """Keep the screen of a lesson, from 1, where the learner is. Twice is safe."""
    place = queries.place(cycle.id, lesson)
    if place is None:
        place = LessonPlace(
            cycle_id=cycle.id,
            agency_id=cycle.agency_id,
            person_id=cycle.person_id,
            lesson=lesson,
            last_screen=screen,
            furthest_screen=screen,
            visited_at=now,
        )
        if added(place):
            return
        place = db.session.get_one(LessonPlace, (cycle.id, lesson), populate_existing=True)
    place.last_screen, place.visited_at = screen, now
    place.furthest_screen = max(place.furthest_screen, screen)


def finish_lesson(cycle: Cycle, lesson: str, *, now: datetime) -> bool:
    """Record that the learner has read a lesson; say whether that is new. Twice is safe."""
    facts = queries.facts([cycle])[cycle.id]
    if lesson in rules.finished(cycle.edition.outline, facts):
        return False
    finish = LessonFinish(
        cycle_id=cycle.id,
        agency_id=cycle.agency_id,
        person_id=cycle.person_id,
        lesson=lesson,
        round=len(facts.lesson_finishes.get(lesson, ())) + 1,
        finished_at=now,
    )
    if added(finish):
        _record("lesson.finished", cycle, now=now, lesson=lesson, round=finish.round)
        return True
    return False


def begin_scenario(cycle: Cycle, scenario_id: str, *, now: datetime) -> None:
    """Begin a scenario, or once more after its end; a run that is open goes on."""
    latest = queries.latest_run(cycle.id, scenario_id)
    if latest is not None and latest.ended_at is None:
        return
    run = ScenarioRun(
        cycle_id=cycle.id,
        agency_id=cycle.agency_id,
        person_id=cycle.person_id,
        scenario_id=scenario_id,
        started_at=now,
    )
    added(run)


def skip_scenario(cycle: Cycle, scenario_id: str, *, now: datetime) -> None:
    """Count a scenario as ended for who reads its debrief instead of playing a hard case.

    A run that is open ends here; whether a case was played or read is nobody's business (I17).
    """
    run = queries.latest_run(cycle.id, scenario_id)
    if run is not None and run.ended_at is not None:
        return
    if run is None:
        begin_scenario(cycle, scenario_id, now=now)
        run = queries.latest_run(cycle.id, scenario_id)
    if run is not None:
        run.ended_at = now
        _record("scenario.ended", cycle, now=now, scenario=scenario_id)


def choose(
    cycle: Cycle,
    scenario: EditionScenario,
    *,
    step: int,
    node_id: str,
    choice_id: str,
    now: datetime,
) -> None:
    """Record a choice as number `step` of the open run; one that is there already stays.

    Raises `play.IllegalChoice` when the choice is not offered where the story stands. Choices are
    not audited (I17), the end of a scenario is.
    """
    run = queries.latest_run(cycle.id, scenario.scenario_id)
    if run is None or run.ended_at is not None or step != len(run.choices) + 1:
        return
    made = [(choice.node_id, choice.choice_id) for choice in run.choices]
    text = next(iter(scenario.data["text"].values()))
    story = play.replay(scenario.data, text, [*made, (node_id, choice_id)])
    choice = ScenarioChoice(
        run_id=run.id,
        agency_id=cycle.agency_id,
        person_id=cycle.person_id,
        step=step,
        node_id=node_id,
        choice_id=choice_id,
        chosen_at=now,
    )
    if added(choice) and story.ending is not None:
        run.ended_at = now
        _record("scenario.ended", cycle, now=now, scenario=scenario.scenario_id)


def start_final(cycle: Cycle, *, language: str, now: datetime) -> Attempt:
    """Begin an attempt at the final, or return the open one.

    Raises `FinalRefused`, or what `assessment.services.start_attempt` raises.
    """
    facts = queries.facts([cycle])[cycle.id]
    state = rules.final_state(cycle.edition.outline, facts)
    closes = closing_moment(cycle.closes_on, cycle.time_zone)
    if state.met:
        raise FinalRefused("passed")
    if state.next != "continue":
        if cycle.enrolment.left_at is not None:
            raise FinalRefused("left")
        if now >= closes:
            raise FinalRefused("closed", closes)
        if state.next != "start":
            raise FinalRefused(state.next or "", state.until)
        if state.until is not None and now < state.until:
            raise FinalRefused("wait", state.until)
    return assessment.start_attempt(cycle, language=language, now=now)


def _record(action: str, cycle: Cycle, *, now: datetime, **detail: object) -> None:
    audit.record(
        action,
        "cycle",
        cycle.id,
        by=cycle.enrolment.person,
        at=now,
        root_agency_id=cycle.enrolment.cohort.agency.root_id,
        **detail,
    )
