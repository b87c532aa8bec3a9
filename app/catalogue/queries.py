"""What is published. Editions never change, so rows may be read again and again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from app.catalogue.models import (
    Course,
    Edition,
    EditionItem,
    EditionPage,
    EditionScenario,
    ItemVersion,
)
from app.db import db

STORED_APART = ("lessons", "aids", "items", "scenarios")  # beside the outline of an edition


@dataclass
class EditionCounts:
    """How much an edition holds; pages and items by kind, use and language."""

    lessons: dict[str, int] = field(default_factory=dict)
    aids: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    scenarios: int = 0


def courses() -> Sequence[Course]:
    """Courses with a published edition, by code."""
    query = select(Course).where(Course.current_edition_id.is_not(None)).order_by(Course.code)
    return db.session.scalars(query).all()


def course(course_id: str) -> Course | None:
    """The course, or None."""
    return db.session.get(Course, course_id)


def current_edition(course_id: str) -> Edition | None:
    """The edition that new cycles of a course begin with."""
    query = select(Edition).join(Course, Course.current_edition_id == Edition.id)
    return db.session.scalars(query.where(Course.id == course_id)).first()


def editions(course_id: str) -> Sequence[Edition]:
    """All editions of a course, newest first."""
    query = select(Edition).where(Edition.course_id == course_id).order_by(Edition.number.desc())
    return db.session.scalars(query).all()


def edition_by_number(course_id: str, number: int) -> Edition | None:
    """An edition of a course by its number."""
    query = select(Edition).where(Edition.course_id == course_id, Edition.number == number)
    return db.session.scalars(query).first()


def edition_data(edition: Edition) -> dict[str, Any]:
    """An edition put together again, as `app.content.shapes.EditionData` has it."""
    data: dict[str, Any] = {**edition.outline, **{key: {} for key in STORED_APART}}
    pages = select(EditionPage).where(EditionPage.edition_id == edition.id)
    for one in db.session.scalars(pages):
        kind = data["lessons" if one.kind == "lesson" else "aids"]
        kind.setdefault(one.slug, {})[one.language] = one.body
    items = select(EditionItem.item_id, ItemVersion.data).join(ItemVersion)
    for item_id, item in db.session.execute(items.where(EditionItem.edition_id == edition.id)):
        data["items"][item_id] = item
    scenarios = select(EditionScenario).where(EditionScenario.edition_id == edition.id)
    for case in db.session.scalars(scenarios):
        data["scenarios"][case.scenario_id] = case.data
    return data


def page(edition_id: int, kind: str, slug: str, language: str) -> EditionPage | None:
    """A lesson or job aid of an edition in one language."""
    return db.session.get(EditionPage, (edition_id, kind, slug, language))


def item(edition_id: int, item_id: str) -> EditionItem | None:
    """An item of an edition with its version."""
    query = select(EditionItem, ItemVersion).join(ItemVersion)
    row = db.session.execute(
        query.where(EditionItem.edition_id == edition_id, EditionItem.item_id == item_id)
    ).first()
    return row[0] if row else None


def prerequisites(course_ids: Collection[str]) -> dict[str, list[str]]:
    """The courses to be taken before each of these, by their current editions."""
    if not course_ids:
        return {}
    needs = Edition.outline["course"]["prerequisites"]
    query = select(Course.id, needs).join(Edition, Edition.id == Course.current_edition_id)
    rows = db.session.execute(query.where(Course.id.in_(course_ids)))
    return {row[0]: row[1] for row in rows}


def final_items(edition_id: int) -> Sequence[EditionItem]:
    """Items of the final's bank, by item id."""
    query = select(EditionItem).where(
        EditionItem.edition_id == edition_id, EditionItem.use == "final"
    )
    return db.session.scalars(query.order_by(EditionItem.item_id)).all()


def item_versions(hashes: Sequence[str]) -> dict[str, ItemVersion]:
    """Item versions by their hash."""
    query = select(ItemVersion).where(ItemVersion.hash.in_(hashes))
    return {version.hash: version for version in db.session.scalars(query)}


def scenario(edition_id: int, scenario_id: str) -> EditionScenario | None:
    """A scenario of an edition."""
    return db.session.get(EditionScenario, (edition_id, scenario_id))


def editions_by_course() -> dict[str, list[Edition]]:
    """All editions without their outlines, newest first, by course."""
    query = select(Edition).options(defer(Edition.outline)).order_by(Edition.number.desc())
    found: dict[str, list[Edition]] = {}
    for edition in db.session.scalars(query):
        found.setdefault(edition.course_id, []).append(edition)
    return found


def edition_counts() -> dict[int, EditionCounts]:
    """How much each edition holds, by edition."""
    counts: dict[int, EditionCounts] = {}
    pages = select(EditionPage.edition_id, EditionPage.kind, EditionPage.language, func.count())
    keys = (EditionPage.edition_id, EditionPage.kind, EditionPage.language)
    for edition_id, kind, language, count in db.session.execute(pages.group_by(*keys)):
        about = counts.setdefault(edition_id, EditionCounts())
        (about.lessons if kind == "lesson" else about.aids)[language] = count
    items = select(EditionItem.edition_id, EditionItem.use, func.count())
    for edition_id, use, count in db.session.execute(
        items.group_by(EditionItem.edition_id, EditionItem.use)
    ):
        counts.setdefault(edition_id, EditionCounts()).items[use] = count
    scenarios = select(EditionScenario.edition_id, func.count())
    for edition_id, count in db.session.execute(scenarios.group_by(EditionScenario.edition_id)):
        counts.setdefault(edition_id, EditionCounts()).scenarios = count
    return counts
