"""A text on one sheet of A4: as large as it goes, with its sources and its date at the foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reportlab.lib.pagesizes import A4

from app.paper import faces, sign
from app.paper.blocks import Item, Measure, Prose, Space, Stack
from app.paper.faces import Lines
from app.paper.markup import Node, NotOnPaper, Undrawable, line, parse, plain
from app.paper.sheet import Sheet
from app.paper.writer import Writer

__all__ = ["DoesNotFit", "Leaf", "NotOnPaper", "Undrawable", "leaflet"]

WIDTH, HEIGHT = A4
LEFT = 51.0  # 18 mm: room for a file's holes
MEASURE = WIDTH - 2 * LEFT
HEAD = HEIGHT - 42
FOOT = 34.0
LARGEST, SMALLEST, STEP = 18.0, 8.0, 0.25
NOTES = 7.2


class DoesNotFit(NotOnPaper):
    """A text is too long for one sheet at the smallest size that can be read."""


@dataclass(frozen=True)
class Leaf:
    """What is printed. `html` is sanitised; `references` are lines of a list of sources.

    `kind` says what paper this is, `course` where it belongs to, `foot` which version it is;
    `warning` is empty or says that the text is a draft; `sources` heads the references.
    """

    title: str
    html: str
    language: str
    kind: str
    course: str
    foot: Sequence[str]
    references: Sequence[Mapping[str, Any]] = field(default=())
    sources: str = ""
    warning: str = ""


def leaflet(leaf: Leaf) -> bytes:
    """Return a leaflet as a PDF of one page; the same facts give the same bytes.

    The text is set as large as the sheet allows, from 18 to 8 points. Raises `DoesNotFit`, and
    `Undrawable` when the text holds a picture or letters that no face draws.
    """
    faces.load()
    tree = parse(leaf.html)
    title, notes = _title(leaf), _notes(leaf)
    top = HEAD - 24 - title.height
    bottom = FOOT + 14 + (notes.height(MEASURE) + 18 if notes else 4)
    body = _largest(tree, leaf.language, top - bottom)
    if body is None:
        raise DoesNotFit(leaf.title)
    return _draw(leaf, title, body, notes, top)


def _largest(tree: Node, language: str, room: float) -> Stack | None:
    """Return the text at the largest size that fits into `room`, or None."""
    found = None
    low, high = 0, round((LARGEST - SMALLEST) / STEP)
    while low <= high:
        middle = (low + high) // 2 if found else low  # the smallest first: if not that, none
        at = Measure(SMALLEST + middle * STEP, language)
        body = Stack([Space(10 + at.size * 0.4), *Writer(at).flow(tree)], at, gap=0)
        if body.height(MEASURE) <= room:
            found, low = body, middle + 1
        elif found:
            high = middle - 1
        else:
            return None
    return found


def _draw(leaf: Leaf, title: Lines, body: Stack, notes: Stack | None, top: float) -> bytes:
    sheet = Sheet(WIDTH, HEIGHT, language=leaf.language)
    sheet.describe(
        title=f"{leaf.title} – {leaf.course}",
        author=sign.PROGRAMME,
        subject=leaf.kind,
        keywords=", ".join(one for one in (*leaf.foot, leaf.warning) if one),
    )
    _head(sheet, leaf)
    with sheet.tagged("H1", leaf.language):
        sheet.lines(title, LEFT, HEAD - 24, sign.INK)
    body.draw(sheet, LEFT, top, MEASURE)
    if notes:
        height = notes.height(MEASURE)
        _rule(sheet, FOOT + 14 + height + 10, 0.45)
        notes.draw(sheet, LEFT, FOOT + 14 + height + 4, MEASURE)
    _foot(sheet, leaf)
    return sheet.save()


def _title(leaf: Leaf) -> Lines:
    if lacking := faces.missing(leaf.title):
        raise Undrawable(" ".join(lacking))
    return faces.fit(
        leaf.title, faces.SERIF_BOLD, size=24, smallest=14, limit=MEASURE, lines=2, leading=1.18
    )


def _head(sheet: Sheet, leaf: Leaf) -> None:
    """Draw the sign, what paper this is, and the mark of a draft."""
    with sheet.artifact():
        sign.mark(sheet.canvas, LEFT + 9, HEAD + 2, 18, spot=sign.CREAM)
        sheet.canvas.setStrokeColor(sign.DEEP)
        for y, thick in ((HEAD - 12, 0.9), (HEAD - 14.4, 0.35)):
            sheet.canvas.setLineWidth(thick)
            sheet.canvas.line(LEFT, y, LEFT + MEASURE, y)
    with sheet.tagged("P", leaf.language):
        x = sheet.line(sign.PROGRAMME, LEFT + 25, HEAD - 1, faces.SANS_BOLD, 9.5, sign.DEEP)
        sheet.line(leaf.kind, x + 9, HEAD - 1, faces.SANS, 9.5, sign.MUTED)
    if leaf.warning:
        reach = faces.width(faces.drawable(leaf.warning), faces.SANS_BOLD, 8) + 14
        x = LEFT + MEASURE - reach
        with sheet.artifact():
            sheet.canvas.setStrokeColor(sign.INK)
            sheet.canvas.setLineWidth(0.8)
            sheet.canvas.roundRect(x, HEAD - 6, reach, 15, 3)
        with sheet.tagged("P", leaf.language):
            sheet.line(leaf.warning, x + 7, HEAD - 1.4, faces.SANS_BOLD, 8, sign.INK)


def _foot(sheet: Sheet, leaf: Leaf) -> None:
    """Draw which version this is, in the lower corners."""
    _rule(sheet, FOOT + 10, 0.9)
    version = "  ·  ".join(leaf.foot)
    room = MEASURE - faces.width(faces.drawable(version), faces.SANS, 8) - 14
    course = faces.fit(leaf.course, faces.SANS, size=8, smallest=7, limit=room)
    with sheet.tagged("P", leaf.language):
        sheet.lines(course, LEFT, FOOT + 7, sign.MUTED)
    with sheet.tagged("P", leaf.language):
        end = LEFT + MEASURE - faces.width(faces.drawable(version), faces.SANS, 8)
        sheet.line(version, end, FOOT - 0.5, faces.SANS, 8, sign.MUTED)


def _rule(sheet: Sheet, y: float, thick: float) -> None:
    with sheet.artifact():
        sheet.canvas.setStrokeColor(sign.DEEP if thick > 0.5 else sign.LINE)
        sheet.canvas.setLineWidth(thick)
        sheet.canvas.line(LEFT, y, LEFT + MEASURE, y)


def _notes(leaf: Leaf) -> Stack | None:
    """Return the list of sources: title, symbol and place, without addresses."""
    if not leaf.references:
        return None
    at = Measure(NOTES, leaf.language, colour=sign.MUTED, loose=1.2)
    head = replace(at, face=faces.SANS_BOLD)
    entries = [
        Item(f"{one['number']}.", Stack([_source(one, at)], at, tag="LBody", gap=0), at,
             indent=13, gap=0.8)
        for one in leaf.references
    ]  # fmt: skip
    listed = Stack(entries, at, tag="L", gap=1.5)
    return Stack([Prose(plain(leaf.sources, head.look), head, kind="H2"), listed], at, gap=0)


def _source(reference: Mapping[str, Any], at: Measure) -> Prose:
    """Return one source; a note on its version or standing stays with it."""
    tree = parse(reference["html"])
    symbol = reference["symbol"] or ""
    facts = ["" if symbol in reference["title"] else symbol, reference["pinpoint"]]
    parts = [line(tree.find("cite"), at.look), *(plain(one, at.look) for one in facts if one)]
    notes = [line([one], at.look) for one in tree.find("span")]
    return Prose(" ".join([", ".join(parts), *notes]), at)
