"""The faces papers are set in: what they can draw, runs of text, and lines that fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"
SERIF_BOLD, SERIF_ITALIC = "PTSerif-Bold", "PTSerif-Italic"
SANS, SANS_BOLD = "PTSans-Regular", "PTSans-Bold"
FALLBACK = "DejaVuSerif"
_FILES = {
    SERIF_BOLD: "pt-serif-0.4.1/PTSerif-Bold.ttf",
    SERIF_ITALIC: "pt-serif-0.4.1/PTSerif-Italic.ttf",
    SANS: "pt-sans-0.4.1/PTSans-Regular.ttf",
    SANS_BOLD: "pt-sans-0.4.1/PTSans-Bold.ttf",
    FALLBACK: "dejavu-2.37/DejaVuSerif.ttf",
}
_SPACES = str.maketrans({"\u202f": "\u00a0", "\u2009": " ", "\u2007": "\u00a0"})
_LEFT_TO_RIGHT = frozenset({"L", "EN", "ES", "ET", "CS", "ON", "WS", "NSM"})
_STEP = 0.5
_WORDS = re.compile(r"[^ ]+ *")
_WORD_PARTS = re.compile(r"[^ -]*-+ *|[^ -]+ *")


class UnprintableName(ValueError):
    """No face has these characters."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(sorted(set(characters)))
        super().__init__(" ".join(self.code_points))

    @property
    def code_points(self) -> tuple[str, ...]:
        """The characters as `U+0416`."""
        return tuple(f"U+{ord(character):04X}" for character in self.characters)


@dataclass(frozen=True)
class Lines:
    """Text broken into lines of one size, in points."""

    face: str
    size: float
    lines: tuple[str, ...]
    leading: float

    @property
    def height(self) -> float:
        """The height of all lines."""
        return len(self.lines) * self.leading


@cache
def load() -> dict[str, frozenset[int]]:
    """Register the faces, once; return the characters each of them draws."""
    glyphs: dict[str, frozenset[int]] = {}
    for name, file in _FILES.items():
        font = TTFont(name, str(FOLDER / file))
        pdfmetrics.registerFont(font)
        glyphs[name] = frozenset(font.face.charToGlyph)
    return glyphs


def drawable(text: str) -> str:
    """Return `text` composed, with the spaces that the faces have."""
    return unicodedata.normalize("NFC", text).translate(_SPACES)


def missing(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that no face draws, or that are not to be drawn."""
    return tuple(sorted({c for c in drawable(text) if _face_of(c, SANS) is None}))


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """Return `text` as pairs of face and text; the fallback takes what `face` lacks.

    Raises `UnprintableName`.
    """
    parts: list[tuple[str, str]] = []
    for character in text:
        chosen = _face_of(character, face)
        if chosen is None:
            raise UnprintableName(missing(text))
        if parts and parts[-1][0] == chosen:
            parts[-1] = (chosen, parts[-1][1] + character)
        else:
            parts.append((chosen, character))
    return parts


def width(text: str, face: str, size: float, spacing: float = 0) -> float:
    """Return the width of a line; `spacing` is added between characters."""
    plain = sum(pdfmetrics.stringWidth(part, name, size) for name, part in runs(text, face))
    return float(plain) + spacing * max(0, len(text) - 1)


def fit(
    text: str,
    face: str,
    *,
    size: float,
    smallest: float,
    limit: float,
    lines: int = 1,
    leading: float = 1.2,
) -> Lines:
    """Break `text` into at most `lines` lines no wider than `limit`, as large as they go.

    Lines end between words. A text that would be much smaller so takes one more line and may end
    lines after hyphens; at the smallest size there may be more lines, and a word that is too wide
    is broken.
    """
    text = drawable(text)
    for pattern, allowed, bottom in (
        (_WORDS, lines, max(smallest, size * 0.7)),
        (_WORD_PARTS, lines + 1, smallest),
    ):
        pieces = pattern.findall(text)
        trial = size
        while trial >= bottom:
            broken = _wrap(pieces, face, trial, limit)
            if broken is not None and len(broken) <= allowed:
                even = _balanced(broken, pieces, face, trial, limit)
                return Lines(face, trial, tuple(even), trial * leading)
            trial -= _STEP
    chopped = [part for piece in pieces for part in _chopped(piece, face, smallest, limit)]
    return Lines(
        face, smallest, tuple(_wrap(chopped, face, smallest, limit) or ()), smallest * leading
    )


def _face_of(character: str, face: str) -> str | None:
    if (
        unicodedata.category(character)[0] == "C"
        or unicodedata.bidirectional(character) not in _LEFT_TO_RIGHT
    ):
        return None
    return next((name for name in (face, FALLBACK) if ord(character) in load()[name]), None)


def _wrap(pieces: list[str], face: str, size: float, limit: float) -> list[str] | None:
    """Return lines filled one after the other; None when a piece is wider than `limit`."""
    lines = [""]
    for piece in pieces:
        if width(piece.rstrip(" "), face, size) > limit:
            return None
        if width((lines[-1] + piece).rstrip(" "), face, size) > limit:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip(" ") for line in lines]


def _balanced(
    lines: list[str], pieces: list[str], face: str, size: float, limit: float
) -> list[str]:
    """Return the same number of lines, as even as possible."""
    narrow = limit
    while len(lines) > 1 and narrow > limit / 2:
        narrow -= limit / 40
        tighter = _wrap(pieces, face, size, narrow)
        if tighter is None or len(tighter) > len(lines):
            break
        lines = tighter
    return lines


def _chopped(piece: str, face: str, size: float, limit: float) -> list[str]:
    parts = [""]
    for character in piece:
        if parts[-1] and width((parts[-1] + character).rstrip(" "), face, size) > limit:
            parts.append("")
        parts[-1] += character
    return parts
