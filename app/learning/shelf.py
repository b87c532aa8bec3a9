"""The notes and bookmarks of a learner, arranged as their courses are."""

from __future__ import annotations

from dataclasses import dataclass

from app.enrolment import queries as enrolment
from app.enrolment.models import Cycle
from app.learning import notes, pages, rules
from app.learning.models import LessonNote

Key = tuple[str, int]  # lesson, screen


@dataclass(frozen=True)
class Entry:
    """A screen with a note, a bookmark or both; `title` is None when the screen is no more."""

    screen: int
    title: str | None
    note: LessonNote | None
    is_marked: bool


@dataclass(frozen=True)
class LessonShelf:
    """What the learner put into one lesson, by screen; `title` is None when it is no more."""

    id: str
    title: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class CourseShelf:
    """What the learner put into one course, in the order of its lessons."""

    id: str
    title: str
    lessons: tuple[LessonShelf, ...]


def shelves(person_id: int, language: str) -> list[CourseShelf]:
    """Return what a learner wrote and marked, by course. Statements are constant.

    A bookmark of a screen that is no more leads nowhere and is left out; a note is shown.
    """
    written, marked = notes.notes_of(person_id), notes.bookmarks_of(person_id)
    cycles = enrolment.cycles_of_learner(person_id)
    latest = {cycle.course_id: cycle for cycle in reversed(cycles)}
    found = [
        _course(
            latest[course_id],
            {(one.lesson, one.screen): one for one in written if one.course_id == course_id},
            {(one.lesson, one.screen) for one in marked if one.course_id == course_id},
            language,
        )
        for course_id in sorted(
            {one.course_id for one in written} | {one.course_id for one in marked}
        )
    ]
    return [course for course in found if course.lessons]


def _course(
    cycle: Cycle, written: dict[Key, LessonNote], marked: set[Key], language: str
) -> CourseShelf:
    edition = cycle.edition
    names = pages.titles(edition.content_hash, edition.id, language)
    screens = pages.screens(edition.content_hash, edition.id, language)
    order = rules.lesson_ids(edition.outline)
    used = {lesson for lesson, _screen in (*written, *marked)}
    lessons = []
    for lesson in [*(one for one in order if one in used), *sorted(used - set(order))]:
        there = screens.get(lesson, ())
        entries = []
        for screen in sorted({number for name, number in (*written, *marked) if name == lesson}):
            title = there[screen - 1] if screen <= len(there) else None
            note, is_marked = written.get((lesson, screen)), (lesson, screen) in marked
            if title or note:
                entries.append(Entry(screen, title, note, is_marked and title is not None))
        if entries:
            lessons.append(LessonShelf(lesson, names.lessons.get(lesson), tuple(entries)))
    return CourseShelf(cycle.course_id, names.course, tuple(lessons))
