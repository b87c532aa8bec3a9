"""How an event is hashed and a chain checked. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Event:
    """What the hash of an event covers. `at` is ISO 8601 in UTC."""

    root_agency_id: int
    sequence: int
    action: str
    actor: str | None
    subject_type: str
    subject_id: str
    detail: Mapping[str, Any]
    at: str


@dataclass(frozen=True)
class Link:
    """An event as stored, with its two hashes."""

    event: Event
    previous_hash: str
    hash: str


def event_hash(event: Event, previous_hash: str) -> str:
    """Return the SHA-256 (hex) of the event chained to the hash before."""
    text = json.dumps(asdict(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


def first_break(links: Iterable[Link]) -> int | None:
    """Return the sequence number at which a chain is broken, or None when it holds."""
    previous = GENESIS
    for expected, link in enumerate(links, start=1):
        sound = (
            link.event.sequence == expected
            and link.previous_hash == previous
            and link.hash == event_hash(link.event, previous)
        )
        if not sound:
            return expected
        previous = link.hash
    return None
