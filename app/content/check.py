"""All checks of a tree that could be read."""

from __future__ import annotations

from collections.abc import Iterator

from app.content import check_courses, check_items, check_lessons, check_register, check_scenarios
from app.content.files import Placed
from app.content.loaded import Loaded
from app.content.model import Item, Scenario
from app.content.problems import Problem


def check(loaded: Loaded) -> Iterator[Problem]:
    """Yield the problems of a tree, in no order; those of reading it are not repeated."""
    yield from check_register.check(loaded)
    yield from _ids(loaded)
    for course in loaded.courses.values():
        yield from check_courses.check(course, loaded)
        yield from check_lessons.check(course, loaded)
    yield from check_items.check(loaded)
    for scenario in loaded.scenarios:
        yield from check_scenarios.check(scenario, loaded)


def _ids(loaded: Loaded) -> Iterator[Problem]:
    first: dict[str, str] = {}
    places: list[Placed[Item] | Placed[Scenario]] = [*loaded.items, *loaded.scenarios]
    for placed in places:
        one = placed.value.id
        if one in first:
            yield placed.problem("repeated-id", "id", id=one, first=first[one])
        first.setdefault(one, f"{placed.file.path}:{placed.file.line(*placed.loc)}")
