"""Publish a compiled course as an edition. The caller commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Person
from app.audit import services as audit
from app.catalogue.models import (
    Course,
    Edition,
    EditionItem,
    EditionPage,
    EditionScenario,
    ItemVersion,
)
from app.content.edition import CompiledCourse
from app.db import db

PAGES = ("lessons", "aids", "items", "scenarios")


def publish(compiled: CompiledCourse, *, by: Person | None, now: datetime) -> tuple[Edition, bool]:
    """Store a compiled course as the current edition; say whether it is new.

    The same content gives the edition there already is. Nothing stored is ever changed.
    """
    data = compiled.to_json()
    course = _course(data)
    query = select(Edition).where(Edition.content_hash == compiled.content_hash)
    if existing := db.session.scalars(query).first():
        course.current_edition_id = existing.id
        return existing, False
    last = db.session.scalar(select(func.max(Edition.number)).where(Edition.course_id == course.id))
    edition = Edition(
        course_id=course.id,
        number=(last or 0) + 1,
        content_hash=compiled.content_hash,
        review=data["review"]["state"],
        law_as_of=date.fromisoformat(data["national_law"]["as_of"]),
        minutes=data["minutes"]["total"],
        outline={key: value for key, value in data.items() if key not in PAGES},
        published_at=now,
        published_by_id=by.id if by else None,
    )
    db.session.add(edition)
    db.session.flush()
    db.session.add_all(_pages(edition.id, "lesson", data["lessons"]))
    db.session.add_all(_pages(edition.id, "aid", data["aids"]))
    _store_items(edition.id, data["items"])
    db.session.add_all(_scenarios(edition.id, data["scenarios"]))
    course.current_edition_id = edition.id
    audit.record(
        "edition.published", "edition", edition.id, by=by, at=now, hash=edition.content_hash
    )
    return edition, True


def _course(data: Mapping[str, Any]) -> Course:
    about = data["course"]
    course = db.session.get(Course, about["id"])
    if course is None:
        course = Course(id=about["id"], code=about["code"], titles=about["title"])
        db.session.add(course)
        db.session.flush()
    course.titles = about["title"]
    return course


def _pages(
    edition_id: int, kind: str, pages: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> Iterable[EditionPage]:
    for slug, languages in pages.items():
        for language, body in languages.items():
            yield EditionPage(
                edition_id=edition_id,
                kind=kind,
                slug=slug,
                language=language,
                title=body["title"],
                body=dict(body),
            )


def _store_items(edition_id: int, items: Mapping[str, Mapping[str, Any]]) -> None:
    known = set(db.session.scalars(select(ItemVersion.hash)))
    for item_id, item in items.items():
        if item["hash"] not in known:
            db.session.add(ItemVersion(hash=item["hash"], item_id=item_id, data=dict(item)))
    db.session.flush()
    for item_id, item in items.items():
        db.session.add(
            EditionItem(
                edition_id=edition_id,
                item_id=item_id,
                item_hash=item["hash"],
                use=item["use"],
                lesson=item["lesson"],
                objective=item["objective"],
                level=item["level"],
                red_line=item["red_line"],
            )
        )


def _scenarios(
    edition_id: int, scenarios: Mapping[str, Mapping[str, Any]]
) -> Iterable[EditionScenario]:
    for scenario_id, data in scenarios.items():
        yield EditionScenario(
            edition_id=edition_id,
            scenario_id=scenario_id,
            lesson=data["lesson"],
            data=dict(data),
        )
