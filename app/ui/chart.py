"""Charts, drawn on the server from values alone.

Lengths are per cent of the width, so that text keeps its size on a phone. Colour never speaks
alone: parts have patterns, figures stand beside what they measure, and a value that may not be
told is a dashed, empty place with a sign of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from markupsafe import Markup

Number = int | float | Fraction

THICK = 16
TREND_HEIGHT = 200
TREND_TOP, TREND_FOOT = 28, 168
TREND_SIDE = 6  # per cent left free on each side, for the labels of the first and last point
PATTERNS = 4
DENSE = 8  # from so many points on, only the telling ones carry their figure
LABELS = 6  # so many names of points find room below the line on a phone


def _not_negative(*values: Number | None) -> None:
    if any(value is not None and value < 0 for value in values):
        raise ValueError("a chart has no place for a negative value")


@dataclass(frozen=True)
class Bar:
    """One bar: `text` is the printed value; a `value` of None may not be told."""

    label: str
    value: Number | None
    text: str
    strong: bool = False

    def __post_init__(self) -> None:
        _not_negative(self.value)


@dataclass(frozen=True)
class Stack:
    """One bar of parts; `values` are None when the parts may not be told."""

    label: str
    values: tuple[int, ...] | None
    text: str

    def __post_init__(self) -> None:
        _not_negative(*(self.values or ()))


@dataclass(frozen=True)
class Point:
    """One point of a line over time; a `value` of None leaves a gap."""

    label: str
    value: Number | None
    text: str

    def __post_init__(self) -> None:
        _not_negative(self.value)


def _percent(part: Number, whole: Number) -> str:
    share = min(float(part) / float(whole), 1.0) if whole else 0.0
    return f"{round(share * 100, 2):g}%"


def _svg(body: Markup) -> Markup:
    return Markup(
        '<svg class="bar" width="100%" height="{0}" aria-hidden="true" focusable="false">{1}</svg>'
    ).format(THICK, body)


def _track(told: bool) -> Markup:
    return Markup('<rect class="{}" width="100%" height="{}"></rect>').format(
        "track" if told else "track untold", THICK
    )


def _fill(kind: str, start: str, width: str, paint: str = "") -> Markup:
    fill = Markup(' fill="url(#{})"').format(paint) if paint else Markup("")
    return Markup('<rect class="{}" x="{}" width="{}" height="{}"{}></rect>').format(
        kind, start, width, THICK, fill
    )


def _line(kind: str, at: str) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="0" y2="{}"></line>').format(
        kind, at, at, THICK
    )


def bars(items: Sequence[Bar], *, top: Number | None = None, mark: Number | None = None) -> Markup:
    """Return horizontal bars in the order of `items`.

    `top` is the value of a full bar, else the largest one; `mark` draws a line across all bars,
    as for a target. Raises `ValueError` for a negative value.
    """
    _not_negative(top, mark)
    whole = top if top is not None else max((each.value or 0 for each in items), default=0)
    drawn = []
    for each in items:
        body = _track(each.value is not None)
        if each.value:
            body += _fill("fill", "0%", _percent(each.value, whole))
        if mark is not None:
            body += _line("mark", _percent(mark, whole))
        drawn.append(_row(each.label, each.text, _svg(body), each.strong))
    return Markup('<ul class="bars">{}</ul>').format(Markup("").join(drawn))


def _row(label: str, text: str, svg: Markup, strong: bool = False) -> Markup:
    return Markup(
        '<li{}><span class="bar-label">{}</span>{}<span class="bar-text">{}</span></li>'
    ).format(Markup(' class="strong"') if strong else Markup(""), label, svg, text)


def stacked(
    names: Sequence[str],
    rows: Sequence[Stack],
    *,
    key: str,
    printed: Callable[[int], str] = str,
) -> Markup:
    """Return bars of equal length, cut into parts named by `names`, the first from the left.

    `key` keeps the patterns of several charts on a page apart. Raises `ValueError` for more parts
    than there are patterns, for a row with another number of parts, and for a negative value.
    """
    if len(names) > PATTERNS or any(row.values and len(row.values) != len(names) for row in rows):
        raise ValueError(f"a stack has one value for each name, and at most {PATTERNS}")
    paints = [f"{key}-{place + 1}" for place in range(len(names))]
    drawn = [_row(row.label, row.text, _svg(_parts(row.values, paints, printed))) for row in rows]
    swatches = [
        _swatch(place + 1, paint, name)
        for place, (name, paint) in enumerate(zip(names, paints, strict=True))
    ]
    return Markup('{}<ul class="key">{}</ul><ul class="bars">{}</ul>').format(
        _patterns(paints), Markup("").join(swatches), Markup("").join(drawn)
    )


def _swatch(tone: int, paint: str, name: str) -> Markup:
    return Markup(
        '<li><svg width="26" height="{}" aria-hidden="true" focusable="false">{}</svg>{}</li>'
    ).format(THICK, _fill(f"part tone-{tone}", "0%", "100%", paint), name)


def _parts(
    values: Sequence[int] | None, paints: Sequence[str], printed: Callable[[int], str]
) -> Markup:
    if values is None or not sum(values):
        return _track(values is not None)
    whole, start, body = sum(values), 0, _track(True)
    for place, value in enumerate(values):
        if value:
            at, width = _percent(start, whole), _percent(value, whole)
            body += _fill(f"part tone-{place + 1}", at, width, paints[place])
            if Fraction(value, whole) >= Fraction(1, 10):
                middle = _percent(start + Fraction(value, 2), whole)
                body += Markup('<text class="tone-{}" x="{}" y="{}">{}</text>').format(
                    place + 1, middle, THICK - 4, printed(value)
                )
        start += value
    return body


def _patterns(paints: Sequence[str]) -> Markup:
    shapes = (
        Markup('<rect width="8" height="8"></rect>'),
        Markup('<path d="M-2 2 2-2M0 8 8 0M6 10l4-4"></path>'),
        Markup('<circle cx="2" cy="2" r="1.2"></circle><circle cx="6" cy="6" r="1.2"></circle>'),
        Markup(""),
    )
    drawn = [
        Markup(
            '<pattern id="{}" class="tone-{}" width="8" height="8" patternUnits="userSpaceOnUse">'
            '<rect class="under" width="8" height="8"></rect>{}</pattern>'
        ).format(paint, place + 1, shapes[place])
        for place, paint in enumerate(paints)
    ]
    return Markup(
        '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false">'
        "<defs>{}</defs></svg>"
    ).format(Markup("").join(drawn))


def trend(
    points: Sequence[Point],
    *,
    label: str,
    top: Number | None = None,
    mark: tuple[Number, str] | None = None,
) -> Markup:
    """Return dots on a line over time, with the figures beside the telling dots.

    `label` says to a screen reader what is drawn; the table beneath a chart has the figures.
    `mark` is a level with its words, as for a cut score. Raises `ValueError` for negative values.
    """
    _not_negative(top, mark[0] if mark else None)
    known = [each.value for each in points if each.value is not None]
    whole = top if top is not None else max([*known, mark[0] if mark else 0], default=0)
    spots = [(_across(place, len(points)), _down(each.value, whole), each)
             for place, each in enumerate(points)]  # fmt: skip
    body = _level("axis", TREND_FOOT)
    if mark:
        level = _down(mark[0], whole)
        body += _level("mark", level) + _words("mark-text", "0%", level - 6, mark[1])
    for (x, y, here), (next_x, next_y, after) in pairwise(spots):
        if here.value is not None and after.value is not None:
            body += Markup('<line class="link" x1="{}" y1="{}" x2="{}" y2="{}"></line>').format(
                x, y, next_x, next_y
            )
    telling = _telling(points)
    step = -(-len(points) // LABELS) or 1
    for place, (x, y, each) in enumerate(spots):
        last = place == len(points) - 1
        kind = "dot untold" if each.value is None else "dot last" if last else "dot"
        body += Markup('<circle class="{}" cx="{}" cy="{}" r="{}"></circle>').format(
            kind, x, y, 6 if last else 4.5
        )
        if place in telling:
            body += _words("dot-text", x, y - 12, each.text)
        if (len(points) - 1 - place) % step == 0:
            body += _words("dot-label", x, TREND_FOOT + 22, each.label)
    return Markup(
        '<svg class="trend" width="100%" height="{}" role="img" aria-label="{}">{}</svg>'
    ).format(TREND_HEIGHT, label, body)


def _across(place: int, count: int) -> str:
    room = 100 - 2 * TREND_SIDE
    share = place / (count - 1) if count > 1 else 0.5
    return f"{round(TREND_SIDE + room * share, 2):g}%"


def _down(value: Number | None, whole: Number) -> float:
    share = min(float(value) / float(whole), 1.0) if value and whole else 0.0
    return round(TREND_FOOT - (TREND_FOOT - TREND_TOP) * share, 1)


def _telling(points: Sequence[Point]) -> set[int]:
    """Return the places that carry a figure: all of a few, else ends, extremes and gaps."""
    if len(points) < DENSE:
        return set(range(len(points)))
    told = [place for place, each in enumerate(points) if each.value is not None]
    gaps = {place for place, each in enumerate(points) if each.value is None}
    if not told:
        return gaps

    def value(place: int) -> float:
        return float(points[place].value or 0)

    return gaps | {told[0], told[-1], max(told, key=value), min(told, key=value)}


def _level(kind: str, y: float) -> Markup:
    return Markup('<line class="{}" x1="0" x2="100%" y1="{}" y2="{}"></line>').format(kind, y, y)


def _words(kind: str, x: str, y: float, text: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, x, y, text)
