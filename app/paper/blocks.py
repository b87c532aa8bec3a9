"""Blocks of a leaflet: each knows its height at a width, and draws itself below a given top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from app.paper import faces
from app.paper.markup import Look, plain
from app.paper.sheet import Sheet
from app.paper.sign import DEEP, INK, LINE, MUTED

FAR = 100_000.0
WRITING_ROOM = 21.0  # 7.5 mm: enough for a pen
Align = Literal[0, 1, 2]
TO_LEFT: Align = 0
CENTRED: Align = 1
TO_RIGHT: Align = 2


class Block(Protocol):
    """A part of a page; `gap` is the least space above it."""

    @property
    def gap(self) -> float: ...

    def height(self, width: float) -> float:
        """Return the height in points when the block is `width` wide."""

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the block with its upper left corner at (x, top)."""


@dataclass(frozen=True)
class Measure:
    """Sizes of one trial, in points, and the language of the text."""

    size: float
    language: str
    face: str = faces.SANS
    colour: Color = INK
    loose: float = 1.32  # leading as a share of the size

    @property
    def small(self) -> float:
        """Size of labels: 7 to 8.5 points, for they are read close by."""
        return min(8.5, max(7.0, self.size * 0.68))

    @property
    def look(self) -> Look:
        """How runs of text are set."""
        return Look(self.face, self.size, self.small, f"#{MUTED.hexval()[2:]}")


class Prose:
    """Lines of text."""

    def __init__(
        self, markup: str, at: Measure, *, kind: str = "P", align: Align = TO_LEFT, gap: float = 0
    ) -> None:
        style = ParagraphStyle(
            kind,
            fontName=at.face,
            bulletFontName=at.face,
            fontSize=at.size,
            leading=at.size * at.loose,
            textColor=at.colour,
            alignment=align,
        )
        self.gap, self._kind, self._language = gap, kind, at.language
        self._text: Any = Paragraph(markup, style)

    def height(self, width: float) -> float:
        """See `Block`."""
        return float(self._text.wrap(width, FAR)[1])

    def narrowest(self) -> float:
        """Return the width of the longest word."""
        return float(self._text.minWidth())

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """See `Block`."""
        height = self.height(width)
        with sheet.tagged(self._kind, self._language):
            self._text.drawOn(sheet.canvas, x, top - height)


class Blank:
    """Room to write in, on a dotted line or in a cell, with a word on who fills it in."""

    def __init__(self, label: str, at: Measure, *, in_cell: bool = False) -> None:
        self.gap, self._in_cell = at.size * 0.55, in_cell
        small = Measure(at.small, at.language, colour=MUTED, loose=1.1)
        self._label = Prose(plain(label, small.look), small, align=TO_RIGHT)

    def _share(self, width: float) -> float:
        return width * (0.6 if self._in_cell else 1)

    def height(self, width: float) -> float:
        """See `Block`."""
        return max(WRITING_ROOM, self._label.height(self._share(width)) + 3)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """See `Block`."""
        bottom, share = top - self.height(width), self._share(width)
        if not self._in_cell:
            with sheet.artifact():
                sheet.canvas.setStrokeColor(MUTED)
                sheet.canvas.setLineWidth(0.7)
                sheet.canvas.line(x, bottom + 1, x + width, bottom + 1)
        above = bottom + (0 if self._in_cell else 3) + self._label.height(share)
        self._label.draw(sheet, x + width - share, above, share)


class Rule:
    """A thin line across."""

    def __init__(self, gap: float) -> None:
        self.gap = gap

    def height(self, width: float) -> float:
        """See `Block`."""
        return 1.0

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """See `Block`."""
        with sheet.artifact():
            sheet.canvas.setStrokeColor(LINE)
            sheet.canvas.setLineWidth(0.6)
            sheet.canvas.line(x, top, x + width, top)


@dataclass(frozen=True)
class Space:
    """Nothing, so high."""

    points: float
    gap: float = 0.0

    def height(self, width: float) -> float:
        """See `Block`."""
        return self.points

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """See `Block`."""


class Stack:
    """Blocks one below the other, held together by a tag, further in by `indent`."""

    def __init__(
        self, blocks: Sequence[Block], at: Measure, *, tag: str = "", indent: float = 0, gap: float
    ) -> None:
        self.gap, self.blocks, self._indent = gap, blocks, indent
        self._tag, self._language = tag, at.language

    def height(self, width: float) -> float:
        """See `Block`."""
        inner = width - self._indent
        gaps = sum(block.gap for block in self.blocks[1:])
        return sum(block.height(inner) for block in self.blocks) + gaps

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """See `Block`."""
        if self._tag:
            with sheet.group(self._tag, self._language):
                self._each(sheet, x, top, width)
        else:
            self._each(sheet, x, top, width)

    def _each(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        for number, block in enumerate(self.blocks):
            top -= block.gap if number else 0
            block.draw(sheet, x + self._indent, top, width - self._indent)
            top -= block.height(width - self._indent)


class Item:
    """An entry of a list behind its number or sign."""

    def __init__(self, label: str, body: Stack, at: Measure, *, indent: float, gap: float) -> None:
        self.gap, self._indent, self._body, self._language = gap, indent, body, at.language
        face = faces.SANS_BOLD if label[0].isdigit() else at.face
        look = Measure(at.size, at.language, face, DEEP, at.loose)
        self._label = Prose(plain(label, look.look), look, kind="Lbl")

    def height(self, width: float) -> float:
        """See `Block`."""
        return max(self._body.height(width - self._indent), self._label.height(FAR))

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """See `Block`."""
        with sheet.group("LI", self._language):
            self._label.draw(sheet, x, top, self._indent)
            self._body.draw(sheet, x + self._indent, top, width - self._indent)


class Box:
    """A box that stands out: a pale ground with a bar, or for a red line a heavy frame."""

    def __init__(
        self, title: Prose | None, body: Stack, at: Measure, *, heavy: bool, gap: float
    ) -> None:
        self.gap, self._title, self._body, self._heavy = gap, title, body, heavy
        self._pad, self._language = at.size * 0.7, at.language

    def height(self, width: float) -> float:
        """See `Block`."""
        return self._head(width) + self._body.height(width - 2 * self._pad) + 1.6 * self._pad

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """See `Block`."""
        pad = self._pad
        with sheet.artifact():
            self._ground(sheet.canvas, x, top, width)
        with sheet.group("Sect", self._language):
            if self._title:
                self._title.draw(sheet, x + pad, top - pad * 0.55, width - 2 * pad)
            below = top - self._head(width) - pad * 0.7
            self._body.draw(sheet, x + pad, below, width - 2 * pad)

    def _head(self, width: float) -> float:
        if self._title is None:
            return 0.0
        extra = 0.9 if self._heavy else 0.2
        return self._title.height(width - 2 * self._pad) + self._pad * extra

    def _ground(self, canvas: Any, x: float, top: float, width: float) -> None:
        height = self.height(width)
        canvas.setStrokeColor(DEEP)
        canvas.setFillColor(DEEP)
        if self._heavy:
            canvas.setLineWidth(1.6)
            canvas.rect(x + 0.8, top - height, width - 1.6, height)
            head = self._head(width)
            canvas.rect(x + 0.8, top - head, width - 1.6, head, stroke=0, fill=1)
        else:
            canvas.setFillColor(HexColor("#eff4f2"))
            canvas.rect(x, top - height, width, height, stroke=0, fill=1)
            canvas.setFillColor(DEEP)
            canvas.rect(x, top - height, 2.4, height, stroke=0, fill=1)
