"""Enrol people from a list: keep it for a look, judge it against the register, act. No commit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute

from app import clock
from app.access import scope
from app.accounts import queries as accounts
from app.accounts.models import Membership, Person, new_public_id
from app.audit import services as audit
from app.db import db
from app.enrolment import queries, rows
from app.enrolment.models import Cohort, Enrolment, ImportPreview
from app.enrolment.reading import Line, Reading
from app.enrolment.rows import Candidate, Judged, Known, Register, Verdict

T = TypeVar("T")
KEPT_FOR = timedelta(days=1)
_IN_ONE_QUERY = 500
_IN_ONE_EVENT = 100


class NotClean(Exception):
    """All rows were asked for and some cannot be enrolled; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class NamesakesUndecided(Exception):
    """All rows were asked for, and nobody has said that the namesakes are different people."""


@dataclass(frozen=True)
class Outcome:
    """What an import did: people added and enrolled, known people enrolled, and the rest."""

    added: int
    enrolled: int
    unchanged: int
    left_out: int


def keep(cohort: Cohort, reading: Reading, *, by: Person, now: datetime) -> ImportPreview:
    """Keep a read list until somebody decides; lists older than `KEPT_FOR` are thrown away."""
    with scope.everything("lists of people that nobody acted upon"):
        db.session.execute(delete(ImportPreview).where(ImportPreview.created_at < now - KEPT_FOR))
    preview = ImportPreview(
        public_id=new_public_id(),
        agency_id=cohort.agency_id,
        cohort_id=cohort.id,
        created_by_id=by.id,
        created_at=now,
        reading=reading.to_json(),
    )
    db.session.add(preview)
    db.session.flush()
    return preview


def reading_of(preview: ImportPreview) -> Reading:
    """Return the list that a preview keeps."""
    return Reading.from_json(preview.reading)


def discard(preview: ImportPreview) -> None:
    """Throw a kept list away."""
    db.session.delete(preview)


def judged(
    cohort: Cohort, lines: Iterable[Line], *, today: date, need_names: bool = True
) -> list[Judged]:
    """Return the verdict on every row as the register is now, within the open scope."""
    candidates = [rows.clean(line, need_names=need_names) for line in lines]
    return rows.judge(candidates, register_for(cohort, candidates, today))


def register_for(cohort: Cohort, candidates: Sequence[Candidate], today: date) -> Register:
    """Return what is known about the numbers, addresses and names of a list.

    A person without a membership in the open scope is known only as a number in use.
    """
    sound = [candidate for candidate in candidates if not candidate.faults]
    people = _people_by(Person.service_number, [one.number for one in sound])
    holders = _people_by(Person.email, [one["email"] for one in sound if one["email"]])
    alike = _people_by(Person.name_skeleton, [one.name_key for one in sound])
    ids = sorted({person.id for person in [*people, *alike]})
    here = {person_id for part in _parts(ids) for person_id in accounts.memberships_on(part, today)}
    enrolled = set(
        db.session.scalars(
            select(Enrolment.person_id).where(
                Enrolment.cohort_id == cohort.id, Enrolment.left_at.is_(None)
            )
        )
    )
    names: dict[str, list[str]] = defaultdict(list)
    for person in alike:
        if person.id in here:
            names[person.name_skeleton].append(person.service_number)
    return Register(
        {person.service_number: _known(person, here, enrolled) for person in people},
        frozenset(person.email for person in holders if person.email),
        names,
    )


def _known(person: Person, here: set[int], enrolled: set[int]) -> Known:
    if person.id not in here:
        return Known(person.id, here=False)
    return Known(
        person.id,
        here=True,
        active=person.is_active,
        enrolled=person.id in enrolled,
        name_key=person.name_skeleton,
        short_name=person.short_name,
    )


def _people_by(column: InstrumentedAttribute[Any], values: Iterable[str]) -> list[Person]:
    found: list[Person] = []
    for part in _parts(sorted(set(values))):
        query = select(Person).where(column.in_(part)).order_by(Person.service_number)
        found += db.session.scalars(query)
    return found


