"""Footnotes: Python-Markdown's own, with ids that fit the page and words of its language."""

from __future__ import annotations

import re
from collections import OrderedDict
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor

from app.content.wording import BACK, NOTE, NOTES

# A label is a note's own where it begins a block and a colon follows, else it is a use.
_LABEL = r"\[\^([^\]\n]{0,60})\]"
USE = re.compile(rf"(?<!\\){_LABEL}")
OWN = re.compile(rf"(?:[ \t>]|[-*+:][ \t]|\d+[.)][ \t])*{_LABEL}:(.*)")

_REF = re.compile(r'<sup id="([^"]*)"><a class="footnote-ref" href="(#[^"]*?(\d+))">\d+</a>')
_BACK = re.compile(r'<a class="footnote-backref" href="(#[^"]*)" title="[^"]*">')
_LIST = '<div class="footnote">\n<hr>\n<ol>'


class Footnotes(FootnoteExtension):
    """Notes numbered in the order of the text; their ids hold `prefix` and the number."""

    def __init__(self) -> None:
        super().__init__(SEPARATOR="-", BACKLINK_TEXT="↩", PLACE_MARKER="\ue001")
        self.begin("", "", 1)

    def begin(self, text: str, prefix: str, first: int) -> None:
        """Get ready for one stretch of prose, whose notes are counted from `first` on."""
        self._order = list(dict.fromkeys(match[1] for match in USE.finditer(text)))
        self._prefix, self._first, self._listed = prefix, first, False

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register all that notes need; labels are short."""
        super().extendMarkdown(md)
        md.inlinePatterns.register(FootnoteInlineProcessor(_LABEL, self), "footnote", 175)

    def setFootnote(self, id: str, text: str) -> None:  # noqa: N802
        """Keep the text of a note; none begins inside another."""
        if not self._listed:
            super().setFootnote(id, text)

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802
        """Return the id of a note in the list."""
        return f"fn-{self._name(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802
        """Return the id of a use of a note, another for each use that was found."""
        return self.unique_ref(f"fnref-{self._name(id)}", found)

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """Make the list, in the order in which the text uses the notes."""
        place = {label: number for number, label in enumerate(self._order)}
        found = sorted(self.footnotes.items(), key=lambda note: place.get(note[0], len(place)))
        self.footnotes, self._listed = OrderedDict(found), True
        return super().makeFootnotesDiv(root)

    def _name(self, label: str) -> str:
        return f"{self._prefix}-{self._first + list(self.footnotes).index(label)}"

    def finish(self, html: str, lang: str) -> str:
        """Name the list and its links in the language of the page."""
        html = _REF.sub(rf'<sup class="cite"><a id="\1" href="\2">{NOTE[lang]}&nbsp;\3</a>', html)
        html = _BACK.sub(rf'<a class="back" href="\1" aria-label="{BACK[lang]}">', html)
        start = f' start="{self._first}"' if self._first > 1 else ""
        title = f'<p class="notes-title">{NOTES[lang]}</p>'
        head = f'<div class="notes" role="group" aria-label="{NOTES[lang]}">{title}\n<ol{start}>'
        return html.replace(_LIST, head)
