"""The parts of pages that never change: content of an edition, rendered once in each process.

Editions are immutable, so these caches never go stale. They hold nothing about persons.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
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


@lru_cache(maxsize=512)
def lesson(content_hash: str, edition_id: int, lesson_id: str, language: str) -> Lesson:
    """Return a lesson in one language. Raises `NoSuchPage` when the edition has none such."""
    page = catalogue.page(edition_id, "lesson", lesson_id, language)
    if page is None:
        raise NoSuchPage(lesson_id)
    course = db.session.get_one(Edition, edition_id).outline["course"]
    names = titles(content_hash, edition_id, language)
    order = [one["id"] for one in course["lessons"]]
    at = order.index(lesson_id)
    screens = tuple(screen["title"] for screen in page.body["screens"])
    controls = tuple(
        screen_controls(course["id"], lesson_id, number) for number in range(1, len(screens) + 1)
    )
    parts: Any = current_app.jinja_env.get_template("learning/lesson_parts.html").make_module(
        {
            "course_id": course["id"],
            "lesson_id": lesson_id,
            "body": page.body,
            "controls": controls,
            "items": _items(edition_id, page.body, language),
            "names": names,
            "number": at + 1,
            "count": len(order),
            "minutes": course["lessons"][at]["minutes"],
            "before": order[at - 1] if at else None,
            "after": order[at + 1] if at + 1 < len(order) else None,
        }
    )
    where = {"course_id": course["id"], "lesson": lesson_id}
    return Lesson(
        title=page.title,
        course=names.course,
        screens=screens,
        controls=controls,
        course_url=url_for("learning.course", course_id=course["id"]),
        place_url=url_for("learning.place", **where),
        finish_url=url_for("learning.finish_lesson", **where),
        crumbs=parts.crumbs(),
        lead=parts.lead(),
        body=parts.reading(),
        appendix=parts.appendix(),
        pager=parts.pages(),
    )


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


def _items(edition_id: int, body: Mapping[str, Any], language: str) -> dict[str, dict[str, Any]]:
    ids = [
        part["id"]
        for screen in body["screens"]
        for part in screen["parts"]
        if part["type"] in ("recall", "practice")
    ]
    query = (
        select(ItemVersion.data)
        .join(EditionItem, EditionItem.item_hash == ItemVersion.hash)
        .where(EditionItem.edition_id == edition_id, EditionItem.item_id.in_(ids))
    )
    return {
        item["id"]: {
            "stem": split_stem(item["text"][language]["stem"]),
            "options": shuffled(item, language),
        }
        for item in db.session.scalars(query)
    }
