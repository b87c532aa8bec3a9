"""What the address of a page asks of its list. What is not known there is as if it were not."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask import request

from app.text import squeeze
from app.ui.listing import here_with

PAGE_ROWS = 50
MAX_TEXT = 80


def text_asked(name: str = "q") -> str:
    """Return the words that are looked for, empty when there are none."""
    return squeeze(request.args.get(name, ""))[:MAX_TEXT]


def choice_asked(name: str, allowed: Collection[str]) -> str:
    """Return the choice of a filter, empty when it is none of `allowed`."""
    asked = request.args.get(name, "")
    return asked if asked in allowed else ""


def chips(filters: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Return words and the address without it for each filter in force.

    `filters` are (name in the address, value, words).
    """
    return [
        (words, here_with(**{name: None, "page": None})) for name, value, words in filters if value
    ]


def cleared(names: Iterable[str]) -> str:
    """Return the address of the page without these filters."""
    return here_with(**dict.fromkeys([*names, "page"]))
