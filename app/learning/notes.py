"""Notes and bookmarks of learners: kept by course, for own eyes only (I17). The caller commits.

Nothing here is audited. An audit event is read by others; that somebody wrote a note, beside which
screen and when, is as private as the note itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, exists, func, not_, or_, select

from app.accounts.models import Person, UserSession
from app.audit.models import AuditEvent
from app.db import added, db
from app.enrolment.models import Cycle
from app.learning.models import LessonBookmark, LessonNote
from app.text import personal_data_fault

MAX_CHARACTERS = 2_000
LEAVERS_KEPT = timedelta(days=90)

_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Fault = Literal["long", "document", "phone"]


@dataclass(frozen=True)
class Saved:
    """The note as it stands now; `text` and `base` are empty when there is none."""

    text: str
    base: str


@dataclass(frozen=True)
class Conflict:
    """The note was changed elsewhere since `base`: its text, and the base to save on."""

    text: str
    base: str


@dataclass(frozen=True)
class Refused:
    """The text may not be kept: too long, or with the number of a document or a phone."""

    kind: Fault
    excess: int = 0  # how many characters too many


def tidy(text: str) -> str:
    """Return a note with one kind of line end, without blank edges and control characters."""
    lines = _LINE_END.sub("\n", unicodedata.normalize("NFC", text)).split("\n")
    return "\n".join(_NO_TEXT.sub("", line).rstrip() for line in lines).strip()


def base_of(note: LessonNote) -> str:
    """Return what names this state of a note; one that is written anew never has it again."""
    return f"{note.public_id}.{note.revision}"


def as_saved(note: LessonNote | None) -> Saved:
    """Return a note as it stands now."""
    return Saved(note.text, base_of(note)) if note else Saved("", "")


def save_note(
    cycle: Cycle, lesson: str, screen: int, text: str, *, base: str, now: datetime
) -> Saved | Conflict | Refused:
    """Write the note beside a screen, from 1, on top of the state `base`; empty deletes it.

    `base` is that of `Saved` or `Conflict`, empty when there was no note. The same text twice is
    safe on any base. A note that was deleted elsewhere is written anew.
    """
    text = tidy(text)
    if refused := _refused(text):
        return refused
    note = _locked(cycle, lesson, screen)
    if note is None and text:
        note = _new_note(cycle, lesson, screen, text, now)
        if added(note):
            return as_saved(note)
        note = _locked(cycle, lesson, screen)
    if note is None or note.text == text:
        return as_saved(note)
    if base_of(note) != base:
        return Conflict(note.text, base_of(note))
    if not text:
        db.session.delete(note)
        return as_saved(None)
    note.text, note.revision, note.updated_at = text, note.revision + 1, now
    return as_saved(note)


def set_bookmark(cycle: Cycle, lesson: str, screen: int, *, on: bool, now: datetime) -> None:
    """Put a bookmark on a screen, from 1, or take it off. Twice is safe."""
    key = {
        "person_id": cycle.person_id,
        "course_id": cycle.course_id,
        "lesson": lesson,
        "screen": screen,
    }
    if not on:
        db.session.execute(delete(LessonBookmark).filter_by(**key))
    elif db.session.get(LessonBookmark, key) is None:
        added(LessonBookmark(**key, agency_id=cycle.agency_id, created_at=now))


def delete_note(note: LessonNote) -> None:
    """Delete one note, whatever has become of its screen. Twice is safe."""
    db.session.execute(delete(LessonNote).where(LessonNote.id == note.id))


def forget_notes(person_id: int) -> int:
    """Erase all notes and bookmarks of a person; return how many there were. Twice is safe."""
    return _erase([person_id])


def forget_notes_of_leavers(now: datetime) -> int:
    """Erase what people without access left behind, `LEAVERS_KEPT` after it ended.

    The delay lets who was shut out by mistake, or comes back, find it again.
    """
    since = now - LEAVERS_KEPT
    here = func.coalesce(UserSession.ended_at, UserSession.ends_at)
    was_here = exists().where(UserSession.person_id == Person.id, here > since)
    wrote = exists().where(LessonNote.person_id == Person.id)
    marked = exists().where(LessonBookmark.person_id == Person.id)
    away = select(Person.public_id, Person.id).where(
        Person.is_active.is_(False), or_(wrote, marked), not_(was_here)
    )
    found = dict(db.session.execute(away).all())
    if not found:
        return 0
    lately = select(AuditEvent.subject_id).where(
        AuditEvent.action == "person.deactivated",
        AuditEvent.subject_id.in_(found),
        AuditEvent.at > since,
    )
    kept = set(db.session.scalars(lately))
    return _erase([found[public_id] for public_id in found.keys() - kept])


def note_beside(person_id: int, course_id: str, lesson: str, screen: int) -> LessonNote | None:
    """The note beside a screen."""
    query = select(LessonNote).where(
        LessonNote.person_id == person_id,
        LessonNote.course_id == course_id,
        LessonNote.lesson == lesson,
        LessonNote.screen == screen,
    )
    return db.session.scalars(query).first()


def note(public_id: str) -> LessonNote | None:
    """One note, or None when it is not in scope."""
    return db.session.scalars(select(LessonNote).where(LessonNote.public_id == public_id)).first()


def notes_of_lesson(person_id: int, course_id: str, lesson: str) -> Sequence[LessonNote]:
    """The notes in a lesson by screen, in one statement."""
    query = select(LessonNote).where(
        LessonNote.person_id == person_id,
        LessonNote.course_id == course_id,
        LessonNote.lesson == lesson,
    )
    return db.session.scalars(query.order_by(LessonNote.screen)).all()


def notes_of(person_id: int) -> Sequence[LessonNote]:
    """All notes of a person by course, lesson and screen."""
    query = select(LessonNote).where(LessonNote.person_id == person_id)
    order = (LessonNote.course_id, LessonNote.lesson, LessonNote.screen)
    return db.session.scalars(query.order_by(*order)).all()


def bookmarks_of(person_id: int) -> Sequence[LessonBookmark]:
    """All bookmarks of a person by course, lesson and screen."""
    query = select(LessonBookmark).where(LessonBookmark.person_id == person_id)
    order = (LessonBookmark.course_id, LessonBookmark.lesson, LessonBookmark.screen)
    return db.session.scalars(query.order_by(*order)).all()


def _refused(text: str) -> Refused | None:
    if (excess := len(text) - MAX_CHARACTERS) > 0:
        return Refused("long", excess)
    match personal_data_fault(text):
        case "document":
            return Refused("document")
        case "phone":
            return Refused("phone")
    return None


def _locked(cycle: Cycle, lesson: str, screen: int) -> LessonNote | None:
    query = select(LessonNote).where(
        LessonNote.person_id == cycle.person_id,
        LessonNote.course_id == cycle.course_id,
        LessonNote.lesson == lesson,
        LessonNote.screen == screen,
    )
    fresh = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(fresh).first()


def _new_note(cycle: Cycle, lesson: str, screen: int, text: str, now: datetime) -> LessonNote:
    return LessonNote(
        person_id=cycle.person_id,
        agency_id=cycle.agency_id,
        course_id=cycle.course_id,
        lesson=lesson,
        screen=screen,
        text=text,
        revision=1,
        created_at=now,
        updated_at=now,
    )


def _erase(person_ids: Sequence[int]) -> int:
    if not person_ids:
        return 0
    erased = 0
    for model in (LessonNote, LessonBookmark):
        statement: Any = delete(model).where(model.person_id.in_(person_ids))
        erased += db.session.execute(statement).rowcount  # type: ignore[attr-defined]
    return erased
