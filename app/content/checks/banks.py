"""Checks of the items of a course as a whole: what a learner could guess from all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from app.content import LANGUAGES
from app.content.giveaways import negative_question
from app.content.loaded import Loaded, PlacedItem
from app.content.problems import Problem

LONGEST_SHARE = Fraction(2, 5)
LONGEST_FROM = 5  # items
NEGATIVE_SHARE = Fraction(1, 20)
PLACE_SHARE = Fraction(1, 2)
PLACE_FROM = 12  # items
KEPT_FROM = 5  # items that keep their order
_NAMED = 8  # items that a message names


def banks(loaded: Loaded) -> Iterator[Problem]:
    """Yield the problems of each course and use of items."""
    groups: dict[tuple[str, str], list[PlacedItem]] = {}
    for item in loaded.items:
        groups.setdefault((item.course, item.use or ""), []).append(item)
    for (course, use), items in groups.items():
        subject = f"{course} {use}".strip()
        for lang in LANGUAGES:
            yield from _longest(items, lang, subject)
            yield from _negative(items, lang, subject)
        yield from _places(items, "key-place", PLACE_FROM, subject)
        kept = [item for item in items if item.value.keep_order]
        yield from _places(kept, "key-place-kept", KEPT_FROM, subject)


def is_key_longest(item: PlacedItem, lang: str) -> bool:
    """Say whether the key has more letters than any other option."""
    keys = [len(o.text.in_language(lang)) for o in item.value.options if o.key]
    others = [len(o.text.in_language(lang)) for o in item.value.options if not o.key]
    return bool(keys and others) and max(keys) > max(others)


def _longest(items: Sequence[PlacedItem], lang: str, subject: str) -> Iterator[Problem]:
    found = [item for item in items if is_key_longest(item, lang)]
    if len(items) >= LONGEST_FROM and len(found) > LONGEST_SHARE * len(items):
        yield _problem("key-longest-bank", "options", found, items, subject, lang=lang)


def _negative(items: Sequence[PlacedItem], lang: str, subject: str) -> Iterator[Problem]:
    found = [i for i in items if negative_question(i.value.stem.in_language(lang), lang)]
    if len(found) > 1 and len(found) > NEGATIVE_SHARE * len(items):
        yield _problem("stems-negative", "stem", found, items, subject, lang=lang)


def _places(items: Sequence[PlacedItem], code: str, enough: int, subject: str) -> Iterator[Problem]:
    """Yield the place, from 1, where more than half of the keys are written."""
    by_place: dict[int, list[PlacedItem]] = {}
    for item in items:
        for place, option in enumerate(item.value.options, 1):
            if option.key:
                by_place.setdefault(place, []).append(item)
    for place, found in by_place.items():
        if len(items) >= enough and len(found) > PLACE_SHARE * len(items):
            yield _problem(code, "options", found, items, subject, place=place)


def _problem(
    code: str,
    key: str,
    found: Sequence[PlacedItem],
    items: Sequence[PlacedItem],
    subject: str,
    **params: object,
) -> Problem:
    """Make a problem of many items, at the first of them."""
    first = found[0].problem(code, key)
    told = {"count": len(found), "total": len(items), "ids": _ids(found), **params}
    return Problem(first.path, first.line, code, told, subject)


def _ids(items: Iterable[PlacedItem]) -> str:
    ids = [item.value.id for item in items]
    return ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
