"""The parts of a course as they are reviewed and translated, cut into blocks of text.

A part is named `course`, `lesson 1-1`, `aid j1`, `scenario c1-1a`, `item c1-f-101`,
`recording x`, `journal c2` or `assignment c5-product`. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest
from typing import Literal, TypeVar

from app.content import LANGUAGES
from app.content.loaded import Loaded, PageKey
from app.content.part_texts import Block, PageText, ValueText, blocks
from app.content.sentences import sentences

__all__ = ["Block", "Part", "Row", "aligned", "fingerprint", "parts_of", "sentence_prints"]

P = TypeVar("P")
State = Literal["current", "stale", "missing", "extra"]
_CACHED = 16_384
_CITED = re.compile(r"\[@[^\[\]]*\]|\[\[term:[^|\\\]]*")


@dataclass(frozen=True)
class Part:
    """One part of a course; `text` knows what is written in each language."""

    id: str
    text: PageText | ValueText

    @property
    def kind(self) -> str:
        """What it is: course, lesson, aid, scenario, item, recording, journal or assignment."""
        return self.id.partition(" ")[0]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that could be read, in the usual order."""
        return tuple(lang for lang in LANGUAGES if lang in self.text.languages)

    @property
    def is_exact(self) -> bool:
        """Say whether blocks of two languages go together by key, not by position."""
        return isinstance(self.text, ValueText)

    def title(self, lang: str) -> str:
        """Return the title, or what comes first in a part without one."""
        units = self.text.units(lang)
        return units[0].text if units else ""

    def path(self, lang: str) -> str:
        """Return the file that holds the part in a language; empty when there is none."""
        units = self.text.units(lang)
        return units[0].file.path if units else ""

    def blocks(self, lang: str) -> tuple[Block, ...]:
        """Return the blocks in the order of the file."""
        return tuple(blocks(self.text.units(lang)))


def parts_of(course_id: str, loaded: Loaded) -> dict[str, Part]:
    """Return the parts of a course by name, in the order in which it is taught."""
    return {part.id: part for part in _parts(course_id, loaded)}


def fingerprint(part: Part, lang: str) -> str:
    """Return 12 hexadecimal digits of what is written; how lines are wrapped does not matter."""
    return hashlib.blake2b(part.text.written(lang).encode(), digest_size=6).hexdigest()


def sentence_prints(part: Part, lang: str) -> list[str]:
    """Return 8 hexadecimal digits of each sentence, in order."""
    return [one for unit in part.text.units(lang) for one in _prints(unit.text, lang)]


@lru_cache(maxsize=_CACHED)
def _prints(text: str, lang: str) -> tuple[str, ...]:
    return tuple(
        hashlib.blake2b(sentence.encode(), digest_size=4).hexdigest()
        for _, sentence in sentences(text, lang)
    )


@dataclass(frozen=True)
class Row:
    """What stands side by side; `moved` holds source sentences that are new or changed.

    Where a row is stale without them, a source sentence was taken out beside it. `extra` is a
    block of the translation that no block of the source goes with.
    """

    source: Block | None
    target: Block | None
    state: State
    moved: tuple[str, ...] = ()


def aligned(
    part: Part, source: str, target: str, moved: Mapping[int, Sequence[str]] | None = None
) -> list[Row]:
    """Return the blocks of two languages side by side.

    `moved` holds, by number of each source block that is stale, its sentences that are new or
    changed; see `app.content.translated`.
    """
    rows = []
    numbers = {block: number for number, block in enumerate(part.blocks(source))}
    for ours, theirs in _pairs(part, source, target):
        changed = (moved or {}).get(numbers[ours]) if ours else None
        state: State = "current" if changed is None else "stale"
        state = "extra" if ours is None else "missing" if theirs is None else state
        rows.append(Row(ours, theirs, state, tuple(changed or ())))
    return rows


def _pairs(part: Part, source: str, target: str) -> Iterator[tuple[Block | None, Block | None]]:
    """Pair blocks by their texts' keys in YAML, and by position inside each screen of a page."""
    ours, theirs = part.blocks(source), part.blocks(target)
    if part.is_exact:
        yield from zip_longest(ours, theirs)
        return
    on_left, on_right = _by_screen(ours), _by_screen(theirs)
    for screen in sorted({*on_left, *on_right}):
        left, right = on_left.get(screen, []), on_right.get(screen, [])
        matcher = SequenceMatcher(None, _looks(left), _looks(right), autojunk=False)
        for _, i1, i2, j1, j2 in matcher.get_opcodes():
            yield from zip_longest(left[i1:i2], right[j1:j2])


def _by_screen(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    found: dict[int, list[Block]] = {}
    for block in blocks:
        found.setdefault(block.screen, []).append(block)
    return found


def _looks(blocks: Sequence[Block]) -> list[tuple[str, tuple[str, ...]]]:
    """Return what blocks that go together have in common: their kind and what they cite."""
    return [(block.kind, tuple(_CITED.findall(block.text))) for block in blocks]


def _parts(course_id: str, loaded: Loaded) -> Iterator[Part]:
    course = loaded.courses[course_id]
    media = {name: file.data for (owner, name), file in loaded.media.items() if owner == course_id}
    yield Part("course", ValueText(course.value, course.file, only_texts=True))
    for lesson in course.value.lessons:
        yield Part(
            f"lesson {lesson.id}", PageText(_of(loaded.lessons, course_id, lesson.id), media)
        )
    for aid in course.value.aids:
        yield Part(f"aid {aid}", PageText(_of(loaded.aids, course_id, aid)))
    cases = loaded.scenarios_of(course_id)
    for case in (cases[one] for one in course.value.scenarios if one in cases):
        yield Part(f"scenario {case.value.id}", ValueText(case.value, case.file))
    for item in loaded.items_of(course_id):
        yield Part(f"item {item.value.id}", ValueText(item.value, item.file, item.loc))
    for (owner, name), recording in loaded.recordings.items():
        if owner == course_id:
            text = ValueText(recording.value, recording.file, media=media)
            yield Part(f"recording {name}", text)
    yield from _forms(course_id, loaded)


def _forms(course_id: str, loaded: Loaded) -> Iterator[Part]:
    if journal := loaded.journals.get(course_id):
        yield Part(f"journal {course_id}", ValueText(journal.value, journal.file))
    if placed := loaded.assignments.get(course_id):
        for number, one in enumerate(placed.value.assignments):
            text = ValueText(one, placed.file, ("assignments", number))
            yield Part(f"assignment {one.id}", text)


def _of(pages: Mapping[PageKey, P], course_id: str, page_id: str) -> dict[str, P]:
    keys = {lang: (course_id, page_id, lang) for lang in LANGUAGES}
    return {lang: pages[key] for lang, key in keys.items() if key in pages}
