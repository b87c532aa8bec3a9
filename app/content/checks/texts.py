"""Checks of texts that stand in YAML, in all languages, with the sources beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from app.content import LANGUAGES
from app.content.checks.marked import check_plain, check_text, owed_marks, unresolved
from app.content.files import Placed
from app.content.marks import Fault
from app.content.model import Text
from app.content.problems import Problem
from app.content.sources import Cited, Library

T = TypeVar("T")


def rich(
    placed: Placed[T], text: Text | None, library: Library, *loc: str | int
) -> Iterator[Problem]:
    """Check a text that may hold Markdown, citations and marks."""
    for lang in LANGUAGES if text else ():
        faults = check_text(text.in_language(lang) if text else "", lang, library, notes=False)
        yield from _located(placed, faults, *loc, lang)


def plain(placed: Placed[T], text: Text, *loc: str | int) -> Iterator[Problem]:
    """Check a title or name."""
    for lang in LANGUAGES:
        yield from _located(placed, check_plain(text.in_language(lang), lang), *loc, lang)


def sources(
    placed: Placed[T],
    citations: Iterable[str],
    texts: Iterable[Text | None],
    library: Library,
    *loc: str | int,
) -> Iterator[Problem]:
    """Check a list of sources and the marks that `texts`, taken together, owe them."""
    cited = list[Cited]()
    for number, citation in enumerate(citations):
        if resolved := library.resolve(citation):
            cited.append(resolved)
        else:
            for fault in unresolved(citation, library):
                yield placed.problem(fault.code, *loc, "sources", number, **fault.params)
    present = [text for text in texts if text]
    for lang in LANGUAGES:
        joined = "\n\n".join(text.in_language(lang) for text in present)
        for fault in owed_marks(joined, cited):
            yield placed.problem(fault.code, *loc, "sources", **fault.params, lang=lang)


def _located(placed: Placed[T], faults: Iterable[Fault], *loc: str | int) -> Iterator[Problem]:
    for fault in faults:
        line = placed.file.line(*placed.loc, *loc) + fault.line
        yield placed.problem_at(line, fault.code, **fault.params)
