"""Drawings of scenes: shapes that stand in the page itself and move by its style sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from xml.parsers import expat

from app.content.drawings import read_drawing
from app.content.marks import Fault

MOTIONS = ("a-draw", "a-fade", "a-left", "a-pulse", "a-right", "a-rise")
DELAYS = tuple(f"d-{step}" for step in range(1, 9))
_ELEMENTS = frozenset(
    ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
)
_ATTRIBUTES = frozenset(
    re.findall(
        r"[\w-]+",
        """class clip-rule cx cy d fill fill-opacity fill-rule height opacity pathLength points r
        rx ry stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
        stroke-miterlimit stroke-opacity stroke-width transform viewBox width x x1 x2 y y1 y2""",
    )
)
_VALUE = re.compile(r"[\w\s#.,()+%-]*", re.ASCII)


@dataclass(frozen=True)
class SceneDrawing:
    """A drawing as it stands in a page, nothing while it has `faults`; their lines are from 0."""

    markup: str
    faults: tuple[Fault, ...]


class _Copy:
    """Writes a drawing anew with what may stand in a page, and notes all else."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.faults: list[Fault] = []
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = lambda name: self.written.append(f"</{_local(name)}>")
        self.parser.CharacterDataHandler = self._text

    def _fault(self, code: str, found: str) -> None:
        self.faults.append(Fault(self.parser.CurrentLineNumber - 1, code, {"found": found}))

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        local, is_root = _local(name), not self.written
        if local not in _ELEMENTS or (local == "svg") != is_root:
            self._fault("scene-shape", f"<{local}>")
        tag = f'{local} aria-hidden="true"' if is_root else local
        kept = [
            f' {key}="{escape(value)}"'
            for key, value in attributes.items()
            if self._may(key, value)
        ]
        if "a-draw" in attributes.get("class", "").split() and "pathLength" not in attributes:
            kept.append(' pathLength="1"')  # the style sheet draws a line of this length
        self.written.append(f"<{tag}{''.join(kept)}>")

    def _may(self, key: str, value: str) -> bool:
        if key not in _ATTRIBUTES:
            self._fault("scene-shape", key)
        elif not _VALUE.fullmatch(value) or "url(" in value.lower():
            self._fault("scene-shape", f"{key}={value}"[:60])
        elif key == "class" and (unknown := set(value.split()) - {*MOTIONS, *DELAYS}):
            self._fault("scene-motion", min(unknown))
        else:
            return True
        return False

    def _text(self, text: str) -> None:
        if text.strip():
            self._fault("scene-shape", text.strip()[:40])


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


@lru_cache(maxsize=64)
def read_scene(data: bytes) -> SceneDrawing:
    """Read the drawing of a scene; what is no safe drawing at all has no faults of its own."""
    drawing = read_drawing(data)
    if drawing.broken_at or drawing.size is None:
        return SceneDrawing("", ())
    copy = _Copy()
    copy.parser.Parse(data, True)
    is_fit = not copy.faults and not drawing.faults
    return SceneDrawing("".join(copy.written) if is_fit else "", tuple(copy.faults))
