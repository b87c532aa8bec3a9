"""Captions in WebVTT: cues one after the other, each with a time and with words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.content.marks import Fault

_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+[^\n]*)?[ \t]*")
_TAG = re.compile(r"<[^<>\n]*>")


@dataclass(frozen=True)
class Cue:
    """Words shown from `start` to `end`, in milliseconds; `line` counts from 0."""

    start: int
    end: int
    text: str
    line: int


def read_captions(text: str, seconds: int) -> tuple[list[Cue], list[Fault]]:
    """Read the captions of a recording that lasts `seconds`."""
    blocks = list(_blocks(text))
    if not blocks or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", blocks[0][1][0]):
        return [], [Fault(0, "captions-form", {"found": text.split("\n", 1)[0][:40]})]
    cues: list[Cue] = []
    faults: list[Fault] = []
    for line, block in blocks[1:]:
        if re.match(r"NOTE(?:[ \t]|$)", block[0]):
            continue
        if cue := _cue(line, block):
            cues.append(cue)
        else:
            faults.append(Fault(line, "captions-form", {"found": block[0][:40]}))
    if not cues and not faults:
        faults.append(Fault(0, "captions-form", {"found": "WEBVTT"}))
    return cues, [*faults, *_times(cues, seconds)]


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between empty lines, with its first line counted from 0."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""]):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(line: int, block: Sequence[str]) -> Cue | None:
    named = "-->" not in block[0]
    timing = _TIMING.fullmatch(block[1] if named and len(block) > 1 else block[0])
    words = " ".join(block[2 if named else 1 :])
    plain = " ".join(_TAG.sub(" ", words).split())
    if timing is None or not plain or "-->" in words:
        return None
    start, end = _moment(*timing.groups()[:4]), _moment(*timing.groups()[4:])
    return Cue(start, end, plain, line) if start < end else None


def _moment(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int(thousandths)


def _times(cues: Sequence[Cue], seconds: int) -> Iterator[Fault]:
    last = 0
    for cue in cues:
        if cue.start < last:
            yield Fault(cue.line, "captions-order", {})
        if cue.end > seconds * 1000:
            yield Fault(cue.line, "captions-late", {"seconds": seconds})
        last = max(last, cue.start)
