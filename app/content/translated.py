"""Translations: which source sentences each was made from, and which moved since; pure.

`courses/<course>/translated.yaml` holds, by part and language, the fingerprints of the sentences
of the source language in their order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import takewhile
from operator import itemgetter
from typing import Literal

from app.content.loaded import Loaded
from app.content.parts import Block, Part, Row, aligned, parts_of, sentence_prints
from app.content.sentences import sentences

Record = Mapping[str, Mapping[str, str]]

_HEAD = "# Written by `flask content translated`: which source sentences were translated.\n"


@dataclass(frozen=True)
class Moved:
    """A source sentence that is not what was translated.

    `new` was written or changed since; where one is `gone`, `sentence` is the one beside it.
    `block` is the number of the source block.
    """

    kind: Literal["new", "gone"]
    sentence: str
    block: int


@dataclass(frozen=True)
class Standing:
    """One part in one language, held against its record; `record` is None without one."""

    part: Part
    source: str
    lang: str
    record: str | None

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """What moved since the translation, in the order of the source."""
        return () if self.record is None else moved(self.part, self.source, self.record)

    @cached_property
    def rows(self) -> list[Row]:
        """The blocks side by side, with the sentences that moved."""
        found: dict[int, list[str]] = {}
        for one in self.moved:
            found.setdefault(one.block, [])
            if one.kind == "new":
                found[one.block].append(one.sentence)
        return aligned(self.part, self.source, self.lang, found)

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        return self.part.blocks(self.source)

    def source_of(self, one: Moved) -> Block:
        """Return the block in which a sentence stands."""
        return self._blocks[one.block]

    def target_of(self, one: Moved) -> Block | None:
        """Return the block to be mended: the aligned one, or the heading of its screen."""
        ours = self.source_of(one)
        if beside := self._beside.get(ours):
            return beside
        return self._heads.get(ours.screen) or next(iter(self._heads.values()), None)

    @cached_property
    def _beside(self) -> dict[Block, Block]:
        return {row.source: row.target for row in self.rows if row.source and row.target}

    @cached_property
    def _heads(self) -> dict[int, Block]:
        """The first block of the translation on each screen."""
        heads = dict[int, Block]()
        for one in self.part.blocks(self.lang):
            heads.setdefault(one.screen, one)
        return heads


def standings(course_id: str, loaded: Loaded) -> Iterator[Standing]:
    """Yield every part in every language it has to be translated to and could be read in."""
    source = loaded.courses[course_id].value.source_language
    record = record_of(course_id, loaded)
    for part in parts_of(course_id, loaded).values():
        if source in part.languages:
            for lang in part.languages:
                if lang != source:
                    yield Standing(part, source, lang, record.get(part.id, {}).get(lang))


def record_of(course_id: str, loaded: Loaded) -> Record:
    """Return what is recorded of a course."""
    placed = loaded.translated.get(course_id)
    if placed is None:
        return {}
    return {part: {str(lang): of[lang] for lang in of} for part, of in placed.value.parts.items()}


def moved(part: Part, source: str, record: str) -> tuple[Moved, ...]:
    """Compare the source with a record; a sentence that only stands elsewhere has not moved."""
    now, then = sentence_prints(part, source), record.split()
    if now == then or Counter(now) == Counter(then):
        return ()
    found = list[Moved]()
    placed = _placed_sentences(part, source)
    new, gone = Counter(now) - Counter(then), Counter(then) - Counter(now)
    for was, here in _differences(then, now):
        fresh = [number for number in here if _taken(new, now[number])]
        found += [Moved("new", *placed[number]) for number in fresh]
        lost = [number for number in was if _taken(gone, then[number])]
        beside = max(0, min(here.start, len(now)) - 1)
        found += [Moved("gone", *placed[beside]) for _ in lost[len(fresh) :] if placed]
    return tuple(found)


def with_present(
    old: Record, parts: Sequence[Part], source: str, targets: Sequence[str], *, prune: bool
) -> Record:
    """Return `old` with the present source of `parts` recorded; `prune` drops other parts."""
    names = {part.id for part in parts}
    new = {one: dict(of) for one, of in old.items() if not prune or one in names}
    for part in parts:
        if source in part.languages:
            present = " ".join(sentence_prints(part, source))
            done = {lang: present for lang in targets if lang in part.languages}
            new[part.id] = new.get(part.id, {}) | done
    return new


def changes(old: Record, new: Record) -> list[tuple[str, str, int | None]]:
    """Return part, language and number of sentences where records differ; None is taken out."""
    found = list[tuple[str, str, int | None]]()
    for part in sorted({*old, *new}):
        was, now = old.get(part, {}), new.get(part, {})
        for lang in sorted({*was, *now}):
            if was.get(lang) != now.get(lang):
                found.append((part, lang, len(now[lang].split()) if lang in now else None))
    return found


@dataclass(frozen=True)
class Task:
    """What a translator has to do at `target`, because of `source`: both are file and line.

    `kind` is new, gone or, for a part without a record, unrecorded.
    """

    language: str
    part: str
    kind: str
    target: str
    source: str
    sentence: str


def tasks(course_id: str, loaded: Loaded) -> list[Task]:
    """Return all tasks of a course, one language after the other."""
    found = list[Task]()
    for one in standings(course_id, loaded):
        if one.record is None:
            path, title = one.part.path(one.lang), one.part.title(one.source)
            found.append(Task(one.lang, one.part.id, "unrecorded", path, "", title))
        for was in one.moved:
            target = one.target_of(was)
            place = target.where if target else one.part.path(one.lang)
            source = one.source_of(was).where
            found.append(Task(one.lang, one.part.id, was.kind, place, source, was.sentence))
    return sorted(found, key=lambda task: task.language)


def to_yaml(record: Record) -> str:
    """Return the file: sorted, one line for each part and language."""
    lines = [_HEAD, "parts:\n" if record else "parts: {}\n"]
    for part in sorted(record):
        lines.append(f'  "{part}":\n')
        lines += [f'    {lang}: "{record[part][lang]}"\n' for lang in sorted(record[part])]
    return "".join(lines)


def _taken(counts: Counter[str], one: str) -> bool:
    counts[one] -= 1
    return counts[one] >= 0


def _differences(then: Sequence[str], now: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Yield the places where two lists differ, as ranges of both."""
    start = len(list(takewhile(bool, (a == b for a, b in zip(then, now, strict=False)))))
    short = min(len(then), len(now)) - start
    tails = zip(reversed(then), reversed(now), strict=False)
    end = min(short, len(list(takewhile(bool, (a == b for a, b in tails)))))
    old, new = then[start : len(then) - end], now[start : len(now) - end]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield range(start + i1, start + i2), range(start + j1, start + j2)


def _placed_sentences(part: Part, lang: str) -> list[tuple[str, int]]:
    """Return each sentence with the number of its block."""
    own: dict[int, list[tuple[int, int]]] = {}
    for index, block in enumerate(part.blocks(lang)):
        own.setdefault(block.unit, []).append((block.offset, index))
    found = list[tuple[str, int]]()
    for number, unit in enumerate(part.text.units(lang)):
        for line, sentence in sentences(unit.text, lang):
            at = bisect_right(own[number], line, key=itemgetter(0)) - 1
            found.append((sentence, own[number][max(0, at)][1]))
    return found
