"""How much a course holds: parts, items, words by language, and what is still to be settled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.content import LANGUAGES
from app.content.edition import minutes_of
from app.content.loaded import Loaded
from app.content.parts import parts_of

Band = str  # understand, apply or analyse
BANDS: dict[str, Band] = {
    "remember": "understand",
    "understand": "understand",
    "apply": "apply",
    "analyse": "analyse",
    "evaluate": "analyse",
    "create": "analyse",
}
_MARK = re.compile(r"\[@[^\]]*\]|\[\[(?:term|lang):[^|\]]*\||\{\{[^}]*\}\}|\]\]|\[\[\w+:")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_STATUS = {"hedges": "[[hedge:", "attributions": "[[attributed:", "empty": "[[empty:"}


@dataclass(frozen=True)
class Counts:
    """What a course holds.

    `items` are counted by use, `words` by language, `minutes` is the whole work of a learner.
    `hedges` (facts nobody has verified), `attributions` (second-hand facts) and `empty` (places
    that only an organisation can fill) are counted once, in the source language.
    """

    lessons: int
    scenarios: int
    aids: int
    minutes: int
    items: Mapping[str, int]
    red_lines: int
    words: Mapping[str, int]
    hedges: int
    attributions: int
    empty: int


def counts(loaded: Loaded, course_id: str) -> Counts:
    """Count a course. Raises `KeyError` when there is none."""
    course = loaded.courses[course_id].value
    texts = {
        lang: "\n".join(
            unit.text
            for part in parts_of(course_id, loaded).values()
            for unit in part.text.units(lang)
        )
        for lang in LANGUAGES
    }
    items = loaded.items_of(course_id)
    source = texts[course.source_language]
    found = {name: source.count(mark) for name, mark in _STATUS.items()}
    return Counts(
        lessons=len(course.lessons),
        scenarios=len(course.scenarios),
        aids=len(course.aids),
        minutes=minutes_of(course, loaded)["total"],
        items=dict(Counter(item.use or "final" for item in items)),
        red_lines=sum(item.use == "final" and item.value.red_line for item in items),
        words={lang: len(_WORD.findall(_MARK.sub(" ", text))) for lang, text in texts.items()},
        **found,
    )


def level_shares(loaded: Loaded, course_ids: Iterable[str]) -> dict[Band, Fraction]:
    """Return the share of each band of levels among the final items of courses; 0 without items."""
    wanted = set(course_ids)
    bands = Counter(
        BANDS[item.value.level]
        for item in loaded.items
        if item.use == "final" and item.course in wanted
    )
    total = bands.total()
    return {band: Fraction(bands[band], total or 1) for band in dict.fromkeys(BANDS.values())}
