"""Checks of items: one key, reasons and sources, and a place in the course."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.content import LANGUAGES
from app.content.checks import texts as check_texts
from app.content.loaded import Loaded, PlacedItem
from app.content.model import Course
from app.content.problems import Problem
from app.content.sources import Library

STEM_WORDS = 60
KEY_LENGTH = 1.3
OPTION_COUNTS = (3, 4)


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of all items."""
    yield from _ids(loaded)
    for bank in loaded.banks:
        if bank.value.course not in loaded.courses:
            yield bank.problem("unknown-course", "course", id=bank.value.course)
    for item in loaded.items:
        yield from _texts(item, loaded.shelf)
        yield from _options(item)
        yield from _lengths(item)
        yield from _law(item, loaded.shelf)
        if course := loaded.courses.get(item.course):
            yield from _place(item, course.value)


def _texts(item: PlacedItem, library: Library) -> Iterator[Problem]:
    yield from check_texts.rich(item, item.value.stem, library, "stem")
    for number, option in enumerate(item.value.options):
        loc = ("options", number)
        yield from check_texts.rich(item, option.text, library, *loc, "text")
        yield from check_texts.rich(item, option.rationale, library, *loc, "rationale")
        yield from check_texts.sources(item, option.sources, [option.rationale], library, *loc)


def _options(item: PlacedItem) -> Iterator[Problem]:
    options = item.value.options
    keys = [option for option in options if option.key]
    if len(options) not in OPTION_COUNTS:
        yield item.problem("options", "options", count=len(options))
    if len(keys) != 1:
        yield item.problem("keys", "options", count=len(keys) or "no")
    ids = [option.id for option in options]
    for number, option in enumerate(options):
        if option.id in ids[:number]:
            first = item.subject
            yield item.problem("repeated-id", "options", number, id=option.id, first=first)
        if option.key and not option.sources:
            yield item.problem("key-source", "options", number)


def _lengths(item: PlacedItem) -> Iterator[Problem]:
    words = len(item.value.stem.en.split())
    if words > STEM_WORDS:
        yield item.problem("stem-long", "stem", "en", count=words)
    for lang in LANGUAGES:
        keys = [len(o.text.in_language(lang)) for o in item.value.options if o.key]
        others = [len(o.text.in_language(lang)) for o in item.value.options if not o.key]
        if keys and others and max(keys) > KEY_LENGTH * max(others):
            yield item.problem("key-long", "options", lang=lang)


def _law(item: PlacedItem, library: Library) -> Iterator[Problem]:
    cited = [library.resolve(one) for option in item.value.options for one in option.sources]
    on_national_law = any(one and one.entry.national_law for one in cited)
    if on_national_law and not item.value.national_law_review:
        yield item.problem("review-missing")


def _place(item: PlacedItem, course: Course) -> Iterator[Problem]:
    value = item.value
    if item.use is None:
        yield item.problem("use", found="")
    if value.objective not in {objective.id for objective in course.objectives}:
        yield item.problem("unknown-objective", "objective", id=value.objective)
    if value.lesson not in {lesson.id for lesson in course.lessons}:
        yield item.problem("unknown-lesson", "lesson", id=value.lesson)
    cells = {(cell.objective, cell.level, cell.red_line) for cell in course.final.draw}
    kind = (value.objective, value.level, value.red_line)
    if item.use == "final" and kind not in cells:
        red_line = str(value.red_line).lower()
        params = {"objective": value.objective, "level": value.level, "red_line": red_line}
        yield item.problem("never-drawn", **params)


def _ids(loaded: Loaded) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for item in loaded.items:
        one = item.value.id
        if one in first:
            yield item.problem("repeated-id", "id", id=one, first=first[one])
        first.setdefault(one, f"{item.file.path}:{item.file.line(*item.loc)}")
