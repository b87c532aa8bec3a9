"""Checks of review records: who has read what, and whether it has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from app.content.files import Placed
from app.content.loaded import Loaded
from app.content.model import ReviewRecord, Reviews
from app.content.parts import Part, fingerprint, parts_of
from app.content.problems import Problem


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of all records; a review that is still open is none."""
    for course_id, placed in loaded.reviews.items():
        if placed.value.reviews:
            yield from _records(placed, parts_of(course_id, loaded), today)


def _records(placed: Placed[Reviews], parts: Mapping[str, Part], today: date) -> Iterator[Problem]:
    seen = set[tuple[str, str, str]]()
    unknown = set[str]()

    @cache
    def present(part: str, lang: str) -> str:
        return fingerprint(parts[part], lang) if lang in parts[part].languages else ""

    for number, one in enumerate(placed.value.reviews):
        at = ("reviews", number)
        key = (one.part, one.language, one.office)
        if key in seen:
            yield placed.problem("review-twice", *at, **_named(one))
        seen.add(key)
        if not _has_been(one.on, today):
            yield placed.problem("review-day", *at, "on", day=one.on)
        if one.part not in parts:
            if one.part not in unknown:
                yield placed.problem("review-part", *at, "part", part=one.part)
            unknown.add(one.part)
        elif present(one.part, one.language) not in ("", one.fingerprint):
            yield placed.problem("review-stale", *at, **_named(one))


def _named(one: ReviewRecord) -> dict[str, str]:
    return {"part": one.part, "lang": one.language, "office": one.office, "day": one.on}


def _has_been(day: str, today: date) -> bool:
    """Say whether a day is in the calendar and, if it is known what day it is, not to come."""
    try:
        read_on = date.fromisoformat(day)
    except ValueError:
        return False
    return today == date.min or read_on <= today
