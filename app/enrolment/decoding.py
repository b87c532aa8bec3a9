"""Turn the bytes of a list into text, or say why they cannot be trusted. Pure.

Windows-1251 holds every Russian and Belarusian letter; KOI8 and CP866 do not, so that a list in
one of them has lost letters already and is refused rather than guessed at.
"""

from __future__ import annotations

import re
from typing import Any

_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_OTHER_ENCODINGS = ("koi8_r", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic")
_COMMON = frozenset("оеаинтсрвлкмдпуыяьіОЕАИНТСРВЛКМДПУЫЯЬІ")
_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяўіАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЎІ")
_TYPOGRAPHY = frozenset("«»„“”’–—№\xa0…ЄєЇїҐґ")  # Ukrainian letters too: rare, not wrong
_CASE_SLIP = re.compile("[а-яёўі][А-ЯЁЎІ]")


class Unreadable(Exception):
    """The file is not a list that can be read; `code` says why and `facts` what was found.

    Codes: empty, workbook, binary, encoding, lost_letters, columns, column_twice, no_rows, rows.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the encoding that gave it: utf-8-sig, utf-16, utf-8 or cp1251.

    Raises `Unreadable` for anything else rather than guess.
    """
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(_WORKBOOKS):
        raise Unreadable("workbook")
    text, encoding = _unicode(data) or _windows_1251(data)
    if _CONTROL.search(text):
        raise Unreadable("binary")
    if "\N{REPLACEMENT CHARACTER}" in text:
        raise Unreadable("lost_letters")
    return text, encoding


def _unicode(data: bytes) -> tuple[str, str] | None:
    try:
        if data.startswith(_UTF_16_MARKS):
            return data.decode("utf-16"), "utf-16"
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if text.startswith("\ufeff"):
        return text[1:], "utf-8-sig"
    return text, "utf-8"


def _windows_1251(data: bytes) -> tuple[str, str]:
    if b"\0" in data:
        raise Unreadable("binary")
    likely = likelier_encoding(data)
    if likely is not None:
        raise Unreadable("encoding", found=likely)
    try:
        return data.decode("cp1251"), "cp1251"
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", found=None) from error


def likelier_encoding(data: bytes) -> str | None:
    """Return the old Cyrillic encoding that suits `data` clearly better than Windows-1251.

    Each of them turns the letters of the others into letters that are rare, wrongly cased or no
    letters at all.
    """
    fits = {name: _fit(data.decode(name, "replace")) for name in (*_OTHER_ENCODINGS, "cp1251")}
    ours = fits.pop("cp1251")
    best = max(fits, key=lambda name: fits[name])
    margin = max(4.0, 0.25 * sum(byte > 0x7F for byte in data))
    return best if fits[best] > ours + margin else None


def _fit(text: str) -> float:
    score = 0.0
    for mark in text:
        if mark <= "\x7f":
            continue
        if mark in _COMMON:
            score += 2
        elif mark in _LETTERS:
            score += 1
        elif mark not in _TYPOGRAPHY:
            score -= 3
    return score - 2 * len(_CASE_SLIP.findall(text))
