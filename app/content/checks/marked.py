"""What may stand in a text: no HTML, no links, citations that resolve, marks where owed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.content import LANGUAGES, MAX_LENGTH
from app.content.footnotes import OWN, USE
from app.content.markdown import MAX_DEPTH, deep_lines
from app.content.marks import Fault, Marked, fit, unfit
from app.content.sources import Cited, Library
from app.content.spoken import is_quoted
from app.content.wording import BOX_TITLES, as_of

_HIDDEN = "[*_\\\\\u00ad\u0300-\u036f]*"  # what a word may be broken up by and read the same
_APART = r"(?:[\s*_\\]|\[@[^\[\]]*\])+"


def _broken_up(word: str) -> str:
    return _HIDDEN.join(word)


def _of_a_person(adjectives: str, ending: str, persons: str) -> str:
    """Match what is never said of a person, beside the noun or with adjectives between."""
    said = "|".join(map(_broken_up, adjectives.split()))
    said = rf"\b(?:{said}){_HIDDEN}(?:{ending})?{_HIDDEN}\b"
    whom = rf"\b(?:{'|'.join(map(_broken_up, persons.split()))})\w*"
    between = rf"{_APART}(?:\w+(?:{ending}),?{_APART}){{0,2}}"
    return rf"{said}{between}{whom}|{whom}{_APART}{said}"


_OUTLAW = _broken_up("нелегал") + rf"(?!{_HIDDEN}ь{_HIDDEN}н)\w*"
_FORBIDDEN = {
    lang: re.compile(f"{first}|{_of_a_person(*others)}", re.I)
    for lang, first, *others in (
        (
            "en",
            rf"\b{_broken_up('illegals')}\b",
            "illegal",
            "al|ic|ed|ous|ar|an",
            "migrant immigrant alien person people foreigner entrant refugee",
        ),
        (
            "ru",
            _OUTLAW,
            "нелегальн незаконн",
            "[ыи]й|[ыи]е|[ыи]х|[ое]го|[ыи]м|[ыи]ми|[ое]му|ая|ую|ой",
            "мигрант иммигрант иностранец иностранц беженец беженц",
        ),
        (
            "be",
            _OUTLAW,
            "нелегальн незаконн",
            "[ыі]|[ыі]я|[ыі]х|[оаэ]га|[ыі]м|[ыі]мі|[оаэ]му|ая|ую|ой|ай",
            "мігрант імігрант іншаземец іншаземц замежнік бежанец бежанц",
        ),
    )
}
_HINTS = {"en": ("illegal",), "ru": ("нелегал", "незакон"), "be": ("нелегал", "незакон")}
_HIDES = re.compile(_HIDDEN.removesuffix("*"))
# What a text with a fault has, in small letters, and what the fault looks like.
_PATTERNS = (
    ("raw-html", ("<", "&"), re.compile(r"</?[A-Za-z!?][^\n>]{0,40}>?|&#?\w{1,31};")),
    ("image", ("![",), re.compile(r"!\[")),
    (
        "link",
        ("](", "][", "]:", "http", "www.", "mailto:", "://", "@"),
        re.compile(
            r"\]\([^)\n]*\)?|\]\[(?!\^)|^ *\[(?!\^).+\]:|https?\b|www\.|mailto:|\w://|\w@\w",
            re.I | re.M,
        ),
    ),
    ("attribute-list", ("{:",), re.compile(r"\{:[^}\n]*\}?")),
    ("directive", ("{{",), re.compile(r"\{\{[^}\n]*\}?\}?")),
    ("code-block", ("`",), re.compile(r"`+")),
    ("heading", ("#",), re.compile(r"^(?:#{1,2}|#{5,})(?!#).*$", re.M)),
)
_BOX = re.compile(r"^[ \t]*!!![ \t]*(.*)$", re.M)
_BOX_HEAD = re.compile(
    rf'({"|".join(BOX_TITLES)})(?:[ \t]+(\d[\d-]*))?(?:[ \t]+"[^"\n]*[^"\s][^"\n]*")?[ \t]*'
)
_STARTS = re.compile(r"^\s*(?:[-*+]\s|\d+[.)]\s|\||!!!|#|:\s|\[\^[^\]\n]*\]:)")
_LINKED = re.compile(r"(?:\]\(|\]:|https?:|www\.|mailto:|\w://|\w@)\S*\Z", re.I)
_SHOWN = 30  # letters before and behind a fault
_BOLD = re.compile(r"(?<!\\)\*\*")
_RULE = re.compile(r"[\s*_-]*")
# Nobody sees them: they turn the direction of writing, or part letters that look joined.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u180e\u200b-\u200d\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0]"
    "(?:(?<![\u200c\u200d])|(?<=[A-Za-z\u0400-\u04ff].)|(?=[A-Za-z\u0400-\u04ff]))"
)
_LATIN, _CYRILLIC = "[A-Za-z]", "[\u0400-\u04ff]"
# A letter beside one of the other alphabet; to look for the rarer ones is quick.
_MIXED = {
    "en": re.compile(rf"{_CYRILLIC}(?:(?<={_LATIN}.)|(?={_LATIN}))"),
    "ru": re.compile(rf"{_LATIN}(?:(?<={_CYRILLIC}.)|(?={_CYRILLIC}))"),
}
_MIXED["be"] = _MIXED["ru"]
_HOST = re.compile(
    r"\.(?<=[\w-]\.)(?:com|org|net|info|int|by|ru|eu|ua|pl|lt|lv|me|io|рф|бел)(?![\w-])",
    re.I,
)


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


def check_text(text: str, lang: str, library: Library, *, notes: bool = True) -> Iterator[Fault]:
    """Yield all faults of one text in one language; `notes` are footnotes."""
    if len(text) > MAX_LENGTH:
        yield Fault(0, "text-long", {"count": len(text), "most": MAX_LENGTH})
        text = text[:MAX_LENGTH]
    yield from _shape(text, lang)
    if "[^" in text:
        yield from _notes(text, allowed=notes)
    for first, paragraph in paragraphs(text):
        marked = Marked(paragraph)
        found = [*marked.faults, *_meaning(marked, library), *_words(paragraph, lang)]
        if (
            "**" in paragraph
            and len(_BOLD.findall(paragraph)) % 2
            and not _RULE.fullmatch(paragraph)
        ):
            found.append(Fault(0, "bold-open", {"found": paragraph.strip()[:40]}))
        for fault in found:
            yield Fault(first + fault.line, fault.code, fault.params)


def check_plain(text: str, lang: str) -> Iterator[Fault]:
    """Yield the faults of a title, where no marks may stand."""
    yield from _shape(text, lang)
    yield from _words(text, lang)
    if "[@" in text or "[[" in text or "**" in text:
        yield Fault(0, "mark-in-title", {})


def owed_marks(text: str, cited: list[Cited]) -> Iterator[Fault]:
    """Yield what a text owes to the sources listed beside it."""
    spans = {mark.value for mark in Marked(text).of_kind("open")}
    yield from _owed(cited, spans)


def _shape(text: str, lang: str) -> Iterator[Fault]:
    yield from _letters(text, lang)
    bare = Marked(fit(text)).text
    small = bare.lower()
    for code, hints, pattern in _PATTERNS:
        for match in pattern.finditer(bare) if any(hint in small for hint in hints) else ():
            yield _at(bare, match, code, found=match[0].strip())
    for match in _BOX.finditer(bare) if "!!!" in bare else ():
        yield from _box(bare, match)
    for line in deep_lines(bare):
        yield Fault(line, "too-deep", {"most": MAX_DEPTH})


def _letters(text: str, lang: str) -> Iterator[Fault]:
    """Yield what is not what it looks like."""
    for match in [*unfit(text), *_UNSEEN.finditer(text)]:
        yield _at(text, match, "character", char=f"U+{ord(match[0]):04X}")
    if lang != "en" or not text.isascii():
        seen = set[str]()
        for match in _MIXED[lang].finditer(text):
            if (word := _around(text, match)) not in seen:
                yield _at(text, match, "mixed-letters", found=word)
            seen.add(word)
    for match in _HOST.finditer(text):
        if not _LINKED.search(text, max(0, match.start() - _SHOWN), match.start()):
            yield _at(text, match, "link", found=_around(text, match))


def _box(text: str, match: re.Match[str]) -> Iterator[Fault]:
    head = _BOX_HEAD.fullmatch(match[1])
    if not head or (head[2] and head[1] != "context"):
        yield _at(text, match, "admonition", found=match[1])
    elif head[1] == "context" and not as_of(head[2] or "", "en"):
        yield _at(text, match, "context-date", found=match[1])


def _notes(text: str, *, allowed: bool) -> Iterator[Fault]:
    """Yield what is wrong with footnotes: each label has one text and at least one use."""
    used, own = dict[str, int](), dict[str, int]()
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if match := OWN.match(line):
            if match[1] in own:
                yield Fault(number, "note-repeated", {"found": match[1]})
            elif match[2].strip() or "".join(lines[number + 1 : number + 2]).strip():
                own[match[1]] = number
        for use in USE.finditer(match[2] if match else line):
            used.setdefault(use[1], number)
    for label, number in used.items():
        if not allowed:
            yield Fault(number, "note-place", {"found": label})
        elif label not in own:
            yield Fault(number, "note-missing", {"found": label})
    for label in own.keys() - used.keys():
        yield Fault(own[label], "note-unused", {"found": label})


def _around(text: str, match: re.Match[str]) -> str:
    """Return what is found with the rest of its word, if that is not very long."""
    before = re.search(r"[\w.-]*\Z", text[max(0, match.start() - _SHOWN) : match.start()])
    after = re.match(r"[\w.-]*", text[match.end() : match.end() + _SHOWN])
    return (before[0] if before else "") + match[0] + (after[0] if after else "")


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
    small = _HIDES.sub("", text).lower()
    spoken = [one for one in LANGUAGES if one == lang or f"[[lang:{one}" in text]
    spoken = [one for one in spoken if any(hint in small for hint in _HINTS[one])]
    for match in (match for one in spoken for match in _FORBIDDEN[one].finditer(text)):
        if not is_quoted(text, match.start()):
            yield _at(text, match, "forbidden-word", found=" ".join(match[0].split()))
