"""When a course of a cohort is open. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.text import skeleton

CLOSING_SOON_DAYS = 7


_SPELLINGS = str.maketrans({"і": "и", "ў": "у", "ё": "е"})


def matches(text: str, *values: str) -> bool:
    """Whether every word of `text` stands in one of the values.

    Look-alike letters are equal, and Belarusian ones are as those that a Russian keyboard has.
    """
    spellings = [_spelling(value) for value in values]
    return all(any(_spelling(word) in one for one in spellings) for word in text.split())


def _spelling(text: str) -> str:
    return skeleton(text.casefold().translate(_SPELLINGS))


class Window(StrEnum):
    """Where a day stands to the days a course is open."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


def window(opens_on: date, closes_on: date, today: date) -> Window:
    """Return where `today` stands; both days are inclusive, all in the cohort's time zone."""
    if today < opens_on:
        return Window.BEFORE
    return Window.OPEN if today <= closes_on else Window.CLOSED


def closing_moment(closes_on: date, zone: str) -> datetime:
    """Return the first moment that is too late: midnight after `closes_on` in `zone`."""
    return datetime.combine(closes_on + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))


def days_left(closes_on: date, today: date) -> int:
    """Return how many days remain after today; 0 on the last day, negative when closed."""
    return (closes_on - today).days


def is_closing_soon(opens_on: date, closes_on: date, today: date) -> bool:
    """Whether the course is open and has `CLOSING_SOON_DAYS` days or less after today."""
    is_open = window(opens_on, closes_on, today) is Window.OPEN
    return is_open and days_left(closes_on, today) <= CLOSING_SOON_DAYS
