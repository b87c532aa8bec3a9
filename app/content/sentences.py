"""Sentences of a text as written: of paragraphs, list items, table cells and headings.

Marks and citations stay in the sentences, and a citation or the number of a footnote after a full
stop belongs to the sentence before it. Where a stop may end an abbreviation or a sentence, the
text around it decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# Marks are masked by as many private characters, so that places in the text stay the same.
_EDGE, _CITE = "\ue000", "\ue001"
_MARK = re.compile(
    r"(?P<cite>\[@[^\[\]]*\]|\[\^[^\[\]\s]+\](?!:))|\[\[term:[^\[\]|\\]*(?:\\?\||(?=\]\]))|\[\[[a-z]+:|\]\]"
)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_START = re.compile(
    r"[ \t]*(?:(?P<cells>\|)|(?P<box>!!![^\n\"]*)|(?P<heading>#+)[ \t]*"
    r"|(?P<item>(?:[-*+]|\d{1,3}[.)]|:|\[\^[^\]\s]+\]:)[ \t]+)"
    r"|(?P<directive>\{\{[^}\n]*\}\}[ \t]*$))"
)
_CLASS = re.compile(r"[ \t]*\{:[^}\n]*\}[ \t]*$")
_RULE = re.compile(r"[\s|:-]*")
_CELL = re.compile(r"(?:\\\||[^|])+")
_CLOSING = f"»”“’\"')\\]*_{_EDGE}"
_OPENING = f"«“„‘\"'([*_{_EDGE}"
_CAPITAL = "A-ZА-ЯЁІЎ"
_STOP = re.compile(
    rf"(?<![.!?…])(?P<dot>[.!?…]+)(?P<closing>[{_CLOSING}]*)(?:[\s,;]*{_CITE})*+(?P<space>\s+)"
    rf"(?=[{re.escape(_OPENING)}{_CITE} ]*[{_CAPITAL}0-9])"
)
_AFTER = re.compile(rf"[{re.escape(_OPENING)}{_CITE} ]*([{_CAPITAL}]\.)?(\d)?")
_INITIAL = re.compile(rf"[{_CAPITAL}]\.?\Z")
_WINDOW = 40  # letters before a stop that are looked at
_LONG = 7  # letters, more than an abbreviation has

# Never the end of a sentence.
_TITLES = {
    "en": "mr mrs ms dr prof st e.g i.e cf vs approx gen col capt lt sgt",
    "ru": "г гр им ул проф т.е т.к т.н т.ч напр см ср англ рус бел лат",
    "be": "г гр сп ім вул праф г.зн т.зв т.л напр гл параўн англ рус бел лац",
}
# Not the end before a number.
_LABELS = {
    "en": "art arts para paras no nos p pp sec ch fig vol",
    "ru": "ст п пп ч гл разд с стр рис табл т д кв тел",
    "be": "арт п пп ч гл разд с стар мал табл т д кв тэл",
}
# The end before a capital, when a number or another such word stands before: 2019 г., и т. д.
_UNITS = {
    "en": "",
    "ru": "г гг руб коп тыс млн млрд мин сек ч д п",
    "be": "г гг руб кап тыс млн млрд хв сек гадз д п",
}
_TITLES_OF, _LABELS_OF, _UNITS_OF = (
    {lang: frozenset(words.split()) for lang, words in table.items()}
    for table in (_TITLES, _LABELS, _UNITS)
)
_CACHED = 16_384


def sentences(text: str, lang: str) -> list[tuple[int, str]]:
    """Return (line from 0, sentence) in order, with all white space as single spaces.

    A heading, a list item and a table cell hold sentences of their own; directives, the class of
    a heading and the type of a box are left out.
    """
    return list(_sentences(text, lang))


@lru_cache(maxsize=_CACHED)
def _sentences(text: str, lang: str) -> tuple[tuple[int, str], ...]:
    masked = _MARK.sub(_mask, text) if "[" in text else text
    found, line, counted = [], 0, 0
    for start, end in _blocks(masked):
        for first, last in _split(masked, start, end, lang):
            if sentence := " ".join(text[first:last].split()):
                line += masked.count("\n", counted, first)
                counted = first
                found.append((line, sentence))
    return tuple(found)


def _mask(match: re.Match[str]) -> str:
    char = _CITE if match["cite"] else _EDGE
    whole = match[0]
    return char * len(whole) if "\n" not in whole else re.sub(r"[^\n]", char, whole)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where blocks begin and end; lines of a paragraph belong together."""
    if "\n" not in text and not _START.match(text):
        yield 0, len(text)
        return
    open_at: int | None = None
    end = 0
    for line in _LINE.finditer(text):
        start = _START.match(text, line.start(), line.end())
        parted = text.count("\n", end, line.start()) > 1
        if open_at is not None and (start or parted):
            yield open_at, end
            open_at = None
        if start and not start["item"]:
            yield from _single(text, start, line.end())
        else:
            open_at = start.end() if start else line.start() if open_at is None else open_at
        end = line.end()
    if open_at is not None:
        yield open_at, end


def _single(text: str, start: re.Match[str], end: int) -> Iterator[tuple[int, int]]:
    """Yield the blocks of a line that stands alone: a table row, a heading, the head of a box."""
    if start["cells"]:
        if not _RULE.fullmatch(text, start.start(), end):
            yield from (cell.span() for cell in _CELL.finditer(text, start.end(), end))
    elif start["heading"]:
        fixed = _CLASS.search(text, start.end(), end)
        yield start.end(), fixed.start() if fixed else end
    elif start["box"]:
        yield start.end() + 1, max(text.rfind('"', start.end() + 1, end), start.end() + 1)


def _split(text: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    for stop in _STOP.finditer(text, start, end):
        if stop["dot"] != "." or stop["closing"] or _ends(text, stop, start, lang):
            yield start, stop.start("space")
            start = stop.end()
    yield start, end


def _ends(text: str, stop: re.Match[str], start: int, lang: str) -> bool:
    """Say whether a single full stop before a capital or a number ends a sentence."""
    at = stop.start()
    if at - start >= _LONG and text[at - _LONG : at].isalpha():
        return True
    *earlier_words, word = text[max(start, at - _WINDOW) : at].split() or [""]
    word, earlier = word.lstrip(_OPENING), earlier_words[-1] if earlier_words else ""
    after = _AFTER.match(text, stop.end())
    is_number_next, is_initial_next = (bool(after[2]), bool(after[1])) if after else (False, False)
    if _INITIAL.match(word):
        return not (is_initial_next or _INITIAL.match(earlier))
    word = word.lower()
    if word in _UNITS_OF[lang] and not is_number_next and earlier:
        return earlier[-1].isdigit() or earlier in ("т.", "г.")
    if word in _TITLES_OF[lang] or earlier.lower() + word in _TITLES_OF[lang]:
        return False
    return not (word in _LABELS_OF[lang] and is_number_next)
