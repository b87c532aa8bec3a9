"""All texts that readers see, one after another, with the place each was read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.content import LANGUAGES
from app.content.captions import read_captions
from app.content.case_model import Choice
from app.content.drawings import read_drawing
from app.content.files import Placed, SourceFile
from app.content.lesson import Figure, ParsedLesson, ParsedScreen, Prose
from app.content.loaded import Loaded
from app.content.model import Text
from app.content.part_texts import texts_of
from app.content.problems import Problem
from app.content.recording_model import Story

Loc = tuple[str | int, ...]
_WRONG = ("mistake", "red_line")


class Passage(NamedTuple):
    """A text in one language. `line` is its first in the file, or 0 where `loc` tells it.

    `is_wrong` says that it stands there as a mistake, to be chosen and explained.
    """

    lang: str
    text: str
    placed: Placed[Any]
    line: int = 0
    loc: Loc = ()
    subject: str = ""
    is_wrong: bool = False

    def problem(self, code: str, line: int, **params: object) -> Problem:
        """Make a problem at a line of the text, counted from 0."""
        file = self.placed.file
        first = self.line or file.line(*self.placed.loc, *self.loc)
        subject = self.subject or self.placed.subject
        return Problem(file.path, first + line, code, params, subject)


def passages(loaded: Loaded) -> Iterator[Passage]:
    """Yield the texts of courses, lessons, job aids, items, scenarios and the glossary.

    Programmes and recordings, with what is said in these, are among them.
    """
    yield from _pages(loaded)
    yield from _items(loaded)
    yield from _scenarios(loaded)
    yield from _courses(loaded)
    yield from _terms(loaded)
    for recording in loaded.recordings.values():
        yield from _in_languages(recording, recording.value.title, "title")
        yield from _in_languages(recording, recording.value.transcript, "transcript")
        scenes = recording.value.scenes if isinstance(recording.value, Story) else ()
        for number, scene in enumerate(scenes):
            yield from _in_languages(recording, scene.caption, "scenes", number, "caption")
            yield from _in_languages(recording, scene.alt, "scenes", number, "alt")
    yield from _media(loaded)
    yield from _forms(loaded)


def _forms(loaded: Loaded) -> Iterator[Passage]:
    """Yield what journals, assignments and surveys say."""
    files = [*loaded.journals.values(), *loaded.assignments.values(), loaded.surveys]
    for placed in (one for one in files if one):
        for loc, _, text in texts_of(placed.value):
            is_wrong = "answers" in loc
            yield from _in_languages(placed, text, *loc, is_wrong=is_wrong)


def prose(screens: tuple[ParsedScreen, ...]) -> Iterator[Prose]:
    """Yield the Markdown of screens."""
    for screen in screens:
        for part in screen.parts:
            if isinstance(part, Prose):
                yield part


def _media(loaded: Loaded) -> Iterator[Passage]:
    """Yield what captions and drawings say whose names tell their language: `x.ru.vtt`."""
    for (_, name), file in loaded.media.items():
        *_, lang, ending = ("", "", *name.split("."))
        if lang in LANGUAGES and ending in ("svg", "vtt"):
            said = read_drawing(file.data).words if ending == "svg" else _cues(file.data)
            placed = Placed(None, SourceFile(file.path, ""))
            for line, text in said:
                yield Passage(lang, text, placed, line=line + 1)


def _cues(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the line from 0 and the words of each cue."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return ((cue.line, cue.text) for cue in read_captions(text, 0)[0])


def _pages(loaded: Loaded) -> Iterator[Passage]:
    for (_, _, lang), lesson in loaded.lessons.items():
        yield from _lesson(lesson, lang)
    for (_, _, lang), aid in loaded.aids.items():
        yield Passage(lang, aid.value.title, aid, line=2)
        yield Passage(lang, aid.value.body.text, aid, line=aid.value.body.line)


def _lesson(lesson: Placed[ParsedLesson], lang: str) -> Iterator[Passage]:
    yield Passage(lang, lesson.value.title, lesson, line=2)
    for screen in lesson.value.screens:
        yield Passage(lang, screen.title, lesson, line=screen.line)
        for part in screen.parts:
            if isinstance(part, Prose):
                yield Passage(lang, part.text, lesson, line=part.line)
            elif isinstance(part, Figure):
                yield Passage(lang, part.alt, lesson, line=part.line)
                yield Passage(lang, part.caption, lesson, line=part.line)


def _in_languages(
    placed: Placed[Any], text: Text | None, *loc: str | int, is_wrong: bool = False
) -> Iterator[Passage]:
    for lang in LANGUAGES if text else ():
        yield Passage(lang, getattr(text, lang), placed, 0, (*loc, lang), "", is_wrong)


def _items(loaded: Loaded) -> Iterator[Passage]:
    for item in loaded.items:
        yield from _in_languages(item, item.value.stem, "stem")
        for number, option in enumerate(item.value.options):
            loc = ("options", number)
            yield from _in_languages(item, option.text, *loc, "text", is_wrong=not option.key)
            yield from _in_languages(item, option.rationale, *loc, "rationale")


def _scenarios(loaded: Loaded) -> Iterator[Passage]:
    for placed in loaded.scenarios:
        scenario = placed.value
        for name in ("title", "intro", "warning"):
            yield from _in_languages(placed, getattr(scenario, name), name)
        for number, fact in enumerate(scenario.facts):
            yield from _in_languages(placed, fact.text, "facts", number, "text")
        for number, node in enumerate(scenario.nodes):
            loc = ("nodes", number)
            yield from _in_languages(placed, node.text, *loc, "text")
            for at, extra in enumerate(node.extras):
                yield from _in_languages(placed, extra.text, *loc, "extras", at, "text")
            for at, choice in enumerate(node.choices):
                yield from _choice(placed, choice, *loc, "choices", at)
        for number, ending in enumerate(scenario.endings):
            yield from _in_languages(placed, ending.text, "endings", number, "text")


def _choice(placed: Placed[Any], choice: Choice, *loc: str | int) -> Iterator[Passage]:
    is_wrong = choice.verdict in _WRONG
    yield from _in_languages(placed, choice.text, *loc, "text", is_wrong=is_wrong)
    for name in ("consequence", "rule", "repair", "phrase"):
        yield from _in_languages(placed, getattr(choice, name), *loc, name)
    for key, change in choice.state.items():
        yield from _in_languages(placed, change, *loc, "state", key)


def _courses(loaded: Loaded) -> Iterator[Passage]:
    for course in loaded.courses.values():
        yield from _in_languages(course, course.value.title, "title")
        yield from _in_languages(course, course.value.summary, "summary")
        for number, objective in enumerate(course.value.objectives):
            yield from _in_languages(course, objective.text, "objectives", number, "text")
    if programmes := loaded.programmes:
        for number, programme in enumerate(programmes.value.programmes):
            for name in ("title", "summary"):
                text = getattr(programme, name)
                yield from _in_languages(programmes, text, "programmes", number, name)


def _terms(loaded: Loaded) -> Iterator[Passage]:
    if not (glossary := loaded.glossary):
        return
    for number, term in enumerate(glossary.value.terms):
        for name in ("definition", "note"):
            text = getattr(term, name)
            for lang in LANGUAGES if text else ():
                if words := getattr(text, lang):
                    loc = ("terms", number, name, lang)
                    yield Passage(lang, words, glossary, loc=loc, subject=f'term "{term.id}"')
