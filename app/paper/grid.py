"""A table of a leaflet: level rules only, columns as wide as their words ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.paper.blocks import Measure, Prose, Stack
from app.paper.sheet import Sheet
from app.paper.sign import DEEP, LINE

SIDE = 6.0  # points between a column and the next, on each side


@dataclass(frozen=True)
class Cell:
    """What stands in one cell; `natural` is the width of its text on one line."""

    body: Stack
    natural: float
    is_head: bool = False

    @property
    def narrowest(self) -> float:
        """Return the width below which words would be broken."""
        return max([one.narrowest() for one in self.body.blocks if isinstance(one, Prose)] or [60])


class Row:
    """Blocks side by side, as wide as each other."""

    def __init__(self, columns: Sequence[Stack], *, gap: float) -> None:
        self.gap, self._columns = gap, columns

    def height(self, width: float) -> float:
        """See `Block`."""
        return max(one.height(self._share(width)) for one in self._columns)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """See `Block`."""
        share = self._share(width)
        for number, column in enumerate(self._columns):
            column.draw(sheet, x + number * (share + 2 * SIDE), top, share)

    def _share(self, width: float) -> float:
        return (width + 2 * SIDE) / len(self._columns) - 2 * SIDE


class Grid:
    """Rows of cells, as many in each row."""

    def __init__(self, rows: Sequence[Sequence[Cell]], at: Measure, *, gap: float) -> None:
        self.gap, self._rows, self._language = gap, rows, at.language
        self._pad = at.size * 0.34

    def height(self, width: float) -> float:
        """See `Block`."""
        columns = self._columns(width)
        return sum(self._row_height(row, columns) for row in self._rows) + 2

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """See `Block`."""
        columns = self._columns(width)
        self._line(sheet, x, top, width, heavy=True)
        with sheet.group("Table", self._language):
            for row in self._rows:
                height = self._row_height(row, columns)
                self._row(sheet, row, columns, x, top)
                top -= height
                is_head = all(cell.is_head for cell in row)
                last = row is self._rows[-1]
                self._line(sheet, x, top, width, heavy=is_head or last)

    def _row(
        self, sheet: Sheet, row: Sequence[Cell], columns: Sequence[float], x: float, top: float
    ) -> None:
        with sheet.group("TR", self._language):
            for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
                left = 0.0 if number == 0 else SIDE
                with sheet.group("TH" if cell.is_head else "TD", self._language):
                    cell.body.draw(sheet, x + left, top - self._pad, column - left - SIDE)
                x += column

    def _line(self, sheet: Sheet, x: float, y: float, width: float, *, heavy: bool) -> None:
        with sheet.artifact():
            sheet.canvas.setStrokeColor(DEEP if heavy else LINE)
            sheet.canvas.setLineWidth(0.9 if heavy else 0.45)
            sheet.canvas.line(x, y, x + width, y)

    def _row_height(self, row: Sequence[Cell], columns: Sequence[float]) -> float:
        inner = [
            column - (SIDE if number == 0 else 2 * SIDE) for number, column in enumerate(columns)
        ]
        tallest = max(cell.body.height(w) for cell, w in zip(row, inner, strict=True))
        return tallest + 2 * self._pad

    def _columns(self, width: float) -> list[float]:
        """Share the width: each column gets its longest word, then what its text asks for."""
        columns = list(zip(*self._rows, strict=True))
        least = [max(cell.narrowest for cell in column) + 2 * SIDE for column in columns]
        wish = [max(cell.natural for cell in column) + 2 * SIDE for column in columns]
        if sum(least) >= width:
            return [one * width / sum(least) for one in least]
        if sum(wish) <= width:
            return [one * width / sum(wish) for one in wish]
        asked = [max(0.1, more - one) for one, more in zip(least, wish, strict=True)]
        free = width - sum(least)
        return [one + free * ask / sum(asked) for one, ask in zip(least, asked, strict=True)]
