"""A lesson or job aid as written: front matter, screens, directives; not yet HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import Literal

from pydantic import ValidationError

from app.content.marks import Fault
from app.content.model import FrontMatter
from app.content.yaml_strict import StrictYamlError, load

ScreenKind = Literal["situation", "teaching", "practice", "on-duty", "recall"]
DirectiveKind = Literal["recall", "practice", "scenario", "aid", "recording", "journal"]

_KINDS: dict[str | None, ScreenKind] = {
    None: "teaching",
    ".situation": "situation",
    ".practice": "practice",
    ".on-duty": "on-duty",
    ".recall": "recall",
}
_DIRECTIVES: dict[str, DirectiveKind] = {
    "recall": "recall",
    "practice": "practice",
    "scenario": "scenario",
    "aid": "aid",
    "recording": "recording",
    "journal": "journal",
}
_HEADING = re.compile(r"^##(?!#)\s*(?P<title>.*?)\s*(?:\{:\s*(?P<attrs>[^}]*?)\s*\})?\s*$")
_DIRECTIVE = re.compile(
    r"^\{\{(recall|practice|scenario|aid|recording|journal):([a-z0-9-]+)\}\}\s*$"
)
_FIGURE = re.compile(
    r'^!\[(?P<alt>[^\]]*)\]\((?P<name>[^()\s]*)(?:[ \t]+"(?P<caption>.*)")?\)[ \t]*$'
)


@dataclass(frozen=True)
class Prose:
    """Markdown between headings and directives; `line` counts from 1 in the file."""

    text: str
    line: int


@dataclass(frozen=True)
class Directive:
    """A place where an item, scenario, job aid, recording or question of the journal is shown."""

    kind: DirectiveKind
    id: str
    line: int


@dataclass(frozen=True)
class Figure:
    """A picture by the name of its file, with the words that stand for it and those below it."""

    name: str
    alt: str
    caption: str
    line: int


ParsedPart = Prose | Directive | Figure


@dataclass(frozen=True)
class ParsedScreen:
    """One `##` section."""

    kind: ScreenKind
    title: str
    line: int
    parts: tuple[ParsedPart, ...]

    @property
    def directives(self) -> tuple[Directive, ...]:
        """The directives in order."""
        return tuple(part for part in self.parts if isinstance(part, Directive))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The pictures in order."""
        return tuple(part for part in self.parts if isinstance(part, Figure))


@dataclass(frozen=True)
class ParsedLesson:
    """All screens of a lesson in one language."""

    title: str
    screens: tuple[ParsedScreen, ...]


@dataclass(frozen=True)
class ParsedAid:
    """A job aid in one language."""

    title: str
    body: Prose


MAX_PAGE = 100_000  # characters; a lesson has a tenth of them


def parse_aid(text: str) -> tuple[ParsedAid | None, list[Fault]]:
    """Split a job aid; faults carry lines from 1."""
    title, body, faults = _front_matter(text)
    if title is None:
        return None, faults
    return ParsedAid(title, body), faults


def parse_lesson(text: str) -> tuple[ParsedLesson | None, list[Fault]]:
    """Split a lesson into screens; faults carry lines from 1."""
    title, body, faults = _front_matter(text)
    if title is None:
        return None, faults
    screens: list[ParsedScreen] = []
    head: tuple[ScreenKind, str, int] | None = None
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(body.text.split("\n"), body.line):
        if match := _HEADING.match(line):
            _finish(head, lines, screens, faults)
            head, lines = (_kind(match["attrs"], number, faults), match["title"], number), []
        else:
            lines.append((number, line))
    _finish(head, lines, screens, faults)
    return ParsedLesson(title, tuple(screens)), faults


def _front_matter(text: str) -> tuple[str | None, Prose, list[Fault]]:
    if len(text) > MAX_PAGE:
        return None, Prose("", 1), [Fault(1, "text-long", {"count": len(text), "most": MAX_PAGE})]
    lines = text.split("\n")
    end = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else 0
    if not end:
        return None, Prose("", 1), [Fault(1, "front-matter", {})]
    try:
        title = FrontMatter.model_validate(load("\n".join(lines[1:end]))).title
    except StrictYamlError as error:
        return None, Prose("", 1), [Fault(error.line + 1, error.code, error.params)]
    except ValidationError:
        return None, Prose("", 1), [Fault(1, "front-matter", {})]
    return title, Prose("\n".join(lines[end + 1 :]), end + 2), []


def _kind(attrs: str | None, line: int, faults: list[Fault]) -> ScreenKind:
    if attrs not in _KINDS:
        faults.append(Fault(line, "screen-class", {"found": attrs}))
    return _KINDS.get(attrs, "teaching")


def _finish(
    head: tuple[ScreenKind, str, int] | None,
    lines: list[tuple[int, str]],
    screens: list[ParsedScreen],
    faults: list[Fault],
) -> None:
    parts = _parts(lines)
    if head is None:
        if parts:
            faults.append(Fault(parts[0].line, "before-screens", {}))
        return
    kind, title, line = head
    if not parts:
        faults.append(Fault(line, "empty-screen", {}))
    screens.append(ParsedScreen(kind, title, line, parts))


def _parts(lines: list[tuple[int, str]]) -> tuple[ParsedPart, ...]:
    parts: list[ParsedPart] = []
    prose: list[tuple[int, str]] = []
    for number, line in lines:
        if part := _part(line, number):
            parts += _prose(prose)
            parts.append(part)
            prose = []
        else:
            prose.append((number, line))
    return (*parts, *_prose(prose))


def _part(line: str, number: int) -> Directive | Figure | None:
    """Return what a line of its own stands for, if not for text."""
    if match := _DIRECTIVE.match(line):
        return Directive(_DIRECTIVES[match[1]], match[2], number)
    if match := _FIGURE.match(line):
        return Figure(match["name"], match["alt"].strip(), (match["caption"] or "").strip(), number)
    return None


def _prose(lines: list[tuple[int, str]]) -> list[Prose]:
    told = list(dropwhile(lambda one: not one[1].strip(), lines))
    text = "\n".join(line for _, line in told).rstrip()
    return [Prose(text, told[0][0])] if text else []
