"""Citations and marks inside text, turned into single private characters and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["cite", "term", "empty", "open", "close"]

_FIRST = 0xE100
_LAST = 0xF8FF
TOKEN = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_MARK = re.compile(
    r"\[\[(?P<leaf>term|empty):(?P<value>[^\[\]]*)\]\]"
    r"|\[\[(?P<open>hedge|attributed):"
    r"|(?P<bad>\[\[[^\[\]\s:|]*:?)"
    r"|\[@(?P<cite>[^\[\]]*)\]"
    r"|(?P<close>\]\])"
    r"|(?P<blank>\n[ \t]*\n)"
)


@dataclass(frozen=True)
class Mark:
    """One mark. `value` is the citation, the term id, the label or the kind of span."""

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
    """A text with its marks taken out: `text` holds one private character for each."""

    def __init__(self, source: str) -> None:
        self.marks: list[Mark] = []
        self.faults: list[Fault] = []
        self._open: list[tuple[str, int]] = []
        self._source = TOKEN.sub("", source)
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

    def _token(self, mark: Mark) -> str:
        self.marks.append(mark)
        code = _FIRST + len(self.marks) - 1
        if code > _LAST:
            raise ValueError("too many marks in one text")
        return chr(code)

    def _fault(self, at: int, code: str, found: str) -> None:
        line = self._source.count("\n", 0, at)
        self.faults.append(Fault(line, code, {"found": " ".join(found.split())}))

    def _take(self, match: re.Match[str]) -> str:
        if match["cite"] is not None:
            return self._token(Mark("cite", " ".join(match["cite"].split())))
        if match["leaf"]:
            return self._leaf(match["leaf"], match["value"])
        if match["open"]:
            self._open.append((match["open"], match.start()))
            return self._token(Mark("open", match["open"]))
        if match["close"]:
            if self._open:
                return self._token(Mark("close", self._open.pop()[0]))
            self._fault(match.start(), "open-mark", match[0])
        if match["bad"]:
            self._fault(match.start(), "unknown-mark", match[0])
        if match["blank"]:
            self._close_all()
        return match[0]

    def _leaf(self, kind: str, value: str) -> str:
        if kind == "empty":
            return self._token(Mark("empty", value.strip()))
        term, _, shown = value.replace("\\|", "|").partition("|")
        return self._token(Mark("term", term.strip(), (shown or term).strip()))

    def _close_all(self) -> None:
        for kind, at in self._open:
            self._fault(at, "open-mark", f"[[{kind}:")
        self._open.clear()
