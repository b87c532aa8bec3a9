"""Reviews: which office has read which part, and whether the part is still what it read; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from app.content import LANGUAGES
from app.content.loaded import Loaded
from app.content.model import Office, ReviewRecord
from app.content.parts import Part, fingerprint, parts_of
from app.content.shapes import ReviewData

OFFICES: tuple[Office, ...] = get_args(Office)

_HEAD = "# Written by `flask content review`: offices, never names of persons.\n"


@dataclass(frozen=True)
class Review:
    """Where the review of one part in one language by one office stands."""

    part: str
    lang: str
    office: str
    state: Literal["open", "reviewed", "stale"]
    on: str | None = None


def review_state(course_id: str, loaded: Loaded) -> Iterator[Review]:
    """Yield every review that a course needs, by part, language and office.

    A review is stale when the text has changed since; the office has to read it again.
    """
    parts, records = parts_of(course_id, loaded), _latest(records_of(course_id, loaded))
    for part in parts.values():
        for lang in LANGUAGES:
            now = fingerprint(part, lang) if (part.id, lang) in records else ""
            for office in OFFICES:
                record = records.get((part.id, lang), {}).get(office)
                if record is None:
                    yield Review(part.id, lang, office, "open")
                elif record.fingerprint == now:
                    yield Review(part.id, lang, office, "reviewed", record.on)
                else:
                    yield Review(part.id, lang, office, "stale", record.on)


def review_data(course_id: str, loaded: Loaded) -> ReviewData:
    """Return what was reviewed of a course and still holds."""
    reviews = list(review_state(course_id, loaded))
    parts: dict[str, dict[str, dict[str, str]]] = {}
    done = 0
    for one in reviews:
        if one.state == "reviewed" and one.on:
            parts.setdefault(one.part, {}).setdefault(one.lang, {})[one.office] = one.on
            done += 1
    state: Literal["open", "closed"] = "closed" if done == len(reviews) else "open"
    return {"state": state, "done": done, "of": len(reviews), "parts": parts}


def records_of(course_id: str, loaded: Loaded) -> tuple[ReviewRecord, ...]:
    """Return the records of a course in the order of its file."""
    placed = loaded.reviews.get(course_id)
    return placed.value.reviews if placed else ()


def present_records(
    parts: Iterable[Part], languages: Iterable[str], office: str, day: str
) -> list[ReviewRecord]:
    """Return the records of an office that read parts on `day` as they are now."""
    wanted = tuple(languages)
    return [
        ReviewRecord.model_validate(
            {
                "part": part.id,
                "language": lang,
                "office": office,
                "on": day,
                "fingerprint": fingerprint(part, lang),
            }
        )
        for part in parts
        for lang in wanted
        if lang in part.languages
    ]


def with_records(old: Iterable[ReviewRecord], new: Iterable[ReviewRecord]) -> list[ReviewRecord]:
    """Return all records in order; a new one stands for the older one of its office."""
    found = {(one.part, one.language, one.office): one for one in (*old, *new)}
    return [found[key] for key in sorted(found)]


def to_yaml(records: Iterable[ReviewRecord]) -> str:
    """Return the file, one line for each record."""
    lines = [
        f'  - {{part: "{one.part}", language: {one.language}, office: {one.office}, '
        f'on: "{one.on}", fingerprint: "{one.fingerprint}"}}\n'
        for one in records
    ]
    return "".join([_HEAD, "reviews:\n" if lines else "reviews: []\n", *lines])


def _latest(
    records: Iterable[ReviewRecord],
) -> dict[tuple[str, str], dict[str, ReviewRecord]]:
    found: dict[tuple[str, str], dict[str, ReviewRecord]] = {}
    for one in records:
        found.setdefault((one.part, one.language), {})[one.office] = one
    return found
