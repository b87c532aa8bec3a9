"""How hard a text is to read: LIX, the mean length of sentences plus the share of long words.

LIX (Björnsson, 1968) counts letters, not syllables, so that one measure serves three languages;
for Belarusian no formula of its own was found. Its usual scale was made for other languages. Our
limits are settings of our own: 40 for English, the upper end of ordinary prose on that scale, and
as much more for Russian and Belarusian as the same lessons measure there (15 and 17).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEVEL_LIMITS = {"en": 40, "ru": 55, "be": 57}
SENTENCE_LIMITS = {"en": 35, "ru": 30, "be": 30}  # words
_LONG_WORD = 7  # letters
_FRAGMENT = 8  # words from which a piece without a full stop counts as a sentence
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’ʼ\u0301\u00ad-])*")
_STOPPED = re.compile(r"[.!?…:;][»”“\"')\s]*\Z")


def words(sentence: str) -> list[str]:
    """Return the words of a sentence without marks (`app.content.spoken.bare`); no numbers."""
    return _WORD.findall(sentence)


def level(sentences: Iterable[str]) -> float:
    """Return the LIX of sentences without marks, 0 when there is none.

    Headings, cells of tables and the like, short and without a stop at the end, do not count.
    """
    count = total = long = 0
    for sentence in sentences:
        found = words(sentence)
        if len(found) >= _FRAGMENT or (found and _STOPPED.search(sentence)):
            count += 1
            total += len(found)
            long += sum(len(word) >= _LONG_WORD for word in found)
    return total / count + 100 * long / total if count else 0.0
