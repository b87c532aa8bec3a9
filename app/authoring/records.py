"""The record files beside a course: which parts are meant, may they be recorded, write them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from flask import current_app

from app.console import refuse
from app.content.files import Placed
from app.content.load import load
from app.content.loaded import Loaded
from app.content.model import Reviews, Translated
from app.content.parts import Part, parts_of


def loaded_tree(course: str | None = None) -> Loaded:
    """Read the files; refuses when `course` is not among those that can be read."""
    loaded = load(current_app.config["AVRR"].content_root)
    if course is not None and course not in loaded.courses:
        known = ", ".join(sorted(loaded.courses)) or "none"
        refuse(f'No course "{course}" can be read. Courses: {known}. See flask content check.')
    return loaded


def record_file(loaded: Loaded, course: str, name: str) -> Path:
    """Return the path of a record file of a course."""
    return loaded.root / "courses" / course / name


def chosen_parts(
    course: str, loaded: Loaded, patterns: Iterable[str], *, everything: bool
) -> list[Part]:
    """Return the parts that the patterns mean, in order; refuses a pattern that means none."""
    parts = parts_of(course, loaded)
    if everything:
        return list(parts.values())
    wanted = dict[str, Part]()
    for pattern in patterns:
        found = {one: part for one, part in parts.items() if fnmatchcase(one, pattern)}
        if not found:
            refuse(
                f'No part is called "{pattern}". Parts are called {", ".join(list(parts)[:3])} …'
            )
        wanted |= found
    if not wanted:
        refuse("Say which: --part, as often as needed, or --all.")
    return [part for one, part in parts.items() if one in wanted]


def refuse_broken(
    loaded: Loaded, record: Path, parts: Iterable[Part], languages: Iterable[str]
) -> None:
    """Refuse while the record or a text to be recorded has an error or cannot be read."""
    texts = [(part, lang) for part in parts for lang in languages]
    paths = {part.path(lang) for part, lang in texts}
    paths.add(record.relative_to(loaded.root).as_posix())
    errors = [p for p in loaded.problems if p.severity == "error" and p.path in paths]
    if errors:
        refuse("\n".join(problem.format() for problem in errors))
    for part, lang in texts:
        if lang not in part.languages:
            refuse(f"{part.id} cannot be read in {lang}. See flask content check.")


def write(path: Path, text: str, *, seen: Placed[Reviews] | Placed[Translated] | None) -> None:
    """Replace a file at one stroke; one that says the same already is not touched.

    `seen` is what was read of it: when somebody has written to it since, nothing is written.
    """
    if path.is_file() and path.read_bytes() == text.encode():
        return
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("xb") as opened:  # one at a time, and never through a link
            opened.write(text.encode())
    except FileExistsError:
        refuse(
            f"{path.name} cannot be written: {new.name} is there. Another command writes it, or "
            f"was stopped while it did; delete {new.name} then."
        )
    except OSError as error:
        new.unlink(missing_ok=True)
        refuse(f"{path.name} cannot be written: {error.strerror}.")
    _replace(path, new, seen.file.text if seen else None)


def _replace(path: Path, new: Path, seen: str | None) -> None:
    try:
        if _text(path) == seen:
            os.replace(new, path)
            return
    except OSError as error:
        new.unlink(missing_ok=True)
        refuse(f"{path.name} cannot be written: {error.strerror}.")
    new.unlink()
    refuse(f"{path.name} was written to meanwhile. Run the command again.")


def _text(path: Path) -> str | None:
    """Return a file as it would be read now; None when there is none."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
