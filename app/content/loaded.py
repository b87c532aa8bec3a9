"""Everything that was read, before and after checking."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from app.content.case_model import Scenario
from app.content.files import Placed
from app.content.forms_model import Assignments, Journal, Surveys
from app.content.lesson import ParsedAid, ParsedLesson
from app.content.model import (
    Bank,
    Course,
    Glossary,
    Item,
    Programmes,
    Retired,
    Reviews,
    Rights,
    SourceRegister,
    Translated,
    Use,
)
from app.content.problems import Problem
from app.content.recording_model import Recording
from app.content.sources import Library

PageKey = tuple[str, str, str]


@dataclass(frozen=True)
class MediaFile:
    """A file beside the lessons; `data` is what is in it."""

    path: str
    data: bytes


@dataclass(frozen=True)
class PlacedItem(Placed[Item]):
    """An item with the course and use that its file gives it."""

    course: str = ""
    use: Use | None = None


@dataclass(frozen=True)
class Loaded:
    """The content of a tree.

    Pages are keyed by (course, lesson or aid, language), media and recordings by (course, file
    name or id); reviews, retired ids, `translated`,
    journals and assignments by course. `translated` holds, by part and
    language, the fingerprints of the source sentences that were translated.
    """

    root: Path
    register: Placed[SourceRegister] | None = None
    glossary: Placed[Glossary] | None = None
    courses: dict[str, Placed[Course]] = field(default_factory=dict)
    banks: tuple[Placed[Bank], ...] = ()
    items: tuple[PlacedItem, ...] = ()
    scenarios: tuple[Placed[Scenario], ...] = ()
    lessons: dict[PageKey, Placed[ParsedLesson]] = field(default_factory=dict)
    aids: dict[PageKey, Placed[ParsedAid]] = field(default_factory=dict)
    rights: Placed[Rights] | None = None
    programmes: Placed[Programmes] | None = None
    surveys: Placed[Surveys] | None = None
    journals: dict[str, Placed[Journal]] = field(default_factory=dict)
    assignments: dict[str, Placed[Assignments]] = field(default_factory=dict)
    reviews: dict[str, Placed[Reviews]] = field(default_factory=dict)
    retired: dict[str, Placed[Retired]] = field(default_factory=dict)
    translated: dict[str, Placed[Translated]] = field(default_factory=dict)
    media: dict[tuple[str, str], MediaFile] = field(default_factory=dict)
    recordings: dict[tuple[str, str], Placed[Recording]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def shelf(self) -> Library:
        """The register and glossary, empty when they could not be read."""
        register = self.register.value if self.register else None
        return Library(register, self.glossary.value if self.glossary else None)

    @property
    def has_errors(self) -> bool:
        """Say whether something must be mended before publishing."""
        return any(problem.severity == "error" for problem in self.problems)

    def items_of(self, course_id: str) -> tuple[PlacedItem, ...]:
        """Return the items of a course in the order of their files."""
        return tuple(item for item in self.items if item.course == course_id)

    def scenarios_of(self, course_id: str) -> dict[str, Placed[Scenario]]:
        """Return the scenarios of a course by id."""
        return {
            placed.value.id: placed for placed in self.scenarios if placed.value.course == course_id
        }
