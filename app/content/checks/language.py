"""Checks of wording: plain, precise, and in the terms of the glossary."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate

from app.content import LANGUAGES
from app.content.avoided import Found, avoided, foreign_forms, phrases
from app.content.claims import HINTS, claims
from app.content.files import Placed
from app.content.lesson import ParsedLesson
from app.content.loaded import Loaded
from app.content.model import Term
from app.content.passages import Passage, passages, prose
from app.content.problems import Problem
from app.content.readability import LEVEL_LIMITS, SENTENCE_LIMITS, level, words
from app.content.sentences import sentences
from app.content.spoken import bare

_NAMED = 3  # long sentences that a hint names
_SHOWN = 6  # words of a long sentence that a message shows


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of all texts; what stands there as a mistake may say what it likes."""
    everything = list(passages(loaded))
    for lang in LANGUAGES:
        texts = [one for one in everything if one.lang == lang]
        yield from _long(texts, SENTENCE_LIMITS[lang])
        meant = _Texts([one for one in texts if not one.is_wrong])
        yield from _claims(meant, lang)
        yield from _terms(meant, lang, loaded.shelf.terms)
    for (_, _, lang), lesson in loaded.lessons.items():
        yield from _level(lesson, lang)


class _Texts:
    """Many texts as one, so that a search for a few letters goes through all of them at once."""

    def __init__(self, texts: Sequence[Passage]) -> None:
        self._texts = texts
        joined = "\0".join(one.text for one in texts)
        small = joined.lower()
        self._small = small if len(small) == len(joined) else _lower(joined)
        self._ends = list(accumulate(len(one.text) + 1 for one in texts))

    def with_any(self, hints: Iterable[str]) -> list[Passage]:
        """Return the texts that have one of some small letters, in order."""
        found = {number for hint in hints for number in self._having(hint)}
        return [self._texts[number] for number in sorted(found)]

    def _having(self, hint: str) -> Iterator[int]:
        at = self._small.find(hint)
        while at >= 0:
            number = bisect_right(self._ends, at)
            if number == len(self._texts):
                return
            yield number
            at = self._small.find(hint, self._ends[number])


def _lower(text: str) -> str:
    """Return small letters, each in its place."""
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def _claims(texts: _Texts, lang: str) -> Iterator[Problem]:
    for passage in texts.with_any(HINTS[lang]):
        for claim in claims(passage.text, lang):
            line = passage.text.count("\n", 0, claim.at)
            yield passage.problem(claim.code, line, found=claim.words)


def _terms(texts: _Texts, lang: str, terms: dict[str, Term]) -> Iterator[Problem]:
    for phrase in phrases(terms.values(), lang):
        for passage in texts.with_any([phrase.hint]):
            for found in avoided(passage.text, phrase):
                yield _found(passage, "term-avoided", found)
    for passage in texts.with_any(["[[term:"]):
        for found in foreign_forms(passage.text, lang, terms):
            yield _found(passage, "term-form", found)


def _found(passage: Passage, code: str, found: Found) -> Problem:
    term = found.term.term.in_language(passage.lang)
    line = passage.text.count("\n", 0, found.at)
    return passage.problem(code, line, found=found.words, term=term)


def _long(texts: Iterable[Passage], limit: int) -> Iterator[Problem]:
    for passage in texts:
        if not _may_be_long(passage.text, limit):
            continue
        for line, sentence in sentences(bare(passage.text), passage.lang):
            if sentence.count(" ") >= limit and (count := len(words(sentence))) > limit:
                start = " ".join(sentence.split()[:_SHOWN])
                params = {"count": count, "start": f"{start} …", "limit": limit}
                yield passage.problem("long-sentence", line, **params)


def _may_be_long(text: str, limit: int) -> bool:
    """Say, in little time, whether a sentence may be too long, one abbreviation in it or none."""
    return text.count(" ") >= limit and any(
        piece.count(" ") >= limit // 2 for piece in text.split(". ")
    )


def _level(lesson: Placed[ParsedLesson], lang: str) -> Iterator[Problem]:
    told = [
        (part.line + line, sentence)
        for part in prose(lesson.value.screens)
        for line, sentence in sentences(bare(part.text), lang)
    ]
    found, limit = level(sentence for _, sentence in told), LEVEL_LIMITS[lang]
    if found > limit:
        longest = sorted(told, key=lambda one: -len(words(one[1])))[:_NAMED]
        lines = ", ".join(str(line) for line, _ in sorted(longest))
        params = {"level": round(found), "limit": limit, "lines": lines}
        yield lesson.problem_at(1, "reading-level", **params)
