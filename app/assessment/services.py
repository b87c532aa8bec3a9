"""Start, seal and grade attempts; save answers; give further attempts. The caller commits."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.access import scope
from app.accounts.models import Agency, Person
from app.assessment import queries, rules
from app.assessment.models import Attempt, AttemptGrant, LateResponse, Response, Result
from app.audit import services as audit
from app.catalogue import queries as catalogue
from app.catalogue.models import ItemVersion
from app.db import db
from app.enrolment.models import Cycle
from app.enrolment.rules import closing_moment

SUBMITTED, CLOSED = "submitted", "closed"
BATCH = 200
MAX_REVISION = 1_000_000  # nobody answers one question that often


class AttemptRefused(Exception):
    """No attempt now: `reason` is passed, waiting, used_up or closed; `until` is its moment."""

    def __init__(self, reason: str, until: datetime | None) -> None:
        super().__init__(reason, until)
        self.reason = reason
        self.until = until


class GrantRefused(Exception):
    """No further attempt: `reason` is passed, open, attempts_left or own."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Sent:
    """An answer as a client sends it; `base_revision` is the last one the client knew."""

    position: int
    base_revision: int
    option_ids: tuple[str, ...]


@dataclass(frozen=True)
class Saved:
    """The answer is stored as this revision."""

    revision: int


@dataclass(frozen=True)
class Conflict:
    """Another answer came first; it stands, and this is it."""

    revision: int
    option_ids: tuple[str, ...]


@dataclass(frozen=True)
class Sealed:
    """The attempt takes no more answers; `reason` is submitted or closed."""

    reason: str


@dataclass(frozen=True)
class Invalid:
    """There is no such position or option in this attempt."""


Outcome = Saved | Conflict | Sealed | Invalid


def start_attempt(cycle: Cycle, *, language: str, now: datetime) -> Attempt:
    """Return the open attempt of a cycle, or draw a new one. Twice at once gives one.

    Raises `AttemptRefused`.
    """
    closes_at = closing_moment(cycle.closes_on, cycle.time_zone)
    final = rules.final_rules(cycle.edition.outline)
    while True:
        if found := queries.open_attempt(cycle.id):
            if not found.is_late(now):
                return found
            _seal(found, by=None, now=now)
        if now >= closes_at:
            raise AttemptRefused(CLOSED, closes_at)
        given = queries.grants_by_cycle([cycle.id])[cycle.id]
        verdict = rules.next_attempt(queries.attempts(cycle.id), given, final, now)
        if isinstance(verdict, rules.Refused):
            raise AttemptRefused(verdict.reason, verdict.until)
        attempt = _drawn(cycle, final, verdict.number)
        attempt.language, attempt.started_at, attempt.closes_at = language, now, closes_at
        try:
            with db.session.begin_nested():
                db.session.add(attempt)
        except IntegrityError:
            continue  # somebody was faster: what they began is found in the next round
        return attempt


def _drawn(cycle: Cycle, final: rules.FinalRules, number: int) -> Attempt:
    bank = catalogue.final_items(cycle.edition_id)
    versions = catalogue.item_versions([item.item_hash for item in bank])
    seed = secrets.token_hex(16)
    drawn = rules.draw(
        final.cells,
        [
            rules.BankItem(
                item_id=item.item_id,
                item_hash=item.item_hash,
                objective=item.objective,
                level=item.level,
                red_line=item.red_line,
                option_ids=tuple(versions[item.item_hash].data["option_ids"]),
                keep_order=versions[item.item_hash].data["keep_order"],
            )
            for item in bank
        ],
        seed,
        queries.seen_items(cycle.person_id, cycle.course_id),
    )
    return Attempt(
        cycle_id=cycle.id,
        agency_id=cycle.agency_id,
        person_id=cycle.person_id,
        number=number,
        seed=seed,
        draw=[
            {"item": item.item_id, "hash": item.item_hash, "options": list(item.option_ids)}
            for item in drawn
        ],
    )


def save_answer(
    attempt: Attempt,
    *,
    position: int,
    base_revision: int,
    option_ids: Sequence[str],
    now: datetime,
) -> Saved | Conflict | Sealed:
    """Add one answer to the log, if it rests on the last revision.

    Raises `ValueError` for a position or option that the attempt does not have.
    """
    sent = Sent(position, base_revision, tuple(option_ids))
    [outcome] = save_answers(queries.locked(attempt.id), [sent], now=now)
    if isinstance(outcome, Invalid):
        raise ValueError(f"position {position} has no such option")
    return outcome


