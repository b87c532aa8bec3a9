"""The content files as they are now, read again only when one of them has changed.

A request sees one state of them, from its first look to its last.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from flask import current_app, has_request_context, request

from app import clock
from app.content.edition import CompiledCourse, ContentBroken, compile_course
from app.content.load import load
from app.content.loaded import Loaded

FOLDERS = ("courses", "quizzes")
CARRIED = ("compiled", "changes")  # results that need no more than the files of one course
SEEN = "avrr.content"
Stamp = tuple[tuple[str, int, int], ...]
T = TypeVar("T")


@dataclass
class Kept:
    """A tree that was read, and what was worked out from it."""

    day: date
    stamp: Stamp
    loaded: Loaded
    results: dict[object, Any] = field(default_factory=dict)


_lock = Lock()
_kept: dict[Path, Kept] = {}


def today() -> date:
    """Return the day at this installation, against which review dates are held."""
    return clock.local_day(clock.now(), current_app.config["AVRR"].time_zone)


def read() -> Loaded:
    """Read and check the files now, whatever was kept."""
    return load(_root(), today=today())


def tree() -> Loaded:
    """Return the files with their problems; they are read again when one has changed."""
    return _current().loaded


def compiled(course_id: str) -> CompiledCourse:
    """Return the edition that the files of `tree()` would give.

    Raises `ContentBroken` while the files have errors, `KeyError` when there is no such course.
    """
    kept = _current()
    if kept.loaded.has_errors:
        raise ContentBroken(course_id)
    return _once(kept, ("compiled", course_id), lambda: compile_course(kept.loaded, course_id))


def once(key: object, make: Callable[[], T]) -> T:
    """Return what `make` gives for the files as they are; it is called again when they change."""
    return _once(_current(), key, make)


def _once(kept: Kept, key: object, make: Callable[[], T]) -> T:
    if key not in kept.results:
        kept.results[key] = make()
    found: T = kept.results[key]
    return found


def version() -> str:
    """Return a short text that is another one as soon as a file was written."""
    stamps = repr(list(_stamps(_root()))).encode()
    return hashlib.blake2b(stamps, digest_size=8).hexdigest()


def _root() -> Path:
    root: Path = current_app.config["AVRR"].content_root
    return root


def _current() -> Kept:
    if not has_request_context():
        return _newest()
    if SEEN not in request.environ:
        request.environ[SEEN] = _newest()
    kept: Kept = request.environ[SEEN]
    return kept


def _newest() -> Kept:
    root, day = _root(), today()
    stamp = tuple(_stamps(root))
    with _lock:
        kept = _kept.get(root)
        if kept is None or (kept.day, kept.stamp) != (day, stamp):
            carried = _carried(kept, stamp) if kept else {}
            kept = _kept[root] = Kept(day, stamp, load(root, today=day), carried)
        return kept


def _carried(old: Kept, stamp: Stamp) -> dict[object, Any]:
    """Return the results of courses whose files are as they were."""
    results = list(old.results.items())  # others may add to it meanwhile
    own = [(key, value) for key, value in results if isinstance(key, tuple) and key[0] in CARRIED]
    same = {
        course_id
        for course_id in {key[1] for key, _value in own}
        if _inputs(old.stamp, course_id) == _inputs(stamp, course_id)
    }
    return {key: value for key, value in own if key[1] in same}


def _inputs(stamp: Stamp, course_id: str) -> list[tuple[str, int, int]]:
    """Return the files of a course and those that all courses share."""
    own = tuple(os.path.join(folder, course_id, "") for folder in FOLDERS)
    return [
        one
        for one in stamp
        if one[0].startswith(own) or (one[0].count(os.sep) == 1 and one[0].endswith(".yaml"))
    ]


def _stamps(root: Path) -> Iterator[tuple[str, int, int]]:
    """Yield name, moment and size of every file: what differs when one was written."""
    above = f"{root}{os.sep}"
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = str(path).removeprefix(above)
            try:
                about = path.stat()
            except OSError:  # it has just gone, or leads nowhere
                yield name, 0, -1
            else:
                yield name, about.st_mtime_ns, about.st_size
