"""Checks of course.yaml: what it lists exists, and the final can be drawn and passed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from app.content.checks import programmes
from app.content.checks import texts as check_texts
from app.content.checks.marked import term_faults
from app.content.files import Placed
from app.content.loaded import Loaded
from app.content.model import Course
from app.content.problems import Problem

BANK_FACTOR = 3
LEAST_RED_LINES = 2
LEAST_SECONDS = 90  # an item, curriculum section 4
MONTH_DAYS = 30
_SHARE = re.compile(r"[01](?:\.[0-9]{1,6})?")


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of every course.yaml, and of the programmes."""
    for course in loaded.courses.values():
        yield from _course(course, loaded)
    yield from _cycles(loaded)
    yield from programmes.check(loaded)


def _course(course: Placed[Course], loaded: Loaded) -> Iterator[Problem]:
    yield from _names(course)
    yield from _lists(course, loaded)
    yield from _rules(course)
    yield from _blueprint(course, loaded)


def _names(course: Placed[Course]) -> Iterator[Problem]:
    value = course.value
    yield from check_texts.plain(course, value.title, "title")
    yield from check_texts.plain(course, value.summary, "summary")
    yield from check_texts.plain(course, value.national_law.owner, "national_law", "owner")
    for number, objective in enumerate(value.objectives):
        yield from check_texts.plain(course, objective.text, "objectives", number, "text")
    for kind, ids in _ids(value):
        for number, one in enumerate(ids):
            if one in ids[:number]:
                first = course.file.path
                yield course.problem("repeated-id", kind, number, id=one, first=first)


def _ids(value: Course) -> list[tuple[str, list[str]]]:
    return [
        ("objectives", [str(objective.id) for objective in value.objectives]),
        ("lessons", [lesson.id for lesson in value.lessons]),
        ("scenarios", list(value.scenarios)),
        ("aids", list(value.aids)),
        ("glossary", list(value.glossary)),
    ]


def _lists(course: Placed[Course], loaded: Loaded) -> Iterator[Problem]:
    value = course.value
    objectives = {objective.id for objective in value.objectives}
    taught = {one for lesson in value.lessons for one in lesson.objectives}
    for number, lesson in enumerate(value.lessons):
        for missing in set(lesson.objectives) - objectives:
            yield course.problem("unknown-objective", "lessons", number, "objectives", id=missing)
    for number, objective in enumerate(value.objectives):
        if objective.id not in taught:
            yield course.problem("untaught", "objectives", number, id=objective.id)
    for number, one in enumerate(value.prerequisites):
        if one not in loaded.courses:
            yield course.problem("unknown-course", "prerequisites", number, id=one)
    for number, one in enumerate(value.glossary):
        for fault in term_faults(one, loaded.shelf) if loaded.glossary else ():
            yield course.problem(fault.code, "glossary", number, **fault.params)
    for number, one in enumerate(value.scenarios):
        if one not in loaded.scenarios_of(value.id):
            yield course.problem("unknown-scenario", "scenarios", number, id=one)


def _rules(course: Placed[Course]) -> Iterator[Problem]:
    final = course.value.final
    if cut_score(final.cut_score) is None:
        yield course.problem("cut-score", "final", "cut_score", found=final.cut_score)
    afters = [("wait_hours", attempt) for attempt in final.wait_hours]
    if final.reopen_after:
        afters.append(("reopen_after", final.reopen_after))
    for name, found in afters:
        if found >= final.attempts:
            params = {"name": name, "found": found, "attempts": final.attempts}
            yield course.problem("rule", "final", name, **params)
    yield from _limits(course)
    yield from _completion(course)


def _limits(course: Placed[Course]) -> Iterator[Problem]:
    seconds, rule = course.value.final.seconds_per_item, course.value.certificate
    if seconds < LEAST_SECONDS:
        params = {"count": seconds, "least": LEAST_SECONDS}
        yield course.problem("seconds", "final", "seconds_per_item", **params)
    if rule.renewal and rule.renewal.opens_days_before >= MONTH_DAYS * rule.valid_months:
        params = {"days": rule.renewal.opens_days_before, "months": rule.valid_months}
        yield course.problem("renewal", "certificate", "renewal", "opens_days_before", **params)


def _completion(course: Placed[Course]) -> Iterator[Problem]:
    have = {
        "lessons": course.value.lessons,
        "scenarios": course.value.scenarios,
        "final": course.value.final.draw,
    }
    if not course.value.completion:
        yield course.problem("completion-empty", "completion")
    for number, rule in enumerate(course.value.completion):
        if not have[rule]:
            yield course.problem("completion", "completion", number, rule=rule)


def cut_score(text: str) -> Fraction | None:
    """Return a cut score that can be reached, or None."""
    share = Fraction(text) if _SHARE.fullmatch(text) else Fraction(0)
    return share if 0 < share <= 1 else None


def _cycles(loaded: Loaded) -> Iterator[Problem]:
    """Report each circle of prerequisites once, at its first course by id."""
    needs = {one: course.value.prerequisites for one, course in loaded.courses.items()}
    ring = {one: _before(one, needs) for one in needs}
    for one, course in sorted(loaded.courses.items()):
        circle = sorted(other for other in ring[one] if one in ring.get(other, ()))
        if circle and one == circle[0]:
            yield course.problem("prerequisite-cycle", "prerequisites", found=", ".join(circle))


def _before(course_id: str, needs: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return all courses that stand before one, directly or not; in a circle also itself."""
    found, waiting = set[str](), list(needs[course_id])
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += needs.get(here, ())
    return found


def _blueprint(course: Placed[Course], loaded: Loaded) -> Iterator[Problem]:
    cells = course.value.final.draw
    finals = [item.value for item in loaded.items_of(course.value.id) if item.use == "final"]
    bank = Counter((item.objective, item.level, item.red_line) for item in finals)
    known = {objective.id for objective in course.value.objectives}
    seen: set[object] = set()
    for number, cell in enumerate(cells):
        loc, kind = ("final", "draw", number), (cell.objective, cell.level, cell.red_line)
        if cell.objective not in known:
            yield course.problem("unknown-objective", *loc, id=cell.objective)
        if kind in seen:
            yield course.problem("repeated-cell", *loc)
        seen.add(kind)
        if bank[kind] < BANK_FACTOR * cell.draw:
            params = {"have": bank[kind], "need": BANK_FACTOR * cell.draw}
            yield course.problem("bank-small", *loc, **_cell(kind), **params)
    red_lines = sum(cell.draw for cell in cells if cell.red_line)
    if red_lines < LEAST_RED_LINES:
        yield course.problem("red-lines", "final", "draw", count=red_lines)


def _cell(kind: tuple[int, str, bool]) -> dict[str, object]:
    objective, level, red_line = kind
    return {"objective": objective, "level": level, "red_line": str(red_line).lower()}
