"""Names of tables, for those who hear a page."""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape

from app.content.wording import TABLE

_HEADING_OR_TABLE = re.compile(
    r'<h[34] [^>]*>(?P<heading>.*?)</h[34]>|<div class="table-scroll"', re.S
)
_UNREAD = re.compile(r'<sup\b.*?</sup>|<span class="(?:visually-hidden|badge)[^>]*>.*?</span>')


class TableNames:
    """Names each table by the nearest heading above it; no two of a page have one name.

    `heading` is that heading; a heading in a text takes its place.
    """

    def __init__(self, lang: str) -> None:
        self.heading = ""
        self._word = TABLE[lang]
        self._given: Counter[str] = Counter()

    def name(self, html: str) -> str:
        """Return HTML in which tables are named."""
        return _HEADING_OR_TABLE.sub(self._name, html)

    def _name(self, match: re.Match[str]) -> str:
        if match["heading"] is not None:
            self.heading = _plain(match["heading"])
            return match[0]
        label = ": ".join(filter(None, (self._word, self.heading)))
        self._given[label] += 1
        number = f" ({self._given[label]})" if self._given[label] > 1 else ""
        return f'{match[0]} aria-label="{escape(label + number)}"'


def _plain(html: str) -> str:
    """Return the words of a heading."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", _UNREAD.sub("", html))).split())
