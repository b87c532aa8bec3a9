"""Bars of how many learners of each row completed; drawn on the server, told again by the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.reports import rules
from app.reports.tables import Level, Row, Value

WIDTH = 320
LINE = 46
_BAR_TOP = 24


@dataclass(frozen=True)
class Bar:
    """One row of the chart. `width` is None where the share is hidden or there is none."""

    label: str
    level: Level
    y: int
    bar_y: int
    width: float | None
    share: Value


@dataclass(frozen=True)
class Chart:
    """A drawing `WIDTH` wide."""

    height: int
    bars: tuple[Bar, ...]


def completion_chart(rows: Sequence[Row]) -> Chart:
    """Return the bars of the rows in their order; the order says nothing about the figures."""
    bars = []
    for place, row in enumerate(rows):
        share = row.cells[len(rules.COLUMNS) + 1]
        width = round(float(share) * WIDTH, 1) if isinstance(share, Fraction) else None
        top = place * LINE
        bars.append(Bar(row.name, row.level, top + 17, top + _BAR_TOP, width, share))
    return Chart(len(rows) * LINE, tuple(bars))