def _parts(values: Sequence[T]) -> Iterator[list[T]]:
    for start in range(0, len(values), _IN_ONE_QUERY):
        yield list(values[start : start + _IN_ONE_QUERY])


def commit(
    cohort: Cohort,
    verdicts: Sequence[Judged],
    *,
    only_good: bool,
    namesakes: bool,
    by: Person | None,
    now: datetime,
) -> Outcome:
    """Enrol the people of a judged list; loading the same list again changes nothing.

    `only_good` leaves out what cannot be enrolled; `namesakes` says that namesakes are other
    people. Raises `NotClean` or `NamesakesUndecided`, and then nothing has changed.
    """
    counts = Counter(one.verdict for one in verdicts)
    problems = sum(one.is_problem for one in verdicts)
    if not only_good and problems:
        raise NotClean(problems)
    if not only_good and counts[Verdict.NAMESAKE] and not namesakes:
        raise NamesakesUndecided
    fresh = {Verdict.NEW, Verdict.NAMESAKE} if namesakes else {Verdict.NEW}
    new = [one.candidate for one in verdicts if one.verdict in fresh]
    known = [one.person_id for one in verdicts if one.verdict is Verdict.ENROL]
    public_ids = _register(cohort, new, now=now)
    public_ids |= _public_ids([one for one in known if one is not None])
    _enrol(cohort, list(public_ids), now=now)
    _record(cohort, public_ids, added=len(new), by=by, now=now)
    unchanged = counts[Verdict.ENROLLED]
    done = len(new) + len(known) + unchanged
    return Outcome(len(new), len(known), unchanged, len(verdicts) - done)


def _register(cohort: Cohort, new: Sequence[Candidate], *, now: datetime) -> dict[int, str]:
    people = [_person(candidate, now) for candidate in new]
    db.session.add_all(people)
    db.session.flush()
    today = clock.local_day(now, cohort.time_zone)
    db.session.add_all(
        Membership(
            person_id=person.id,
            agency_id=cohort.agency_id,
            unit=candidate["unit"],
            rank_band=candidate["rank_band"],
            starts_on=today,
        )
        for person, candidate in zip(people, new, strict=True)
    )
    return {person.id: person.public_id for person in people}


def _person(candidate: Candidate, now: datetime) -> Person:
    return Person(
        service_number=candidate.number,
        surname=candidate["surname"],
        given_name=candidate["given_name"],
        patronymic=candidate["patronymic"],
        surname_latin=candidate["surname_latin"],
        given_name_latin=candidate["given_name_latin"],
        name_skeleton=candidate.name_key,
        email=candidate["email"] or None,
        created_at=now,
    )


def _public_ids(person_ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in _parts(person_ids):
        query = select(Person.id, Person.public_id).where(Person.id.in_(part)).order_by(Person.id)
        found.update((row.id, row.public_id) for row in db.session.execute(query))
    return found


def _enrol(cohort: Cohort, person_ids: Sequence[int], *, now: datetime) -> None:
    left = {one.person_id: one for one in queries.left_enrolments(cohort.id)}
    for person_id in person_ids:
        if back := left.get(person_id):
            back.left_at = None
        else:
            db.session.add(
                Enrolment(
                    cohort_id=cohort.id,
                    agency_id=cohort.agency_id,
                    person_id=person_id,
                    enrolled_at=now,
                )
            )
    db.session.flush()


def _record(
    cohort: Cohort, people: Mapping[int, str], *, added: int, by: Person | None, now: datetime
) -> None:
    """Write who was added and enrolled, in events of `_IN_ONE_EVENT` people."""
    everybody = list(people.values())
    for start in range(0, len(everybody), _IN_ONE_EVENT):
        part = everybody[start : start + _IN_ONE_EVENT]
        registered = max(0, min(added - start, len(part)))
        audit.record(
            "cohort.people_enrolled",
            "cohort",
            cohort.id,
            by=by,
            at=now,
            root_agency_id=cohort.agency.root_id,
            registered=part[:registered],
            enrolled=part,
        )
