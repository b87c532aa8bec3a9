"""Which rights and objectives a course teaches, practises and tests; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.content.citations import Passage, item_passages, lesson_passages, scenario_passages
from app.content.loaded import Loaded
from app.content.model import Course, DrawCell, Item, Objective, Right
from app.content.sources import Library

FactKey = tuple[str, str]


@dataclass(frozen=True)
class RightCover:
    """Where a right is taught, practised and tested: ids of lessons, items and scenarios.

    A part counts when it cites a source of the right, or belongs to an objective that is tagged
    with it. `citing` are the lessons that cite a source themselves, `objectives` those tagged.
    """

    right: Right
    objectives: tuple[str, ...]
    citing: tuple[str, ...]
    taught: tuple[str, ...]
    practised: tuple[str, ...]
    tested: tuple[str, ...]


@dataclass(frozen=True)
class ObjectiveCover:
    """The lessons, scenarios and items of an objective; `draw` counts items of one final.

    `red_lines` are the red-line items among `tested`.
    """

    objective: Objective
    taught: tuple[str, ...]
    practised: tuple[str, ...]
    tested: tuple[str, ...]
    red_lines: tuple[str, ...]
    draw: int


@dataclass(frozen=True)
class CourseCover:
    """The coverage map of a course."""

    course: Course
    rights: tuple[RightCover, ...]
    objectives: tuple[ObjectiveCover, ...]


@dataclass(frozen=True)
class _Part:
    """A lesson, item or scenario; `kind` is taught, practised or tested."""

    id: str
    kind: str
    objectives: frozenset[int]
    facts: frozenset[FactKey]
    red_line: bool = False


def facts_of(right: Right, library: Library) -> set[FactKey]:
    """Return the facts of the register that speak of a right; unknown sources give none."""
    found = set[FactKey]()
    for source in right.sources:
        if resolved := library.resolve(source):
            found |= {(resolved.entry.key, fact.id) for fact in resolved.facts}
        elif entry := library.entries.get(source.strip()):
            found |= {(entry.key, fact.id) for fact in entry.facts}
    return found


def coverage(loaded: Loaded, course_id: str) -> CourseCover:
    """Map a course. It is read in its source language; the others run parallel."""
    course = loaded.courses[course_id].value
    parts = _parts(loaded, course)
    rights = loaded.rights.value.rights if loaded.rights else ()
    return CourseCover(
        course,
        tuple(_right(right, course, parts, loaded.shelf) for right in rights),
        tuple(_objective(objective, course, parts) for objective in course.objectives),
    )


def over_all(maps: Iterable[CourseCover]) -> tuple[RightCover, ...]:
    """Join the maps of several courses; ids are written `c1 1-2`."""
    joined: dict[str, RightCover] = {}
    for one in maps:
        for row in one.rights:
            known = joined.get(row.right.id, RightCover(row.right, (), (), (), (), ()))
            joined[row.right.id] = RightCover(
                row.right,
                *(
                    (*getattr(known, name), *(f"{one.course.id} {id_}" for id_ in ids))
                    for name, ids in _cells(row).items()
                ),
            )
    return tuple(joined.values())


def _cells(row: RightCover) -> Mapping[str, tuple[str, ...]]:
    return {
        "objectives": row.objectives,
        "citing": row.citing,
        "taught": row.taught,
        "practised": row.practised,
        "tested": row.tested,
    }


def _right(right: Right, course: Course, parts: tuple[_Part, ...], library: Library) -> RightCover:
    facts = facts_of(right, library)
    tagged = {one.id for one in course.objectives if right.id in one.rights}

    def speaks(part: _Part) -> bool:
        return bool(part.facts & facts or part.objectives & tagged)

    return RightCover(
        right,
        tuple(str(one.id) for one in course.objectives if one.id in tagged),
        _ids(parts, "taught", lambda part: bool(part.facts & facts)),
        _ids(parts, "taught", speaks),
        _ids(parts, "practised", speaks),
        _ids(parts, "tested", speaks),
    )


def _objective(objective: Objective, course: Course, parts: tuple[_Part, ...]) -> ObjectiveCover:
    def serves(part: _Part) -> bool:
        return objective.id in part.objectives

    return ObjectiveCover(
        objective,
        _ids(parts, "taught", serves),
        _ids(parts, "practised", serves),
        _ids(parts, "tested", serves),
        _ids(parts, "tested", lambda part: part.red_line and serves(part)),
        sum(cell.draw for cell in course.final.draw if cell.objective == objective.id),
    )


def _ids(parts: Iterable[_Part], kind: str, wanted: Callable[[_Part], bool]) -> tuple[str, ...]:
    return tuple(part.id for part in parts if part.kind == kind and wanted(part))


def _parts(loaded: Loaded, course: Course) -> tuple[_Part, ...]:
    lang, library, parts = course.source_language, loaded.shelf, list[_Part]()
    served = {lesson.id: frozenset(lesson.objectives) for lesson in course.lessons}
    for lesson in course.lessons:
        facts = _cited(lesson_passages(loaded, course.id, lesson.id, lang), library)
        parts.append(_Part(lesson.id, "taught", served[lesson.id], facts))
    cases = loaded.scenarios_of(course.id)
    for scenario in (cases[one] for one in course.scenarios if one in cases):
        facts = _cited(scenario_passages(scenario, lang), library)
        served_here = served.get(scenario.value.lesson, frozenset())
        parts.append(_Part(scenario.value.id, "practised", served_here, facts))
    return (*parts, *_items(loaded, course))


def _items(loaded: Loaded, course: Course) -> Iterator[_Part]:
    """Yield the items that some learner gets to see: drawn into a final, or placed in a lesson."""
    drawn = {_cell(cell) for cell in course.final.draw}
    placed = _placed(loaded, course.id)
    for item in loaded.items_of(course.id):
        value = item.value
        if _cell(value) in drawn if item.use == "final" else value.id in placed:
            facts = _cited(item_passages(item, course.source_language), loaded.shelf)
            kind = "tested" if item.use == "final" else "practised"
            yield _Part(value.id, kind, frozenset({value.objective}), facts, value.red_line)


def _placed(loaded: Loaded, course_id: str) -> set[str]:
    """Return the ids of what the lessons of a course show."""
    return {
        directive.id
        for (owner, _, _), lesson in loaded.lessons.items()
        if owner == course_id
        for screen in lesson.value.screens
        for directive in screen.directives
    }


def _cell(one: Item | DrawCell) -> tuple[int, str, bool]:
    return (one.objective, one.level, one.red_line)


def _cited(texts: Iterable[Passage], library: Library) -> frozenset[FactKey]:
    citations = {citation for text in texts for citation in text.citations()}
    resolved = [found for one in citations if (found := library.resolve(one))]
    return frozenset((cited.entry.key, fact.id) for cited in resolved for fact in cited.facts)
