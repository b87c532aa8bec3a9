"""Rendered content as plain text, for a search and its excerpts; pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_INLINE = {
    "a",
    "abbr",
    "b",
    "cite",
    "code",
    "dfn",
    "em",
    "i",
    "q",
    "small",
    "span",
    "strong",
    "sub",
}
# Classes of what is no text of the author.
_LEFT_OUT = {"back", "badge", "blank", "cite", "visually-hidden"}
_ENDS = ".!?…:;,"


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [""]
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if self._skipped or _LEFT_OUT.intersection(classes):
            self._skipped.append(tag)
        elif tag not in _INLINE:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            while self._skipped.pop() != tag:
                pass
        elif tag not in _INLINE:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.blocks[-1] += data


def plain_text(html: str) -> str:
    """Return the words of sanitised HTML on one line, without numbers of sources and badges.

    Blocks that end without a stop are parted by a raised point; a comma that stood between two
    numbers goes with them.
    """
    parser = _Text()
    parser.feed(html)
    parser.close()
    text = ""
    for block in parser.blocks:
        line = re.sub(r"[ \n\t]+", " ", block).strip(" ")
        if line.strip("\u00a0"):
            text += (" " if not text or text[-1] in _ENDS else " · ") + line
    return re.sub(r",(?=[.,;:!?])", "", text.strip())
