"""The ornament of a certificate: woven lines round the page and a rosette behind the name."""

from __future__ import annotations

import math
from collections.abc import Callable

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from app.paper.sign import DEEP, LINE, PALE

Point = tuple[float, float]
Curve = Callable[[float], Point]

GOLD = HexColor("#b8862f")
EDGE = 22.0
BAND = 24.0
_STRANDS = 6
_WAVE = 38.0


def border(canvas: Canvas, page_width: float, page_height: float) -> None:
    """Draw the frame: a woven band between fine rules, with a rosette in each corner."""
    left, right = EDGE, page_width - EDGE
    bottom, top = EDGE, page_height - EDGE
    middle = BAND / 2
    canvas.setLineWidth(0.4)
    canvas.setStrokeColor(LINE)
    canvas.setLineJoin(1)
    for y in (bottom + middle, top - middle):
        _weave(canvas, left + BAND, right - BAND, y, upright=False)
    for x in (left + middle, right - middle):
        _weave(canvas, bottom + BAND, top - BAND, x, upright=True)
    for x in (left + middle, right - middle):
        for y in (bottom + middle, top - middle):
            _corner(canvas, x, y)
    canvas.setStrokeColor(DEEP)
    for inset, line in ((0.0, 0.9), (-3.0, 0.35), (BAND, 0.9), (BAND + 4, 0.35)):
        canvas.setLineWidth(line)
        canvas.rect(
            left + inset, bottom + inset, right - left - 2 * inset, top - bottom - 2 * inset
        )


def rosette(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Draw the pale rosette that lies behind the text."""
    canvas.setStrokeColor(PALE)
    canvas.setLineWidth(0.5)
    for strand in range(8):
        turn = strand * math.tau / 8 / 12
        for mean, swing in ((0.78, 0.22), (0.42, 0.16)):
            _petals(canvas, (x, y), radius, mean=mean, swing=swing, petals=12, turn=turn)


def divider(canvas: Canvas, x: float, y: float, length: float) -> None:
    """Draw a fine rule with a small diamond in its middle at (x, y)."""
    canvas.setStrokeColor(GOLD)
    canvas.setFillColor(GOLD)
    canvas.setLineWidth(0.7)
    for side in (-1, 1):
        canvas.line(x + side * 7, y, x + side * length / 2, y)
    diamond = canvas.beginPath()
    diamond.moveTo(x - 3.2, y)
    for dx, dy in ((0, 3.2), (3.2, 0), (0, -3.2)):
        diamond.lineTo(x + dx, y + dy)
    diamond.close()
    canvas.drawPath(diamond, stroke=0, fill=1)


def _weave(canvas: Canvas, start: float, end: float, middle: float, *, upright: bool) -> None:
    """Draw waves that cross along a line from `start` to `end`, level or upright."""
    waves = round((end - start) / _WAVE)
    turns = waves * math.tau / (end - start)
    swell = BAND / 2 - 3
    for strand in range(_STRANDS):
        phase = strand * math.tau / _STRANDS

        def curve(t: float, phase: float = phase) -> Point:
            across = middle + swell * math.sin(turns * (t - start) + phase)
            return (across, t) if upright else (t, across)

        path = canvas.beginPath()
        _trace(path, curve, start, end, waves * 4)
        canvas.drawPath(path, stroke=1, fill=0)


def _corner(canvas: Canvas, x: float, y: float) -> None:
    for strand in range(3):
        _petals(
            canvas,
            (x, y),
            BAND / 2 - 1.5,
            mean=0.62,
            swing=0.38,
            petals=8,
            turn=strand * math.tau / 24,
        )


def _petals(
    canvas: Canvas,
    centre: Point,
    radius: float,
    *,
    mean: float,
    swing: float,
    petals: int,
    turn: float,
) -> None:
    def at(angle: float) -> Point:
        reach = radius * (mean + swing * math.cos(petals * (angle + turn)))
        return centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)

    path = canvas.beginPath()
    _trace(path, at, 0, math.tau, petals * 6)
    path.close()
    canvas.drawPath(path, stroke=1, fill=0)


def _trace(path: PDFPathObject, curve: Curve, start: float, end: float, pieces: int) -> None:
    """Add a smooth curve to `path`, in `pieces` Bézier arcs with its own tangents."""
    step = (end - start) / pieces
    here, slope = curve(start), _slope(curve, start, step)
    path.moveTo(*_rounded(here))
    for number in range(1, pieces + 1):
        t = start + number * step
        there, next_slope = curve(t), _slope(curve, t, step)
        path.curveTo(
            *_rounded((here[0] + slope[0] / 3, here[1] + slope[1] / 3)),
            *_rounded((there[0] - next_slope[0] / 3, there[1] - next_slope[1] / 3)),
            *_rounded(there),
        )
        here, slope = there, next_slope


def _slope(curve: Curve, t: float, step: float) -> Point:
    """Return how far the curve moves in one step at the pace it has at `t`."""
    h = step * 1e-4
    (x1, y1), (x2, y2) = curve(t - h), curve(t + h)
    return (x2 - x1) / (2 * h) * step, (y2 - y1) / (2 * h) * step


def _rounded(point: Point) -> Point:
    return round(point[0], 2), round(point[1], 2)
