"""The index of a search: what its words are, and which places hold them. Pure.

The script of the search page is the same program: it gets `Index.to_json()` and finds what
`find` finds, in the same order. So nothing here may need a stemmer after the index is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.content.words import endings, skipped_words, stem, tokens

FORMAT = 1
KINDS = ("lesson", "case", "term", "aid")
MAX_QUERY_LETTERS = 200
MAX_WORDS = 12
SHOWN = 20  # results of one kind
_BEFORE, _LENGTH = 60, 180  # letters of an excerpt
_STOPS = ".!?…"
_LOOSE = " \u00a0,;:–—·(«“"  # what an excerpt does not end with

Piece = tuple[str, bool]  # a text, and whether it is what was looked for


@dataclass(frozen=True)
class Place:
    """What can be found: a lesson, a screen of it, a case, a term or a job aid.

    `title`, `text` and each line of `more` are searched and shown; `within` (the lesson of a
    screen) helps a match but is none by itself.
    """

    kind: str
    title: str
    address: str
    text: str = ""
    within: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A place that was found, with the words that were looked for marked."""

    place: Place
    course: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    rank: tuple[int, int] = field(default=(0, 0))


@dataclass(frozen=True)
class Query:
    """What is looked for: folded words; the last may be unfinished."""

    words: tuple[str, ...]
    unfinished: bool


@dataclass(frozen=True)
class Word:
    """One word of the texts: each beginning with the endings of its forms behind it."""

    beginnings: Mapping[str, frozenset[str]]

    def forms(self) -> Iterator[str]:
        """Yield the forms."""
        for begins, ends in self.beginnings.items():
            yield from (begins + end for end in ends)


@dataclass(frozen=True)
class Line:
    """A text of a place: where each word stands, and which word it is."""

    text: str
    words: tuple[tuple[int, int, int], ...]  # start, end, number of the word

    def count(self, meant: set[int]) -> int:
        """Return how many words of the line are meant."""
        return sum(word in meant for _start, _end, word in self.words)

    def spans(self, meant: set[int]) -> list[tuple[int, int]]:
        """Return where they stand."""
        return [(start, end) for start, end, word in self.words if word in meant]


@dataclass(frozen=True)
class Lines:
    """The lines of a place, ready to be searched."""

    title: Line
    body: tuple[Line, ...]  # its text, then each line of `more`
    within: Line


class Index:
    """The places of one course in one language, and their words."""

    def __init__(
        self, course: str, language: str, places: Sequence[Place], words: Sequence[Word] = ()
    ) -> None:
        self.course = course
        self.language = language
        self.places = tuple(places)
        self.words = tuple(words) or _words_of(_texts(self.places), language)
        self._word_of = {form: at for at, word in enumerate(self.words) for form in word.forms()}
        self._lines = [
            Lines(
                self._line(one.title),
                tuple(self._line(text) for text in (one.text, *one.more)),
                self._line(one.within),
            )
            for one in self.places
        ]
        self._begun: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words):
            for begins in word.beginnings:
                self._begun[begins].append(at)

    @cached_property
    def endings(self) -> frozenset[str]:
        """What a form not met in the texts may have behind its beginning."""
        met = (end for word in self.words for ends in word.beginnings.values() for end in ends)
        return frozenset({"", *met, *endings(self.language)})

    def find(self, query: Query) -> list[Hit]:
        """Return the places that hold all words: those with more of them in the title first."""
        if not query.words:
            return []
        last = len(query.words) - 1
        wanted = [
            self._meant(word, unfinished=query.unfinished and at == last)
            for at, word in enumerate(query.words)
        ]
        found = []
        for place, lines in zip(self.places, self._lines, strict=True):
            rank = _rank(lines, wanted)
            if rank is not None:
                found.append(self._hit(place, lines, wanted, rank))
        return sorted(found, key=lambda hit: hit.rank)

    def to_json(self) -> dict[str, Any]:
        """Return the index as short plain data; the script search.js reads it."""
        lines = sorted({line for one in self.places for line in one.more})
        number = {line: at for at, line in enumerate(lines)}
        within = list(dict.fromkeys(one.within for one in self.places))
        return {
            "course": self.course,
            "within": within,
            "more": lines,
            "places": [
                [
                    KINDS.index(one.kind),
                    one.title,
                    one.address,
                    one.text,
                    within.index(one.within),
                    [number[line] for line in one.more],
                ]
                for one in self.places
            ],
            "words": "\n".join(_packed(word) for word in self.words),
        }

    def _meant(self, word: str, *, unfinished: bool) -> set[int]:
        meant = set()
        if (known := self._word_of.get(word)) is not None:
            meant.add(known)
        elif begun := [at for at in range(2, len(word) + 1) if self._may_begin(word, at)]:
            for at in (one for one in begun if one >= begun[-1] - 1):
                meant.update(self._begun[word[:at]])
        if unfinished and not word.isdecimal():
            meant.update(at for form, at in self._word_of.items() if form.startswith(word))
        return meant

    def _may_begin(self, word: str, at: int) -> bool:
        return word[:at] in self._begun and word[at:] in self.endings

    def _line(self, text: str) -> Line:
        found = ((one, self._word_of.get(one.text)) for one in tokens(text))
        return Line(
            text, tuple((one.start, one.end, word) for one, word in found if word is not None)
        )

    def _hit(
        self, place: Place, lines: Lines, wanted: Sequence[set[int]], rank: tuple[int, int]
    ) -> Hit:
        meant = set().union(*wanted)
        shown = max(lines.body, key=lambda line: sum(bool(line.count(one)) for one in wanted))
        title = _marked(place.title, lines.title.spans(meant))
        return Hit(place, self.course, title, _excerpt(shown.text, shown.spans(meant)), rank)


