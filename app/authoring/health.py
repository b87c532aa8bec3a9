"""The problems of the files as the health page shows them: by course, part, language and line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from app.content import LANGUAGES
from app.content.files import MAX_TEXT_BYTES
from app.content.loaded import Loaded
from app.content.parts import parts_of
from app.content.problems import Problem
from app.content.reviews import Review, review_state
from app.content.translated import Standing, standings

SHARED = "shared"  # in the address, for the files that all courses share
QUOTED = 160  # letters of a line
_OF_PAGE = re.compile(r"\.(en|ru|be)\.(?:md|vtt)$")
_OF_LINE = re.compile(r"\s*-?\s*(en|ru|be):")
_NAMED = re.compile(r'(?:item|scenario) "[^"]+"')
_FOLDERS = ("courses", "quizzes")


@dataclass(frozen=True)
class Found:
    """A problem with what its place belongs to; what is not known is empty.

    `language` is of the file or the line, `quoted` is the line, shortened.
    """

    problem: Problem
    course: str
    part: str
    language: str
    quoted: str


@dataclass(frozen=True)
class Asked:
    """What the address narrows the problems to; empty is all."""

    course: str
    severity: str
    rule: str
    language: str

    def takes(self, one: Found) -> bool:
        """Say whether a problem is among what was asked for."""
        return (
            self.course in ("", one.course or SHARED)
            and self.severity in ("", one.problem.severity)
            and self.rule in ("", one.problem.code)
            and self.language in ("", one.language)
        )


def found(loaded: Loaded) -> tuple[Found, ...]:
    """Return all problems in the order of their files."""
    index, line = _parts_by_path(loaded), cache(lambda path: _lines(loaded.root, path))
    return tuple(_found(problem, index, line(problem.path)) for problem in loaded.problems)


def by_file(problems: Iterable[Found]) -> list[tuple[str, list[Found]]]:
    """Group problems by file."""
    return [(path, list(group)) for path, group in groupby(problems, lambda one: one.problem.path)]


def rules(problems: Iterable[Found]) -> list[tuple[str, str, int]]:
    """Return rule, severity and count: errors first, then what is most frequent."""
    counts = Counter((one.problem.code, one.problem.severity) for one in problems)
    rows = [(code, severity, count) for (code, severity), count in counts.items()]
    return sorted(rows, key=lambda row: (row[1], -row[2], row[0]))


def course_ids(loaded: Loaded) -> list[str]:
    """Return the folders of courses, also of those that cannot be read."""
    found = (path for path in loaded.root.glob("courses/*") if path.name.isprintable())
    return sorted(path.name for path in found if path.is_dir())


def all_standings(loaded: Loaded) -> dict[str, tuple[Standing, ...]]:
    """Return by course how each part stands in each language it is translated to."""
    return {course: tuple(standings(course, loaded)) for course in loaded.courses}


def all_reviews(loaded: Loaded) -> dict[str, tuple[Review, ...]]:
    """Return by course where each review stands."""
    return {course: tuple(review_state(course, loaded)) for course in loaded.courses}


def moved_by_language(
    standings_by_course: dict[str, tuple[Standing, ...]],
) -> list[tuple[str, str, int]]:
    """Return course, language and number of source sentences that moved since."""
    counts = Counter[tuple[str, str]]()
    for course, rows in standings_by_course.items():
        for one in rows:
            counts[course, one.lang] += len(one.moved)
    return [(course, lang, count) for (course, lang), count in sorted(counts.items())]


def _found(problem: Problem, index: dict[str, list[str]], lines: Sequence[str]) -> Found:
    text = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    names = problem.path.split("/")
    course = names[1] if len(names) > 2 and names[0] in _FOLDERS else ""
    part = _part(problem, index.get(problem.path, []))
    return Found(problem, course, part, _language(problem, text), _shortened(text))


def _part(problem: Problem, here: list[str]) -> str:
    """Return the part that a problem is about: the only one of its file, or the one it names."""
    if len(here) == 1:
        return here[0]
    subject = problem.subject
    if _NAMED.fullmatch(subject):
        subject = subject.replace('"', "")
    return subject if subject in here else ""


def _language(problem: Problem, text: str) -> str:
    lang = problem.params.get("lang")
    if lang in LANGUAGES:
        return str(lang)
    match = _OF_PAGE.search(problem.path) or _OF_LINE.match(text)
    return match[1] if match else ""


def _parts_by_path(loaded: Loaded) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for course in loaded.courses:
        for path, part in _paths(course, loaded):
            here = index.setdefault(path, [])
            if part not in here:
                here.append(part)
    return index


def _paths(course: str, loaded: Loaded) -> Iterator[tuple[str, str]]:
    for part in parts_of(course, loaded).values():
        for lang in part.languages:
            yield part.path(lang), part.id


def _lines(root: Path, name: str) -> Sequence[str]:
    """Return the lines of a file as it is now, readable or not; none of one outside the tree."""
    path = root / name
    try:
        if not path.is_file() or not path.resolve().is_relative_to(root.resolve()):
            return ()
        with path.open("rb") as opened:
            data = opened.read(MAX_TEXT_BYTES)
    except (OSError, RuntimeError, ValueError):
        return ()
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _shortened(line: str) -> str:
    """Return a line that can be shown: tabs are seen, and what cannot be printed is marked."""
    text = line.strip(" ").replace("\t", "⇥")
    text = "".join(one if one.isprintable() or one == "\u00a0" else "\ufffd" for one in text)
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"
