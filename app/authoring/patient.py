"""What stands in for things that a text with errors names and the files do not have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from app.content.model import SourceEntry, SourceFact, Text
from app.content.sources import Cited, Library


class PatientLibrary(Library):
    """A register that has an answer to every citation: one it does not hold is named as it is."""

    def resolve(self, citation: str) -> Cited | None:
        """Find the facts of a citation, or make up an entry that says what was cited."""
        return super().resolve(citation) or _unknown(citation)


def _unknown(citation: str) -> Cited:
    words = citation or "?"
    text = Text(en=words, ru=words, be=words)
    fact = SourceFact(id="unknown", status="UNVERIFIED", text=words)
    return Cited(SourceEntry(key="unknown", title=text, publisher=text, facts=(fact,)), (fact,))


def fill_gaps(lesson: Mapping[str, Any], known: Mapping[str, Collection[str]]) -> None:
    """Put the words of the file where a lesson names something that is not there.

    `known` holds, by type of a part, the ids that are. A recording brings its files along.
    """
    for screen in lesson["screens"]:
        screen["parts"] = [
            _as_written(part) if _is_gap(part, known) else part for part in screen["parts"]
        ]


def _is_gap(part: Mapping[str, Any], known: Mapping[str, Collection[str]]) -> bool:
    if part["type"] == "recording":
        return _is_silent(part)
    if part["type"] == "journal":
        return "prompt" not in part
    return part["type"] in known and part["id"] not in known[part["type"]]


def _is_silent(part: Mapping[str, Any]) -> bool:
    """Whether a recording lacks a file or a drawing that it cannot do without."""
    one = part.get("recording")
    if one is None:
        return True
    if one["kind"] == "scenes":
        return not all(scene["drawing"] for scene in one["scenes"])
    return not {one["file"], one["captions"]} <= part["files"].keys()


def _as_written(part: Mapping[str, Any]) -> dict[str, str]:
    written = escape(f"{{{{{part['type']}:{part['id']}}}}}")
    return {"type": "html", "html": f"<p><code>{written}</code></p>"}