def _texts(places: Iterable[Place]) -> Iterator[str]:
    for one in places:
        for text in (one.title, one.text, *one.more, one.within):
            yield from (token.text for token in tokens(text))


def _rank(lines: Lines, wanted: Sequence[set[int]]) -> tuple[int, int] | None:
    """Return how good a place is, less is better; None when a word is not there at all."""
    in_title = hits = 0
    for meant in wanted:
        here = lines.title.count(meant)
        all_here = here + sum(line.count(meant) for line in lines.body)
        if not all_here and not lines.within.count(meant):
            return None
        in_title += bool(here)
        hits += all_here
    return (-in_title, -hits) if hits else None


def language_json(language: str) -> dict[str, Any]:
    """Return what the indexes of a language have in common."""
    return {
        "format": FORMAT,
        "language": language,
        "skipped": " ".join(sorted(skipped_words(language))),
        "endings": " ".join(sorted(endings(language))),
    }


def read_query(text: str, language: str) -> Query:
    """Return what `text` asks for; words that are in every text ask for nothing.

    The last word is unfinished when nothing stands behind it.
    """
    text = text[:MAX_QUERY_LETTERS]
    known = [one for one in tokens(text) if one.text not in skipped_words(language)]
    words = tuple(dict.fromkeys(one.text for one in known))[:MAX_WORDS]
    unfinished = bool(words) and known[-1].end == len(text) and known[-1].text == words[-1]
    return Query(words, unfinished)


def find(indexes: Iterable[Index], query: Query) -> dict[str, list[Hit]]:
    """Return what is found in all courses, by kind, best first."""
    found: dict[str, list[Hit]] = {kind: [] for kind in KINDS}
    for index in indexes:
        for hit in index.find(query):
            found[hit.place.kind].append(hit)
    return {
        kind: _each_once(sorted(hits, key=lambda hit: hit.rank)) for kind, hits in found.items()
    }


def _each_once(hits: Iterable[Hit]) -> list[Hit]:
    """Leave out what stands before already: courses share terms."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.place.address, hit)
    return list(first.values())


def _words_of(texts: Iterable[str], language: str) -> tuple[Word, ...]:
    """Put the forms of each word together."""
    skipped = skipped_words(language)
    forms = sorted({text for text in texts if text not in skipped})
    stems = {form: stem(form, language) for form in forms}
    owner: dict[str, str] = {}  # of a beginning, and of a form that begins otherwise

    def root(name: str) -> str:
        while owner.setdefault(name, name) != name:
            name = owner[name]
        return name

    beginnings = {begins for one in stems.values() for begins in one.beginnings}
    for form, one in stems.items():
        first = root(one.beginnings[0])
        for other in (*one.beginnings[1:], *([form] if form in beginnings else [])):
            owner[root(other)] = first
    groups: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for form, one in stems.items():
        group = groups[root(one.beginnings[0])]
        for begins in one.beginnings:
            group[begins].update()
        group[one.beginnings[0]].add(form[len(one.beginnings[0]) :])
    own = set(forms)
    for one in stems.values():
        group = groups[root(one.beginnings[0])]
        for form in one.forms:
            if form not in own:
                own.add(form)
                group[form].add("")
    return tuple(
        Word({begins: frozenset(ends) for begins, ends in sorted(groups[name].items())})
        for name in sorted(groups)
    )


def _packed(word: Word) -> str:
    """Return a word as a line: beginnings with their endings, a point for an empty one."""
    return ",".join(
        " ".join([begins, *(end or "." for end in sorted(ends))])
        for begins, ends in word.beginnings.items()
    )


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for start, end in spans:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return tuple(piece for piece in pieces if piece[0])


def _excerpt(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """Cut a text around the first of `spans`, between words."""
    first, end_of_first = spans[0] if spans else (0, 0)
    start = text.rfind(" ", 0, max(first - _BEFORE, 0)) + 1
    stop = len(text)
    if stop - start > _LENGTH:
        stop = max(text.rfind(" ", start, start + _LENGTH), end_of_first)
    cut = text[start:stop].rstrip(_LOOSE if stop < len(text) else None)
    marked = _marked(cut, [(at - start, end - start) for at, end in spans if start <= at < stop])
    return (*_dots(start > 0), *marked, *_dots(stop < len(text) and cut[-1:] not in _STOPS))


def _dots(is_cut: bool) -> tuple[Piece, ...]:
    return (("…", False),) if is_cut else ()
