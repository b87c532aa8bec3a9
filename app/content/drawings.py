"""SVG pictures: shapes and words only, nothing that acts or is fetched from elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers import expat

from app.content.marks import Fault

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """svg g defs symbol use title desc text tspan path rect circle ellipse line polyline
        polygon linearGradient radialGradient stop clipPath mask marker pattern""",
    )
)
_OUTSIDE = re.compile(
    r"url\(\s*['\"]?(?!#)|\\|//|\b(?:image|image-set|src|cross-fade)\(|javascript:|data:",
    re.IGNORECASE,
)
_MAX_DEPTH = 50
_WORDS = ("text", "title", "desc")
_PAINTED = ("pattern", "mask", "marker", "clipPath")  # drawn again wherever they are named
_BOX = re.compile(r"\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d{1,6}(?:\.\d+)?)[\s,]+(\d{1,6}(?:\.\d+)?)\s*")


@dataclass(frozen=True)
class Drawing:
    """What an SVG file holds. `broken_at` is the line where it ends to be one, 0 if nowhere.

    `faults` name what a picture may not hold; their lines count from 0, as do those of `words`,
    which stand in it.
    """

    size: tuple[int, int] | None
    faults: tuple[Fault, ...]
    broken_at: int
    words: tuple[tuple[int, str], ...] = ()


class _Scan:
    """Walks through a file once, without building a tree of it."""

    def __init__(self) -> None:
        self.size: tuple[int, int] | None = None
        self.faults: list[Fault] = []
        self.words: list[tuple[int, str]] = []
        self._open: list[tuple[str, bool]] = []  # elements around, and whether each has an id
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._element
        self.parser.EndElementHandler = lambda _: self._open.pop()
        self.parser.CharacterDataHandler = self._said
        self.parser.StartDoctypeDeclHandler = lambda *_: self._fault("<!DOCTYPE>")
        self.parser.EntityDeclHandler = self._entity
        self.parser.ProcessingInstructionHandler = lambda target, _: self._fault(f"<?{target}?>")
        self.parser.XmlDeclHandler = self._declaration

    def _fault(self, found: str) -> None:
        line = self.parser.CurrentLineNumber - 1
        self.faults.append(Fault(line, "svg-unsafe", {"found": found}))

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            raise ValueError("read as UTF-8 here, and as something else by a browser")

    def _entity(self, *_: object) -> None:
        raise ValueError("entities are not read")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._open:
            self._begin((space, local), attributes)
        if space != _SVG or local not in _ELEMENTS or (local == "use" and self._is_repeated()):
            self._fault(f"<{local}>")
        if local in _WORDS:
            self.words.append((self.parser.CurrentLineNumber - 1, ""))
        self._attributes(attributes)
        if len(self._open) == _MAX_DEPTH:
            raise ValueError("too deep")
        self._open.append((local, bool(self._open) and "id" in attributes))

    def _begin(self, name: tuple[str, str], attributes: dict[str, str]) -> None:
        if name != (_SVG, "svg"):
            raise ValueError("not an SVG picture")
        if box := _BOX.fullmatch(attributes.get("viewBox", "")):
            width, height = round(float(box[1])), round(float(box[2]))
            self.size = (width, height) if width and height else None

    def _is_repeated(self) -> bool:
        """Say whether what stands here is drawn wherever something around it is named."""
        return any(has_id for _, has_id in self._open)

    def _said(self, words: str) -> None:
        if any(local in _WORDS for local, _ in self._open):
            line, before = self.words[-1]
            self.words[-1] = (line, before + words)

    def _attributes(self, attributes: dict[str, str]) -> None:
        is_painted = any(local in _PAINTED for local, _ in self._open)
        for attribute, value in attributes.items():
            key = attribute.rpartition(" ")[2]
            if key == "href" and value.startswith("#"):
                continue
            if key in ("style", "href", "src", "base") or key.startswith("on"):
                self._fault(key)
            elif _OUTSIDE.search(value) or (is_painted and "url(" in value.lower()):
                self._fault(f"{key}={value}")


@lru_cache(maxsize=64)
def read_drawing(data: bytes) -> Drawing:
    """Look through an SVG file."""
    scan = _Scan()
    try:
        data.decode("utf-8")
        scan.parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return Drawing(None, tuple(scan.faults), max(scan.parser.CurrentLineNumber, 1))
    return Drawing(scan.size, tuple(scan.faults), 0, tuple(scan.words))
