"""Where the parts of the picture of a scenario stand: one column of boxes, lines beside it.

Boxes stand in the order of their distance from the start, endings last. Each way out has a port
on the right of its row, each box takes lines in at the right of its head, and a line runs in a
lane of its own between the two. A phone is wide enough for that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.content.cases import Story

LEFT, WIDTH = 8, 254
LINE, PAD, GAP, LANE = 15, 8, 22, 11
FIRST_LANE = 16


@dataclass(frozen=True)
class Port:
    """Where a way leaves a row: `line` counts the lines of the row above it."""

    to: str
    verdict: str
    line: int
    is_best: bool


@dataclass(frozen=True)
class Row:
    """One choice: its lines of text and its ways out."""

    letter: str
    lines: tuple[str, ...]
    ports: tuple[Port, ...]


@dataclass(frozen=True)
class Box:
    """A node or an ending."""

    id: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    is_ending: bool
    on_best_path: bool


@dataclass(frozen=True)
class Placed:
    """A box with its upper edge, its height, and the first line of each row."""

    box: Box
    top: int
    height: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Edge:
    """A line from a port, in a lane, into a box."""

    port: Port
    y: int
    into: int
    lane: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """The upper and the lower end."""
        return min(self.y, self.into), max(self.y, self.into)


def order(story: Story) -> list[str]:
    """Return nodes and endings by their distance from the start; what is not reached comes last."""
    rank, waiting = {story.start: 0}, deque([story.start])
    while waiting:
        here = waiting.popleft()
        scene = story.scenes.get(here)
        for move in scene.moves if scene else ():
            for target in (move.next, *(to for _, to in move.ways)):
                if target not in rank:
                    rank[target] = rank[here] + 1
                    waiting.append(target)
    far = len(rank) + 1
    nodes = sorted(story.scenes, key=lambda one: rank.get(one, far))
    return nodes + sorted(story.endings, key=lambda one: rank.get(one, far))


def place(boxes: Iterable[Box]) -> tuple[list[Placed], int]:
    """Put boxes under each other; also return where the last one ends."""
    placed, top = list[Placed](), PAD
    for box in boxes:
        y = top + PAD + LINE * len(box.head)
        rows = list[int]()
        for row in box.rows:
            y += PAD
            rows.append(y)
            y += LINE * len(row.lines)
        placed.append(Placed(box, top, y + PAD - top, tuple(rows)))
        top = y + PAD + GAP
    return placed, top - GAP


def edges(placed: Sequence[Placed]) -> tuple[list[Edge], int]:
    """Return the lines, each in a lane that is free along it, and how many lanes there are."""
    tops = {one.box.id: one for one in placed}
    drawn = [
        (port, y + LINE * port.line + LINE // 2, tops[port.to])
        for one in placed
        for row, y in zip(one.box.rows, one.rows, strict=True)
        for port in row.ports
        if port.to in tops
    ]
    arrivals = _arrivals(drawn)
    lines = [Edge(port, y, into) for (port, y, _), into in zip(drawn, arrivals, strict=True)]
    return _in_lanes(lines)


def _arrivals(drawn: Sequence[tuple[Port, int, Placed]]) -> list[int]:
    """Spread the lines that reach a box over the height of its head."""
    reaching: Mapping[str, list[int]] = {target.box.id: [] for _, _, target in drawn}
    for number, (_, _, target) in enumerate(drawn):
        reaching[target.box.id].append(number)
    found = [0] * len(drawn)
    for numbers in reaching.values():
        target = drawn[numbers[0]][2]
        room = LINE * len(target.box.head) + PAD
        for turn, number in enumerate(numbers, start=1):
            found[number] = target.top + round(room * turn / (len(numbers) + 1))
    return found


def _in_lanes(lines: Iterable[Edge]) -> tuple[list[Edge], int]:
    lanes: list[list[Edge]] = []
    found = list[Edge]()
    for edge in sorted(lines, key=lambda one: one.span[1] - one.span[0]):
        free = [n for n, taken in enumerate(lanes) if all(_apart(edge, one) for one in taken)]
        number = free[0] if free else len(lanes)
        if not free:
            lanes.append([])
        lanes[number].append(edge)
        found.append(Edge(edge.port, edge.y, edge.into, number))
    return found, len(lanes)


def _apart(one: Edge, other: Edge) -> bool:
    return one.span[1] + 3 < other.span[0] or one.span[0] > other.span[1] + 3
