"""The parts of pages that never change, rendered once in each process.

Editions are immutable, so these caches never go stale. They hold nothing about persons.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup
from sqlalchemy import select

from app.catalogue import queries as catalogue
from app.catalogue.models import Edition, EditionItem, EditionPage, EditionScenario, ItemVersion
from app.db import db
from app.text import localised
from app.ui.babel import LANGUAGES


class NoSuchPage(Exception):
    """The edition has no page of this name in this language."""


@dataclass(frozen=True)
class Titles:
    """Titles of everything in an edition, in one language."""

    course: str
    lessons: Mapping[str, str]
    aids: Mapping[str, str]
    scenarios: Mapping[str, str]
    scenario_minutes: Mapping[str, int]


@dataclass(frozen=True)
class Lesson:
    """A lesson as it is shown to everybody: titles, addresses and ready parts of its page."""

    title: str
    course: str
    screens: tuple[str, ...]
    controls: tuple[Markup, ...]  # of each screen for a reader who has put nothing there
    course_url: str
    place_url: str
    finish_url: str
    crumbs: Markup
    lead: Markup
    body: Markup
    appendix: Markup
    pager: Markup
    has_journal: bool
    has_scenes: bool


@lru_cache(maxsize=256)
def titles(content_hash: str, edition_id: int, language: str) -> Titles:
    """Return the titles of the edition. `content_hash` keeps databases apart in one process."""
    edition = db.session.get_one(Edition, edition_id)
    pages = select(EditionPage.kind, EditionPage.slug, EditionPage.title).where(
        EditionPage.edition_id == edition_id, EditionPage.language == language
    )
    found: dict[str, dict[str, str]] = {"lesson": {}, "aid": {}}
    for kind, slug, title in db.session.execute(pages):
        found[kind][slug] = title
    cases = db.session.scalars(
        select(EditionScenario).where(EditionScenario.edition_id == edition_id)
    ).all()
    return Titles(
        course=localised(edition.outline["course"]["title"], language),
        lessons=found["lesson"],
        aids=found["aid"],
        scenarios={one.scenario_id: one.data["text"][language]["title"] for one in cases},
        scenario_minutes={one.scenario_id: one.data["minutes"] for one in cases},
    )


@dataclass(frozen=True)
class Matter:
    """What the page of a lesson is drawn from, published or not.

    `course` is that of an outline, `body` the lesson in one language, `items` are those it shows.
    """

    course: Mapping[str, Any]
    body: Mapping[str, Any]
    items: Mapping[str, Mapping[str, Any]]
    names: Titles
    is_pilot: bool


@lru_cache(maxsize=512)
def lesson(content_hash: str, edition_id: int, lesson_id: str, language: str) -> Lesson:
    """Return a lesson in one language. Raises `NoSuchPage` when the edition has none such."""
    return draw_lesson(matter(content_hash, edition_id, lesson_id, language), lesson_id, language)


def matter(content_hash: str, edition_id: int, lesson_id: str, language: str) -> Matter:
    """Load what the page of a lesson is drawn from. Raises `NoSuchPage`."""
    page = catalogue.page(edition_id, "lesson", lesson_id, language)
    if page is None:
        raise NoSuchPage(lesson_id)
    edition = db.session.get_one(Edition, edition_id)
    return Matter(
        course=edition.outline["course"],
        body=page.body,
        items=_items(edition_id, page.body),
        names=titles(content_hash, edition_id, language),
        is_pilot=edition.is_pilot,
    )


def draw_lesson(
    of: Matter,
    lesson_id: str,
    language: str,
    *,
    link: Callable[..., str] = url_for,
    media_url: Callable[[str, str], str] | None = None,
    is_preview: bool = False,
) -> Lesson:
    """Draw a lesson in its language, which has to be that of the page.

    `link` makes the addresses of pages, `media_url` that of a file by name and version. A
    preview takes no place, mark or note.
    """
    course_id, titles_of = of.course["id"], [screen["title"] for screen in of.body["screens"]]
    numbers = range(1, len(titles_of) + 1)
    controls = tuple(
        Markup() if is_preview else screen_controls(course_id, lesson_id, number)
        for number in numbers
    )
    context = _around(of.course, lesson_id) | {
        "body": of.body,
        "controls": controls,
        "items": _shown(of.items, language),
        "names": of.names,
        "is_pilot": of.is_pilot,
        "is_preview": is_preview,
        "url_for": link,
        "media_url": media_url,
        "languages": LANGUAGES,
    }
    template = current_app.jinja_env.get_template("learning/lesson_parts.html")
    parts: Any = template.make_module(context)
    where = {"course_id": course_id, "lesson": lesson_id}
    return Lesson(
        title=of.body["title"],
        course=of.names.course,
        screens=tuple(titles_of),
        controls=controls,
        course_url=link("learning.course", course_id=course_id),
        place_url=url_for("learning.place", **where),
        finish_url=url_for("learning.finish_lesson", **where),
        crumbs=parts.crumbs(),
        lead=parts.lead(),
        body=parts.reading(),
        appendix=parts.appendix(),
        pager=parts.pages(),
        has_journal=bool(prompts(of.body)),
        has_scenes=has_scenes(of.body),
    )


def _around(course: Mapping[str, Any], lesson_id: str) -> dict[str, Any]:
    """Return where a lesson stands in its course."""
    order = [one["id"] for one in course["lessons"]]
    at = order.index(lesson_id)
    return {
        "course_id": course["id"],
        "lesson_id": lesson_id,
        "number": at + 1,
        "count": len(order),
        "minutes": course["lessons"][at]["minutes"],
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
    }


@lru_cache(maxsize=256)
def screens(content_hash: str, edition_id: int, language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the titles of the screens of each lesson of an edition."""
    query = select(EditionPage.slug, EditionPage.body).where(
        EditionPage.edition_id == edition_id,
        EditionPage.kind == "lesson",
        EditionPage.language == language,
    )
    return {
        slug: tuple(screen["title"] for screen in body["screens"])
        for slug, body in db.session.execute(query)
    }


