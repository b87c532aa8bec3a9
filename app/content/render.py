"""Texts to sanitised HTML with numbered references, in one language at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from app.content import LANGUAGES, markdown
from app.content.lesson import (
    Figure,
    ParsedAid,
    ParsedLesson,
    ParsedPart,
    ParsedScreen,
    Prose,
    ScreenKind,
)
from app.content.marks import FOREIGN, RIGHT_TO_LEFT, TOKEN, Mark, Marked, fit
from app.content.references import Reference, ReferenceList
from app.content.sources import Cited, Library
from app.content.table_names import TableNames
from app.content.typography import typeset, typeset_html
from app.content.wording import DEFINITION, EMPTY, HEDGE


class UnknownCitation(LookupError):
    """A text cites what the register does not hold; `content check` names the place."""


@dataclass(frozen=True)
class HtmlPart:
    """Sanitised HTML."""

    html: str


@dataclass(frozen=True)
class RecallPart:
    """The place of a recall item."""

    item_id: str


@dataclass(frozen=True)
class PracticePart:
    """The place of a practice item."""

    item_id: str


@dataclass(frozen=True)
class ScenarioPart:
    """The place of a scenario."""

    scenario_id: str


@dataclass(frozen=True)
class AidPart:
    """The place of a link to a job aid."""

    aid_id: str


@dataclass(frozen=True)
class RecordingPart:
    """The place of sound or film."""

    recording_id: str


@dataclass(frozen=True)
class FigurePart:
    """A picture by the name of its file; `alt` is plain text, `caption` inline HTML."""

    name: str
    alt: str
    caption: str


@dataclass(frozen=True)
class JournalPart:
    """Place of a question of the journal."""

    prompt_id: str


Place = RecallPart | PracticePart | ScenarioPart | AidPart | RecordingPart | JournalPart
Part = HtmlPart | FigurePart | Place
_PARTS: dict[str, type[Place]] = {
    "recall": RecallPart,
    "practice": PracticePart,
    "scenario": ScenarioPart,
    "aid": AidPart,
    "recording": RecordingPart,
    "journal": JournalPart,
}


@dataclass(frozen=True)
class Screen:
    """One screen of a lesson; `title` is plain text."""

    id: str
    kind: ScreenKind
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class RenderedTerm:
    """A glossary term the lesson links to; only `definition` is HTML.

    Use number n of it has the id `use-<id>-<n>` and links to `#term-<id>-<n>`.
    """

    id: str
    term: str
    definition: str
    uses: int


@dataclass(frozen=True)
class RenderedLesson:
    """A lesson in one language; `words` are those a reader sees."""

    title: str
    screens: tuple[Screen, ...]
    references: tuple[Reference, ...]
    terms: tuple[RenderedTerm, ...]
    words: int


@dataclass(frozen=True)
class RenderedAid:
    """A job aid in one language."""

    title: str
    html: str
    references: tuple[Reference, ...]


class Renderer:
    """Renders texts that share one numbered list of references.

    `anchor` begins the ids of references, so that several lists fit one page; with
    `link_terms` a term links to its definition (`RenderedTerm`), which the page then has to
    show. `tables.heading` names the tables below it.
    """

    def __init__(
        self, lang: str, library: Library, anchor: str = "", *, link_terms: bool = False
    ) -> None:
        self.lang = lang
        self.references = ReferenceList(lang, anchor)
        self.uses: Counter[str] = Counter()  # of terms, in the order of the text
        self.words = 0
        self.tables = TableNames(lang)
        self._anchor = anchor
        self._page = markdown.Page()
        self._library = library
        self._link_terms = link_terms

    def block(self, text: str, id_prefix: str = "") -> str:
        """Render paragraphs, lists, tables and boxes."""
        marked = Marked(fit(text))
        prefix = id_prefix or self._anchor or "part"
        html = markdown.block(marked.text, self.lang, prefix, self._page)
        return markdown.clean(self.tables.name(self._finish(html, marked)))

    def inline(self, text: str) -> str:
        """Render one line, fit for a label or a heading."""
        marked = Marked(fit(text))
        html = self._finish(markdown.inline(marked.text), marked)
        return markdown.clean(html, inline_only=True)

    def cite(self, citations: Iterable[str]) -> None:
        """Add sources that are listed beside a text."""
        for citation in citations:
            self.references.number(self._resolve(citation))

    def _resolve(self, citation: str) -> Cited:
        if cited := self._library.resolve(citation):
            return cited
        raise UnknownCitation(citation)

    def _finish(self, html: str, marked: Marked) -> str:
        self.words += _count_words(html, marked)
        html = typeset_html(_tighten(html, marked), self.lang)
        return marked.restore(html, self._write)

    def _write(self, mark: Mark) -> str:
        if mark.kind == "cite":
            return self.references.mark(self._resolve(mark.value))
        if mark.kind == "term":
            return self._term(mark)
        if mark.kind == "lang":
            return _foreign(mark)
        if mark.kind == "empty":
            label = escape(mark.value or EMPTY[self.lang])
            return f'<span class="blank"><span class="blank-label">{label}</span></span>'
        if mark.kind == "open":
            title = f' title="{HEDGE[self.lang]}"' if mark.value == "hedge" else ""
            return f'<span class="{mark.value}"{title}>'
        badge = f'<span class="badge badge-hedge">{HEDGE[self.lang]}</span>'
        return "</span> " + badge if mark.value == "hedge" else "</span>"

    def _term(self, mark: Mark) -> str:
        shown = escape(typeset(mark.shown, self.lang))
        if not self._link_terms or mark.value not in self._library.terms:
            return f'<span class="term">{shown}</span>'
        self.uses[mark.value] += 1
        use = f"{escape(mark.value)}-{self.uses[mark.value]}"
        what = f'<span class="visually-hidden"> ({DEFINITION[self.lang]})</span>'
        return f'<a class="term" id="use-{use}" href="#term-{use}">{shown}{what}</a>'


def _foreign(mark: Mark) -> str:
    lang = mark.value if mark.value in FOREIGN else ""
    shown = typeset(mark.shown, lang) if lang in LANGUAGES else mark.shown
    if not lang:
        return escape(shown)
    direction = ' dir="rtl"' if lang in RIGHT_TO_LEFT else ""
    return f'<span lang="{lang}"{direction}>{escape(shown)}</span>'


def _tighten(html: str, marked: Marked) -> str:
    """Put citation numbers right behind their word, and keep neighbours apart."""

    def close(match: re.Match[str]) -> str:
        char = match[2]
        if not marked.is_citation(char):
            return match[0]
        before = html[match.start() - 1 : match.start()]
        return ("\u00a0" if before and marked.is_citation(before) else "") + char

    return re.sub(rf"([ \n]*)({TOKEN.pattern})", close, html)


def _count_words(html: str, marked: Marked) -> int:
    plain = re.sub(r'<sup class="cite">.*?</sup>|<[^>]*>', " ", html)
    shown = TOKEN.sub(lambda m: marked.shown_text(m[0]), plain)
    return sum(any(char.isalnum() for char in word) for word in shown.split())


def render_lesson(lesson: ParsedLesson, lang: str, library: Library) -> RenderedLesson:
    """Render a lesson that `content check` accepts."""
    renderer = Renderer(lang, library, link_terms=True)
    renderer.words = sum(len(s.title.split()) for s in lesson.screens)
    screens = tuple(
        _screen(screen, f"s{number}", renderer) for number, screen in enumerate(lesson.screens, 1)
    )
    words = renderer.words
    terms = tuple(_rendered_term(term, renderer, library) for term in renderer.uses)
    references = renderer.references.entries()
    return RenderedLesson(typeset(lesson.title, lang), screens, references, terms, words)


def _screen(screen: ParsedScreen, screen_id: str, renderer: Renderer) -> Screen:
    renderer.tables.heading = screen.title
    parts = tuple(_part(part, screen_id, renderer) for part in screen.parts)
    return Screen(screen_id, screen.kind, typeset(screen.title, renderer.lang), parts)


def _part(part: ParsedPart, screen_id: str, renderer: Renderer) -> Part:
    if isinstance(part, Prose):
        return HtmlPart(renderer.block(part.text, screen_id))
    if isinstance(part, Figure):
        alt = typeset(part.alt, renderer.lang)
        return FigurePart(part.name, alt, renderer.inline(part.caption) if part.caption else "")
    return _PARTS[part.kind](part.id)


def _rendered_term(term_id: str, renderer: Renderer, library: Library) -> RenderedTerm:
    term = library.terms[term_id]
    plain = Renderer(renderer.lang, library)
    plain.references = renderer.references
    word = typeset(term.term.in_language(renderer.lang), renderer.lang)
    definition = term.definition.in_language(renderer.lang) if term.definition else ""
    return RenderedTerm(term_id, word, plain.inline(definition), renderer.uses[term_id])


def render_aid(aid: ParsedAid, lang: str, library: Library) -> RenderedAid:
    """Render a job aid that `content check` accepts; its terms are not linked."""
    renderer = Renderer(lang, library)
    renderer.tables.heading = aid.title
    html = renderer.block(aid.body.text, "aid")
    return RenderedAid(typeset(aid.title, lang), html, renderer.references.entries())


def render_block(text: str, lang: str, library: Library, anchor: str = "") -> str:
    """Render a text of its own."""
    return Renderer(lang, library, anchor).block(text)


def render_inline(text: str, lang: str, library: Library, anchor: str = "") -> str:
    """Render a line of its own."""
    return Renderer(lang, library, anchor).inline(text)
