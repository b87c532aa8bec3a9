"""Citations and marks inside text, turned into single private characters and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["cite", "term", "lang", "empty", "open", "close"]

FOREIGN = ("en", "ru", "be", "fr", "de", "es", "ar", "ckb", "fa")
RIGHT_TO_LEFT = ("ar", "ckb", "fa")

_FIRST = 0xE100
_LAST = 0xF8FF
TOKEN = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# What no page may hold: controls, private characters and what is no character at all.
_UNFIT = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ue000-\\uf8ff\\ufdd0-\\ufdef"
    + "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0xFFFF, 0x110000, 0x10000))
    + "]"
)
_ORDINARY = re.compile("[\t\n\x20-\x7e\xa0-\ud7ff]*")  # quick to see, and true of most texts
_MARK = re.compile(
    r"\[\[(?P<leaf>term|empty|lang):(?P<value>[^\[\]]*)\]\]"
    r"|\[\[(?P<open>hedge|attributed):"
    r"|(?P<bad>\[\[[^\[\]\s:|]*:?)"
    r"|\[@(?P<cite>[^\[\]]*)\]"
    r"|(?P<close>\]\])"
    r"|(?P<loose>\[@)"
    r"|(?P<blank>\n[ \t]*\n)"
)
_LEAF = re.compile(r"\[@[^\[\]]*\]|\[\[[a-z]+:")
_LONG = 200
_SHOWN = 30  # letters of a citation without an end


def unfit(text: str) -> list[re.Match[str]]:
    """Find the characters that no page may hold."""
    return [] if _ORDINARY.fullmatch(text) else list(_UNFIT.finditer(text))


def fit(text: str) -> str:
    """Return the text without them."""
    return text if _ORDINARY.fullmatch(text) else _UNFIT.sub("", text)


@dataclass(frozen=True)
class Mark:
    """One mark. `value` is the citation, the id, the language, the label or the kind of span."""

    kind: Kind
    value: str
    shown: str = ""


@dataclass(frozen=True)
class Fault:
    """A fault in a text; `line` counts from 0 at its beginning."""

    line: int
    code: str
    params: dict[str, object]


class Marked:
    """A text with its marks taken out: `text` holds one private character for each.

    A mark too many is left out; no text that long is accepted.
    """

    def __init__(self, source: str) -> None:
        self.marks: list[Mark] = []
        self.faults: list[Fault] = []
        self._open: list[tuple[str, int]] = []
        self._source = _PRIVATE.sub("", source)
        self.text = _MARK.sub(self._take, self._source)
        self._close_all()

    def of_kind(self, kind: Kind) -> list[Mark]:
        """Return the marks of one kind in order."""
        return [mark for mark in self.marks if mark.kind == kind]

    def restore(self, html: str, write: Callable[[Mark], str]) -> str:
        """Put what `write` makes of each mark in its place, in the order of `html`."""
        return TOKEN.sub(lambda match: write(self.marks[ord(match[0]) - _FIRST]), html)

    def is_citation(self, char: str) -> bool:
        """Say whether a private character stands for a citation."""
        return bool(TOKEN.fullmatch(char)) and self.marks[ord(char) - _FIRST].kind == "cite"

    def shown_text(self, char: str) -> str:
        """Return the words a reader sees where a private character stands."""
        mark = self.marks[ord(char) - _FIRST]
        return mark.shown or (mark.value if mark.kind == "empty" else "")

    def _is_empty(self, start: int, end: int) -> bool:
        """Say whether a mark holds no words; a long one holds some."""
        return end - start < _LONG and not re.search(r"\w", _LEAF.sub("", self._source[start:end]))

    def _token(self, mark: Mark) -> str:
        code = _FIRST + len(self.marks)
        if code > _LAST:
            return ""
        self.marks.append(mark)
        return chr(code)

    def _fault(self, at: int, code: str, found: str) -> None:
        line = self._source.count("\n", 0, at)
        self.faults.append(Fault(line, code, {"found": " ".join(found.split())}))

    def _take(self, match: re.Match[str]) -> str:
        if match["cite"] is not None:
            return self._token(Mark("cite", " ".join(match["cite"].split())))
        if match["leaf"]:
            return self._leaf(match["leaf"], match["value"], match.start())
        if match["open"]:
            self._open.append((match["open"], match.start()))
            return self._token(Mark("open", match["open"]))
        if match["close"]:
            if self._open:
                kind, at = self._open.pop()
                if self._is_empty(at, match.start()):
                    self._fault(at, "mark-empty", f"[[{kind}:")
                return self._token(Mark("close", kind))
            self._fault(match.start(), "open-mark", match[0])
        if match["loose"]:
            at = match.start()
            self._fault(at, "citation-open", self._source[at : at + _SHOWN])
        if match["bad"]:
            self._fault(match.start(), "unknown-mark", match[0])
        if match["blank"]:
            self._close_all()
        return match[0]

    def _leaf(self, kind: str, value: str, at: int) -> str:
        if kind == "empty":
            return self._token(Mark("empty", value.strip()))
        name, _, shown = value.replace("\\|", "|").partition("|")
        name, shown = name.strip(), " ".join(shown.split())
        if kind == "term":
            return self._token(Mark("term", name, shown or name))
        if name not in FOREIGN or not shown:
            self._fault(at, "mark-language", f"[[lang:{value}]]")
        return self._token(Mark("lang", name, shown or name))

    def _close_all(self) -> None:
        for kind, at in self._open:
            self._fault(at, "open-mark", f"[[{kind}:")
        self._open.clear()
