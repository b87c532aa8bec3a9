"""A part beside its translation, with the sentences that moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.content.loaded import Loaded
from app.content.parts import Part, Row, parts_of
from app.content.translated import Standing
from app.text import LANGUAGES

State = Literal["current", "moved", "unrecorded", "missing"]


@dataclass(frozen=True)
class Cell:
    """How a part stands in a language; `count` is of the sentences that moved."""

    lang: str
    state: State
    count: int = 0


@dataclass(frozen=True)
class PartRow:
    """A part with its title and its cells, one for each language it is translated to."""

    part: Part
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `moved` stands on a sentence that is new or changed."""

    text: str
    moved: bool = False


def targets(course_id: str, loaded: Loaded) -> list[str]:
    """Return the languages a course is translated to."""
    source = loaded.courses[course_id].value.source_language
    return [lang for lang in LANGUAGES if lang != source]


def part_rows(course_id: str, loaded: Loaded, known: Sequence[Standing]) -> list[PartRow]:
    """Return how each part of a course stands in each language."""
    source = loaded.courses[course_id].value.source_language
    by_key = {(one.part.id, one.lang): one for one in known}
    return [
        PartRow(
            part,
            part.title(source),
            tuple(cell(by_key.get((id_, lang)), lang) for lang in targets(course_id, loaded)),
        )
        for id_, part in parts_of(course_id, loaded).items()
    ]


def cell(one: Standing | None, lang: str) -> Cell:
    """Return how a part stands; a part that cannot be read in a language has no standing."""
    if one is None:
        return Cell(lang, "missing")
    if one.record is None:
        return Cell(lang, "unrecorded")
    return Cell(lang, "moved", len(one.moved)) if one.moved else Cell(lang, "current")


def shown_rows(one: Standing, *, only_moved: bool) -> list[Row]:
    """Return the rows of a part, or those in which something moved."""
    return [row for row in one.rows if not only_moved or row.state != "current"]


def pieces(text: str, moved: Sequence[str]) -> list[Piece]:
    """Cut a text as written at the sentences that moved; white space may differ."""
    places = sorted({place for one in moved if (place := _place(text, one))})
    return list(_cut(text, places))


def _place(text: str, sentence: str) -> tuple[int, int] | None:
    words = sentence.split()
    match = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return match.span() if match else None


def _cut(text: str, places: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    done = 0
    for start, end in places:
        if start >= done:
            if start > done:
                yield Piece(text[done:start])
            yield Piece(text[start:end], moved=True)
            done = end
    if done < len(text):
        yield Piece(text[done:])
