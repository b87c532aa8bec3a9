"""What a text says itself: without its marks, and not what it only quotes."""

from __future__ import annotations

import re
from functools import lru_cache

# Each alternative begins with one certain letter, which makes the search quick.
_MARK = re.compile(
    r"\[@[^\[\]]*\]|\[\^[^\[\]\s]+\]:?|\[\[term:[^\[\]|\\]*(?:\\?\||(?=\]\]))|\[\[[a-z]+:|\]\]"
    r"|\*|_(?:(?!\w)|(?<!\w_))"
)
_FAR = 1_000  # letters
_END = re.compile(r"\n[ \t]*\n")
_QUOTE = re.compile(rf'[«»„“”"]|{_END.pattern}')
_BOX_HEAD = re.compile(r"^[ \t]*!!!.*$", re.M)
_CLOSED_BY = {"«": "»", "„": "“", "“": "”", '"': '"'}
_STOP = re.compile(r"[.!?…]+(?=\s|$|[»”“\")])|\n\s*\n|\n(?=\s*(?:[-*+|#]|\d+[.)])\s?)")


@lru_cache(maxsize=2048)
def bare(text: str) -> str:
    """Return `text` with spaces for its marks and emphasis; every letter keeps its place."""
    if "[" not in text and "*" not in text and "_" not in text:
        return text
    return _MARK.sub(_blank, text)


def is_quoted(text: str, at: int) -> bool:
    """Say whether the letter at `at` stands in quotation marks that are closed in its paragraph.

    The marks around the title of a box quote nothing.
    """
    if "!!!" in text:
        text = _BOX_HEAD.sub(lambda head: head[0].replace('"', " "), text)
    open_by: list[str] = []
    for match in _QUOTE.finditer(text, 0, at):
        char = match[0]
        if len(char) > 1:
            open_by.clear()
        elif open_by and char == open_by[-1]:
            open_by.pop()
        elif char in _CLOSED_BY:
            open_by.append(_CLOSED_BY[char])
    if not open_by:
        return False
    end = _END.search(text, at)
    return open_by[0] in text[at : end.start() if end else len(text)]


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence around `at` begins and ends, in a text without marks.

    Of a very long one, only a part is told.
    """
    start, end = max(0, at - _FAR), min(len(text), at + _FAR)
    for match in _STOP.finditer(text, start, end):
        if match.start() >= at:
            end = match.end()
            break
        start = match.end()
    return start, end


def _blank(match: re.Match[str]) -> str:
    mark = match[0]
    return " " * len(mark) if "\n" not in mark else re.sub(r"[^\n]", " ", mark)
