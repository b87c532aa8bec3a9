"""Serial numbers of certificates: random, easy to type, with a check character. Pure.

A serial is 19 random characters of a 32-letter alphabet (95 bits) and one check character over
the field of 32 elements. Every position has a weight of its own there, so one wrong character
and any two characters exchanged are always noticed.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O or U
RANDOM_LENGTH = 19
LENGTH = RANDOM_LENGTH + 1
GROUP = 4
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive: powers of x run through all of the field
_LOOK_ALIKES = str.maketrans(
    "ILOU\u0410\u0412\u0415\u0401\u0417\u0406\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423"
    "\u040e\u0425",
    "110VABEE31KMH0PCTYYX",
)


class Mistyped(ValueError):
    """A typed serial cannot be right; `fault` is `empty`, `length`, `character` or `check`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def new_serial() -> str:
    """Return a new serial."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the character that makes `body` a serial."""
    total, weight = 0, 1
    for character in body:
        weight = _doubled(weight)
        total ^= _product(_VALUES[character], weight)
    return ALPHABET[total]


def shown(serial: str) -> str:
    """Return the serial in groups of four, as printed."""
    return "-".join(serial[i : i + GROUP] for i in range(0, len(serial), GROUP))


def parse(typed: str) -> str:
    """Return a typed serial as it was issued.

    Spaces, dashes, small letters, Cyrillic look-alikes and the address of the page around it are
    understood. Raises `Mistyped`.
    """
    text = unicodedata.normalize("NFKC", typed).strip().rsplit("/", 1)[-1]
    text = re.sub(r"[\W_]", "", text).upper().translate(_LOOK_ALIKES)
    if not text:
        raise Mistyped("empty")
    if any(character not in _VALUES for character in text):
        raise Mistyped("character")
    if len(text) != LENGTH:
        raise Mistyped("length")
    if check_character(text[:-1]) != text[-1]:
        raise Mistyped("check")
    return text


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value >= len(ALPHABET) else value


def _product(left: int, right: int) -> int:
    result = 0
    while right:
        if right & 1:
            result ^= left
        left, right = _doubled(left), right >> 1
    return result
