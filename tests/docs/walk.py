"""A document with steps, read so that a test can take them: fenced blocks and what they are for.

The word behind the language of a block says what a reader does with it: a path and `find`,
`instead`, `below`, `end` or `screen`. A `sh` block holds commands, the `text` block after it what
they answer; there `…` stands for anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.M | re.S)
_ADDRESS = re.compile(r"`http://127\.0\.0\.1:8000(/[^`]*)`")


@dataclass(frozen=True)
class Block:
    """A fenced block; `before` is the prose between it and the block above."""

    language: str
    about: str
    text: str
    before: str

    @property
    def lines(self) -> list[str]:
        """The lines of the block."""
        return self.text.splitlines()

    @property
    def addresses(self) -> list[str]:
        """Addresses of the program that the prose above tells a reader to open."""
        return _ADDRESS.findall(self.before)


def blocks(document: str) -> Iterator[Block]:
    """Yield the blocks of a document, and last what stands after them, as an empty block."""
    end = 0
    for match in _BLOCK.finditer(document):
        yield Block(match[1], match[2] or "", match[3], document[end : match.start()])
        end = match.end()
    yield Block("", "", "", document[end:])


def missing(told: str, output: str) -> list[str]:
    """Return the lines of a `text` block that an output does not have, in their order."""
    at, absent = 0, []
    for line in told.splitlines():
        if line == "…":
            continue
        pattern = re.compile("^" + re.escape(line).replace("…", ".*") + "$", re.M)
        if found := pattern.search(output, at):
            at = found.end()
        else:
            absent.append(line)
    return absent


class Editor:
    """Does to files under `root` what a reader is told to do with the blocks."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._found = ""

    def do(self, path: str, act: str, text: str) -> None:
        """Do one step in each file that `path` means."""
        if act == "find":
            self._found = text
        paths = sorted(self.root.glob(path))
        assert paths, path
        for one in paths:
            old = one.read_text(encoding="utf-8")
            one.write_text(self._edited(old, act, text), encoding="utf-8")

    def _edited(self, old: str, act: str, text: str) -> str:
        found = self._found.rstrip("\n")
        if act in ("find", "below", "instead"):
            assert old.count(found) == 1, found
        if act == "below":
            return old.replace(self._found, self._found + text)
        if act == "instead":
            return old.replace(found, text.rstrip("\n"))
        if act == "end":
            return old + text
        if act == "screen":
            return _with_screen(old, text)
        assert act == "find", act
        return old


def _with_screen(old: str, screen: str) -> str:
    """Replace the screen of the same heading, up to the next."""
    heading = screen.splitlines()[0]
    before, after = old.split(f"{heading}\n")
    return f"{before}{screen}\n{after[after.index('## ') :]}"