@dataclass(frozen=True)
class Reflection:
    """A lesson with the questions that its readers answer for themselves."""

    id: str
    title: str
    prompts: tuple[Mapping[str, Any], ...]


@lru_cache(maxsize=64)
def journal(content_hash: str, edition_id: int, language: str) -> tuple[Reflection, ...]:
    """Return the lessons of an edition that ask such questions, in the order of the course."""
    edition = db.session.get_one(Edition, edition_id)
    found = []
    for one in edition.outline["course"]["lessons"]:
        page = catalogue.page(edition_id, "lesson", one["id"], language)
        if page and (asked := prompts(page.body)):
            found.append(Reflection(one["id"], page.title, tuple(asked)))
    return tuple(found)


def screen_controls(
    course_id: str, lesson_id: str, number: int, *, marked: bool = False, note: Any = None
) -> Markup:
    """Return the bookmark and the note of one screen, by default as nobody has touched them."""
    parts: Any = current_app.jinja_env.get_template("learning/lesson_marks.html").module
    drawn: Markup = parts.controls(course_id, lesson_id, number, marked, note)
    return drawn


def shuffled(item: Mapping[str, Any], language: str) -> list[Mapping[str, Any]]:
    """Return the options of a practice item in an order that is the same for everybody."""
    options: Sequence[Mapping[str, Any]] = item["text"][language]["options"]
    if item["keep_order"]:
        return list(options)

    def place(option: Mapping[str, Any]) -> bytes:
        return hashlib.sha256(f"{item['id']}/{option['id']}".encode()).digest()

    return sorted(options, key=place)


def split_stem(stem: str) -> tuple[Markup, Markup]:
    """Return the first paragraph of a stem as a line for a legend, and the rest."""
    match = re.fullmatch(r"<p>((?:(?!<p\b).)*?)</p>\s*(.*)", stem, re.DOTALL)
    line, rest = (match[1], match[2]) if match else ("", stem)
    return Markup(line), Markup(rest)  # noqa: S704  content is sanitised when it is compiled


def without_citations(html: str) -> Markup:
    """Return a text that is told again, without the numbers of its sources."""
    plain = re.sub(r'\s*<sup class="cite">.*?</sup>', "", html)
    return Markup(plain)  # noqa: S704  content is sanitised when it is compiled


def _shown(items: Mapping[str, Mapping[str, Any]], language: str) -> dict[str, dict[str, Any]]:
    """Return how items stand in a lesson: stem and options, without the key."""
    return {
        item_id: {
            "stem": split_stem(item["text"][language]["stem"]),
            "options": shuffled(item, language),
        }
        for item_id, item in items.items()
    }


def _items(edition_id: int, body: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    ids = item_ids(body)
    query = (
        select(ItemVersion.data)
        .join(EditionItem, EditionItem.item_hash == ItemVersion.hash)
        .where(EditionItem.edition_id == edition_id, EditionItem.item_id.in_(ids))
    )
    return {item["id"]: item for item in db.session.scalars(query)}


def prompts(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the questions of the journal in a lesson, in its order."""
    return [
        {"id": part["id"], **part["prompt"]}
        for screen in body["screens"]
        for part in screen["parts"]
        if part["type"] == "journal" and "prompt" in part
    ]


def has_scenes(body: Mapping[str, Any]) -> bool:
    """Whether a lesson shows a film that the page itself draws."""
    return any(
        part.get("recording", {}).get("kind") == "scenes"
        for screen in body["screens"]
        for part in screen["parts"]
    )


def item_ids(body: Mapping[str, Any]) -> list[str]:
    """Return the items that a lesson asks, in its order."""
    return [
        part["id"]
        for screen in body["screens"]
        for part in screen["parts"]
        if part["type"] in ("recall", "practice")
    ]
