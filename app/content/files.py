"""Content files on disk: read as text, parsed into values that remember their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.content.marks import Fault
from app.content.problems import Problem
from app.content.yaml_strict import StrictYamlError, compose, load, locate_in

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class SourceFile:
    """One text file; `path` is relative to the root, with forward slashes."""

    path: str
    text: str

    @cached_property
    def _node(self) -> yaml.Node | None:
        return compose(self.text)

    def line(self, *loc: str | int) -> int:
        """Return the line of a place in a YAML file."""
        return locate_in(self._node, loc)


@dataclass(frozen=True)
class Placed(Generic[T]):
    """A value with the place it was read from."""

    value: T
    file: SourceFile
    loc: tuple[str | int, ...] = ()
    subject: str = ""

    def problem(self, code: str, *loc: str | int, **params: object) -> Problem:
        """Make a problem at a place inside this value, in a YAML file."""
        line = self.file.line(*self.loc, *loc)
        return Problem(self.file.path, line, code, params, self.subject)

    def problem_at(self, line: int, code: str, **params: object) -> Problem:
        """Make a problem at a line of the file."""
        return Problem(self.file.path, line, code, params, self.subject)


class Reader:
    """Reads files under `root` and collects what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def files(self, pattern: str) -> list[Path]:
        """Return the files that match, in order."""
        return sorted(path for path in self.root.glob(pattern) if path.is_file())

    def name(self, path: Path) -> str:
        """Return a path as problems print it."""
        return path.relative_to(self.root).as_posix()

    def text(self, path: Path) -> SourceFile | None:
        """Read a file as UTF-8 without a byte order mark; line ends become one."""
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self.problems.append(Problem(self.name(path), line, "encoding"))
            return None
        if text.startswith("\ufeff"):
            self.problems.append(Problem(self.name(path), 1, "encoding"))
            return None
        return SourceFile(self.name(path), text.replace("\r\n", "\n").replace("\r", "\n"))

    def yaml(self, path: Path, model: type[M]) -> Placed[M] | None:
        """Read a YAML file as `model`, or note every fault in it."""
        file = self.text(path)
        if file is None:
            return None
        try:
            return Placed(model.model_validate(load(file.text)), file)
        except StrictYamlError as error:
            fault = {"fault": error.message}
            self.problems.append(Problem(file.path, error.line, "yaml", fault))
        except ValidationError as error:
            self.problems += [_invalid(file, detail) for detail in error.errors()]
        return None

    def markdown(
        self, path: Path, parse: Callable[[str], tuple[T | None, list[Fault]]]
    ) -> Placed[T] | None:
        """Read a lesson or job aid, noting its faults."""
        file = self.text(path)
        if file is None:
            return None
        value, faults = parse(file.text)
        self.problems += placed_faults(file.path, 0, faults)
        return None if value is None else Placed(value, file)


def placed_faults(
    path: str, offset: int, faults: Iterable[Fault], subject: str = ""
) -> list[Problem]:
    """Turn faults of a text that begins `offset` lines down into problems."""
    return [
        Problem(path, offset + fault.line, fault.code, fault.params, subject) for fault in faults
    ]


def _invalid(file: SourceFile, detail: ErrorDetails) -> Problem:
    loc = detail["loc"]
    line, key = file.line(*loc), str(loc[-1]) if loc else "file"
    if detail["type"] == "missing":
        return Problem(file.path, line, "missing-key", {"key": key}, _subject(loc))
    if detail["type"] == "extra_forbidden":
        return Problem(file.path, line, "unknown-key", {"key": key}, _subject(loc))
    params = {"key": key, "fault": detail["msg"]}
    return Problem(file.path, line, "value", params, _subject(loc))


def _subject(loc: tuple[str | int, ...]) -> str:
    return " ".join(f"{part + 1}" if isinstance(part, int) else str(part) for part in loc[:-1])
