"""Content files on disk: read as text, parsed into values that remember their place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from app.content.encodings import looks_like
from app.content.invalid import invalid
from app.content.marks import Fault
from app.content.problems import Problem
from app.content.yaml_strict import StrictYamlError, compose, load, locate_in

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
MAX_TEXT_BYTES = 256 * 1024
MAX_MEDIA_BYTES = 8 * 1024 * 1024
BOM = "\ufeff"


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
    """Reads files under `root` and collects what is wrong with them; nothing here raises."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self._inside = root.resolve()

    def files(self, pattern: str) -> list[Path]:
        """Return the files that match, in order; a folder of that name is a problem."""
        found = (path for path in sorted(self.root.glob(pattern)) if self.is_named(path))
        return [path for path in found if self.is_there(path)]

    def is_named(self, path: Path) -> bool:
        """Whether a path can be printed; file systems take any bytes, and line ends, too."""
        return path.relative_to(self.root).as_posix().isprintable()

    def name(self, path: Path) -> str:
        """Return a path as problems print it."""
        name = path.relative_to(self.root).as_posix()
        return "".join(char if char.isprintable() else "?" for char in name)

    def is_there(self, path: Path) -> bool:
        """Whether a file stands there; anything else that does is noted."""
        if path.is_file():
            return True
        if path.is_dir():
            self.note(path, "not-a-file")
        elif path.is_symlink() or path.exists():  # it leads nowhere, or is a pipe or a socket
            self.note(path, "unreadable")
        return False

    def is_absent(self, path: Path) -> bool:
        """Whether nothing at all has this name."""
        return not os.path.lexists(path)

    def note(self, path: Path, code: str, line: int = 1, **params: object) -> None:
        """Note a problem of a file."""
        self.problems.append(Problem(self.name(path), line, code, params))

    def read(self, path: Path, limit: int) -> bytes | None:
        """Read a file of at most `limit` bytes that lies under the root, or note why not."""
        try:
            if not path.resolve().is_relative_to(self._inside):
                self.note(path, "outside")
                return None
            with path.open("rb") as opened:
                data = opened.read(limit + 1)
            if len(data) <= limit:
                return data
            size = path.stat().st_size
        except (OSError, RuntimeError):  # the latter: links in a circle
            self.note(path, "unreadable")
            return None
        self.note(path, "file-large", size=-(-size // 1024), limit=limit // 1024)
        return None

    def text(self, path: Path) -> SourceFile | None:
        """Read a file as UTF-8 without a byte order mark; line ends become one."""
        data = self.read(path, MAX_TEXT_BYTES)
        if data is None:
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            self._encoding(path, data, data.count(b"\n", 0, error.start) + 1)
            return None
        if text.startswith(BOM) or "\0" in text:
            self._encoding(path, data, 1)
            return None
        return SourceFile(self.name(path), text.replace("\r\n", "\n").replace("\r", "\n"))

    def _encoding(self, path: Path, data: bytes, line: int) -> None:
        if found := looks_like(data):
            self.note(path, "encoding", line, found=found)
        else:
            self.note(path, "bytes", line)

    def yaml(self, path: Path, model: type[M]) -> Placed[M] | None:
        """Read a YAML file as `model`, or note every fault in it."""
        file = self.text(path)
        if file is None:
            return None
        try:
            return Placed(model.model_validate(load(file.text)), file)
        except StrictYamlError as error:
            self.problems.append(Problem(file.path, error.line, error.code, error.params))
        except ValidationError as error:
            details = error.errors(include_url=False)
            self.problems += [invalid(file.path, file.line(*one["loc"]), one) for one in details]
        return None

    def markdown(
        self, path: Path, parse: Callable[[str], tuple[T | None, list[Fault]]]
    ) -> Placed[T] | None:
        """Read a lesson or job aid, noting its faults."""
        file = self.text(path)
        if file is None:
            return None
        if not file.text.strip():
            self.note(path, "empty-file")
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
