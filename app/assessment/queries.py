"""Attempts, answers and results, within the open scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Person
from app.assessment.models import Attempt, AttemptGrant, Response, Result
from app.assessment.rules import AttemptFact
from app.catalogue.models import EditionPage
from app.db import db
from app.enrolment.models import Cycle, Enrolment


@dataclass(frozen=True)
class Answer:
    """The answer to one item at one revision."""

    revision: int
    option_ids: tuple[str, ...]


def attempts(cycle_id: int) -> list[AttemptFact]:
    """All attempts of a cycle, the first one first."""
    return attempts_by_cycle([cycle_id])[cycle_id]


def attempts_by_cycle(cycle_ids: Sequence[int]) -> dict[int, list[AttemptFact]]:
    """All attempts of each of these cycles, the first one first."""
    query = (
        select(Attempt, Result)
        .outerjoin(Result, Result.attempt_id == Attempt.id)
        .where(Attempt.cycle_id.in_(cycle_ids))
        .order_by(Attempt.cycle_id, Attempt.number)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[AttemptFact]] = {cycle_id: [] for cycle_id in cycle_ids}
    if cycle_ids:
        for attempt, result in db.session.execute(query):
            found[attempt.cycle_id].append(_fact(attempt, result))
    return found


def _fact(attempt: Attempt, result: Result | None) -> AttemptFact:
    return AttemptFact(
        public_id=attempt.public_id,
        number=attempt.number,
        started_at=attempt.started_at,
        sealed_at=attempt.sealed_at,
        passed=result.passed if result else None,
        right=result.right_count if result else None,
        drawn=result.drawn_count if result else None,
        red_lines_right=result.red_lines_right if result else None,
        objectives=objectives_of(result) if result else {},
    )


def objectives_of(result: Result) -> dict[int, tuple[int, int]]:
    """Right and drawn by objective, as a result stores them."""
    return {int(one): (right, drawn) for one, (right, drawn) in result.objectives.items()}


def grants(cycle_id: int) -> Sequence[AttemptGrant]:
    """Further attempts given in a cycle, in the order of the attempts they follow."""
    query = select(AttemptGrant).where(AttemptGrant.cycle_id == cycle_id)
    return db.session.scalars(query.order_by(AttemptGrant.after_number)).all()


def grants_by_cycle(cycle_ids: Sequence[int]) -> dict[int, int]:
    """How many further attempts were given in each of these cycles; 0 is not left out."""
    query = (
        select(AttemptGrant.cycle_id, func.count())
        .where(AttemptGrant.cycle_id.in_(cycle_ids))
        .group_by(AttemptGrant.cycle_id)
    )
    counts = dict.fromkeys(cycle_ids, 0)
    if cycle_ids:
        counts.update((cycle_id, count) for cycle_id, count in db.session.execute(query))
    return counts


def _with_edition() -> Select[Attempt]:
    edition = joinedload(Attempt.cycle, innerjoin=True).joinedload(Cycle.edition, innerjoin=True)
    return select(Attempt).options(edition, joinedload(Attempt.result))


def attempt(public_id: str) -> Attempt | None:
    """The attempt with its cycle, edition and result, or None when it is not in scope."""
    return db.session.scalars(_with_edition().where(Attempt.public_id == public_id)).first()


def locked(attempt_id: int) -> Attempt:
    """The attempt as it is now, kept from other writers until the transaction ends."""
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update(of=Attempt)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def open_attempt(cycle_id: int) -> Attempt | None:
    """The open attempt of a cycle, kept from other writers until the transaction ends."""
    query = (
        select(Attempt)
        .where(Attempt.cycle_id == cycle_id, Attempt.sealed_at.is_(None))
        .with_for_update(of=Attempt)
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


# Put together once: every answer that is saved runs these two.
_ATTEMPT_AND_PERSON = (
    select(Attempt, Person)
    .join(Person, Person.id == Attempt.person_id)
    .where(Attempt.public_id == bindparam("public_id"))
    .with_for_update(of=Attempt)
)
_newer = aliased(Response)
_LAST_ANSWERS = (
    select(Response.position, Response.revision, Response.option_ids)
    .where(
        Response.attempt_id == bindparam("attempt"),
        Response.revision
        == select(func.max(_newer.revision))
        .where(_newer.attempt_id == Response.attempt_id, _newer.position == Response.position)
        .scalar_subquery(),
    )
    .order_by(Response.position)
)
_LAST_ANSWERS_AT = _LAST_ANSWERS.where(
    Response.position.in_(bindparam("positions", expanding=True))
)


def attempt_and_person(public_id: str) -> tuple[Attempt, Person] | None:
    """The attempt, kept from other writers, and whose it is; needs the scope of the system."""
    row = db.session.execute(_ATTEMPT_AND_PERSON, {"public_id": public_id}).first()
    return (row[0], row[1]) if row else None


def due_attempts(now: datetime, limit: int | None = None) -> Sequence[Attempt]:
    """Open attempts whose closing moment is past, by id; those in other hands are left out."""
    query = (
        select(Attempt)
        .where(Attempt.sealed_at.is_(None), Attempt.closes_at <= now)
        .order_by(Attempt.id)
        .limit(limit)
        .with_for_update(of=Attempt, skip_locked=True)
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def sealed_attempts(after_id: int, limit: int) -> Sequence[Attempt]:
    """Sealed attempts with an id above `after_id`, by id, with edition and result."""
    query = _with_edition().where(Attempt.sealed_at.is_not(None), Attempt.id > after_id)
    return db.session.scalars(query.order_by(Attempt.id).limit(limit)).all()


def result_of(attempt_id: int) -> Result | None:
    """The stored result of an attempt."""
    return db.session.get(Result, attempt_id)


def seen_items(person_id: int, course_id: str) -> frozenset[str]:
    """Ids of all items a learner has met in finals of a course, in whatever cycle."""
    query = (
        select(Attempt.draw)
        .join(Cycle, Attempt.cycle_id == Cycle.id)
        .where(Attempt.person_id == person_id, Cycle.course_id == course_id)
    )
    return frozenset(item["item"] for drawn in db.session.scalars(query) for item in drawn)


def answers(attempt_id: int, positions: Iterable[int] | None = None) -> dict[int, Answer]:
    """The last answer by position; of these `positions` only, if given."""
    if positions is None:
        rows = db.session.execute(_LAST_ANSWERS, {"attempt": attempt_id})
    else:
        values = {"attempt": attempt_id, "positions": list(positions)}
        rows = db.session.execute(_LAST_ANSWERS_AT, values)
    return {position: Answer(revision, tuple(chosen)) for position, revision, chosen in rows}


def answer_log(attempt_id: int) -> dict[int, list[Answer]]:
    """Every answer by position, in order of revision."""
    query = select(Response.position, Response.revision, Response.option_ids).where(
        Response.attempt_id == attempt_id
    )
    log: dict[int, list[Answer]] = {}
    for position, revision, option_ids in db.session.execute(query.order_by(Response.revision)):
        log.setdefault(position, []).append(Answer(revision, tuple(option_ids)))
    return log


def last_option_ids(attempt_ids: Sequence[int]) -> dict[int, Mapping[int, Sequence[str]]]:
    """Chosen options by position, of the last revision, for each of these attempts."""
    query = (
        select(Response.attempt_id, Response.position, Response.option_ids)
        .where(Response.attempt_id.in_(attempt_ids))
        .order_by(Response.attempt_id, Response.position, Response.revision)
    )
    found: dict[int, dict[int, Sequence[str]]] = {one: {} for one in attempt_ids}
    for attempt_id, position, option_ids in db.session.execute(query):
        found[attempt_id][position] = option_ids
    return dict(found)


def lesson_titles(edition_id: int, language: str) -> dict[str, str]:
    """Titles of the lessons of an edition by lesson id."""
    query = select(EditionPage.slug, EditionPage.title).where(
        EditionPage.edition_id == edition_id,
        EditionPage.kind == "lesson",
        EditionPage.language == language,
    )
    rows = db.session.execute(query)
    return {row.slug: row.title for row in rows}


def cycle_with_person(cycle_id: int) -> Cycle | None:
    """The cycle with its edition and the enrolment's person, or None when not in scope."""
    enrolment = joinedload(Cycle.enrolment, innerjoin=True)
    query = select(Cycle).options(
        joinedload(Cycle.edition, innerjoin=True),
        enrolment.joinedload(Enrolment.person, innerjoin=True),
        enrolment.joinedload(Enrolment.cohort, innerjoin=True),
    )
    return db.session.scalars(query.where(Cycle.id == cycle_id)).first()
