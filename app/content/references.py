"""The numbered list of sources under a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from app.content.model import SourceEntry, Status
from app.content.sources import Cited, localise_pinpoint, strictest
from app.content.typography import typeset
from app.content.wording import HEDGE, SECOND_HAND, VERSION


@dataclass(frozen=True)
class Reference:
    """One source and place, ready to print; `html` is the whole line without its number.

    `anchor` is the id of the line, `backlinks` the ids of the numbers in the text.
    """

    number: int
    anchor: str
    key: str
    title: str
    symbol: str | None
    pinpoint: str
    publisher: str
    date: str | None
    url: str | None
    status: Status
    national_law: bool
    version: str | None
    backlinks: tuple[str, ...]
    html: str


class ReferenceList:
    """Gives the same source and pinpoint the same number."""

    def __init__(self, lang: str, anchor: str = "") -> None:
        self._lang = lang
        self._suffix = f"{anchor}-" if anchor else ""
        self._cited: dict[tuple[str, str], list[Cited]] = {}
        self._uses: dict[int, int] = {}

    def number(self, cited: Cited) -> int:
        """Return the number of a source and place, a new one if need be."""
        place = (cited.entry.key, cited.pinpoint)
        self._cited.setdefault(place, []).append(cited)
        return list(self._cited).index(place) + 1

    def mark(self, cited: Cited) -> str:
        """Return the raised number that leads to the reference."""
        number = self.number(cited)
        self._uses[number] = self._uses.get(number, 0) + 1
        own = self._backlink(number, self._uses[number])
        href = f"#ref-{self._suffix}{number}"
        return f'<sup class="cite"><a href="{href}" id="{own}">{number}</a></sup>'

    def entries(self) -> tuple[Reference, ...]:
        """Return all references in order of their numbers."""
        return tuple(
            self._entry(number, cited) for number, cited in enumerate(self._cited.values(), 1)
        )

    def _backlink(self, number: int, use: int) -> str:
        return f"cite-{self._suffix}{number}-{use}"

    def _entry(self, number: int, cited: list[Cited]) -> Reference:
        entry, pinpoint = cited[0].entry, localise_pinpoint(cited[0].pinpoint, self._lang)
        status, urls = strictest(one.status for one in cited), {one.url for one in cited}
        url = urls.pop() if len(urls) == 1 else entry.url
        uses = range(1, self._uses.get(number, 0) + 1)
        return Reference(
            number=number,
            anchor=f"ref-{self._suffix}{number}",
            key=entry.key,
            title=typeset(entry.title.in_language(self._lang), self._lang),
            symbol=_symbol(entry.symbol, self._lang),
            pinpoint=pinpoint,
            publisher=entry.publisher.in_language(self._lang),
            date=entry.date,
            url=url,
            status=status,
            national_law=entry.national_law,
            version=entry.version,
            backlinks=tuple(self._backlink(number, use) for use in uses),
            html=_reference_html(entry, url, pinpoint, status, self._lang),
        )


def _reference_html(
    entry: SourceEntry, url: str | None, pinpoint: str, status: Status, lang: str
) -> str:
    name = typeset(entry.title.in_language(lang), lang)
    title = f"<cite>{escape(name)}</cite>"
    if url:
        title = f'<a href="{escape(url)}" rel="noopener noreferrer external">{title}</a>'
    symbol = _symbol(entry.symbol, lang) or ""
    parts = [title, "" if symbol in name else escape(symbol), escape(pinpoint)]
    origin = ", ".join(filter(None, [entry.publisher.in_language(lang), (entry.date or "")[:4]]))
    html = f"{', '.join(part for part in parts if part)}. {escape(origin)}."
    if entry.national_law and entry.version:
        version = f"{VERSION[lang]} {_day(entry.version, lang)}"
        html += f' <span class="version">({escape(version)})</span>'
    note = {"V2": SECOND_HAND[lang], "UNVERIFIED": HEDGE[lang]}.get(status)
    return html + (f' <span class="badge badge-{status.lower()}">{note}</span>' if note else "")


def _symbol(symbol: str | None, lang: str) -> str | None:
    """Return a symbol; the number of a Belarusian law is written as its language does."""
    match = re.fullmatch(r"No\.\s*(\d+)-Z", symbol or "")
    if not match:
        return symbol
    return f"No.\u00a0{match[1]}-Z" if lang == "en" else f"№\u00a0{match[1]}-З"


def _day(text: str, lang: str) -> str:
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    if not match or lang == "en":
        return text
    return f"{match[3]}.{match[2]}.{match[1]}"
