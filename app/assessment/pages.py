"""What the pages of an attempt show, in one language; keys and rationales stay out of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from markupsafe import Markup

from app.assessment import queries, rules
from app.assessment.models import Attempt, Result
from app.assessment.queries import Answer
from app.catalogue import queries as catalogue
from app.enrolment.rules import closing_moment
from app.text import localised


@dataclass(frozen=True)
class ShownOption:
    """An option as the learner sees it."""

    id: str
    text: Markup


@dataclass(frozen=True)
class ShownItem:
    """An item of an open attempt. `revision` is 0 while it has no answer."""

    position: int
    stem: Markup
    options: tuple[ShownOption, ...]
    chosen: str | None
    revision: int


@dataclass(frozen=True)
class ObjectiveLine:
    """How many items of one objective were right."""

    text: str
    right: int
    drawn: int


@dataclass(frozen=True)
class ResultPage:
    """What a learner is told about a sealed attempt."""

    result: Result
    score: Fraction
    cut_score: Fraction
    objectives: tuple[ObjectiveLine, ...]
    lessons: tuple[tuple[str, str], ...]  # id and title, to read again
    next: str  # passed, newer, waiting, used_up, closed, allowed, continue
    until: datetime | None
    left: int


def shown_items(
    attempt: Attempt, answers: Mapping[int, Answer], page_language: str
) -> list[ShownItem]:
    """Return the items of an attempt in its language, in the order in which they were drawn.

    On a page in another language they say which language they are in.
    """
    language = attempt.language if attempt.language != page_language else None
    versions = catalogue.item_versions([item["hash"] for item in attempt.draw])
    return [
        _shown(position, item["options"], versions[item["hash"]].data["text"][attempt.language],
               answers.get(position), language)
        for position, item in enumerate(attempt.draw, start=1)
    ]  # fmt: skip


def _shown(
    position: int,
    order: Sequence[str],
    text: Mapping[str, object],
    answer: Answer | None,
    language: str | None,
) -> ShownItem:
    options: Sequence[Mapping[str, str]] = text["options"]  # type: ignore[assignment]
    texts = {option["id"]: option["text"] for option in options}
    return ShownItem(
        position=position,
        stem=_said_in(language, as_phrase(str(text["stem"]))),
        # Options are sanitised when they are published.
        options=tuple(
            ShownOption(one, _said_in(language, Markup(texts[one])))  # noqa: S704
            for one in order
        ),
        chosen=answer.option_ids[0] if answer and answer.option_ids else None,
        revision=answer.revision if answer else 0,
    )


def _said_in(language: str | None, text: Markup) -> Markup:
    if language is None:
        return text
    return Markup('<span lang="{}">{}</span>').format(language, text)


def as_phrase(html: str) -> Markup:
    """Return paragraphs as lines, since a legend holds no paragraphs; sanitised when published."""
    inner = re.sub(r"</p>\s*<p>", "<br>", html.strip())
    return Markup(inner.removeprefix("<p>").removesuffix("</p>"))  # noqa: S704


def result_page(attempt: Attempt, result: Result, language: str, now: datetime) -> ResultPage:
    """Return what a learner is told of a result, and what they can do next."""
    cycle = attempt.cycle
    course = cycle.edition.outline["course"]
    final = rules.final_rules(cycle.edition.outline)
    objectives = queries.objectives_of(result)
    past, given = queries.attempts(cycle.id), queries.grants_by_cycle([cycle.id])[cycle.id]
    verdict = rules.next_attempt(past, given, final, now)
    step, until = "allowed", None
    if isinstance(verdict, rules.Refused):
        step, until = verdict.reason, verdict.until
    elif verdict.continues:
        step = "continue"
    closes_at = closing_moment(cycle.closes_on, cycle.time_zone)
    if step in ("allowed", "waiting") and max(until or now, now) >= closes_at:
        step, until = "closed", closes_at
    weak = set(rules.weak_objectives(objectives, final.cut_score)) if not result.passed else set()
    titles = queries.lesson_titles(cycle.edition_id, language) if weak else {}
    return ResultPage(
        result=result,
        score=Fraction(result.right_count, result.drawn_count),
        cut_score=final.cut_score,
        objectives=tuple(
            ObjectiveLine(localised(one["text"], language), *objectives[one["id"]])
            for one in course["objectives"]
            if one["id"] in objectives
        ),
        lessons=tuple(
            (lesson["id"], titles.get(lesson["id"], lesson["id"]))
            for lesson in course["lessons"]
            if weak.intersection(lesson["objectives"])
        ),
        next=step,
        until=until,
        left=max(final.attempts + given - len(past), 0),
    )
