"""Long lists: which part of them a page shows, in which order, and the addresses of the others.

The address of a page says all of it, so that a list can be sorted, turned and narrowed without a
script, sent to a colleague, and found again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from flask import request

PAGE_ROWS = 25
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Part:
    """Page `number` of `pages`: rows `first` to `last` of `total`, counted from 1."""

    number: int
    pages: int
    first: int
    last: int
    total: int

    def of(self, rows: Sequence[_Row]) -> Sequence[_Row]:
        """Return the rows of this part."""
        return rows[self.first - 1 : self.last] if self.total else rows[:0]


def part(total: int, asked: str | None, size: int = PAGE_ROWS) -> Part:
    """Return the part of `total` rows that was asked for, or the nearest there is."""
    pages = max(1, -(-total // size))
    wanted = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    number = min(max(wanted, 1), pages)
    return Part(number, pages, (number - 1) * size + 1, min(number * size, total), total)


def order(asked: str | None, allowed: Collection[str], default: str) -> str:
    """Return the order of a list: the name of a column, with "-" before it when it descends."""
    return asked if asked and asked.removeprefix("-") in allowed else default


def next_order(column: str, current: str) -> str:
    """Return what a press on the head of `column` asks for: turned round when it is in force."""
    return f"-{column}" if current == column else column


def here_with(**changes: object) -> str:
    """Return the address of this page with other values in its query; None takes one out."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in changes]
    added = [(name, str(value)) for name, value in changes.items() if value is not None]
    query = urlencode([*kept, *added])
    path = f"{request.script_root}{request.path}"
    return f"{path}?{query}" if query else path
