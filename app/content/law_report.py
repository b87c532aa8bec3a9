"""What a lawyer has to confirm: facts of the register, and every place that uses them; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.content import LANGUAGES
from app.content.checks.marked import paragraphs
from app.content.citations import Passage, passages
from app.content.loaded import Loaded
from app.content.marks import Mark, Marked
from app.content.model import Course, OpenQuestion, SourceEntry, SourceFact
from app.content.sources import Library

FactKey = tuple[str, str]
Filter = Callable[[SourceEntry, SourceFact], bool]

_OPEN, _CLOSE = "\x02", "\x03"
_MARKDOWN = re.compile(
    r"^[ \t]*!!!.*$|^[ \t]*(?:[-*+]|\d+[.)]|#+|:)[ \t]+|\*\*|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)",
    re.M,
)


@dataclass(frozen=True)
class Use:
    """A place that cites a fact; `words` is its paragraph, without marks.

    `hedge` is what the paragraph says of its own certainty, empty when it says nothing.
    `review_due` is the day by which the statement is read again.
    """

    course: str
    part: str
    where: str
    language: str
    path: str
    line: int
    words: str
    hedge: str
    review_due: str


Used = dict[FactKey, tuple[Use, ...]]


@dataclass(frozen=True)
class FactUses:
    """A fact of the register and the places that use it."""

    fact: SourceFact
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class EntryUses:
    """A document of the register and its facts, in the order of the register."""

    entry: SourceEntry
    facts: tuple[FactUses, ...]


@dataclass(frozen=True)
class LawReport:
    """The report. `courses` name the owner, state and review date of the national law.

    `to_confirm` are used facts of status V* and of national law; `unused` are facts of
    national law and of status V*, V2 or UNVERIFIED that nothing cites.
    """

    courses: tuple[Course, ...]
    to_confirm: tuple[EntryUses, ...]
    unverified: tuple[EntryUses, ...]
    second_hand: tuple[EntryUses, ...]
    unused: tuple[EntryUses, ...]
    questions: tuple[OpenQuestion, ...]


def law_report(
    loaded: Loaded, course_ids: Iterable[str], languages: Sequence[str] = LANGUAGES
) -> LawReport:
    """Collect the report over some courses; what is unused is held against those courses."""
    courses = tuple(loaded.courses[one].value for one in course_ids)
    used = _used(loaded, courses, languages)
    register = loaded.register.value if loaded.register else None
    entries = register.entries if register else ()
    return LawReport(
        courses,
        tuple(_entries(entries, used, _is_open)),
        tuple(_entries(entries, used, lambda _, fact: fact.status == "UNVERIFIED")),
        tuple(_entries(entries, used, lambda _, fact: fact.status == "V2")),
        tuple(_unused(entries, used)),
        register.open_questions if register else (),
    )


def _used(loaded: Loaded, courses: Iterable[Course], languages: Sequence[str]) -> Used:
    uses: dict[FactKey, list[Use]] = {}
    for course in courses:
        due = {
            f"item {item.value.id}": item.value.national_law_review
            for item in loaded.items_of(course.id)
        }
        for lang in languages:
            for passage in passages(loaded, course.id, lang):
                day = due.get(passage.part) or course.national_law.review_due
                for key, use in _uses(passage, course.id, day, loaded.shelf):
                    uses.setdefault(key, []).append(use)
    return {key: tuple(dict.fromkeys(found)) for key, found in uses.items()}


def _is_open(entry: SourceEntry, fact: SourceFact) -> bool:
    return entry.national_law or fact.status == "V*"


def _entries(entries: Iterable[SourceEntry], used: Used, wanted: Filter) -> Iterator[EntryUses]:
    for entry in entries:
        facts = tuple(
            FactUses(fact, used[entry.key, fact.id])
            for fact in entry.facts
            if (entry.key, fact.id) in used and wanted(entry, fact)
        )
        if facts:
            yield EntryUses(entry, facts)


def _unused(entries: Iterable[SourceEntry], used: Used) -> Iterator[EntryUses]:
    for entry in entries:
        facts = tuple(
            FactUses(fact, ())
            for fact in entry.facts
            if (entry.key, fact.id) not in used and (entry.national_law or fact.status != "V")
        )
        if facts:
            yield EntryUses(entry, facts)


def _uses(
    passage: Passage, course_id: str, due: str, library: Library
) -> Iterator[tuple[FactKey, Use]]:
    def use(line: int, text: str) -> Use:
        words, hedge = plain_words(text)
        place = (course_id, passage.part, passage.where, passage.language)
        return Use(*place, passage.placed.file.path, line, words, hedge, due)

    for key in _facts(passage.sources, library):
        yield key, use(passage.line, passage.text)
    if "[@" in passage.text:
        for offset, paragraph in paragraphs(passage.text):
            cited = (mark.value for mark in Marked(paragraph).of_kind("cite"))
            for key in _facts(cited, library):
                yield key, use(passage.line + offset, paragraph)


def _facts(citations: Iterable[str], library: Library) -> Iterator[FactKey]:
    for citation in citations:
        if cited := library.resolve(citation):
            yield from ((cited.entry.key, fact.id) for fact in cited.facts)


def plain_words(text: str) -> tuple[str, str]:
    """Return a paragraph without marks and Markdown, and what its hedges and attributions say."""
    marked = Marked(text)
    words = marked.restore(marked.text, _shown)
    hedges = re.findall(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}", words)
    plain = words.replace(_OPEN, "").replace(_CLOSE, "")
    return _bare(plain), "; ".join(_bare(hedge) for hedge in hedges)


def _shown(mark: Mark) -> str:
    if mark.kind == "empty":
        return f"[{mark.value}]"
    return {"open": _OPEN, "close": _CLOSE}.get(mark.kind, mark.shown)


def _bare(text: str) -> str:
    text = _MARKDOWN.sub("", text)
    text = " · ".join(cell.strip() for cell in text.strip().strip("|").split("|"))
    closed = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(text.split()))
    return re.sub(r",(?=[.,;:!?])", "", closed)
