"""Citations: from `key pinpoint` or `key #fact` to the facts of the register."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.content.model import Glossary, SourceEntry, SourceFact, SourceRegister, Status

_STRICTEST: tuple[Status, ...] = ("UNVERIFIED", "V2", "V*", "V")

_WORDS: dict[str, tuple[str, str]] = {
    "art": ("ст.", "арт."),
    "arts": ("ст.", "арт."),
    "article": ("ст.", "арт."),
    "articles": ("ст.", "арт."),
    "para": ("п.", "п."),
    "paras": ("пп.", "пп."),
    "principle": ("принцип", "прынцып"),
    "principles": ("принципы", "прынцыпы"),
    "guideline": ("руководящий принцип", "кіруючы прынцып"),
    "guidelines": ("руководящие принципы", "кіруючыя прынцыпы"),
    "rule": ("правило", "правіла"),
    "rules": ("правила", "правілы"),
    "section": ("разд.", "разд."),
    "sections": ("разд.", "разд."),
    "chapter": ("гл.", "гл."),
    "chapters": ("гл.", "гл."),
    "part": ("часть", "частка"),
    "annex": ("приложение", "дадатак"),
    "appendix": ("приложение", "дадатак"),
    "objective": ("цель", "мэта"),
    "objectives": ("цели", "мэты"),
    "recommendation": ("рекомендация", "рэкамендацыя"),
    "recommendations": ("рекомендации", "рэкамендацыі"),
    "module": ("модуль", "модуль"),
    "preamble": ("преамбула", "прэамбула"),
    "introduction": ("введение", "уводзіны"),
    "intro": ("введение,", "уводзіны,"),
    "p": ("с.", "с."),
    "pp": ("с.", "с."),
    "page": ("с.", "с."),
    "pages": ("с.", "с."),
    "table": ("таблица", "табліца"),
    "and": ("и", "і"),
    "to": ("–", "–"),
}


@dataclass(frozen=True)
class Cited:
    """A resolved citation: one entry and the facts at one place of it."""

    entry: SourceEntry
    facts: tuple[SourceFact, ...]

    @property
    def pinpoint(self) -> str:
        """The place in the document, empty when the facts have none."""
        return self.facts[0].pinpoint or ""

    @property
    def url(self) -> str | None:
        """The official address of the fact, or of the document."""
        return next((fact.url for fact in self.facts if fact.url), self.entry.url)

    @property
    def status(self) -> Status:
        """The strictest status among the facts."""
        return strictest(fact.status for fact in self.facts)


def strictest(statuses: Iterable[Status]) -> Status:
    """Return the status that asks for most care."""
    return min(statuses, key=_STRICTEST.index)


class Library:
    """The register and the glossary, ready to be asked."""

    def __init__(self, register: SourceRegister | None, glossary: Glossary | None = None) -> None:
        self.has_register = register is not None
        self.has_glossary = glossary is not None
        self.entries = {entry.key: entry for entry in register.entries} if register else {}
        self.terms = {term.id: term for term in glossary.terms} if glossary else {}

    def resolve(self, citation: str) -> Cited | None:
        """Find the facts of a citation, or None."""
        key, _, place = " ".join(citation.split()).partition(" ")
        entry = self.entries.get(key)
        if entry is None or not place:
            return None
        if place.startswith("#"):
            facts = tuple(fact for fact in entry.facts if fact.id == place[1:])
        else:
            facts = tuple(fact for fact in entry.facts if fact.pinpoint == place)
        return Cited(entry, facts) if facts else None

    def near(self, citation: str) -> str:
        """Name what the register holds that looks like `citation`."""
        key = citation.strip().partition(" ")[0]
        entry = self.entries.get(key)
        if entry is None:
            keys = difflib.get_close_matches(key, self.entries, n=2)
            return ", ".join(keys) or "no such key"
        places = [fact.pinpoint or f"#{fact.id}" for fact in entry.facts]
        return f"{key} has {', '.join(places[:12]) or 'no facts'}"


def localise_pinpoint(pinpoint: str, lang: str) -> str:
    """Write a pinpoint as `lang` does; English stays as it is."""
    text = re.sub(r"(?<=\d)\s*-\s*(?=\d)", "–", pinpoint)
    if lang == "en":
        return _bind(text)
    column = 0 if lang == "ru" else 1

    def word(match: re.Match[str]) -> str:
        known = _WORDS.get(match[1].lower())
        return known[column] if known else match[0]

    return _bind(re.sub(r"(?<![\w(])([A-Za-z]+)\b\.?(?=\s|$)", word, text))


def _bind(text: str) -> str:
    return re.sub(r"\s+(?=[\dIVXLC–])", "\u00a0", text)
