"""Checks of translations: the source sentence moved since it was translated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.content.loaded import Loaded
from app.content.problems import Problem
from app.content.translated import Moved, Standing, standings

SHOWN = 80  # letters of a sentence that a message quotes
NAMED = 3  # parts that a message names
_CODES = {"new": "translation-stale", "gone": "translation-gone"}


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield one problem for each sentence and language, and one for what was never recorded."""
    for course_id in loaded.courses:
        unrecorded = dict[str, None]()
        for one in standings(course_id, loaded):
            if one.record is None:
                unrecorded[one.part.id] = None
            for moved in one.moved:
                yield _stale(course_id, one, moved)
        if unrecorded:
            yield _unrecorded(course_id, loaded, list(unrecorded))


def shortened(sentence: str) -> str:
    """Return the beginning of a sentence."""
    if len(sentence) <= SHOWN:
        return sentence
    return sentence[: SHOWN - 1].rpartition(" ")[0].rstrip(",;:—- ") + " …"


def _stale(course_id: str, one: Standing, moved: Moved) -> Problem:
    target = one.target_of(moved)
    params = {
        "sentence": shortened(moved.sentence),
        "source": one.source_of(moved).where,
        "course": course_id,
        "part": one.part.id,
        "lang": one.lang,
    }
    path, line = (target.file.path, target.line) if target else (one.part.path(one.lang), 1)
    return Problem(path, line, _CODES[moved.kind], params, one.part.id)


def _unrecorded(course_id: str, loaded: Loaded, parts: list[str]) -> Problem:
    placed = loaded.translated.get(course_id) or loaded.courses[course_id]
    named = ", ".join(parts[:NAMED]) + (" …" if len(parts) > NAMED else "")
    params = {"count": len(parts), "parts": named, "course": course_id}
    return Problem(placed.file.path, placed.file.line("parts"), "translation-unrecorded", params)
