"""Where a course cites the register: every text that may, with its part and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.content.case_model import Choice, Scenario
from app.content.files import Placed
from app.content.lesson import Figure, Prose
from app.content.loaded import Loaded, PlacedItem
from app.content.marks import Marked
from app.content.model import Text

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Passage:
    """A text of one part in one language, with the sources that are listed beside it.

    `part` is named as in reviews (`lesson 1-1`, `item c1-f-101`), `where` is a place in it
    (`s2`, `option b`). Marks and citations stand in `text` as written. A text of a Markdown
    file begins at line `first`, one of a YAML file at `loc`.
    """

    part: str
    where: str
    language: str
    text: str
    placed: Placed[Any]
    sources: tuple[str, ...] = ()
    loc: Loc = ()
    first: int = 0

    @property
    def line(self) -> int:
        """The line of the file on which the text begins."""
        return self.first or self.placed.file.line(*self.placed.loc, *self.loc)

    def citations(self) -> Iterator[str]:
        """Yield what the text cites, then its sources."""
        if "[@" in self.text:
            yield from (mark.value for mark in Marked(self.text).of_kind("cite"))
        yield from self.sources


def passages(loaded: Loaded, course_id: str, lang: str) -> Iterator[Passage]:
    """Yield the texts of a course in `lang`, with the glossary terms that it lists or shows."""
    course = loaded.courses[course_id].value
    for lesson in course.lessons:
        yield from lesson_passages(loaded, course_id, lesson.id, lang)
    for aid in course.aids:
        yield from aid_passages(loaded, course_id, aid, lang)
    for item in loaded.items_of(course_id):
        yield from item_passages(item, lang)
    for scenario in loaded.scenarios_of(course_id).values():
        yield from scenario_passages(scenario, lang)
    yield from _recordings(loaded, course_id, lang)
    yield from _terms(loaded, {*course.glossary, *_shown(loaded, course_id, lang)}, lang)


def lesson_passages(loaded: Loaded, course_id: str, lesson_id: str, lang: str) -> Iterator[Passage]:
    """Yield the prose of a lesson; none when it could not be read."""
    if placed := loaded.lessons.get((course_id, lesson_id, lang)):
        for number, screen in enumerate(placed.value.screens, 1):
            for part in screen.parts:
                if isinstance(part, Prose | Figure):
                    text = part.text if isinstance(part, Prose) else part.caption
                    name = (f"lesson {lesson_id}", f"s{number}", lang)
                    yield Passage(*name, text, placed, first=part.line)


def aid_passages(loaded: Loaded, course_id: str, aid_id: str, lang: str) -> Iterator[Passage]:
    """Yield the text of a job aid; none when it could not be read."""
    if placed := loaded.aids.get((course_id, aid_id, lang)):
        body = placed.value.body
        yield Passage(f"aid {aid_id}", "", lang, body.text, placed, first=body.line)


def item_passages(item: PlacedItem, lang: str) -> Iterator[Passage]:
    """Yield the texts of an item; the sources of an option stand with its rationale."""
    texts = _Texts(f"item {item.value.id}", lang, item)
    yield texts.at("stem", item.value.stem, "stem")
    for number, option in enumerate(item.value.options):
        where, loc = f"option {option.id}", ("options", number)
        yield texts.at(where, option.text, *loc, "text")
        yield texts.at(where, option.rationale, *loc, "rationale", sources=option.sources)


def scenario_passages(placed: Placed[Scenario], lang: str) -> Iterator[Passage]:
    """Yield the texts of a scenario; the sources of a choice stand with its rule."""
    value = placed.value
    texts = _Texts(f"scenario {value.id}", lang, placed)
    yield texts.at("intro", value.intro, "intro")
    if value.warning:
        yield texts.at("warning", value.warning, "warning")
    for number, fact in enumerate(value.facts):
        yield texts.at(fact.id, fact.text, "facts", number, "text")
    for number, node in enumerate(value.nodes):
        loc = ("nodes", number)
        yield texts.at(node.id, node.text, *loc, "text")
        for position, extra in enumerate(node.extras):
            yield texts.at(node.id, extra.text, *loc, "extras", position, "text")
        for position, choice in enumerate(node.choices):
            where = f"{node.id} {choice.id}"
            yield from _choice(texts, where, choice, (*loc, "choices", position))
    for number, ending in enumerate(value.endings):
        yield texts.at(ending.id, ending.text, "endings", number, "text")


@dataclass(frozen=True)
class _Texts:
    """Makes the passages of one part of a YAML file in one language."""

    part: str
    lang: str
    placed: Placed[Any]

    def at(self, where: str, text: Text, *loc: str | int, sources: tuple[str, ...] = ()) -> Passage:
        words, place = text.in_language(self.lang), (*loc, self.lang)
        return Passage(self.part, where, self.lang, words, self.placed, sources, place)


def _choice(texts: _Texts, where: str, choice: Choice, loc: Loc) -> Iterator[Passage]:
    yield texts.at(where, choice.text, *loc, "text")
    yield texts.at(where, choice.consequence, *loc, "consequence")
    for key, change in choice.state.items():
        yield texts.at(where, change, *loc, "state", key)
    yield texts.at(where, choice.rule, *loc, "rule", sources=choice.sources)
    if choice.repair:
        yield texts.at(where, choice.repair, *loc, "repair")
    yield texts.at(where, choice.phrase, *loc, "phrase")


def _recordings(loaded: Loaded, course_id: str, lang: str) -> Iterator[Passage]:
    for (owner, name), placed in loaded.recordings.items():
        if owner == course_id:
            texts = _Texts(f"recording {name}", lang, placed)
            yield texts.at("transcript", placed.value.transcript, "transcript")


def _shown(loaded: Loaded, course_id: str, lang: str) -> Iterator[str]:
    """Yield the terms whose definitions open in the lessons of a course."""
    for (owner, _, spoken), lesson in loaded.lessons.items():
        if (owner, spoken) == (course_id, lang) and "[[term:" in lesson.file.text:
            yield from (mark.value for mark in Marked(lesson.file.text).of_kind("term"))


def _terms(loaded: Loaded, ids: Iterable[str], lang: str) -> Iterator[Passage]:
    wanted, glossary = frozenset(ids), loaded.glossary
    for number, term in enumerate(glossary.value.terms if glossary else ()):
        if glossary and term.id in wanted and term.definition:
            texts = _Texts(f"term {term.id}", lang, glossary)
            loc = ("terms", number, "definition")
            yield texts.at("", term.definition, *loc, sources=term.sources)
