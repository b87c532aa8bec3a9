"""Checks of lessons and job aids: order of screens, parallel languages, what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.content import LANGUAGES
from app.content.checks.marked import check_plain, check_text
from app.content.files import Placed, placed_faults
from app.content.lesson import Directive, Figure, ParsedLesson, ParsedScreen, Prose
from app.content.loaded import Loaded
from app.content.model import Course
from app.content.problems import Problem
from app.content.recording_model import Film, Recording, Story
from app.content.render import RenderedLesson, UnknownCitation, render_lesson
from app.content.weight import lesson_weight

WORDS = range(650, 1101)
BUDGET = 45_000  # bytes of a lesson with its pictures, as they are sent
TEACHING_SCREENS = range(1, 6)
RECALL_ITEMS = 2
_LANGUAGE = re.compile(r"\.(?:en|ru|be)(?=\.\w+$)")
_PLACES = {
    "recall": ("recall",),
    "practice": ("practice", "teaching"),
    "scenario": ("practice", "teaching"),
    "aid": ("practice", "teaching", "on-duty"),
    "recording": ("situation", "practice", "teaching"),
    "journal": ("practice", "teaching"),
}


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of all lessons and job aids."""
    for course in loaded.courses.values():
        yield from _course(course, loaded)


def _course(course: Placed[Course], loaded: Loaded) -> Iterator[Problem]:
    shown: set[str] = set()
    for lesson in course.value.lessons:
        versions = {
            lang: loaded.lessons[course.value.id, lesson.id, lang]
            for lang in LANGUAGES
            if (course.value.id, lesson.id, lang) in loaded.lessons
        }
        yield from _parallel(versions)
        for lang, placed in versions.items():
            yield from _lesson(placed, lang, course.value.id, loaded)
            yield from _directives(placed, lesson.id, course.value, loaded)
            shown |= {d.id for screen in placed.value.screens for d in screen.directives}
    yield from _aids(course.value, loaded)
    for item in loaded.items_of(course.value.id):
        if item.use in ("recall", "practice") and item.value.id not in shown:
            yield item.problem("unplaced")


def _lesson(
    placed: Placed[ParsedLesson], lang: str, course_id: str, loaded: Loaded
) -> Iterator[Problem]:
    lesson, path, library = placed.value, placed.file.path, loaded.shelf
    yield from placed_faults(path, 2, check_plain(lesson.title, lang))
    yield from _order(placed)
    for screen in lesson.screens:
        yield from placed_faults(path, screen.line, check_plain(screen.title, lang))
        yield from _screen(placed, screen)
        for part in screen.parts:
            if isinstance(part, Prose):
                yield from placed_faults(path, part.line, check_text(part.text, lang, library))
    try:
        rendered = render_lesson(lesson, lang, library)
    except UnknownCitation:
        return
    if rendered.words not in WORDS:
        yield placed.problem_at(1, "words", count=rendered.words)
    yield from _heavy(placed, rendered, course_id, loaded, lang)


def _heavy(
    placed: Placed[ParsedLesson], rendered: RenderedLesson, course: str, loaded: Loaded, lang: str
) -> Iterator[Problem]:
    """Yield the problem of a lesson that takes too long on a bad link.

    Sound and film wait until they are asked for; their posters and their texts do not.
    """
    played = [
        loaded.recordings[course, one.id].value
        for screen in placed.value.screens
        for one in screen.directives
        if one.kind == "recording" and (course, one.id) in loaded.recordings
    ]
    names = {figure.name for screen in placed.value.screens for figure in screen.figures}
    names |= {name for one in played for name in _sent(one)}
    pictures = {
        name: loaded.media[course, name].data for name in names if (course, name) in loaded.media
    }
    texts = "".join(text for one in played for text in _texts(one, lang))
    weight = lesson_weight(rendered, pictures, texts, BUDGET)
    if weight and weight.total > BUDGET:
        text, pictures_kb, total = (
            round(one / 1000) for one in (weight.text, weight.pictures, weight.total)
        )
        params = {"text": text, "pictures": pictures_kb, "heaviest": weight.heaviest}
        yield placed.problem_at(1, "lesson-heavy", total=total, **params)


def _sent(recording: Recording) -> list[str]:
    """Return the pictures that come with the page: a poster, or the drawings of scenes."""
    if isinstance(recording, Story):
        return [scene.file for scene in recording.scenes]
    return [recording.poster] if isinstance(recording, Film) and recording.poster else []


