"""The certificate as a PDF: one A4 page in two languages, the same bytes for the same facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import segno
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4

from app.certificates import ornament, serial, wording
from app.certificates.rules import Printed
from app.paper import faces
from app.paper.faces import Lines, UnprintableName
from app.paper.sheet import Sheet
from app.paper.sign import DEEP, INK, LINE, MUTED, PROGRAMME, mark

AMBER, AMBER_SOFT = HexColor("#7a4a00"), HexColor("#fdf6e3")
SAMPLE = Color(0.56, 0.18, 0.18, alpha=0.09)
WIDTH, HEIGHT = A4
CENTRE = WIDTH / 2
LEFT = 76.0
MEASURE = WIDTH - 2 * LEFT
TOP = HEIGHT - 60
FOOT = 66.0
COLUMN_GAP = 26.0
QR_SIZE = 78.0
BOTTOM = FOOT + QR_SIZE + 18
MIN_FREE = 30.0
SCALES = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4)


@dataclass(frozen=True)
class Block:
    """A part of the page: its height, and what draws it below a given top."""

    height: float
    draw: Callable[[float], None]
    gap: float = 1  # share of the free space left above it


@dataclass(frozen=True)
class Cell:
    """A fact with its label."""

    label: str
    first: Lines
    second: Lines | None

    @property
    def height(self) -> float:
        return 11.5 + self.first.height + (self.second.height if self.second else 0)


def unprintable(printed: Printed) -> tuple[str, ...]:
    """Return the characters of the printed fields that no face can draw."""
    texts = (
        printed.name,
        printed.latin_name,
        printed.cohort,
        printed.course_code,
        *(printed.course_titles[one] for one in printed.languages),
        *(printed.agency_names[one] for one in printed.languages),
    )
    return tuple(sorted({character for text in texts for character in faces.missing(text)}))


def render(printed: Printed, *, base_url: str, sample: bool = False) -> bytes:
    """Return the certificate as a PDF.

    `base_url` is the public address without a slash at its end; `sample` marks the page as one
    that certifies nothing. Raises `UnprintableName`.
    """
    if characters := unprintable(printed):
        raise UnprintableName(characters)
    first = printed.languages[0]
    sheet = Sheet(WIDTH, HEIGHT, language=first)
    course = f"{printed.course_code}. {printed.course_titles[first]}"
    sheet.describe(
        title=f"{wording.text('title', first)} – {printed.name} – {course}",
        author=PROGRAMME,
        subject=wording.text("subtitle", first),
        keywords=serial.shown(printed.serial),
    )
    with sheet.artifact():
        ornament.rosette(sheet.canvas, CENTRE, HEIGHT * 0.56, 178)
        ornament.border(sheet.canvas, WIDTH, HEIGHT)
    if sample:
        _sample(sheet, printed)
    _stack(_blocks(sheet, printed, TOP - BOTTOM), top=TOP, bottom=BOTTOM)
    _foot(sheet, printed, base_url)
    return sheet.save()


def _blocks(sheet: Sheet, printed: Printed, room: float) -> list[Block]:
    """Return the parts of the page; very long names and titles are set smaller until all fits."""
    for scale in SCALES:
        blocks = [
            _head(sheet, printed),
            _title(sheet, printed),
            _holder(sheet, printed, scale),
            _course(sheet, printed, scale),
            *([_pilot(sheet, printed)] if printed.pilot else []),
            _facts(sheet, printed),
            _power(sheet, printed),
        ]
        if sum(block.height for block in blocks) + MIN_FREE <= room:
            break
    return blocks


def _stack(blocks: Sequence[Block], *, top: float, bottom: float) -> None:
    """Draw the blocks from top to bottom, the free space shared among the gaps."""
    free = top - bottom - sum(block.height for block in blocks)
    share = free / sum(block.gap for block in blocks)
    for block in blocks:
        top -= share * block.gap
        block.draw(top)
        top -= block.height


def _head(sheet: Sheet, printed: Printed) -> Block:
    first, second = printed.languages

    def draw(top: float) -> None:
        with sheet.artifact():
            mark(sheet.canvas, CENTRE, top - 14, 28)
        with sheet.tagged("P", "en"):
            sheet.line(
                PROGRAMME.upper(),
                CENTRE,
                top - 43,
                faces.SANS_BOLD,
                9,
                DEEP,
                spacing=2.6,
                centred=True,
            )
        with sheet.tagged("P", first):
            programme = wording.text("programme", first)
            sheet.line(programme, CENTRE, top - 57, faces.SANS, 8.5, MUTED, centred=True)
        with sheet.tagged("P", second):
            programme = wording.text("programme", second)
            sheet.line(programme, CENTRE, top - 68, faces.SANS, 8, MUTED, centred=True)

    return Block(70, draw, gap=0)


def _title(sheet: Sheet, printed: Printed) -> Block:
    first, second = printed.languages

    def draw(top: float) -> None:
        with sheet.tagged("H1", first):
            sheet.line(
                wording.text("title", first).upper(),
                CENTRE,
                top - 30,
                faces.SERIF_BOLD,
                37,
                DEEP,
                spacing=5,
                centred=True,
            )
        with sheet.tagged("P", first):
            subtitle = wording.text("subtitle", first)
            sheet.line(subtitle, CENTRE, top - 51, faces.SERIF_ITALIC, 14, INK, centred=True)
        with sheet.tagged("P", second):
            english = f"{wording.text('title', second)} {wording.text('subtitle', second)}"
            sheet.line(english, CENTRE, top - 67, faces.SERIF_ITALIC, 11.5, MUTED, centred=True)
        with sheet.artifact():
            ornament.divider(sheet.canvas, CENTRE, top - 84, 190)

    return Block(88, draw, gap=1.1)


def _label(sheet: Sheet, printed: Printed, key: str, y: float) -> None:
    with sheet.tagged("P", printed.languages[0]):
        text = "  ·  ".join(wording.text(key, one) for one in printed.languages)
        sheet.line(text, CENTRE, y, faces.SANS, 8.5, MUTED, spacing=0.3, centred=True)


def _holder(sheet: Sheet, printed: Printed, scale: float) -> Block:
    name = faces.fit(
        _typeset(printed.name),
        faces.SERIF_BOLD,
        size=29 * scale,
        smallest=15 * scale,
        limit=MEASURE,
        lines=2,
        leading=1.22,
    )
    latin = faces.fit(
        _typeset(printed.latin_name),
        faces.SERIF_ITALIC,
        size=15 * scale,
        smallest=9 * scale,
        limit=MEASURE,
        lines=2,
    )
    if not printed.latin_name:
        latin = Lines(latin.face, latin.size, (), latin.leading)

    def draw(top: float) -> None:
        _label(sheet, printed, "holder", top - 8)
        with sheet.tagged("H2", printed.languages[0]):
            below = sheet.lines(name, CENTRE, top - 14, INK, centred=True)
        if latin.lines:
            with sheet.tagged("P", "en"):
                sheet.lines(latin, CENTRE, below - 2, MUTED, centred=True)

    return Block(16 + name.height + latin.height, draw)


def _course(sheet: Sheet, printed: Printed, scale: float) -> Block:
    first, second = printed.languages
    title = faces.fit(
        f"{printed.course_code}. {printed.course_titles[first]}",
        faces.SERIF_BOLD,
        size=19 * scale,
        smallest=12 * scale,
        limit=MEASURE,
        lines=2,
        leading=1.22,
    )
    english = faces.fit(
        printed.course_titles[second],
        faces.SERIF_ITALIC,
        size=13 * scale,
        smallest=9 * scale,
        limit=MEASURE,
        lines=2,
    )

    def draw(top: float) -> None:
        _label(sheet, printed, "course", top - 8)
        with sheet.tagged("H2", first):
            below = sheet.lines(title, CENTRE, top - 13, DEEP, centred=True)
        with sheet.tagged("P", second):
            sheet.lines(english, CENTRE, below - 1, MUTED, centred=True)

    return Block(14 + title.height + english.height, draw)


def _pilot(sheet: Sheet, printed: Printed) -> Block:
    first, second = printed.languages

    def draw(top: float) -> None:
        texts = wording.text("pilot", first), wording.text("pilot", second)
        reach = max(faces.width(texts[0], faces.SANS_BOLD, 9.5), 150) + 36
        with sheet.artifact():
            sheet.canvas.setStrokeColor(ornament.GOLD)
            sheet.canvas.setFillColor(AMBER_SOFT)
            sheet.canvas.setLineWidth(0.8)
            sheet.canvas.roundRect(CENTRE - reach / 2, top - 34, reach, 34, 5, fill=1)
        with sheet.tagged("P", first):
            sheet.line(texts[0], CENTRE, top - 14.5, faces.SANS_BOLD, 9.5, AMBER, centred=True)
        with sheet.tagged("P", second):
            sheet.line(texts[1], CENTRE, top - 26.5, faces.SANS, 8.5, AMBER, centred=True)

    return Block(34, draw, gap=0.8)


def _facts(sheet: Sheet, printed: Printed) -> Block:
    first, second = printed.languages
    column = (MEASURE - COLUMN_GAP) / 2

    def cell(key: str, value: str, other: str = "") -> Cell:
        label = " · ".join(wording.text(key, one) for one in printed.languages)
        return Cell(
            label, _small(value, 10.5, column), _small(other, 8.5, column) if other else None
        )

    def dated(key: str, iso: str) -> Cell:
        return cell(key, " · ".join(wording.day(iso, one) for one in printed.languages))

    until = printed.valid_until
    endless = " · ".join(wording.text("no_end", one) for one in printed.languages)
    hours = " · ".join(wording.duration(printed.minutes, one) for one in printed.languages)
    pairs = (
        (
            cell("agency", printed.agency_names[first], printed.agency_names[second]),
            cell("cohort", printed.cohort),
        ),
        (dated("completed_on", printed.completed_on), cell("hours", hours)),
        (dated("issued_on", printed.issued_on), cell("edition", str(printed.edition))),
        (
            dated("valid_until", until) if until else cell("valid_until", endless),
            dated("law_as_of", printed.law_as_of),
        ),
    )
    heights = [max(left.height, right.height) + 9 for left, right in pairs]

    def draw(top: float) -> None:
        for (left, right), height in zip(pairs, heights, strict=True):
            with sheet.artifact():
                sheet.canvas.setStrokeColor(HexColor("#cfdad7"))
                sheet.canvas.setLineWidth(0.5)
                sheet.canvas.line(LEFT, top, LEFT + column, top)
                sheet.canvas.line(LEFT + column + COLUMN_GAP, top, LEFT + MEASURE, top)
            _cell(sheet, left, LEFT, top - 4, first)
            _cell(sheet, right, LEFT + column + COLUMN_GAP, top - 4, first)
            top -= height

    return Block(sum(heights), draw)


def _cell(sheet: Sheet, cell: Cell, x: float, top: float, language: str) -> None:
    with sheet.tagged("P", language):
        sheet.line(cell.label, x, top - 7.5, faces.SANS, 7.5, MUTED)
        below = sheet.lines(cell.first, x, top - 10.5, INK)
        if cell.second:
            sheet.lines(cell.second, x, below, MUTED)


def _small(text: str, size: float, limit: float) -> Lines:
    """Return a value of a fact: at most three lines, then an ellipsis."""
    lines = faces.fit(text, faces.SANS, size=size, smallest=size - 2, limit=limit, lines=2)
    if len(lines.lines) <= 3:
        return lines
    last = lines.lines[2]
    while faces.width(last + "…", lines.face, lines.size) > limit:
        last = last[:-1]
    return Lines(lines.face, lines.size, (*lines.lines[:2], last + "…"), lines.leading)


def _power(sheet: Sheet, printed: Printed) -> Block:
    looks = ((faces.SANS_BOLD, 9.0, INK), (faces.SANS, 8.5, MUTED))

    def draw(top: float) -> None:
        for language, (face, size, colour) in zip(printed.languages, looks, strict=True):
            with sheet.tagged("P", language):
                for key in ("completed", "no_power"):
                    top -= 11.5
                    text = wording.text(key, language)
                    sheet.line(text, CENTRE, top, face, size, colour, centred=True)
            top -= 3

    return Block(50, draw, gap=0.9)


def _foot(sheet: Sheet, printed: Printed, base_url: str) -> None:
    """Draw the QR code and the serial at the foot of the page."""
    first = printed.languages[0]
    address = f"{base_url}/verify/{printed.serial}"
    canvas = sheet.canvas
    with sheet.artifact():
        canvas.setFillColor(white)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.roundRect(LEFT, FOOT - 4, QR_SIZE + 8, QR_SIZE + 8, 4, fill=1)
    with sheet.tagged("Figure", first, alt=f"{wording.text('qr', first)}: {address}"):
        _qr(sheet, address, LEFT + 4, FOOT, QR_SIZE)
    canvas.linkURL(address, (LEFT, FOOT, LEFT + QR_SIZE, FOOT + QR_SIZE), relative=0)
    x = LEFT + QR_SIZE + 26
    limit = LEFT + MEASURE - x
    with sheet.tagged("P", first):
        label = " · ".join(wording.text("serial", one) for one in printed.languages)
        sheet.line(label, x, FOOT + 70, faces.SANS, 7.5, MUTED)
        sheet.line(
            serial.shown(printed.serial), x, FOOT + 52, faces.SANS_BOLD, 15, INK, spacing=0.6
        )
    with sheet.tagged("P", first):
        label = " · ".join(wording.text("verify", one) for one in printed.languages)
        sheet.line(label, x, FOOT + 30, faces.SANS, 7.5, MUTED)
        shown = faces.fit(f"{base_url}/verify", faces.SANS, size=11, smallest=6, limit=limit)
        below = sheet.lines(shown, x, FOOT + 26, DEEP)
    canvas.linkURL(address, (x, below, x + limit, FOOT + 26), relative=0)


def _qr(sheet: Sheet, text: str, x: float, y: float, size: float) -> None:
    """Draw a QR code of `text` as one path, its quiet zone included in `size`."""
    matrix = list(segno.make_qr(text, error="m").matrix_iter(scale=1, border=2))
    module = size / len(matrix)
    path = sheet.canvas.beginPath()
    for row, cells in enumerate(matrix):
        start = None
        for column, dark in enumerate([*cells, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(
                    round(x + start * module, 3),
                    round(y + size - (row + 1) * module, 3),
                    round((column - start) * module, 3),
                    round(module + 0.02, 3),
                )
                start = None
    sheet.canvas.setFillColor(INK)
    sheet.canvas.drawPath(path, stroke=0, fill=1)


def _sample(sheet: Sheet, printed: Printed) -> None:
    text = "  ·  ".join(wording.text("sample", one) for one in printed.languages)
    with sheet.artifact():
        sheet.canvas.translate(CENTRE, HEIGHT * 0.5)
        sheet.canvas.rotate(52)
        sheet.line(text, 0, -20, faces.SANS_BOLD, 66, SAMPLE, spacing=4, centred=True)


def _typeset(name: str) -> str:
    return name.replace("'", "\u2019")
