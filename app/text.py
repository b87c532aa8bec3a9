"""Text in three languages, and names compared by what they look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

LANGUAGES = ("ru", "be", "en")
FALLBACK = "ru"

_LOOK_ALIKES = str.maketrans(
    {
        "а": "a",
        "в": "b",
        "е": "e",
        "ё": "e",
        "к": "k",
        "м": "m",
        "н": "h",
        "о": "o",
        "р": "p",
        "с": "c",
        "т": "t",
        "у": "y",
        "ў": "y",
        "х": "x",
        "і": "i",
    }
)
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'", "`": "'"})


def localised(texts: Mapping[str, str], language: str) -> str:
    """Return the text in `language`; a missing one falls back, visibly marked."""
    if text := texts.get(language):
        return text
    fallback = next((texts[code] for code in (FALLBACK, "en", "be") if texts.get(code)), "")
    return f"[{fallback}]"


def squeeze(text: str) -> str:
    """Return `text` normalised (NFC) with single spaces and one kind of apostrophe.

    Control characters and halves of characters are left out: databases refuse them.
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).translate(_APOSTROPHES).split())
    return " ".join(_NO_TEXT.sub("", spaced).split())


def skeleton(text: str) -> str:
    """Return a key under which look-alike Cyrillic and Latin spellings are equal."""
    plain = unicodedata.normalize("NFKC", squeeze(text)).casefold().translate(_LOOK_ALIKES)
    return "".join(ch for ch in plain if ch.isalnum())


_PHONE = re.compile(r"(?<!\d)(?:\+?\d[\s\-()]{0,2}){9,15}(?!\d)")
_DOCUMENT = re.compile(
    r"(?<![^\W\d_])[^\W\d_]{2}[\s\-№]{0,3}(?!\d \d{3} \d{3}\b)"  # two letters, no sum in thousands
    r"(?:\d[\s\-]?){7}(?<!\s)(?!\d)"  # seven digits
    r"|\b\d{7}\s?[^\W\d_]\s?\d{3}\s?[^\W\d_]{2}\s?\d\b"  # personal number
)


_ALPHABET = "абвгдеёжзиійклмнопрстуўфхцчшщъыьэюя"
_PLACES = str.maketrans({letter: chr(0x430 + at) for at, letter in enumerate(_ALPHABET)})


def name_order(name: str) -> tuple[str, str]:
    """Return a key that sorts names by one alphabet of Russian and Belarusian letters.

    Latin names come first; small and capital letters are equal unless all else is. Databases
    sort letters such as ё and ў each in its own way, so lists of names are sorted by this.
    """
    return name.casefold().translate(_PLACES), name


def personal_data_fault(text: str) -> str | None:
    """Return what a free text must not hold: `document` or `phone` number; None is fine."""
    if _DOCUMENT.search(text):
        return "document"
    return "phone" if _PHONE.search(text) else None