def _texts(recording: Recording, lang: str) -> Iterator[str]:
    yield recording.transcript.in_language(lang)
    for scene in recording.scenes if isinstance(recording, Story) else ():
        yield scene.alt.in_language(lang)
        yield from (scene.caption.in_language(one) for one in LANGUAGES)


def _order(placed: Placed[ParsedLesson]) -> Iterator[Problem]:
    kinds = [screen.kind for screen in placed.value.screens]
    teaching = kinds.count("teaching")
    wanted = ["situation", *["teaching"] * teaching, "practice", "on-duty", "recall"]
    if kinds != wanted or teaching not in TEACHING_SCREENS:
        yield placed.problem_at(1, "screen-order", found=", ".join(kinds) or "none")


def _screen(placed: Placed[ParsedLesson], screen: ParsedScreen) -> Iterator[Problem]:
    kinds = [directive.kind for directive in screen.directives]
    if screen.kind == "recall" and kinds.count("recall") != RECALL_ITEMS:
        yield placed.problem_at(screen.line, "recall-count", count=kinds.count("recall"))
    if screen.kind == "practice" and not {"practice", "scenario"} & set(kinds):
        yield placed.problem_at(screen.line, "practice-missing")
    for directive in screen.directives:
        if screen.kind not in _PLACES[directive.kind]:
            found = f"{directive.kind}:{directive.id}"
            yield placed.problem_at(directive.line, "misplaced", found=found)


def _parallel(versions: dict[str, Placed[ParsedLesson]]) -> Iterator[Problem]:
    if not versions:
        return
    first, *others = versions.values()
    name = first.file.path.rpartition("/")[2]
    kinds = [screen.kind for screen in first.value.screens]
    for other in others:
        if [screen.kind for screen in other.value.screens] != kinds:
            yield other.problem_at(1, "screens-differ", other=name)
            continue
        for ours, theirs in zip(first.value.screens, other.value.screens, strict=True):
            if _shown(ours) != _shown(theirs):
                yield other.problem_at(theirs.line, "directives-differ", other=name)


def _shown(screen: ParsedScreen) -> list[tuple[str, str]]:
    """Return what a screen shows; of pictures with words there is one in each language."""
    return [
        ("figure", _LANGUAGE.sub("", part.name))
        if isinstance(part, Figure)
        else (part.kind, part.id)
        for part in screen.parts
        if not isinstance(part, Prose)
    ]


def _directives(
    placed: Placed[ParsedLesson], lesson_id: str, course: Course, loaded: Loaded
) -> Iterator[Problem]:
    order = [lesson.id for lesson in course.lessons]
    earlier = order[: order.index(lesson_id) + 1]
    for directive in [one for screen in placed.value.screens for one in screen.directives]:
        owner = _owner(directive, course, loaded)
        if owner is None:
            use = {"recall": "item", "practice": "item"}.get(directive.kind, directive.kind)
            params = {"id": directive.id, "use": directive.kind}
            yield placed.problem_at(directive.line, f"unknown-{use}", **params)
        elif owner and owner not in (earlier if directive.kind == "recall" else [lesson_id]):
            params = {"id": directive.id, "lesson": owner}
            yield placed.problem_at(directive.line, "foreign-lesson", **params)


def _owner(directive: Directive, course: Course, loaded: Loaded) -> str | None:
    """Return the lesson of what is shown: empty for any lesson, None when nothing is there."""
    if directive.kind == "recording":
        return "" if (course.id, directive.id) in loaded.recordings else None
    if directive.kind == "journal":
        journal = loaded.journals.get(course.id)
        prompts = journal.value.prompts if journal else ()
        return next((one.lesson for one in prompts if one.id == directive.id), None)
    if directive.kind == "aid":
        return "" if directive.id in course.aids else None
    if directive.kind == "scenario":
        listed = loaded.scenarios_of(course.id) if directive.id in course.scenarios else {}
        return listed[directive.id].value.lesson if directive.id in listed else None
    for item in loaded.items_of(course.id):
        if (item.use, item.value.id) == (directive.kind, directive.id):
            return item.value.lesson
    return None


def _aids(course: Course, loaded: Loaded) -> Iterator[Problem]:
    for (course_id, _, lang), placed in loaded.aids.items():
        if course_id == course.id:
            aid, path = placed.value, placed.file.path
            yield from placed_faults(path, 2, check_plain(aid.title, lang))
            faults = check_text(aid.body.text, lang, loaded.shelf)
            yield from placed_faults(path, aid.body.line, faults)
