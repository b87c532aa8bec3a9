"""Check of the words that stand for a picture."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.checks.marked import check_plain
from app.content.marks import Fault

MAX_ALT = 250  # characters


def check_alt(alt: str, name: str, lang: str) -> Iterator[Fault]:
    """Yield the faults of the alternative text of the picture `name`."""
    stem = name.rpartition(".")[0]
    if alt.strip().casefold() in ("", name.casefold(), stem.casefold()):
        yield Fault(0, "alt-missing", {"name": name})
    if len(alt) > MAX_ALT:
        yield Fault(0, "alt-long", {"count": len(alt)})
    for fault in check_plain(alt, lang):
        yield Fault(0, "alt-mark", {}) if fault.code == "mark-in-title" else fault
