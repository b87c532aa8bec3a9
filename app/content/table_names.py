"""Tables for those who hear a page, and for those who read it on a phone."""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape

from app.content.wording import TABLE

_HEADING_OR_TABLE = re.compile(
    r'<h[34] [^>]*>(?P<heading>.*?)</h[34]>|<div class="table-scroll"', re.S
)
_UNREAD = re.compile(r'<sup\b.*?</sup>|<span class="(?:visually-hidden|badge)[^>]*>.*?</span>')


_TABLE = re.compile(r"<table>.*?</table>", re.S)
_CELL = re.compile(r"<(?P<tag>table|thead|tbody|tr|th|td)(?=[ >])(?P<rest>[^>]*)>")
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)
_ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}
WIDE = 3  # columns that do not fit a phone


class TableNames:
    """Names each table by the nearest heading above it; no two of a page have one name.

    `heading` is that heading; a heading in a text takes its place.
    """

    def __init__(self, lang: str) -> None:
        self.heading = ""
        self._word = TABLE[lang]
        self._given: Counter[str] = Counter()

    def name(self, html: str) -> str:
        """Return HTML in which tables are named, and cells of wide ones tell their column."""
        return _TABLE.sub(_labelled, _HEADING_OR_TABLE.sub(self._name, html))

    def _name(self, match: re.Match[str]) -> str:
        if match["heading"] is not None:
            self.heading = _plain(match["heading"])
            return match[0]
        label = ": ".join(filter(None, (self._word, self.heading)))
        self._given[label] += 1
        number = f" ({self._given[label]})" if self._given[label] > 1 else ""
        return f'{match[0]} aria-label="{escape(label + number)}"'


def _labelled(match: re.Match[str]) -> str:
    """Give the cells of a wide table the words of their column: on a phone each row is a card.

    The roles keep it a table where its cells stand one below another.
    """
    heads = [_plain(head) for head in _HEAD.findall(match[0])]
    if len(heads) < WIDE:
        return match[0]
    column = 0

    def told(found: re.Match[str]) -> str:
        nonlocal column
        tag, about = found["tag"], f' role="{_ROLES[found["tag"]]}"'
        if tag == "tr":
            column = 0
        if tag == "td":
            is_number = match[0][found.end() : found.end() + 1].isdigit()  # says little by itself
            label = heads[column] if column or is_number else ""
            about += f' data-label="{escape(label)}"' if label else ""
            column += 1
        about += ' class="wide"' if tag == "table" else ""
        return f"<{tag}{found['rest']}{about}>"

    return _CELL.sub(told, match[0])


def _plain(html: str) -> str:
    """Return the words of a heading."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", _UNREAD.sub("", html))).split())
