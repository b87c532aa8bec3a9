"""What may stand in a text: no HTML, no links, citations that resolve, marks where owed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.content.marks import Fault, Marked
from app.content.sources import Cited, Library

ADMONITIONS = ("red-line", "case", "job-aid", "context", "note")

_FORBIDDEN = {
    "en": re.compile(r"\billegal\s+(?:im)?(?:migrant|alien|person|people)s?\b|\billegals\b", re.I),
    "ru": re.compile(r"\bнелегал(?!ьн)\w*|\bнелегальн\w+\s+(?:им)?мигрант\w*", re.I),
    "be": re.compile(r"\bнелегал(?!ьн)\w*|\bнелегальн\w+\s+(?:ім)?мігрант\w*", re.I),
}
_PATTERNS = (
    ("raw-html", re.compile(r"</?[A-Za-z!?][^\n>]{0,40}>?|&#?\w{1,31};")),
    ("image", re.compile(r"!\[")),
    ("link", re.compile(r"\]\([^)\n]*\)?|\]\[|^ *\[.+\]:|https?\b|www\.|mailto:", re.I | re.M)),
    ("attribute-list", re.compile(r"\{:[^}\n]*\}?")),
    ("directive", re.compile(r"\{\{[^}\n]*\}?\}?")),
    ("code-block", re.compile(r"`+")),
    ("heading", re.compile(r"^(?:#{1,2}|#{5,})(?!#).*$", re.M)),
)
_BOX = re.compile(r"^[ \t]*!!![ \t]*(.*)$", re.M)
_BOX_HEAD = re.compile(rf'(?:{"|".join(ADMONITIONS)})(?:[ \t]+"[^"\n]+")?[ \t]*')
_STARTS = re.compile(r"^\s*(?:[-*+]\s|\d+[.)]\s|\||!!!|#|:\s)")
_PRIVATE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")
_PAIRS = (("«", "»"), ("“", "”"), ("„", "“"))


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line from 0, text) of blocks, list items and table rows."""
    start, lines = 0, list[str]()
    for number, line in enumerate(text.split("\n")):
        if lines and (not line.strip() or _STARTS.match(line)):
            yield start, "\n".join(lines)
            lines = []
        if line.strip():
            start = start if lines else number
            lines.append(line)
    if lines:
        yield start, "\n".join(lines)


def check_text(text: str, lang: str, library: Library) -> Iterator[Fault]:
    """Yield all faults of one text in one language."""
    yield from _shape(text)
    for first, paragraph in paragraphs(text):
        marked = Marked(paragraph)
        found = [*marked.faults, *_meaning(marked, library), *_words(paragraph, lang)]
        for fault in found:
            yield Fault(first + fault.line, fault.code, fault.params)


def check_plain(text: str, lang: str) -> Iterator[Fault]:
    """Yield the faults of a title, where no marks may stand."""
    yield from _shape(text)
    yield from _words(text, lang)
    if "[@" in text or "[[" in text or "**" in text:
        yield Fault(0, "mark-in-title", {})


def owed_marks(text: str, cited: list[Cited]) -> Iterator[Fault]:
    """Yield what a text owes to the sources listed beside it."""
    spans = {mark.value for mark in Marked(text).of_kind("open")}
    yield from _owed(cited, spans)


def _shape(text: str) -> Iterator[Fault]:
    for match in _PRIVATE.finditer(text):
        yield _at(text, match, "character", char=f"U+{ord(match[0]):04X}")
    bare = Marked(_PRIVATE.sub("", text)).text
    for code, pattern in _PATTERNS:
        for match in pattern.finditer(bare):
            yield _at(bare, match, code, found=match[0].strip())
    for match in _BOX.finditer(bare):
        if not _BOX_HEAD.fullmatch(match[1]):
            yield _at(bare, match, "admonition", found=match[1])


def _at(text: str, match: re.Match[str], code: str, **params: object) -> Fault:
    return Fault(text.count("\n", 0, match.start()), code, params)


def _meaning(marked: Marked, library: Library) -> Iterator[Fault]:
    cited = list[Cited]()
    for mark in marked.of_kind("cite"):
        if resolved := library.resolve(mark.value):
            cited.append(resolved)
        else:
            yield from unresolved(mark.value, library)
    yield from _owed(cited, {mark.value for mark in marked.of_kind("open")})
    for mark in marked.of_kind("term") if library.has_glossary else ():
        yield from term_faults(mark.value, library)


def unresolved(citation: str, library: Library) -> Iterator[Fault]:
    """Yield the fault of a citation that resolves to no fact, if there is a register."""
    if library.has_register:
        yield Fault(0, "citation", {"found": citation, "near": library.near(citation)})


def term_faults(term_id: str, library: Library) -> Iterator[Fault]:
    """Yield what keeps a term from being shown."""
    if term_id not in library.terms:
        yield Fault(0, "unknown-term", {"id": term_id})
    elif library.terms[term_id].definition is None:
        yield Fault(0, "undefined-term", {"id": term_id})


def _owed(cited: list[Cited], spans: set[str]) -> Iterator[Fault]:
    for one in cited:
        found = f"{one.entry.key} {one.pinpoint or '#' + one.facts[0].id}"
        if one.status == "UNVERIFIED" and "hedge" not in spans:
            yield Fault(0, "hedge-missing", {"found": found})
        if one.status == "V2" and "attributed" not in spans:
            yield Fault(0, "attribution-missing", {"found": found})


def _words(text: str, lang: str) -> Iterator[Fault]:
    for match in _FORBIDDEN[lang].finditer(text):
        if not _is_quoted(text, match.start()):
            yield _at(text, match, "forbidden-word", found=match[0])


def _is_quoted(text: str, at: int) -> bool:
    before = text[:at]
    if before.count('"') % 2:
        return True
    return any(
        before.rfind(opening) > before.rfind(closing)
        for opening, closing in _PAIRS
        if opening in before
    )
