"""What a row of a list of people says, what is wrong with it and what it would do. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.accounts.rules import name_key, normal_email, normal_service_number
from app.enrolment.reading import FIELDS, REQUIRED, Line
from app.text import squeeze

NAMES = ("surname", "given_name", "patronymic")
LATIN_NAMES = ("surname_latin", "given_name_latin")
MAX_LENGTHS = {"service_number": 40, "email": 254, "unit": 120, "rank_band": 60}
MAX_NAME = 80
_NOTHING = frozenset({"-", "–", "—"})
_NUMBER = re.compile(r"[^\W_][\w\s\-–—./]*")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_NAME_MARKS = frozenset(" -'.")


class Verdict(StrEnum):
    """What a row would do."""

    NEW = "new"  # a new person, enrolled
    ENROL = "enrol"  # a person of this agency, enrolled
    ENROLLED = "enrolled"  # nothing: is enrolled already
    NAMESAKE = "namesake"  # a new person, if this is not somebody known under another number
    ELSEWHERE = "elsewhere"  # the number is in use outside this agency
    DUPLICATE = "duplicate"  # the number stands in an earlier row
    ERROR = "error"


PROBLEMS = frozenset({Verdict.ELSEWHERE, Verdict.DUPLICATE, Verdict.ERROR})


@dataclass(frozen=True)
class Note:
    """Something to say about a row: a code, the cell it is about, and facts for the sentence."""

    code: str
    about: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A row, cleaned. `number` is the service number as it is stored."""

    row: int
    cells: Mapping[str, str]
    number: str
    faults: tuple[Note, ...]
    warnings: tuple[Note, ...]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    @property
    def name_key(self) -> str:
        """Key under which look-alike names are equal."""
        return name_key(self["surname"], self["given_name"], self["patronymic"])


@dataclass(frozen=True)
class Known:
    """A person who has the number of a row. The names are those of people of this agency only."""

    person_id: int
    here: bool
    active: bool = True
    enrolled: bool = False
    name_key: str = ""
    short_name: str = ""


@dataclass(frozen=True)
class Register:
    """What is known already: people by number, taken addresses, and numbers by name here."""

    people: Mapping[str, Known]
    emails: frozenset[str] = frozenset()
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """A row with its verdict; `person_id` is the known person of this agency, if there is one."""

    candidate: Candidate
    verdict: Verdict
    notes: tuple[Note, ...]
    person_id: int | None = None

    @property
    def is_problem(self) -> bool:
        """Whether the row cannot be enrolled as it is."""
        return self.verdict in PROBLEMS


def clean(line: Line, *, need_names: bool = True) -> Candidate:
    """Return a row with everything that is wrong with it. Values stay text, whatever they say."""
    cells = {name: squeeze(line.cells.get(name, "")) for name in FIELDS}
    if cells["patronymic"] in _NOTHING:
        cells["patronymic"] = ""
    if cells["email"]:
        cells["email"] = normal_email(cells["email"])
    number = normal_service_number(cells["service_number"])
    if line.broken:
        return Candidate(line.row, cells, "", (Note("broken"),), ())
    faults = [Note("extra_cells", facts={"count": line.extra})] if line.extra else []
    required = REQUIRED if need_names else ("service_number",)
    faults += [Note("missing", name) for name in required if not cells[name]]
    faults += [fault for name in FIELDS if cells[name] and (fault := _fault(name, cells[name]))]
    warnings = [
        Note("look_alike", name, {"word": word})
        for name in (*NAMES, *LATIN_NAMES, "unit")
        for word in mixed_words(cells[name])
    ]
    return Candidate(line.row, cells, number, tuple(faults), tuple(warnings))


def _fault(name: str, value: str) -> Note | None:
    limit = MAX_LENGTHS.get(name, MAX_NAME)
    if len(value) > limit:
        return Note("too_long", name, {"limit": limit})
    if name == "service_number" and not (_NUMBER.fullmatch(value) and normal_service_number(value)):
        return Note("number", name, {"value": value})
    if name == "email" and not _EMAIL.fullmatch(value):
        return Note("email", name, {"value": value})
    if name in NAMES + LATIN_NAMES and (wrong := _wrong_marks(value)):
        return Note("name_marks", name, {"marks": " ".join(wrong)})
    if name in LATIN_NAMES and any(_script(mark) == "CYRILLIC" for mark in value):
        return Note("not_latin", name)
    return None


def _wrong_marks(value: str) -> list[str]:
    wrong = {m for m in value if m not in _NAME_MARKS and unicodedata.category(m)[0] not in "LM"}
    if not wrong and not any(mark.isalpha() for mark in value):
        wrong = set(value)
    return sorted(wrong)


def mixed_words(text: str) -> list[str]:
    """Return the words that hold both Cyrillic and Latin letters: they look right and are not."""
    return [
        word
        for word in _WORD.findall(text)
        if {"CYRILLIC", "LATIN"} <= {_script(mark) for mark in word}
    ]


def _script(mark: str) -> str:
    return unicodedata.name(mark, "").partition(" ")[0]


def judge(candidates: Iterable[Candidate], register: Register) -> list[Judged]:
    """Return the verdict on every row, in order; what an earlier row takes is taken for later."""
    rows: dict[str, int] = {}
    emails: dict[str, int] = {}
    names: dict[str, int] = {}
    return [_judge(candidate, register, rows, emails, names) for candidate in candidates]


def _judge(
    candidate: Candidate,
    register: Register,
    rows: dict[str, int],
    emails: dict[str, int],
    names: dict[str, int],
) -> Judged:
    if candidate.faults:
        return Judged(candidate, Verdict.ERROR, candidate.faults + candidate.warnings)
    if earlier := rows.get(candidate.number):
        note = Note("same_number", facts={"row": earlier})
        return Judged(candidate, Verdict.DUPLICATE, (note,))
    rows[candidate.number] = candidate.row
    if known := register.people.get(candidate.number):
        return _judge_known(candidate, known)
    if wrong := _email_fault(candidate["email"], register, emails):
        return Judged(candidate, Verdict.ERROR, (wrong,))
    emails[candidate["email"]] = candidate.row
    return _judge_new(candidate, register, names)


def _email_fault(email: str, register: Register, emails: Mapping[str, int]) -> Note | None:
    if email and email in register.emails:
        return Note("email_taken", "email")
    if email and email in emails:
        return Note("same_email", "email", {"row": emails[email]})
    return None


def _judge_new(candidate: Candidate, register: Register, names: dict[str, int]) -> Judged:
    notes = candidate.warnings
    if numbers := register.names.get(candidate.name_key):
        note = Note("namesake", facts={"numbers": ", ".join(numbers)})
        return Judged(candidate, Verdict.NAMESAKE, (note, *notes))
    if earlier := names.get(candidate.name_key):
        notes = (Note("same_name", facts={"row": earlier}), *notes)
    names.setdefault(candidate.name_key, candidate.row)
    return Judged(candidate, Verdict.NEW, notes)


def _judge_known(candidate: Candidate, known: Known) -> Judged:
    if not known.here:
        return Judged(candidate, Verdict.ELSEWHERE, ())
    if not known.active:
        return Judged(candidate, Verdict.ERROR, (Note("inactive"),))
    notes = candidate.warnings
    if candidate["surname"] and candidate.name_key != known.name_key:
        notes = (Note("other_name", facts={"name": known.short_name}), *notes)
    verdict = Verdict.ENROLLED if known.enrolled else Verdict.ENROL
    return Judged(candidate, verdict, notes, known.person_id)
