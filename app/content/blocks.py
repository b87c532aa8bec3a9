"""A Markdown text as written, cut into its blocks: paragraphs, list items, table rows, heads."""

from __future__ import annotations

import re
from dataclasses import dataclass

_START = re.compile(
    r"[ \t]*(?:(?P<row>\|)|(?P<box>!!!)|(?P<heading>#)|(?P<note>\[\^[^\]\n]+\]:)"
    r"|(?P<definition>:[ \t])|(?P<item>(?:[-*+]|\d{1,3}[.)])[ \t]))"
)
_ALONE = frozenset({"row", "box", "heading"})  # blocks of one line
_WHITE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Stretch:
    """One block; `line` counts from 0. `text` keeps its indentation, and one space for others."""

    kind: str
    text: str
    line: int


def one_line(text: str) -> str:
    """Return `text` with every run of spaces and line ends as one space."""
    if "\n" in text or "  " in text or "\t" in text:
        text = _WHITE.sub(" ", text)
    return text.strip(" ")


def stretches(text: str) -> list[Stretch]:
    """Cut a text at blank lines and wherever a list item, a table row or a head begins."""
    found: list[Stretch] = []
    kind, first, lines = "", 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""]):
        start = _START.match(line)
        if lines and (start or kind in _ALONE or not line.strip()):
            found.append(Stretch(kind, _joined(lines), first))
            lines = []
        if line.strip():
            if not lines:
                kind, first = (start.lastgroup if start else None) or "paragraph", number
            lines.append(line)
    return found


def _joined(lines: list[str]) -> str:
    """Join the lines of a block; how far it is indented says what it belongs to."""
    indentation = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    return indentation.expandtabs(4) + one_line("\n".join(lines))
