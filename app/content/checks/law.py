"""Checks of statements of law: their dates, held against today where today is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from app.content.files import Placed
from app.content.loaded import Loaded
from app.content.model import Course, SourceRegister
from app.content.problems import Problem

T = TypeVar("T")
_BOX = re.compile(r"^[ \t]*!!![ \t]*context[ \t]+(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?![\w-])", re.M)


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of dates; those of today only when `today` is later than `date.min`."""
    for course in loaded.courses.values():
        yield from _course(course, today)
    for item in loaded.items:
        if due := item.value.national_law_review:
            yield from _due(item, due, today, "national_law_review")
    if today > date.min:
        if loaded.register:
            yield from _versions(loaded.register, today)
        yield from _boxes(loaded, today)


def is_day(text: str) -> bool:
    """Say whether a text names a day of the calendar."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_later(rough: str, today: date) -> bool:
    """Say whether a year, month or day lies wholly after `today`; other text never does."""
    known = re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", rough)
    return bool(known and today > date.min and rough > today.isoformat()[: len(rough)])


def _course(course: Placed[Course], today: date) -> Iterator[Problem]:
    law = course.value.national_law
    yield from _due(course, law.review_due, today, "national_law", "review_due")
    if not is_day(law.as_of):
        yield course.problem("no-such-day", "national_law", "as_of", found=law.as_of)
    if is_later(law.as_of, today):
        yield course.problem("law-future", "national_law", "as_of", found=law.as_of)
    if law.review_due <= law.as_of:
        params = {"due": law.review_due, "as_of": law.as_of}
        yield course.problem("law-order", "national_law", "review_due", **params)


def _due(placed: Placed[T], due: str, today: date, *loc: str) -> Iterator[Problem]:
    if not is_day(due):
        yield placed.problem("no-such-day", *loc, found=due)
    elif due < today.isoformat():
        yield placed.problem("law-overdue", *loc, due=due)


def _versions(register: Placed[SourceRegister], today: date) -> Iterator[Problem]:
    for number, entry in enumerate(register.value.entries):
        if entry.version and is_later(entry.version, today):
            yield register.problem("law-future", "entries", number, "version", found=entry.version)


def _boxes(loaded: Loaded, today: date) -> Iterator[Problem]:
    for lesson in loaded.lessons.values():
        yield from _page_boxes(lesson, today)
    for aid in loaded.aids.values():
        yield from _page_boxes(aid, today)


def _page_boxes(page: Placed[T], today: date) -> Iterator[Problem]:
    text = page.file.text
    for match in _BOX.finditer(text):
        if is_later(match[1], today):
            line = text.count("\n", 0, match.start()) + 1
            yield page.problem_at(line, "context-future", found=match[1])
