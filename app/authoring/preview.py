"""What an author can look at before it is published: parts of the files, or of an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import select

from app.catalogue import media as catalogue_media
from app.catalogue import queries as catalogue
from app.catalogue.models import Edition, EditionItem, ItemVersion, MediaFile
from app.content.plain import plain_text
from app.content.problems import Problem
from app.db import db
from app.learning import pages
from app.learning.pages import Matter, Titles
from app.text import localised

LESSON, SCENARIO, AID, ITEM = KINDS = ("lesson", "scenario", "aid", "item")
FILES = "files"
Data = Mapping[str, Any]


class NoSuchPart(LookupError):
    """Neither the files nor the edition know it."""


class NotDrawable(Exception):
    """It is there, but errors keep it from being drawn."""


@dataclass(frozen=True)
class Question:
    """An item by its id, with the first words of its stem as plain text."""

    id: str
    use: str
    lesson: str
    words: str


@dataclass(frozen=True)
class Word:
    """A term of the glossary; `definition` is inline HTML and may be empty."""

    id: str
    term: str
    definition: str


@dataclass(frozen=True)
class Imprint:
    """What stands under a job aid; `number` is that of the edition, or what stands for it."""

    number: int | str
    law_as_of: date | None
    is_pilot: bool


class Source(Protocol):
    """Where a preview is taken from. What is asked for raises `NoSuchPart` or `NotDrawable`."""

    name: str  # in addresses: "files", or the number of an edition

    @property
    def course(self) -> Data:
        """The course with the shape of an outline."""

    @property
    def imprint(self) -> Imprint:
        """The edition it stands for."""

    def has(self, kind: str, slug: str) -> bool:
        """Whether there is such a part, though it may have errors."""

    def titles(self, language: str) -> Titles:
        """All titles."""

    def questions(self, language: str) -> Sequence[Question]:
        """The items in their order."""

    def words(self, language: str) -> Sequence[Word]:
        """The terms of the course."""

    def lesson(self, slug: str, language: str) -> Matter:
        """What a lesson is drawn from."""

    def aid(self, slug: str, language: str) -> Data:
        """A job aid in one language."""

    def scenario(self, slug: str) -> Data:
        """A scenario in all languages."""

    def item(self, slug: str) -> Data:
        """An item in all languages."""

    def media(self, name: str) -> MediaFile | None:
        """A picture, sound or film."""

    def problems(self, kind: str, slug: str, language: str) -> Sequence[Problem]:
        """What the check says of a part."""


class FromEdition:
    """Parts of a published edition, as learners of it see them."""

    def __init__(self, edition: Edition) -> None:
        self.name = str(edition.number)
        self._edition = edition

    @property
    def course(self) -> Data:
        """The course as the edition has it."""
        course: Data = self._edition.outline["course"]
        return course

    @property
    def imprint(self) -> Imprint:
        """The edition itself."""
        edition = self._edition
        return Imprint(edition.number, edition.law_as_of, edition.is_pilot)

    def has(self, kind: str, slug: str) -> bool:
        """Whether the edition has such a part."""
        course = self.course
        if kind == ITEM:
            return catalogue.item(self._edition.id, slug) is not None
        known = {
            LESSON: [one["id"] for one in course["lessons"]],
            SCENARIO: course["scenarios"],
            AID: course["aids"],
        }
        return slug in known.get(kind, ())

    def titles(self, language: str) -> Titles:
        """All titles of the edition."""
        return pages.titles(self._edition.content_hash, self._edition.id, language)

    def questions(self, language: str) -> list[Question]:
        """The items by use, lesson and id."""
        query = (
            select(EditionItem, ItemVersion.data)
            .join(ItemVersion, EditionItem.item_hash == ItemVersion.hash)
            .where(EditionItem.edition_id == self._edition.id)
            .order_by(EditionItem.item_id)
        )
        return [
            question(one.item_id, one.use, one.lesson, data["text"][language]["stem"])
            for one, data in db.session.execute(query)
        ]

    def words(self, language: str) -> list[Word]:
        """The terms of the edition."""
        glossary = self._edition.outline["glossary"]
        return [
            Word(one, texts[language]["term"], texts[language].get("definition", ""))
            for one, texts in glossary.items()
        ]

    def lesson(self, slug: str, language: str) -> Matter:
        """A lesson of the edition."""
        try:
            return pages.matter(self._edition.content_hash, self._edition.id, slug, language)
        except pages.NoSuchPage as unknown:
            raise NoSuchPart(slug) from unknown

    def aid(self, slug: str, language: str) -> Data:
        """A job aid of the edition."""
        page = catalogue.page(self._edition.id, AID, slug, language)
        if page is None:
            raise NoSuchPart(slug)
        return page.body

    def scenario(self, slug: str) -> Data:
        """A scenario of the edition."""
        found = catalogue.scenario(self._edition.id, slug)
        if found is None:
            raise NoSuchPart(slug)
        return found.data

    def item(self, slug: str) -> Data:
        """An item of the edition."""
        found = catalogue.item(self._edition.id, slug)
        if found is None:
            raise NoSuchPart(slug)
        return found.version.data

    def media(self, name: str) -> MediaFile | None:
        """A file of the edition."""
        return catalogue_media.media(self._edition.id, name)

    def problems(self, kind: str, slug: str, language: str) -> tuple[Problem, ...]:
        """Nothing: what was published had no errors."""
        return ()


def question(item_id: str, use: str, lesson: str, stem: str) -> Question:
    """Return an item as a list shows it; `stem` is HTML."""
    return Question(item_id, use, lesson, plain_text(stem))


def title_of(source: Source, kind: str, slug: str, language: str) -> str:
    """Return what a part is called, its id where it has no title."""
    titles = source.titles(language)
    known = {LESSON: titles.lessons, SCENARIO: titles.scenarios, AID: titles.aids}
    return known.get(kind, {}).get(slug, slug)


def course_title(source: Source, language: str) -> str:
    """Return the title of the course."""
    return localised(source.course["title"], language)
