"""The closed HTML of compiled texts as a tree, and lines of it as the library sets them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from app.paper import faces
from app.paper.faces import UnprintableName

BLOCKS = frozenset({"p", "ul", "ol", "li", "h2", "h3", "h4", "dl", "dt", "dd", "div", "section"})
BLOCKS |= {"table", "thead", "tbody", "tr", "th", "td", "blockquote", "hr"}
_VOID = frozenset({"br", "hr", "img", "wbr"})
_REFUSED = frozenset({"img", "picture", "svg", "audio", "video", "object"})
_SPACE = re.compile(r"[ \t\r\n]+")  # a space that does not break stays
_NOT_ON_PAPER = frozenset({"back", "visually-hidden"})  # links back, and words to be heard
_JOINED = "\u00a0"
_GAP = 125.0  # points to write on inside a line


class NotOnPaper(Exception):
    """A text cannot be drawn as one sheet; a browser still prints it."""


class Undrawable(NotOnPaper):
    """A text holds a picture, or letters that no face draws."""


@dataclass
class Node:
    """An element with its classes; `start` is the first number of a list."""

    tag: str
    classes: frozenset[str] = frozenset()
    children: list[Node | str] = field(default_factory=list)
    start: int = 1

    def find(self, tag: str) -> Iterator[Node]:
        """Yield the elements of this kind inside, in order."""
        for child in self.elements():
            if child.tag == tag:
                yield child
            yield from child.find(tag)

    def elements(self) -> Iterator[Node]:
        """Yield the elements right inside."""
        return (child for child in self.children if isinstance(child, Node))

    def text(self) -> str:
        """Return all text inside."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)


@dataclass(frozen=True)
class Look:
    """How a run of text is set; sizes in points, colours as `#rrggbb`."""

    face: str
    size: float
    small: float
    muted: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _REFUSED:
            raise Undrawable(f"<{tag}>")
        found = dict(attrs)
        node = Node(tag, frozenset((found.get("class") or "").split()))
        node.start = int(found.get("start") or 1)
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in {node.tag for node in self._open[1:]}:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> Node:
    """Return the tree of sanitised HTML. Raises `Undrawable` where it holds a picture."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def is_block(child: Node | str) -> bool:
    """Whether a child begins a block of its own."""
    return isinstance(child, Node) and child.tag in BLOCKS


def lone_blank(node: Node) -> Node | None:
    """Return the place to fill in when the element holds nothing else."""
    parts = [child for child in node.children if not isinstance(child, str) or child.strip()]
    if len(parts) == 1 and isinstance(parts[0], Node) and "blank" in parts[0].classes:
        return parts[0]
    return None


def blanks_apart(node: Node) -> list[tuple[Node, Node]]:
    """Return labels and places to fill in, when a line is a row of them: "a: __ · b: __"."""
    fields: list[tuple[Node, Node]] = []
    label = Node("p")
    for child in node.children:
        if isinstance(child, Node) and "blank" in child.classes:
            fields.append((label, child))
            label = Node("p")
        elif isinstance(child, str):
            label.children.append(child.lstrip(" \n\u00a0·") if not label.children else child)
        else:
            label.children.append(child)
    whole = not label.text().strip() and all(one.text().strip() for one, _blank in fields)
    return fields if whole and len(fields) in (2, 3) else []


def line(children: Iterable[Node | str], look: Look, *, italic: bool = False) -> str:
    """Return inline text as the markup of the library's paragraphs. Raises `Undrawable`."""
    parts = list(children)
    return "".join(
        _element(child, look, italic=italic)
        if isinstance(child, Node)
        else _raised(child, look)
        if _between_numbers(parts, at)
        else _run(_SPACE.sub(" ", child), look, italic=italic)
        for at, child in enumerate(parts)
    )


def plain(text: str, look: Look) -> str:
    """Return a plain text as the markup of the library's paragraphs. Raises `Undrawable`."""
    return _run(text, look, italic=False)


def _element(node: Node, look: Look, *, italic: bool) -> str:
    if node.tag == "br" or node.classes & _NOT_ON_PAPER:
        return "<br/>" if node.tag == "br" else ""
    if "blank" in node.classes:
        label = _run(f"\u00a0({node.text().replace(' ', _JOINED)})", look, italic=False)
        spaces = round(_GAP / faces.width(_JOINED, look.face, look.size))
        return f'<u color="{look.muted}">{_JOINED * spaces}</u>{_small(label, look)}'
    if "badge" in node.classes:
        return _small(_run(f"[{node.text()}]", look, italic=False), look)
    if node.tag in ("strong", "b", "dt", "th"):
        bold = Look(faces.SANS_BOLD, look.size, look.small, look.muted)
        return line(node.children, bold, italic=italic)
    inner = line(node.children, look, italic=italic or node.tag in ("em", "i", "cite"))
    return _raised(inner, look) if node.tag == "sup" else inner


def _raised(markup: str, look: Look) -> str:
    return f'<super size="{look.size * 0.62:.2f}" rise="{look.size * 0.36:.2f}">{markup}</super>'


def _between_numbers(parts: list[Node | str], at: int) -> bool:
    """Whether a text is only the comma between two numbers of sources."""
    around = [*parts[at - 1 : at], *parts[at + 1 : at + 2]] if at else []
    return str(parts[at]).strip(" \u00a0") == "," and [
        isinstance(one, Node) and one.tag == "sup" for one in around
    ] == [True, True]


def _small(markup: str, look: Look) -> str:
    return f'<font size="{look.small:.2f}" color="{look.muted}">{markup}</font>'


def _run(text: str, look: Look, *, italic: bool) -> str:
    face = faces.SERIF_ITALIC if italic and look.face == faces.SANS else look.face
    try:
        runs = faces.runs(faces.drawable(text), face)
    except UnprintableName as fault:
        raise Undrawable(" ".join(fault.code_points)) from fault
    return "".join(f'<font name="{name}">{escape(part)}</font>' for name, part in runs)