def save_answers(attempt: Attempt, sent: Sequence[Sent], *, now: datetime) -> list[Outcome]:
    """Add answers to the log of an attempt that the caller has locked, one outcome each.

    An answer that is stored already, as the revision it asks for, counts as saved: the reply to
    it was lost. What comes after the seal or the closing moment is kept apart, never graded.
    """
    owner = {
        "attempt_id": attempt.id,
        "agency_id": attempt.agency_id,
        "person_id": attempt.person_id,
    }
    valid = [_is_valid(attempt, one) for one in sent]
    late = _late_reason(attempt, now)
    positions = {one.position for one, fits in zip(sent, valid, strict=True) if fits}
    current = {} if late or not positions else queries.answers(attempt.id, positions)
    outcomes: list[Outcome] = []
    for one, fits in zip(sent, valid, strict=True):
        row: dict[str, Any] = {
            **owner,
            "position": one.position,
            "option_ids": list(one.option_ids),
            "received_at": now,
        }
        last = current.get(one.position, queries.Answer(0, ()))
        if not fits:
            outcomes.append(Invalid())
        elif late:
            db.session.add(LateResponse(**row, base_revision=one.base_revision))
            outcomes.append(Sealed(late))
        elif one.base_revision == last.revision:
            new = queries.Answer(last.revision + 1, one.option_ids)
            db.session.add(Response(**row, revision=new.revision))
            current[one.position] = new
            outcomes.append(Saved(new.revision))
        elif (one.base_revision + 1, set(one.option_ids)) == (last.revision, set(last.option_ids)):
            outcomes.append(Saved(last.revision))
        else:
            outcomes.append(Conflict(last.revision, last.option_ids))
    db.session.flush()
    return outcomes


def save_by_token(
    attempt_id: str, person_id: str, sent: Sequence[Sent], *, now: datetime
) -> list[Outcome] | None:
    """Save what a client with a good token sends; both ids are the public ones of the token.

    None when the attempt is not that person's, or the person has left.
    """
    with scope.everything("a signed token names the attempt and whose it is"):
        found = queries.attempt_and_person(attempt_id)
    if found is None:
        return None
    attempt, person = found
    if person.public_id != person_id or not person.is_active:
        return None
    with scope.own(person.id):
        return save_answers(attempt, sent, now=now)


def _late_reason(attempt: Attempt, now: datetime) -> str | None:
    if attempt.sealed_at is not None:
        return attempt.seal_reason or SUBMITTED
    return CLOSED if attempt.is_late(now) else None


def _is_valid(attempt: Attempt, sent: Sent) -> bool:
    if not 1 <= sent.position <= len(attempt.draw):
        return False
    if not 0 <= sent.base_revision <= MAX_REVISION:
        return False
    known = attempt.draw[sent.position - 1]["options"]
    return len(sent.option_ids) == 1 and sent.option_ids[0] in known


def submit(attempt: Attempt, *, by: Person, now: datetime) -> Result:
    """Seal an attempt and grade it, or return the result it has."""
    found = queries.locked(attempt.id)
    if found.sealed_at is not None and (result := queries.result_of(found.id)):
        return result
    return _seal(found, by=by, now=now)


def seal_due(now: datetime, *, limit: int | None = None) -> int:
    """Seal and grade attempts whose closing moment is past, at most `limit`; say how many.

    Needs the system's scope.
    """
    sealed = 0
    for attempt in queries.due_attempts(now, limit):
        if attempt.is_late(now):
            _seal(attempt, by=None, now=now)
            sealed += 1
        else:
            attempt.closes_at = attempt.counts_until  # prolonged: due again then
    return sealed


def _seal(attempt: Attempt, *, by: Person | None, now: datetime) -> Result:
    in_time = not attempt.is_late(now)
    attempt.sealed_at = now if in_time else attempt.counts_until
    attempt.seal_reason = SUBMITTED if in_time else CLOSED
    result = Result(attempt_id=attempt.id, agency_id=attempt.agency_id, person_id=attempt.person_id)
    _write(result, regrade(attempt), now)
    db.session.add(result)
    db.session.flush()
    _record(f"attempt.{attempt.seal_reason}", attempt.agency_id, attempt.public_id, by, now)
    return result


