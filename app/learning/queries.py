"""The facts of learning: the one source of every figure on progress and completion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, String, and_, bindparam, cast, func, select
from sqlalchemy.orm import selectinload

from app.assessment import queries as assessment
from app.assessment.models import Attempt, Result
from app.catalogue.models import Edition
from app.db import db
from app.enrolment.models import Cycle, Enrolment
from app.learning import rules
from app.learning.models import (
    LessonBookmark,
    LessonFinish,
    LessonNote,
    LessonPlace,
    ScenarioRun,
)
from app.learning.rules import Facts


@dataclass(frozen=True)
class Reader:
    """What a lesson page shows of its reader."""

    cycle_id: int
    edition_id: int
    content_hash: str
    last_screen: int | None
    finished_at: datetime | None
    bookmarks: frozenset[int]
    has_notes: bool


def _own_marks(model: type[LessonBookmark] | type[LessonNote]) -> ColumnElement[bool]:
    return and_(
        model.person_id == bindparam("person"),
        model.course_id == bindparam("course"),
        model.lesson == bindparam("lesson"),
    )


def _reader_query() -> Executable:
    finished = (
        select(func.max(LessonFinish.finished_at))
        .where(LessonFinish.cycle_id == Cycle.id, LessonFinish.lesson == bindparam("lesson"))
        .scalar_subquery()
    )
    screens = func.aggregate_strings(cast(LessonBookmark.screen, String), ",")
    bookmarks = select(screens).where(_own_marks(LessonBookmark)).scalar_subquery()
    has_notes = select(LessonNote.id).where(_own_marks(LessonNote)).exists()
    place = and_(LessonPlace.cycle_id == Cycle.id, LessonPlace.lesson == bindparam("lesson"))
    return (
        select(
            Cycle.id,
            Cycle.edition_id,
            Edition.content_hash,
            LessonPlace.last_screen,
            finished,
            bookmarks,
            has_notes,
        )
        .join(Edition, Cycle.edition_id == Edition.id)
        .join(Enrolment, Cycle.enrolment_id == Enrolment.id)
        .outerjoin(LessonPlace, place)
        .where(Cycle.person_id == bindparam("person"), Cycle.course_id == bindparam("course"))
        .order_by(Enrolment.left_at.is_not(None), Cycle.started_at.desc(), Cycle.id.desc())
        .limit(1)
    )


_READER = _reader_query()  # put together once: this is the page that is opened most


def reader(person_id: int, course_id: str, lesson: str) -> Reader | None:
    """The learner's latest cycle of a course with what is theirs in a lesson, in one statement.

    The texts of notes are not in it: they take a second one, for the few who have written some.
    """
    values = {"person": person_id, "course": course_id, "lesson": lesson}
    row = db.session.execute(_READER, values).first()
    if row is None:
        return None
    cycle_id, edition_id, content_hash, last_screen, finished_at, marked, has_notes = row
    bookmarks = frozenset(int(screen) for screen in marked.split(",")) if marked else frozenset()
    return Reader(
        cycle_id, edition_id, content_hash, last_screen, finished_at, bookmarks, has_notes
    )


def failed_since(cycle_id: int, moment: datetime) -> bool:
    """Whether an attempt of the cycle was failed after `moment`."""
    query = (
        select(Attempt.id)
        .join(Result, Result.attempt_id == Attempt.id)
        .where(Attempt.cycle_id == cycle_id, Result.passed.is_(False), Attempt.sealed_at > moment)
        .limit(1)
    )
    return db.session.scalar(query) is not None


def place(cycle_id: int, lesson: str) -> LessonPlace | None:
    """The learner's place in a lesson."""
    return db.session.get(LessonPlace, (cycle_id, lesson))


def latest_run(cycle_id: int, scenario_id: str) -> ScenarioRun | None:
    """The latest run through a scenario with its choices."""
    query = (
        select(ScenarioRun)
        .options(selectinload(ScenarioRun.choices))
        .where(ScenarioRun.cycle_id == cycle_id, ScenarioRun.scenario_id == scenario_id)
        .order_by(ScenarioRun.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).first()


def facts(cycles: Sequence[Cycle]) -> dict[int, Facts]:
    """The facts of each cycle by its id, in the same few statements for any number of cycles."""
    ids = [cycle.id for cycle in cycles]
    if not ids:
        return {}
    finishes, ends = _finishes(ids), _scenario_ends(ids)
    places, last = _places(ids)
    attempts, grants = assessment.attempts_by_cycle(ids), assessment.grants_by_cycle(ids)
    return {
        cycle.id: Facts(
            lesson_finishes=finishes.get(cycle.id, {}),
            places=places.get(cycle.id, {}),
            scenarios_ended=ends.get(cycle.id, {}),
            attempts=attempts.get(cycle.id, []),
            grants=grants.get(cycle.id, 0),
            started_at=cycle.started_at,
            last_lesson=last.get(cycle.id),
        )
        for cycle in cycles
    }


def is_complete(cycle: Cycle, facts: Facts) -> bool:
    """Whether every rule of the cycle's edition is met."""
    return rules.is_complete(rules.completion(cycle.edition.outline, facts))


def completed_at(cycle: Cycle, facts: Facts) -> datetime | None:
    """The moment when the last rule of the cycle's edition was met; None while one is not."""
    return rules.completed_at(cycle.edition.outline, facts)


def _finishes(ids: Sequence[int]) -> dict[int, dict[str, list[datetime]]]:
    query = select(LessonFinish.cycle_id, LessonFinish.lesson, LessonFinish.finished_at)
    query = query.where(LessonFinish.cycle_id.in_(ids)).order_by(LessonFinish.finished_at)
    found: dict[int, dict[str, list[datetime]]] = defaultdict(lambda: defaultdict(list))
    for cycle_id, lesson, moment in db.session.execute(query):
        found[cycle_id][lesson].append(moment)
    return {cycle_id: dict(lessons) for cycle_id, lessons in found.items()}


def _places(
    ids: Sequence[int],
) -> tuple[dict[int, dict[str, tuple[int, int]]], dict[int, str]]:
    query = select(
        LessonPlace.cycle_id,
        LessonPlace.lesson,
        LessonPlace.last_screen,
        LessonPlace.furthest_screen,
    )
    query = query.where(LessonPlace.cycle_id.in_(ids)).order_by(LessonPlace.visited_at)
    found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    latest: dict[int, str] = {}
    for cycle_id, lesson, last, furthest in db.session.execute(query):
        found[cycle_id][lesson] = (last, furthest)
        latest[cycle_id] = lesson
    return found, latest


def _scenario_ends(ids: Sequence[int]) -> dict[int, dict[str, datetime]]:
    first = func.min(ScenarioRun.ended_at)
    query = select(ScenarioRun.cycle_id, ScenarioRun.scenario_id, first)
    query = query.where(ScenarioRun.cycle_id.in_(ids), ScenarioRun.ended_at.is_not(None))
    query = query.group_by(ScenarioRun.cycle_id, ScenarioRun.scenario_id)
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    for cycle_id, scenario_id, moment in db.session.execute(query):
        if moment is not None:
            found[cycle_id][scenario_id] = moment
    return found
