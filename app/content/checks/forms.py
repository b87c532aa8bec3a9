"""Checks of journals, assignments and surveys, and of the rounds outside the final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from app.content.checks import texts as check_texts
from app.content.checks.courses import cut_score
from app.content.files import Placed
from app.content.forms_model import Assignment, Assignments, Journal, Question, Survey, Surveys
from app.content.loaded import Loaded, PlacedItem
from app.content.model import Course
from app.content.part_texts import texts_of
from app.content.problems import Problem

DIAGNOSTIC_ITEMS = 2  # of each objective
_WITH_ANSWERS = ("choice", "vignette")


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of all forms, and of diagnostic and refresher items."""
    for course_id, course in loaded.courses.items():
        if journal := loaded.journals.get(course_id):
            yield from _journal(journal, course.value, loaded)
        if assignments := loaded.assignments.get(course_id):
            yield from _assignments(assignments, course.value)
        yield from _rounds(course, loaded)
    if loaded.surveys:
        yield from _surveys(loaded.surveys)


def _journal(journal: Placed[Journal], course: Course, loaded: Loaded) -> Iterator[Problem]:
    yield from _texts(journal)
    prompts = journal.value.prompts
    yield from _repeated(journal, [one.id for one in prompts], "prompts")
    shown = {
        (directive.id, lesson_id)
        for (owner, lesson_id, _), lesson in loaded.lessons.items()
        for screen in (lesson.value.screens if owner == course.id else ())
        for directive in screen.directives
        if directive.kind == "journal"
    }
    for number, one in enumerate(prompts):
        if one.lesson not in {lesson.id for lesson in course.lessons}:
            yield journal.problem("unknown-lesson", "prompts", number, "lesson", id=one.lesson)
        elif (one.id, one.lesson) not in shown:
            yield journal.problem("unplaced", "prompts", number)


def _assignments(placed: Placed[Assignments], course: Course) -> Iterator[Problem]:
    yield from _texts(placed)
    found = placed.value.assignments
    yield from _repeated(placed, [one.id for one in found], "assignments")
    for number, one in enumerate(found):
        loc = ("assignments", number)
        if one.lesson not in {lesson.id for lesson in course.lessons}:
            yield placed.problem("unknown-lesson", *loc, "lesson", id=one.lesson)
        for at, role in enumerate(one.roles):
            if role not in course.roles:
                yield placed.problem("assignment-role", *loc, "roles", at, role=role)
        yield from _rubric(placed, one, *loc)


def _rubric(
    placed: Placed[Assignments], assignment: Assignment, *loc: str | int
) -> Iterator[Problem]:
    rubric = assignment.rubric
    ids = [one.id for one in rubric.criteria]
    yield from _repeated(placed, ids, *loc, "rubric", "criteria")
    for number, criterion in enumerate(rubric.criteria):
        points = [level.points for level in criterion.levels]
        if len(points) < 2 or points != sorted(set(points)) or points[0] != 0:
            place = (*loc, "rubric", "criteria", number, "levels")
            yield placed.problem("rubric-levels", *place, id=criterion.id)
    most = sum(max((x.points for x in one.levels), default=0) for one in rubric.criteria)
    if not 0 < rubric.pass_points <= most:
        params = {"found": rubric.pass_points, "most": most}
        yield placed.problem("rubric-pass", *loc, "rubric", "pass_points", **params)


def _surveys(placed: Placed[Surveys]) -> Iterator[Problem]:
    yield from _texts(placed)
    yield from _repeated(placed, [one.id for one in placed.value.surveys], "surveys")
    for number, survey in enumerate(placed.value.surveys):
        yield from _survey(placed, survey, "surveys", number)


def _survey(placed: Placed[Surveys], survey: Survey, *loc: str | int) -> Iterator[Problem]:
    yield from _repeated(placed, [one.id for one in survey.questions], *loc, "questions")
    for number, question in enumerate(survey.questions):
        if not _is_answerable(question):
            place = (*loc, "questions", number)
            yield placed.problem("question-answers", *place, id=question.id, type=question.type)


def _is_answerable(question: Question) -> bool:
    """Say whether a question has the answers its type asks for: two or more, or none."""
    ids, sound = [one.id for one in question.answers], [x.sound for x in question.answers]
    if question.type not in _WITH_ANSWERS:
        return not ids
    has_two = len(ids) >= 2 and len(set(ids)) == len(ids)
    return has_two and any(sound) == (question.type == "vignette") and not all(sound)


def _rounds(course: Placed[Course], loaded: Loaded) -> Iterator[Problem]:
    items = loaded.items_of(course.value.id)
    for use, rule in (
        ("diagnostic", course.value.diagnostic),
        ("refresher", course.value.refresher),
    ):
        asked = [item for item in items if item.use == use]
        if rule is None:
            yield from (item.problem("never-asked", use=use) for item in asked)
    yield from _diagnostic(course, items)
    yield from _refresher(course, items)


def _diagnostic(course: Placed[Course], items: Iterable[PlacedItem]) -> Iterator[Problem]:
    rule, lessons = course.value.diagnostic, {one.id: one for one in course.value.lessons}
    if rule is None:
        return
    if cut_score(rule.cut_score) is None:
        yield course.problem("cut-score", "diagnostic", "cut_score", found=rule.cut_score)
    have = Counter(item.value.objective for item in items if item.use == "diagnostic")
    for number, skipped in enumerate(rule.skips):
        loc = ("diagnostic", "skips", number)
        if skipped not in lessons:
            yield course.problem("unknown-lesson", *loc, id=skipped)
            continue
        for objective in lessons[skipped].objectives:
            if have[objective] < DIAGNOSTIC_ITEMS:
                params = {"lesson": skipped, "objective": objective, "have": have[objective]}
                yield course.problem("diagnostic-small", *loc, **params)


def _refresher(course: Placed[Course], items: Iterable[PlacedItem]) -> Iterator[Problem]:
    rule = course.value.refresher
    have = Counter(item.value.objective for item in items if item.use == "refresher")
    for number, objective in enumerate(course.value.objectives if rule else ()):
        need = len(rule.months_after) if rule else 0
        if objective.scored and have[objective.id] < need:
            params = {"id": objective.id, "have": have[objective.id], "need": need}
            yield course.problem("refresher-small", "objectives", number, **params)


def _texts(placed: Placed[Any]) -> Iterator[Problem]:
    for loc, _, text in texts_of(placed.value):
        yield from check_texts.plain(placed, text, *loc)


def _repeated(placed: Placed[Any], ids: list[str], *loc: str | int) -> Iterator[Problem]:
    for number, one in enumerate(ids):
        if one in ids[:number]:
            yield placed.problem("repeated-id", *loc, number, id=one, first=placed.file.path)
