"""Editions of courses, content-addressed and immutable."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Document, Model
from app.text import localised


class Course(Model):
    """A course by its id in the files (`c1`), and the edition new cycles begin with."""

    __tablename__ = "course"

    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    titles: Mapped[dict[str, str]] = mapped_column(Document)
    current_edition_id: Mapped[int | None] = mapped_column(
        ForeignKey("edition.id", use_alter=True, name="fk_course_current_edition_id_edition")
    )

    def title(self, language: str) -> str:
        """Return the title in `language`."""
        return localised(self.titles, language)


class Edition(Model):
    """One published state of a course. `content_hash` is the SHA-256 of all it holds."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    content_hash: Mapped[str] = mapped_column(unique=True)
    review: Mapped[str]  # open ("pilot edition" on pages and certificates) or closed
    law_as_of: Mapped[date]
    minutes: Mapped[int]
    outline: Mapped[dict[str, Any]] = mapped_column(Document)  # course data without its pages
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def is_pilot(self) -> bool:
        """Whether the content's review is still open."""
        return self.review == "open"


class EditionPage(Model):
    """A lesson or job aid of an edition in one language: rendered and sanitised."""

    __tablename__ = "edition_page"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # lesson, aid
    slug: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(Document)


class ItemVersion(Model):
    """One wording of an item with its options, key and rationales, by content hash."""

    __tablename__ = "item_version"

    hash: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(Document)


class EditionItem(Model):
    """An item of an edition, with what the draw needs to know."""

    __tablename__ = "edition_item"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    item_hash: Mapped[str] = mapped_column(ForeignKey("item_version.hash"))
    use: Mapped[str]  # final, recall, practice, diagnostic, refresher
    lesson: Mapped[str]
    objective: Mapped[int]
    level: Mapped[str]
    red_line: Mapped[bool]

    version: Mapped[ItemVersion] = relationship()


class MediaFile(Model):
    """A picture, sound, film or caption file, by the SHA-256 of what is in it."""

    __tablename__ = "media_file"

    hash: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    data: Mapped[bytes] = mapped_column(deferred=True)


class EditionMedia(Model):
    """A file of an edition by the name that lessons use."""

    __tablename__ = "edition_media"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    file_hash: Mapped[str] = mapped_column(ForeignKey("media_file.hash"))

    file: Mapped[MediaFile] = relationship()


class Programme(Model):
    """A path through courses, as the files had it when it was published last."""

    __tablename__ = "programme"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(Document)  # see app.content.programmes


class EditionScenario(Model):
    """A scenario of an edition: nodes, choices and feedback as data."""

    __tablename__ = "edition_scenario"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    scenario_id: Mapped[str] = mapped_column(primary_key=True)
    lesson: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(Document)
