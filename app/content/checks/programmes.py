"""Checks of programmes: paths that can be walked, by roles that their courses are for."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.checks import texts as check_texts
from app.content.files import Placed
from app.content.loaded import Loaded
from app.content.model import Programme, Programmes
from app.content.problems import Problem


def check(loaded: Loaded) -> Iterator[Problem]:
    """Yield the problems of courses/programmes.yaml."""
    if loaded.programmes:
        seen = set[str]()
        for number, programme in enumerate(loaded.programmes.value.programmes):
            if programme.id in seen:
                first = loaded.programmes.file.path
                yield loaded.programmes.problem(
                    "repeated-id", "programmes", number, id=programme.id, first=first
                )
            seen.add(programme.id)
            yield from _programme(loaded.programmes, number, programme, loaded)


def _programme(
    placed: Placed[Programmes], number: int, programme: Programme, loaded: Loaded
) -> Iterator[Problem]:
    loc = ("programmes", number)
    yield from check_texts.plain(placed, programme.title, *loc, "title")
    yield from check_texts.plain(placed, programme.summary, *loc, "summary")
    if not programme.courses:
        yield placed.problem("programme-empty", *loc, "courses", id=programme.id)
    yield from _order(placed, number, programme, loaded)
    known = [
        loaded.courses[s.course].value for s in programme.courses if s.course in loaded.courses
    ]
    served = {role for course in known for role in course.roles}
    for position, role in enumerate(programme.roles if known else ()):
        if role not in served:
            yield placed.problem("programme-role", *loc, "roles", position, role=role)


def _order(
    placed: Placed[Programmes], number: int, programme: Programme, loaded: Loaded
) -> Iterator[Problem]:
    before = list[str]()
    for position, step in enumerate(programme.courses):
        loc = ("programmes", number, "courses", position)
        course = loaded.courses.get(step.course)
        if course is None:
            yield placed.problem("unknown-course", *loc, id=step.course)
        elif step.course in before:
            yield placed.problem("repeated-id", *loc, id=step.course, first=programme.id)
        else:
            needed = [one for one in course.value.prerequisites if one in loaded.courses]
            for missing in sorted(set(needed) - {*before, step.course}):
                yield placed.problem("programme-order", *loc, id=step.course, needs=missing)
        before.append(step.course)
