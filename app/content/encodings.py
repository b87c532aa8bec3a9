"""Which encoding a file is in when it is not UTF-8: a guess for the message."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "UTF-8 with BOM"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_PAGES = (("cp1251", "Windows-1251"), ("koi8_r", "KOI8-R"), ("cp866", "CP866 (DOS)"))
_SMALL = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіў")
LEAST_SHARE = 0.7  # of the bytes beyond ASCII that are small letters in the code page guessed
LEAST_BYTES = 4
SAMPLE = 20_000


def looks_like(data: bytes) -> str:
    """Name the encoding that bytes look like, as editors call it; empty when none fits."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:SAMPLE]
    if any(_are_upper_halves(sample[start::2]) for start in (0, 1)):
        return "UTF-16"
    if 0 in sample:
        return ""
    high = sum(byte > 0x7F for byte in sample)
    shares = [
        (sum(char in _SMALL for char in sample.decode(page, "ignore")), name)
        for page, name in _PAGES
    ]
    best, name = max(shares)
    return name if high >= LEAST_BYTES and best >= LEAST_SHARE * high else ""


def _are_upper_halves(data: bytes) -> bool:
    """Whether every second byte says Latin or Cyrillic, as it does in UTF-16."""
    return (
        0 in data and len(data) >= LEAST_BYTES and sum(b in (0, 4) for b in data) > 0.9 * len(data)
    )
