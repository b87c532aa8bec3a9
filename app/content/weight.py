"""How much a lesson weighs on a bad link, in bytes."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from app.content.render import FigurePart, HtmlPart, RenderedLesson, Screen


@dataclass(frozen=True)
class Weight:
    """Bytes of the text and of the pictures; `heaviest` is a picture, or a screen of the text."""

    text: int
    pictures: int
    heaviest: str

    @property
    def total(self) -> int:
        """Bytes that come before the lesson is complete."""
        return self.text + self.pictures


def lesson_weight(
    lesson: RenderedLesson, pictures: Mapping[str, bytes], further: str, budget: int
) -> Weight | None:
    """Weigh the text, compressed as it is sent, with the pictures that come with it.

    `further` is text that the page shows besides. Returns None for what fits the budget even
    without compression, which is quickly known.
    """
    screens = {screen.id: _html(screen) for screen in lesson.screens}
    lists = "".join([*(one.html for one in lesson.references), further])
    lists += "".join(term.definition for term in lesson.terms)
    html = "".join([*screens.values(), lists]).encode()
    if len(html) + sum(map(len, pictures.values())) <= budget:
        return None
    weights = {name: _sent(name, data) for name, data in pictures.items()}
    parts = {**weights, **{one: len(zlib.compress(text.encode())) for one, text in screens.items()}}
    heaviest = max(parts, key=lambda one: parts[one], default="")
    return Weight(len(zlib.compress(html)), sum(weights.values()), heaviest)


def _html(screen: Screen) -> str:
    parts = screen.parts
    return "".join(
        part.html if isinstance(part, HtmlPart) else part.alt + part.caption
        for part in parts
        if isinstance(part, HtmlPart | FigurePart)
    )


def _sent(name: str, data: bytes) -> int:
    return len(zlib.compress(data)) if name.endswith(".svg") else len(data)
