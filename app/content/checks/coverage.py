"""Checks of rights and objectives: what is taught is tested, and what is tagged is taught."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.content.checks import texts as check_texts
from app.content.checks.marked import unresolved
from app.content.coverage import CourseCover, coverage
from app.content.files import Placed
from app.content.loaded import Loaded
from app.content.model import Course, Rights
from app.content.problems import Problem
from app.content.sources import Library

RIGHTS = "courses/rights.yaml"


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of the vocabulary of rights and of each course's map."""
    if loaded.rights:
        yield from _vocabulary(loaded.rights, loaded.shelf)
    known = {right.id for right in loaded.rights.value.rights} if loaded.rights else set()
    unread = loaded.rights is None and (loaded.root / RIGHTS).is_file()
    for course_id, course in loaded.courses.items():
        cover = coverage(loaded, course_id)
        yield from _objectives(course, cover)
        if loaded.register and not unread:
            yield from _tags(course, cover, known)
            yield from _rights(course, cover)


def _vocabulary(rights: Placed[Rights], library: Library) -> Iterator[Problem]:
    seen = set[str]()
    for number, right in enumerate(rights.value.rights):
        loc = ("rights", number)
        if right.id in seen:
            yield rights.problem("repeated-id", *loc, id=right.id, first=rights.file.path)
        seen.add(right.id)
        yield from check_texts.plain(rights, right.title, *loc, "title")
        if not right.sources:
            yield rights.problem("right-source", *loc, id=right.id)
        for position, source in enumerate(right.sources):
            if not library.resolve(source) and source not in library.entries:
                for fault in unresolved(source, library):
                    yield rights.problem(fault.code, *loc, "sources", position, **fault.params)


def _objectives(course: Placed[Course], cover: CourseCover) -> Iterator[Problem]:
    for number, row in enumerate(cover.objectives):
        if row.objective.scored and not row.tested:
            yield course.problem("objective-untested", "objectives", number, id=row.objective.id)


def _tags(course: Placed[Course], cover: CourseCover, known: set[str]) -> Iterator[Problem]:
    citing = {row.right.id: set(row.citing) for row in cover.rights}
    for number, row in enumerate(cover.objectives):
        for position, tag in enumerate(row.objective.rights):
            loc = ("objectives", number, "rights", position)
            if tag not in known:
                yield course.problem("unknown-right", *loc, id=tag)
            elif row.taught and not citing[tag] & set(row.taught):
                yield course.problem("right-untaught", *loc, id=tag, objective=row.objective.id)


def _rights(course: Placed[Course], cover: CourseCover) -> Iterator[Problem]:
    lessons = [lesson.id for lesson in course.value.lessons]
    for row in cover.rights:
        if row.taught and not row.tested:
            place, first = lessons.index(row.taught[0]), row.taught[0]
            yield course.problem("right-untested", "lessons", place, id=row.right.id, lesson=first)
