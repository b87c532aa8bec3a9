"""What the content page shows of each course: its editions, and what its files would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.authoring import tree
from app.authoring.changes import Told, told
from app.authoring.proposals import PROGRAMMES
from app.authoring.publishing import Plan, plan, programmes_differ, programmes_hash
from app.catalogue import queries
from app.catalogue.diff import Change
from app.catalogue.models import Edition
from app.catalogue.queries import EditionCounts
from app.content.loaded import Loaded
from app.content.problems import Problem
from app.content.programmes import ProgrammeData, programme_data
from app.text import localised


@dataclass(frozen=True)
class CourseState:
    """A course with its editions, the newest first, and the difference to its files.

    `content_hash` is of the edition that the files would give, empty while they give none.
    """

    id: str
    code: str
    title: str
    edition: Edition | None
    editions: Sequence[Edition]
    counts: EditionCounts | None
    content_hash: str
    changes: Sequence[Told]

    @property
    def is_published(self) -> bool:
        """Whether the files hold what new cycles begin with."""
        return self.edition is not None and self.content_hash == self.edition.content_hash

    @property
    def has_grave(self) -> bool:
        """Whether a key has changed, or an item was lost."""
        return any(change.weight == "grave" for change in self.changes)


@dataclass(frozen=True)
class ProgrammesState:
    """The programmes of the files, when they differ from those published."""

    content_hash: str
    differ: bool


def health(loaded: Loaded) -> dict[str, list[Problem]]:
    """Return the problems of the files by severity."""
    found: dict[str, list[Problem]] = {"error": [], "warning": []}
    for problem in loaded.problems:
        found[problem.severity].append(problem)
    return found


def courses(language: str) -> list[CourseState]:
    """Return every course that is published or stands in the files, by code."""
    loaded = tree.tree()
    editions, counts = queries.editions_by_course(), queries.edition_counts()
    published = {one.id: one for one in queries.courses()}
    states = []
    for course_id in sorted({*loaded.courses, *editions}):
        stored = published.get(course_id)
        own = editions.get(course_id, [])
        current = next((one for one in own if stored and one.id == stored.current_edition_id), None)
        planned = _plan(course_id, current, loaded)
        states.append(
            CourseState(
                id=course_id,
                code=stored.code if stored else loaded.courses[course_id].value.code,
                title=_title(course_id, loaded, stored.titles if stored else None, language),
                edition=current,
                editions=own,
                counts=counts.get(current.id) if current else None,
                content_hash=planned.compiled.content_hash if planned else "",
                changes=told(planned.changes, course_id) if planned else (),
            )
        )
    return sorted(states, key=lambda state: state.code)


def _title(course_id: str, loaded: Loaded, titles: dict[str, str] | None, language: str) -> str:
    if titles is not None:
        return localised(titles, language)
    return loaded.courses[course_id].value.title.in_language(language)


def _plan(course_id: str, current: Edition | None, loaded: Loaded) -> Plan | None:
    if loaded.has_errors or course_id not in loaded.courses:
        return None
    compiled = tree.compiled(course_id)
    known = current.content_hash if current else ""

    def find() -> tuple[Change, ...]:
        return plan(loaded, compiled).changes

    return Plan(course_id, compiled, current, tree.once(("changes", course_id, known), find))


def programmes() -> ProgrammesState | None:
    """Return how the programmes of the files stand; None while the files have errors."""
    data = programmes_of_files()
    return None if data is None else ProgrammesState(programmes_hash(data), programmes_differ(data))


def programmes_of_files() -> list[ProgrammeData] | None:
    """Return the programmes as the files have them; None while the files have errors."""
    loaded = tree.tree()
    if loaded.has_errors:
        return None
    return tree.once(PROGRAMMES, lambda: programme_data(loaded))
