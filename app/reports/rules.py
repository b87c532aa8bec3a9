"""The one disclosure gate: which figures of a report may be shown without pointing at people.

A report is a tree of counts: a total over agencies, an agency over cohorts. Who reads it sees
all shown cells and knows how they add up. The gate hides small groups, small parts of a group,
and then further cells, until no hidden cell can be worked out from those that are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FLOOR = 3
COLUMNS = ("learners", "started", "lessons", "attempted", "passed", "completed", "certified")
LEARNERS, STARTED, LESSONS, ATTEMPTED, PASSED, COMPLETED, CERTIFIED = range(len(COLUMNS))

# A count is never above these others; a reader of the definitions knows it.
WITHIN = {
    STARTED: (LEARNERS,),
    LESSONS: (STARTED,),
    ATTEMPTED: (STARTED,),
    PASSED: (ATTEMPTED,),
    COMPLETED: (LESSONS, PASSED),
    CERTIFIED: (COMPLETED,),
}
# The groups of which a count is a part. A part and what is left of its group are both protected.
PART_OF = {
    STARTED: (LEARNERS,),
    LESSONS: (LEARNERS,),
    ATTEMPTED: (LEARNERS,),
    PASSED: (LEARNERS, ATTEMPTED),
    COMPLETED: (LEARNERS, ATTEMPTED),
    CERTIFIED: (LEARNERS, ATTEMPTED),
}
# Whoever passes has as a rule completed: the two are shown together or not at all.
TOGETHER = {PASSED: (COMPLETED,), COMPLETED: (PASSED,)}

Counts = tuple[int, ...]
Cell = tuple[int, int]  # place of the row in `walk`, column


@dataclass(frozen=True)
class Thresholds:
    """When a figure is hidden; none may be under 3.

    `group`: fewer people than this are never described. `cell`: a part of a group, or the rest
    of it, with fewer people than this is hidden unless it is empty. `mask`: "none of them" and
    "all of them" are hidden in a group with fewer people than this.
    """

    group: int
    mask: int = 20
    cell: int = FLOOR

    def __post_init__(self) -> None:
        if min(self.group, self.mask, self.cell) < FLOOR:
            raise ValueError(f"a threshold is at least {FLOOR}")


INSIDE_AGENCY = Thresholds(group=5)
BEYOND_AGENCY = Thresholds(group=10)


@dataclass(frozen=True)
class Node:
    """A row of the report; a row with `children` is their sum."""

    counts: Counts
    children: tuple[Node, ...] = ()


def total(children: Sequence[Node]) -> Node:
    """Return the row that adds up `children`."""
    columns = range(len(COLUMNS))
    return Node(tuple(sum(child.counts[c] for child in children) for c in columns), tuple(children))


def walk(root: Node) -> Iterator[Node]:
    """Return the rows in the order of the page: each before its children."""
    yield root
    for child in root.children:
        yield from walk(child)


def disclose(root: Node, thresholds: Thresholds) -> list[tuple[int | None, ...]]:
    """Return for each row, in the order of `walk`, its counts with None for a hidden one.

    The threshold for groups is raised step by step and nothing hidden comes back, so a stricter
    threshold never shows more.
    """
    gate = _Gate(root)
    for group in range(FLOOR, thresholds.group + 1):
        gate.apply(Thresholds(group, thresholds.mask, thresholds.cell))
    return [
        tuple(None if (row, c) in gate.hidden else n for c, n in enumerate(node.counts))
        for row, node in enumerate(gate.nodes)
    ]


def is_safe(part: int, whole: int, thresholds: Thresholds) -> bool:
    """Whether `part` of a group of `whole` people may be told. A group of nobody is no secret."""
    if whole == 0:
        return part == 0
    if whole < thresholds.group:
        return False
    if part in (0, whole):
        return whole >= thresholds.mask
    return part >= thresholds.cell and whole - part >= thresholds.cell


def _may_show(counts: Counts, column: int, thresholds: Thresholds) -> bool:
    if column == LEARNERS:
        return counts[LEARNERS] == 0 or counts[LEARNERS] >= thresholds.group
    return all(is_safe(counts[column], counts[whole], thresholds) for whole in PART_OF[column])


@dataclass
class _Gate:
    """The hidden cells of one tree. They only ever grow, so a found witness stays one."""

    root: Node
    nodes: list[Node] = field(init=False)
    parent: list[int | None] = field(init=False)
    children: list[list[int]] = field(init=False)
    hidden: set[Cell] = field(default_factory=set)
    witnessed: set[Cell] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.nodes, self.parent, self.children = [], [], []
        self._add(self.root, None)

    def _add(self, node: Node, parent: int | None) -> None:
        row = len(self.nodes)
        self.nodes.append(node)
        self.parent.append(parent)
        self.children.append([])
        if parent is not None:
            self.children[parent].append(row)
        for child in node.children:
            self._add(child, row)

    def apply(self, thresholds: Thresholds) -> None:
        """Hide what `thresholds` ask for, then more until nothing hidden can be worked out."""
        for row, node in enumerate(self.nodes):
            for column in range(len(COLUMNS)):
                if not _may_show(node.counts, column, thresholds):
                    self._hide(row, column)
        while (exposed := self._exposed(thresholds)) is not None:
            self._hide_beside(*exposed)

    def _hide(self, row: int, column: int) -> None:
        if (row, column) in self.hidden:
            return
        self.hidden.add((row, column))
        for other in range(len(COLUMNS)):
            if column in PART_OF.get(other, ()) or column in TOGETHER.get(other, ()):
                self._hide(row, other)

    def _exposed(self, thresholds: Thresholds) -> Cell | None:
        """Return a hidden cell that shown cells give away, or None."""
        for row, node in enumerate(self.nodes):
            for column in range(len(COLUMNS)):
                if (row, column) in self.hidden or not node.children:
                    continue
                rest = self._hidden_leaves(row, column)
                if rest and not _may_show(self._sum(rest), column, thresholds):
                    return min(rest, key=lambda leaf: self.nodes[leaf].counts), column
        for cell in sorted(self.hidden - self.witnessed):
            if not self._find_witness(*cell):
                return cell
        return None

    def _hidden_leaves(self, row: int, column: int) -> list[int]:
        """Return the hidden cohorts whose sum is `row` less all that is shown below it."""
        found: list[int] = []
        for child in self.children[row]:
            if (child, column) in self.hidden:
                found += self._hidden_leaves(child, column) if self.children[child] else [child]
        return found

    def _sum(self, rows: Sequence[int]) -> Counts:
        return total([self.nodes[row] for row in rows]).counts

    def _hide_beside(self, row: int, column: int) -> None:
        """Hide one more cell: the smallest of two or more siblings, else the sum above."""
        here: int | None = row
        alone: list[int] = []
        while here is not None and (above := self.parent[here]) is not None:
            siblings = self._shown([r for r in self.children[above] if r != here], column)
            if len(siblings) >= 2:
                return self._hide_down(siblings[0], column)
            alone += siblings
            if (above, column) not in self.hidden:
                return self._hide(above, column)
            here = above
        if alone:
            return self._hide_down(alone[0], column)
        later_first = [*range(column + 1, len(COLUMNS)), *range(column - 1, -1, -1)]
        for near in later_first:
            if (row, near) not in self.hidden:
                return self._hide(row, near)
        for each in range(len(self.nodes)):
            self._hide(each, LEARNERS)
            self.witnessed.update((each, c) for c in range(len(COLUMNS)))
        return None

    def _hide_down(self, row: int, column: int) -> None:
        """Hide a cell, and of a sum the smallest part too: else the parts give the sum away."""
        self._hide(row, column)
        if not self._hidden_leaves(row, column):
            for part in self._shown(self.children[row], column)[:1]:
                self._hide_down(part, column)

    def _shown(self, rows: Sequence[int], column: int) -> list[int]:
        """Return those of `rows` that are shown and describe somebody, smallest group first."""
        shown = [
            row
            for row in rows
            if (row, column) not in self.hidden and self.nodes[row].counts[LEARNERS]
        ]
        return sorted(shown, key=lambda row: (self.nodes[row].counts, row))

    def _find_witness(self, row: int, column: int) -> bool:
        """Look for other counts that look the same and differ in this cell."""
        for leaf in self._moving_leaves(row, column):
            node: int | None = row
            while node is not None and (node, column) in self.hidden:
                above = self.parent[node]
                others: list[int | None] = [None]
                if above is not None:
                    others = [
                        other
                        for sibling in self.children[above]
                        if sibling != node
                        for other in self._moving_leaves(sibling, column)
                    ]
                if any(self._moves(leaf, other, above, column) for other in others):
                    return True
                node = above
        return False

    def _moving_leaves(self, row: int, column: int) -> list[int]:
        """Return the cohorts at or below `row` that are hidden all the way up to it."""
        if (row, column) not in self.hidden:
            return []
        if not self.children[row]:
            return [row]
        return [leaf for child in self.children[row] for leaf in self._moving_leaves(child, column)]

    def _moves(self, leaf: int, other: int | None, top: int | None, column: int) -> bool:
        """Whether one person may move between two cohorts below `top` (or appear) unseen."""
        rows = self._up_to(leaf, top) + (self._up_to(other, top) if other is not None else [])
        for first in range(column + 1):
            for last in range(column, len(COLUMNS)):
                moved = range(first, last + 1)
                if not all((row, c) in self.hidden for row in rows for c in moved):
                    continue
                for step in (1, -1):
                    if self._allows(leaf, moved, step) and (
                        other is None or self._allows(other, moved, -step)
                    ):
                        self.witnessed.update((row, c) for row in rows for c in moved)
                        return True
        return False

    def _up_to(self, row: int | None, top: int | None) -> list[int]:
        path: list[int] = []
        while row is not None and row != top:
            path.append(row)
            row = self.parent[row]
        return path

    def _allows(self, leaf: int, moved: range, step: int) -> bool:
        before = self.nodes[leaf].counts
        after = [n + step if c in moved else n for c, n in enumerate(before)]
        if min(after) < 0 or after[LEARNERS] < 1:
            return False
        return all(
            after[part] <= after[whole] or before[part] > before[whole]
            for part, wholes in WITHIN.items()
            for whole in wholes
        )
