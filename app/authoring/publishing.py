"""Publish what the files hold: first the difference, then all courses or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.access import scope
from app.accounts.models import Person
from app.authoring import tree
from app.catalogue import queries
from app.catalogue.diff import Change, changes
from app.catalogue.models import Edition
from app.catalogue.programmes import programmes, publish_programmes
from app.catalogue.services import publish
from app.console import refuse, say
from app.content.edition import CompiledCourse, compile_course, digest
from app.content.loaded import Loaded
from app.content.programmes import ProgrammeData, programme_data
from app.db import db


@dataclass(frozen=True)
class Plan:
    """What publishing would do with a course. `current` is None before the first edition."""

    course_id: str
    compiled: CompiledCourse
    current: Edition | None
    changes: tuple[Change, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether the files hold what new cycles begin with already."""
        return self.current is not None and self.current.content_hash == self.compiled.content_hash


def plan(loaded: Loaded, compiled: CompiledCourse) -> Plan:
    """Hold a compiled course against its current edition."""
    course_id = compiled.data["course"]["id"]
    current = queries.current_edition(course_id)
    if current is not None and current.content_hash == compiled.content_hash:
        return Plan(course_id, compiled, current, ())
    retired = loaded.retired.get(course_id)
    found = changes(
        queries.edition_data(current) if current else None,
        compiled.data,
        retired=retired.value.ids if retired else (),
    )
    return Plan(course_id, compiled, current, found)


def plans(loaded: Loaded, course_ids: Iterable[str] = ()) -> list[Plan]:
    """Return what publishing these courses would do, by default all of them.

    All are compiled before the database is asked: a transaction keeps others from writing.
    """
    wanted = sorted(set(course_ids) or loaded.courses)
    compiled = [compile_course(loaded, course_id) for course_id in wanted]
    return [plan(loaded, one) for one in compiled]


def publish_plans(
    planned: Sequence[Plan], *, by: Person | None, now: datetime
) -> list[tuple[Plan, Edition, bool]]:
    """Publish them all; say of each whether its edition is new. The caller commits."""
    return [(one, *publish(one.compiled, by=by, now=now)) for one in planned]


def programmes_hash(data: Sequence[ProgrammeData]) -> str:
    """Return what tells one state of the programmes from another."""
    return digest(list(data))


def programmes_differ(data: Sequence[ProgrammeData]) -> bool:
    """Whether the files have other programmes than are published."""
    return [one.data for one in programmes()] != list(data)


def publish_all(*, as_json: bool = False) -> None:
    """Publish every course and the programmes, without a second person; refuses on errors.

    What was compiled is kept: a server of the same process shows the content page at once.
    """
    loaded = tree.tree()
    if errors := [one for one in loaded.problems if one.severity == "error"]:
        refuse("\n".join(problem.format() for problem in errors))
    with scope.everything("publishing"):
        now = clock.now()
        compiled = [tree.compiled(course_id) for course_id in sorted(loaded.courses)]
        done = publish_plans([plan(loaded, one) for one in compiled], by=None, now=now)
        rows = publish_programmes(programme_data(loaded), by=None, now=now)
        db.session.commit()
        tell(done, rows, as_json=as_json)


def tell(done: Iterable[tuple[Plan, Edition, bool]], programme_rows: int, *, as_json: bool) -> None:
    """Print what was published."""
    for one, edition, new in done:
        state = "published" if new else "unchanged" if one.is_unchanged else "current again"
        say(
            f"{one.course_id}: edition {edition.number} {state}.",
            as_json=as_json,
            course=one.course_id,
            edition=edition.number,
            new=new,
            state=state,
        )
    if programme_rows:
        say(f"programmes: {programme_rows} changed.", as_json=as_json, programmes=programme_rows)
