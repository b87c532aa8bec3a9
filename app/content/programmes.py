"""Paths of courses as plain data."""

from __future__ import annotations

from typing import TypedDict

from app.content import LANGUAGES
from app.content.edition import ContentBroken, hours_text, minutes_of
from app.content.loaded import Loaded
from app.content.model import Programme, Text
from app.content.shapes import ByLanguage
from app.content.typography import typeset


class StepData(TypedDict):
    """A course of a programme; `title` by language."""

    course: str
    code: str
    title: ByLanguage
    minutes: int
    optional: bool


class ProgrammeData(TypedDict):
    """A path. `minutes` and `hours` leave optional courses out; `hours` has one decimal."""

    id: str
    title: ByLanguage
    summary: ByLanguage
    roles: list[str]
    courses: list[StepData]
    minutes: int
    hours: str


def programme_data(loaded: Loaded) -> list[ProgrammeData]:
    """Return the programmes in their order. Raises `ContentBroken` while anything has errors."""
    if loaded.has_errors:
        raise ContentBroken("programmes")
    listed = loaded.programmes.value.programmes if loaded.programmes else ()
    return [_programme(one, loaded) for one in listed]


def _programme(programme: Programme, loaded: Loaded) -> ProgrammeData:
    steps = [_step(step.course, step.optional, loaded) for step in programme.courses]
    minutes = sum(step["minutes"] for step in steps if not step["optional"])
    return {
        "id": programme.id,
        "title": _text(programme.title),
        "summary": _text(programme.summary),
        "roles": list(programme.roles),
        "courses": steps,
        "minutes": minutes,
        "hours": hours_text(minutes),
    }


def _step(course_id: str, optional: bool, loaded: Loaded) -> StepData:
    course = loaded.courses[course_id].value
    return {
        "course": course.id,
        "code": course.code,
        "title": _text(course.title),
        "minutes": minutes_of(course, loaded)["total"],
        "optional": optional,
    }


def _text(text: Text) -> ByLanguage:
    return {lang: typeset(text.in_language(lang), lang) for lang in LANGUAGES}
