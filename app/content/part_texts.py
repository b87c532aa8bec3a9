"""Where the texts of a part stand: on pages of Markdown, or in a value read from YAML."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.content import LANGUAGES
from app.content.blocks import one_line, stretches
from app.content.files import Placed, SourceFile
from app.content.lesson import Directive, Figure, ParsedAid, ParsedLesson, ParsedPart, Prose
from app.content.model import Model, Text

Loc = tuple[str | int, ...]
_TITLE_LINE = 2
_RULE = re.compile(r"[\s|:-]*")
# What a reviewer does not read: it neither stands on the page nor says what is right.
_UNREAD = frozenset(
    {"keep_order", "lesson", "level", "minutes", "national_law_review", "objective", "roles"}
)
_COUNTED = frozenset({"prose", "picture", "caption"})
_PLAIN = (str, int, type(None))  # holds no text in three languages
_FILES = "captions"  # names a file in each language, and is no text itself
Media = Mapping[str, bytes]
_NOTHING: Media = {}


@dataclass(frozen=True)
class Unit:
    """A text as it stands in a file; `at` is its line, or its key path in a YAML file.

    `screen` counts the screens of a lesson from 1, `place` is the title or the keys above it.
    """

    text: str
    file: SourceFile
    kind: str
    at: int | Loc
    screen: int = 0
    place: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, table row, heading or YAML text.

    `unit` and `offset` say in which text it stands and how many lines down.
    """

    text: str
    kind: str
    place: str
    screen: int
    file: SourceFile
    at: int | Loc
    unit: int
    offset: int

    @property
    def line(self) -> int:
        """The line in the file, from 1."""
        return self.at if isinstance(self.at, int) else self.file.line(*self.at)

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file.path}:{self.line}"


class PageText:
    """The pages of a lesson or job aid, one for each language that could be read.

    `media` holds the files of the course by name.
    """

    def __init__(
        self,
        pages: Mapping[str, Placed[ParsedLesson] | Placed[ParsedAid]],
        media: Media = _NOTHING,
    ) -> None:
        self._pages = pages
        self._media = media
        self.languages = frozenset(pages)

    def units(self, lang: str) -> list[Unit]:
        """Return the texts in order; none for a language without a page."""
        if lang not in self._pages:
            return []
        page, file = self._pages[lang].value, self._pages[lang].file
        found = [Unit(page.title, file, "title", _TITLE_LINE)]
        if isinstance(page, ParsedAid):
            return [*found, Unit(page.body.text, file, "prose", page.body.line, 1)]
        for number, screen in enumerate(page.screens, 1):
            title = screen.title
            found.append(Unit(title, file, "heading", screen.line, number, title))
            for part in screen.parts:
                for kind, text in _page_texts(part):
                    found.append(Unit(text, file, kind, part.line, number, title))
        return found

    def written(self, lang: str) -> str:
        """Return what a reviewer reads, the same however its lines are wrapped."""
        if lang not in self._pages:
            return ""
        page = self._pages[lang].value
        found = [one_line(page.title)]
        if isinstance(page, ParsedAid):
            return "\n\n".join([*found, _prose(page.body)])
        for screen in page.screens:
            found.append(f"## {one_line(screen.title)} {screen.kind}")
            found += [self._part(part) for part in screen.parts]
        return "\n\n".join(found)

    def _part(self, part: ParsedPart) -> str:
        if isinstance(part, Prose):
            return _prose(part)
        if isinstance(part, Directive):
            return f"{{{{{part.kind}:{part.id}}}}}"
        name = _named(part.name, self._media)
        return f'![{one_line(part.alt)}]({name} "{one_line(part.caption)}")'


class ValueText:
    """A value with texts in all languages; `only_texts` leaves out what else it holds."""

    def __init__(
        self,
        value: Model,
        file: SourceFile,
        loc: Loc = (),
        *,
        media: Media = _NOTHING,
        only_texts: bool = False,
    ) -> None:
        self._value = value
        self._file = file
        self._loc = loc
        self._media = media
        self._only_texts = only_texts
        self.languages = frozenset(LANGUAGES)

    def units(self, lang: str) -> list[Unit]:
        """Return the texts in order."""
        return [
            Unit(text.in_language(lang), self._file, "text", (*self._loc, *loc, lang), 0, place)
            for loc, place, text in texts_of(self._value)
        ]

    def written(self, lang: str) -> str:
        """Return what a reviewer reads, the same however its lines are wrapped."""
        read = _read(self._value, lang, self._media)
        if self._only_texts:
            texts = texts_of(self._value)
            read = [(place, one_line(text.in_language(lang))) for _, place, text in texts]
        return json.dumps(read, ensure_ascii=False, sort_keys=True)


def blocks(units: Iterable[Unit]) -> Iterator[Block]:
    """Yield the blocks of texts, each with its place among those of its kind."""
    counts = Counter[tuple[int, str]]()
    for number, unit in enumerate(units):
        for kind, text, offset in _cut(unit):
            counts[unit.screen, kind] += 1
            place = unit.place
            if unit.kind in _COUNTED:
                place = f"{place} › {kind} {counts[unit.screen, kind]}".removeprefix(" › ")
            at = unit.at + offset if isinstance(unit.at, int) else unit.at
            yield Block(text, kind, place, unit.screen, unit.file, at, number, offset)


def _cut(unit: Unit) -> Iterator[tuple[str, str, int]]:
    if unit.kind != "prose":
        yield unit.kind, one_line(unit.text), 0
        return
    for one in stretches(unit.text):
        if one.kind != "row" or not _RULE.fullmatch(one.text):
            yield one.kind, one.text.strip(), one.line


def _prose(prose: Prose) -> str:
    return "\n\n".join(one.text for one in stretches(prose.text))


def _page_texts(part: ParsedPart) -> Iterator[tuple[str, str]]:
    if isinstance(part, Prose):
        yield "prose", part.text
    elif isinstance(part, Figure):
        yield "picture", part.alt
        yield "caption", part.caption


def _named(text: str, media: Media) -> str:
    """Return a text; the name of a file comes with a digest of what is in it."""
    if text in media:
        return f"{text} {hashlib.blake2b(media[text], digest_size=6).hexdigest()}"
    return one_line(text)


def texts_of(value: object, loc: Loc = (), place: str = "") -> Iterator[tuple[Loc, str, Text]]:
    """Yield the texts of a value: their key paths, what they are called, themselves."""
    if isinstance(value, Text):
        yield loc, place.lstrip(), value
    elif isinstance(value, Model):
        for name, one in vars(value).items():
            if name != _FILES and not isinstance(one, _PLAIN):
                yield from texts_of(one, (*loc, name), f"{place} {name}")
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            if isinstance(one, Model):
                named = getattr(one, "id", number + 1)
                yield from texts_of(one, (*loc, number), f"{place} {named}")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts_of(one, (*loc, key), f"{place} {key}")


def _read(value: object, lang: str, media: Media) -> object:
    """Return a value in one language as plain data, without what is empty or not read."""
    if isinstance(value, str):
        return _named(value, media)
    if isinstance(value, Text):
        rest = {name: one for name, one in vars(value).items() if one and name not in LANGUAGES}
        return {"text": _named(value.in_language(lang), media), **rest}
    if isinstance(value, Model):
        fields = vars(value).items()
        return {n: _read(v, lang, media) for n, v in fields if v and n not in _UNREAD}
    if isinstance(value, tuple):
        return [_read(one, lang, media) for one in value]
    if isinstance(value, dict):
        return {str(key): _read(one, lang, media) for key, one in value.items()}
    return value
