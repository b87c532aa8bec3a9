"""Publish a compiled course as an edition, or go back to an earlier one. The caller commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Person
from app.audit import services as audit
from app.catalogue import queries
from app.catalogue.media import store_media
from app.catalogue.models import (
    Course,
    Edition,
    EditionItem,
    EditionPage,
    EditionScenario,
    ItemVersion,
)
from app.content.edition import CompiledCourse
from app.content.shapes import EditionData
from app.db import added, db


class NoSuchEdition(Exception):
    """The course has no edition of this number."""


def publish(compiled: CompiledCourse, *, by: Person | None, now: datetime) -> tuple[Edition, bool]:
    """Store a compiled course as the current edition; say whether it is new.

    The same content gives the edition there already is; when that is current, no row is touched.
    Nothing stored is ever changed.
    """
    data = compiled.to_json()
    about = data["course"]
    current = queries.current_edition(about["id"])
    if current and current.content_hash == compiled.content_hash:
        return current, False
    course = _locked_course(about["id"], about["code"], about["title"])
    query = select(Edition).where(Edition.content_hash == compiled.content_hash)
    existing = db.session.scalars(query).first()
    if existing and course.current_edition_id == existing.id:  # somebody was a moment faster
        return existing, False
    edition = existing or _store(compiled, data, course, by=by, now=now)
    course.code, course.titles = about["code"], about["title"]
    course.current_edition_id = edition.id
    audit.record(
        "edition.published", "edition", edition.id, by=by, at=now, hash=edition.content_hash
    )
    return edition, existing is None


def go_back(course: Course, number: int, *, by: Person | None, now: datetime) -> Edition:
    """Let new cycles begin with an earlier edition; cycles that have begun keep theirs.

    Twice is safe. Raises `NoSuchEdition` when the course has none of this number.
    """
    course = _locked(course.id) or course
    edition = queries.edition_by_number(course.id, number)
    if edition is None:
        raise NoSuchEdition(number)
    if course.current_edition_id == edition.id:
        return edition
    about = edition.outline["course"]
    course.code, course.titles = about["code"], about["title"]
    course.current_edition_id = edition.id
    audit.record(
        "edition.rolled_back", "edition", edition.id, by=by, at=now, hash=edition.content_hash
    )
    return edition


def _locked(course_id: str) -> Course | None:
    """The row of a course, held until the end of the transaction: one publishes at a time.

    Who begins the course meanwhile need not wait: only its id is held against them.
    """
    query = select(Course).where(Course.id == course_id).with_for_update(key_share=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _locked_course(course_id: str, code: str, titles: dict[str, str]) -> Course:
    if course := _locked(course_id):
        return course
    added(Course(id=course_id, code=code, titles=titles))  # or somebody else has just added it
    course = _locked(course_id)
    assert course is not None  # noqa: S101 - it was there or has just been added
    return course


def _store(
    compiled: CompiledCourse,
    data: EditionData,
    course: Course,
    *,
    by: Person | None,
    now: datetime,
) -> Edition:
    last = db.session.scalar(select(func.max(Edition.number)).where(Edition.course_id == course.id))
    edition = Edition(
        course_id=course.id,
        number=(last or 0) + 1,
        content_hash=compiled.content_hash,
        review=data["review"]["state"],
        law_as_of=date.fromisoformat(data["national_law"]["as_of"]),
        minutes=data["minutes"]["total"],
        outline={key: value for key, value in data.items() if key not in queries.STORED_APART},
        published_at=now,
        published_by_id=by.id if by else None,
    )
    db.session.add(edition)
    db.session.flush()
    db.session.add_all(_pages(edition.id, "lesson", data["lessons"]))
    db.session.add_all(_pages(edition.id, "aid", data["aids"]))
    _store_items(edition.id, data["items"])
    db.session.add_all(_scenarios(edition.id, data["scenarios"]))
    store_media(edition.id, data["media"], compiled.files)
    return edition


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
    hashes = {item["hash"] for item in items.values()}
    known = set(queries.item_versions(sorted(hashes)))
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
