"""Parts of the files as they are now; errors leave gaps and are told beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from app.authoring import tree
from app.authoring.patient import PatientLibrary, fill_gaps
from app.authoring.preview import (
    AID,
    FILES,
    ITEM,
    LESSON,
    SCENARIO,
    Imprint,
    NoSuchPart,
    NotDrawable,
    Question,
    Word,
    question,
)
from app.catalogue.models import MediaFile
from app.content.compile_cases import item_data, scenario_data
from app.content.compile_media import CourseMedia, course_media, media_data, prompt_data
from app.content.compile_pages import aid_data, lesson_data
from app.content.edition import digest
from app.content.loaded import Loaded, PlacedItem
from app.content.media import type_of
from app.content.model import Course, Text
from app.content.problems import Problem
from app.content.render import Renderer
from app.content.reviews import review_data
from app.content.typography import typeset
from app.learning.pages import Matter, Titles, item_ids

Data = Mapping[str, Any]
T = TypeVar("T")
NO_COURSE: dict[str, Any] = {"lessons": [], "scenarios": [], "aids": [], "title": {}, "code": ""}


class FromFiles:
    """Parts of a course as its files are now; `course_id` may be one that could not be read."""

    name = FILES

    def __init__(self, course_id: str, loaded: Loaded) -> None:
        self._id, self._loaded = course_id, loaded
        placed = loaded.courses.get(course_id)
        self._course: Course | None = placed.value if placed else None
        register = loaded.register.value if loaded.register else None
        glossary = loaded.glossary.value if loaded.glossary else None
        self._library = PatientLibrary(register, glossary)

    @property
    def course(self) -> Data:
        """The course with what a page needs of an outline."""
        if self._course is None:
            return {**NO_COURSE, "id": self._id}
        return {
            "id": self._id,
            "code": self._course.code,
            "title": self._course.title.model_dump(),
            "lessons": [{"id": one.id, "minutes": one.minutes} for one in self._course.lessons],
            "scenarios": list(self._course.scenarios),
            "aids": list(self._course.aids),
        }

    @property
    def imprint(self) -> Imprint:
        """What would stand under a job aid; the edition has no number yet."""
        is_pilot = self._course is None or (review_data(self._id, self._loaded)["state"] == "open")
        as_of = self._course.national_law.as_of if self._course else ""
        try:
            return Imprint("—", date.fromisoformat(as_of), is_pilot)
        except ValueError:
            return Imprint("—", None, is_pilot)

    def has(self, kind: str, slug: str) -> bool:
        """Whether the course lists such a part, or has a file for it that cannot be read."""
        if self._course is None:  # nobody knows what it lists
            return True
        known: dict[str, Iterable[str]] = {
            LESSON: [one.id for one in self._course.lessons],
            SCENARIO: [*self._course.scenarios, *self._loaded.scenarios_of(self._id)],
            AID: self._course.aids,
            ITEM: [one.value.id for one in self._loaded.items_of(self._id)],
        }
        return slug in known.get(kind, ()) or (kind == ITEM and self._has_unread_bank())

    def titles(self, language: str) -> Titles:
        """All titles; an id stands for one that could not be read."""
        cases = self._loaded.scenarios_of(self._id)
        course = self.course
        return Titles(
            course=typeset(course["title"].get(language, self._id), language),
            lessons={
                one["id"]: self._title(self._loaded.lessons, one["id"], language)
                for one in course["lessons"]
            },
            aids={one: self._title(self._loaded.aids, one, language) for one in course["aids"]},
            scenarios={
                one: typeset(cases[one].value.title.in_language(language), language)
                if one in cases
                else one
                for one in {**dict.fromkeys(course["scenarios"]), **cases}
            },
            scenario_minutes={one: case.value.minutes for one, case in cases.items()},
        )

    def questions(self, language: str) -> list[Question]:
        """The items in the order of their files."""
        key = ("preview questions", self._id, language)
        return tree.once(key, lambda: list(self._questions(language)))

    def words(self, language: str) -> list[Word]:
        """The terms that the course lists."""
        terms = self._library.terms
        listed = self._course.glossary if self._course else ()
        return [
            Word(
                one,
                typeset(terms[one].term.in_language(language), language),
                self._inline(definition, language) if (definition := terms[one].definition) else "",
            )
            for one in listed
            if one in terms
        ]

    def lesson(self, slug: str, language: str) -> Matter:
        """A lesson; what it shows and the files do not have stands there as it was written."""
        self._check(LESSON, slug)
        placed = self._loaded.lessons.get((self._id, slug, language))
        if placed is None:
            raise NotDrawable(slug)
        data: Any = _drawn(
            lambda: lesson_data(placed.value, language, self._library, self._media())
        )
        items = {one: item for one in item_ids(data) if (item := self._item_or_none(one))}
        titles = self.titles(language)
        known: dict[str, Collection[str]] = {
            "recall": items,
            "practice": items,
            "scenario": titles.scenario_minutes,
            "aid": titles.aids,
        }
        fill_gaps(data, known)
        return Matter(self.course, data, items, titles, self.imprint.is_pilot)

    def aid(self, slug: str, language: str) -> Data:
        """A job aid."""
        self._check(AID, slug)
        placed = self._loaded.aids.get((self._id, slug, language))
        if placed is None:
            raise NotDrawable(slug)
        return _drawn(lambda: aid_data(placed.value, language, self._library))

    def scenario(self, slug: str) -> Data:
        """A scenario."""
        self._check(SCENARIO, slug)
        key = ("preview scenario", self._id, slug)
        return tree.once(key, lambda: FromFiles(self._id, tree.tree())._scenario(slug))

    def item(self, slug: str) -> Data:
        """An item."""
        self._check(ITEM, slug)
        found = self._item_or_none(slug)
        if found is None:
            raise NotDrawable(slug)
        return found

    def media(self, name: str) -> MediaFile | None:
        """A file beside the lessons."""
        file, kind = self._loaded.media.get((self._id, name)), type_of(name)
        if file is None or kind is None:
            return None
        fingerprint = hashlib.sha256(file.data).hexdigest()
        return MediaFile(
            hash=fingerprint, media_type=kind.name, size=len(file.data), data=file.data
        )

    def problems(self, kind: str, slug: str, language: str) -> list[Problem]:
        """What the check says of a part; of all files, where it says nothing of one not read."""
        path = self._path(kind, slug, language)
        subjects = (f'{kind} "{slug}"', f"{kind} {slug}")
        found = [
            one
            for one in self._loaded.problems
            if one.subject in subjects or path in (one.path, one.params.get("file"))
        ]
        return found or list(self._unread(kind, slug, language))

    def _unread(self, kind: str, slug: str, language: str) -> Iterator[Problem]:
        """Yield the errors of all files that might hold a part that could not be read."""
        is_read = {
            LESSON: (self._id, slug, language) in self._loaded.lessons,
            AID: (self._id, slug, language) in self._loaded.aids,
            SCENARIO: slug in self._loaded.scenarios_of(self._id),
            ITEM: any(one.value.id == slug for one in self._loaded.items_of(self._id)),
        }
        if self._course is not None and is_read[kind]:
            return
        everywhere = (f"courses/{self._id}/", f"quizzes/{self._id}/")
        own = {SCENARIO: f"courses/{self._id}/scenarios/", ITEM: f"quizzes/{self._id}/"}
        errors = [one for one in self._loaded.problems if one.severity == "error"]
        near = [one for one in errors if one.path.startswith(own.get(kind, everywhere))]
        yield from near or (one for one in errors if one.path.startswith(everywhere))

    def _has_unread_bank(self) -> bool:
        """Whether a file that might hold an item could not be read."""
        read = {bank.file.path for bank in self._loaded.banks}
        folder = f"quizzes/{self._id}/"
        return any(
            one.path.startswith(folder) and one.severity == "error" and one.path not in read
            for one in self._loaded.problems
        )

    def _path(self, kind: str, slug: str, language: str) -> str:
        if kind in (LESSON, AID):
            return f"courses/{self._id}/{kind}s/{slug}.{language}.md"
        placed = self._loaded.scenarios_of(self._id).get(slug) if kind == SCENARIO else None
        return placed.file.path if placed else ""

    def _check(self, kind: str, slug: str) -> None:
        if not self.has(kind, slug):
            raise NoSuchPart(slug)

    def _media(self) -> CourseMedia:
        def find() -> CourseMedia:
            loaded = tree.tree()
            try:
                return course_media(self._id, loaded)
            except LookupError:  # a transcript cites what the register does not hold
                prompts = prompt_data(self._id, loaded)
                return CourseMedia(media_data(self._id, loaded), prompts=prompts)

        return tree.once(("preview media", self._id), find)

    def _scenario(self, slug: str) -> Data:
        placed = self._loaded.scenarios_of(self._id).get(slug)
        if placed is None:
            raise NotDrawable(slug)
        return _drawn(lambda: scenario_data(placed.value, self._library, digest))

    def _item_or_none(self, slug: str) -> Data | None:
        items = self._loaded.items_of(self._id)
        placed = next((one for one in items if one.value.id == slug), None)
        if placed is None or not any(option.key for option in placed.value.options):
            return None
        return self._item(placed)

    def _item(self, placed: PlacedItem) -> Data:
        return _drawn(lambda: item_data(placed.value, placed.use or "final", self._library, digest))

    def _questions(self, language: str) -> Iterator[Question]:
        for one in self._loaded.items_of(self._id):
            stem = Renderer(language, self._library, one.value.id).block(
                one.value.stem.in_language(language)
            )
            yield question(one.value.id, one.use or "final", one.value.lesson, stem)

    def _inline(self, text: Text, language: str) -> str:
        return Renderer(language, self._library).inline(text.in_language(language))

    def _title(self, placed: Mapping[tuple[str, str, str], Any], slug: str, language: str) -> str:
        page = placed.get((self._id, slug, language))
        return typeset(page.value.title, language) if page else slug


def _drawn(make: Callable[[], T]) -> T:
    """Return what `make` gives; errors that the check has named keep it from being drawn."""
    try:
        return make()
    except (LookupError, ValueError) as broken:
        raise NotDrawable from broken