def _write(result: Result, grade: rules.Grade, now: datetime) -> None:
    result.right_count, result.drawn_count = grade.right, grade.drawn
    result.red_lines_right, result.passed = grade.red_lines_right, grade.passed
    result.objectives = {str(one): list(share) for one, share in grade.objectives.items()}
    result.graded_at = now


def _record(
    action: str, agency_id: int, subject: str, by: Person | None, now: datetime, **detail: object
) -> None:
    agency = db.session.get_one(Agency, agency_id)
    audit.record(action, "attempt", subject, by=by, at=now, root_agency_id=agency.root_id, **detail)


def regrade(attempt: Attempt) -> rules.Grade:
    """Return the grade that follows from the recorded answers; stores nothing.

    Answers that came late are not in the log, so the last revision in it is the one that counts.
    """
    versions = catalogue.item_versions([item["hash"] for item in attempt.draw])
    return _grade(attempt, queries.last_option_ids([attempt.id])[attempt.id], versions)


def _grade(
    attempt: Attempt,
    responses: Mapping[int, Sequence[str]],
    versions: Mapping[str, ItemVersion],
) -> rules.Grade:
    items = [
        rules.GradedItem(
            position=position,
            objective=versions[item["hash"]].data["objective"],
            red_line=versions[item["hash"]].data["red_line"],
            key=frozenset([versions[item["hash"]].data["key"]]),
        )
        for position, item in enumerate(attempt.draw, start=1)
    ]
    cut_score = rules.final_rules(attempt.cycle.edition.outline).cut_score
    return rules.grade(items, responses, cut_score)


def replay_all() -> list[str]:
    """Grade all sealed attempts again; return the public ids of those stored otherwise.

    Needs the system's scope.
    """
    return [attempt.public_id for attempt, _grade in _differing()]


def recompute(*, now: datetime) -> list[str]:
    """Store the grade that follows from the answers wherever another one is stored.

    Returns the public ids of those attempts; each is in the audit. Needs the system's scope.
    """
    changed = list(_differing())
    for attempt, grade in changed:
        result = attempt.result or Result(
            attempt_id=attempt.id, agency_id=attempt.agency_id, person_id=attempt.person_id
        )
        _write(result, grade, now)
        db.session.add(result)
        _record("attempt.recomputed", attempt.agency_id, attempt.public_id, None, now)
    db.session.flush()
    return [attempt.public_id for attempt, _grade in changed]


def _differing() -> Iterator[tuple[Attempt, rules.Grade]]:
    versions: dict[str, ItemVersion] = {}
    last_id = 0
    while batch := queries.sealed_attempts(last_id, BATCH):
        last_id = batch[-1].id
        wanted = {item["hash"] for attempt in batch for item in attempt.draw}
        if missing := sorted(wanted - versions.keys()):
            versions |= catalogue.item_versions(missing)
        responses = queries.last_option_ids([attempt.id for attempt in batch])
        for attempt in batch:
            grade = _grade(attempt, responses[attempt.id], versions)
            if attempt.result is None or not _is_stored(attempt.result, grade):
                yield attempt, grade


def _is_stored(result: Result, grade: rules.Grade) -> bool:
    return (
        result.right_count == grade.right
        and result.drawn_count == grade.drawn
        and result.red_lines_right == grade.red_lines_right
        and result.passed == grade.passed
        and queries.objectives_of(result) == grade.objectives
    )


def grant_attempt(cycle: Cycle, *, reason: str, by: Person, now: datetime) -> AttemptGrant:
    """Give a further attempt after the last allowed one failed; twice gives one.

    Raises `GrantRefused`.
    """
    past, given = queries.attempts(cycle.id), queries.grants(cycle.id)
    last = past[-1].number if past else 0
    if known := next((grant for grant in given if grant.after_number == last), None):
        return known
    if by.id == cycle.person_id:
        raise GrantRefused("own")
    final = rules.final_rules(cycle.edition.outline)
    if fault := rules.grant_fault(past, len(given), final, now):
        raise GrantRefused(fault)
    grant = AttemptGrant(
        cycle_id=cycle.id,
        agency_id=cycle.agency_id,
        person_id=cycle.person_id,
        after_number=last,
        reason=reason,
        granted_by_id=by.id,
        granted_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(grant)
    except IntegrityError:
        return next(one for one in queries.grants(cycle.id) if one.after_number == last)
    subject = past[-1].public_id
    _record("attempt.granted", cycle.agency_id, subject, by, now, after_number=last)
    return grant
