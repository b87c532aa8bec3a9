"""From the tree of a text to the blocks of a leaflet, at one size."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby

from reportlab.lib.colors import Color

from app.paper import faces
from app.paper.blocks import (
    CENTRED,
    TO_LEFT,
    TO_RIGHT,
    Align,
    Blank,
    Block,
    Box,
    Item,
    Measure,
    Prose,
    Rule,
    Stack,
)
from app.paper.grid import Cell, Grid, Row
from app.paper.markup import Node, blanks_apart, is_block, line, lone_blank
from app.paper.sign import CREAM, DEEP

SMALLEST_NOTES = 8.0
BULLETS = ("•", "–")
BLANK_WISH = 180.0  # points that a column to fill in asks for


class Writer:
    """Turns elements into blocks of one size. Raises `Undrawable`."""

    def __init__(self, at: Measure) -> None:
        self._at = at

    def flow(self, node: Node, *, depth: int = 0, bold: bool = False) -> list[Block]:
        """Return the blocks of all that stands inside an element."""
        blocks: list[Block] = []
        for block_ahead, children in groupby(node.children, is_block):
            if block_ahead:
                for child in children:
                    if isinstance(child, Node):
                        blocks += self._block(child, depth)
            else:
                inline = Node(node.tag, node.classes, list(children))
                blocks += self._prose(inline, bold=bold)
        return blocks

    def _block(self, node: Node, depth: int) -> list[Block]:
        if node.tag in ("ul", "ol"):
            return [self._list(node, depth)]
        if "admonition" in node.classes:
            return [self._box(node)]
        if "notes" in node.classes:
            smaller = replace(self._at, size=max(SMALLEST_NOTES, self._at.size * 0.8))
            return [Rule(self._at.size), *Writer(smaller).flow(node)]
        writers: dict[str, Callable[[Node], list[Block]]] = {
            "p": self._prose,
            "h2": self._heading,
            "h3": self._heading,
            "h4": self._heading,
            "table": lambda one: [self._table(one)],
            "blockquote": lambda one: [self._box(one)],
            "dl": lambda one: [self._definitions(one)],
            "hr": lambda one: [Rule(self._at.size * 0.7)],
        }
        write = writers.get(node.tag)
        return write(node) if write else self.flow(node, depth=depth)

    def _heading(self, node: Node) -> list[Block]:
        kind, factor = ("H3", 1.0) if node.tag == "h4" else ("H2", 1.14)
        size = self._at.size
        look = replace(self._at, size=size * factor, face=faces.SANS_BOLD, colour=DEEP)
        return [Prose(line(node.children, look.look), look, kind=kind, gap=size * 0.95)]

    def _prose(self, node: Node, *, bold: bool = False) -> list[Block]:
        if not any(not isinstance(one, str) or one.strip() for one in node.children):
            return []
        if blank := lone_blank(node):
            return [Blank(blank.text(), self._at, in_cell=node.tag == "td")]
        if fields := blanks_apart(node):
            columns = [self._stack(self._field(*one)) for one in fields]
            return [Row(columns, gap=self._at.size * 0.8)]
        look = replace(self._at, face=faces.SANS_BOLD) if bold else self._at
        markup = line(node.children, look.look).strip()
        return [Prose(markup, look, align=_align(node), gap=self._at.size * 0.55)]

    def _field(self, label: Node, blank: Node) -> list[Block]:
        """Return a label with room to write below it."""
        return [*self._prose(label), Blank(blank.text(), replace(self._at, loose=1.0))]

    def _list(self, node: Node, depth: int) -> Block:
        indent = self._at.size * (1.7 if node.tag == "ol" else 1.15)
        gap = self._at.size * (0.42 if depth == 0 else 0.2)
        items: list[Block] = []
        for number, item in enumerate(_only(node, "li"), node.start):
            label = f"{number}." if node.tag == "ol" else BULLETS[min(depth, 1)]
            body = self._stack(self.flow(item, depth=depth + 1), tag="LBody")
            items.append(Item(label, body, self._at, indent=indent, gap=gap))
        return Stack(items, self._at, tag="L", gap=self._at.size * (0.6 if depth == 0 else 0.2))

    def _table(self, node: Node) -> Block:
        at = replace(self._at, loose=1.22)
        writer = Writer(at)
        rows = [
            [writer._cell(cell) for cell in row.elements() if cell.tag in ("td", "th")]
            for row in node.find("tr")
        ]
        return Grid([row for row in rows if row], at, gap=at.size * 0.8)

    def _cell(self, node: Node) -> Cell:
        is_head = node.tag == "th"
        face = faces.SANS_BOLD if is_head else faces.SANS
        body = self._stack(self.flow(node, bold=is_head))
        text = faces.drawable(" ".join(node.text().split()))
        natural = BLANK_WISH if lone_blank(node) else faces.width(text, face, self._at.size)
        return Cell(body, natural, is_head)

    def _box(self, node: Node) -> Block:
        heavy = "red-line" in node.classes
        heads = [one for one in node.elements() if "admonition-title" in one.classes]
        rest = Node("div", frozenset(), [one for one in node.children if one not in heads])
        colour: Color = CREAM if heavy else DEEP
        look = replace(self._at, face=faces.SANS_BOLD, colour=colour, size=self._at.size * 0.95)
        title = Prose(line(heads[0].children, look.look), look, kind="P") if heads else None
        body = self._stack(self.flow(rest))
        return Box(title, body, self._at, heavy=heavy, gap=self._at.size * 0.8)

    def _definitions(self, node: Node) -> Block:
        blocks: list[Block] = []
        for child in node.elements():
            if child.tag == "dt":
                blocks += self._prose(child, bold=True)
            else:
                gap = self._at.size * 0.1
                body = self.flow(child)
                blocks.append(Stack(body, self._at, indent=self._at.size * 1.15, gap=gap))
        return Stack(blocks, self._at, gap=self._at.size * 0.6)

    def _stack(self, blocks: list[Block], *, tag: str = "") -> Stack:
        return Stack(blocks, self._at, tag=tag, gap=0)


def _only(node: Node, tag: str) -> Iterable[Node]:
    return (child for child in node.elements() if child.tag == tag)


def _align(node: Node) -> Align:
    if "align-center" in node.classes:
        return CENTRED
    return TO_RIGHT if "align-right" in node.classes else TO_LEFT
