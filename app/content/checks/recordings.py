"""Checks of the descriptions of sound and film: files, captions, and the whole text."""

from __future__ import annotations

from collections.abc import Iterator

from app.content import LANGUAGES
from app.content.captions import Cue, read_captions
from app.content.checks import texts
from app.content.checks.alt import check_alt
from app.content.checks.marked import check_plain, check_text
from app.content.encodings import looks_like
from app.content.files import Placed, placed_faults
from app.content.loaded import Loaded
from app.content.marks import Marked
from app.content.media import Kind, type_of
from app.content.model import Recording
from app.content.problems import Problem

MAX_SECONDS = 180
_KINDS: dict[str, tuple[Kind, ...]] = {"audio": ("sound", "film"), "video": ("film",)}


def check_recording(
    name: str, placed: Placed[Recording], course_id: str, loaded: Loaded
) -> Iterator[Problem]:
    """Yield the problems of one recording; `name` is that of its file."""
    one = placed.value
    if one.id != name:
        yield placed.problem("recording-id", "id", id=one.id, name=name)
    if one.seconds > MAX_SECONDS:
        yield placed.problem("recording-long", "seconds", seconds=one.seconds, max=MAX_SECONDS)
    yield from _named(placed, one.file, _KINDS[one.kind], (course_id, loaded), "file")
    yield from texts.plain(placed, one.title, "title")
    for lang in LANGUAGES:
        yield from _said(placed, lang, course_id, loaded)
    yield from _poster(placed, course_id, loaded)


def _named(
    placed: Placed[Recording],
    name: str,
    kinds: tuple[Kind, ...],
    where: tuple[str, Loaded],
    *loc: str,
) -> Iterator[Problem]:
    course_id, loaded = where
    media = type_of(name)
    if (course_id, name) not in loaded.media:
        yield placed.problem("media-missing", *loc, name=name)
    elif media and media.kind not in kinds:
        yield placed.problem("media-kind", *loc, name=name)


def _said(
    placed: Placed[Recording], lang: str, course_id: str, loaded: Loaded
) -> Iterator[Problem]:
    """Check captions and transcript in one language."""
    recording = placed.value
    name, transcript = recording.captions.in_language(lang), recording.transcript.in_language(lang)
    yield from _named(placed, name, ("captions",), (course_id, loaded), "captions", lang)
    marked = Marked(transcript)
    faults = check_text(transcript, lang, loaded.shelf)
    yield from placed_faults(placed.file.path, _first_line(placed, "transcript", lang), faults)
    if marked.of_kind("cite"):
        yield placed.problem("transcript-cite", "transcript", lang)
    file = loaded.media.get((course_id, name))
    media = type_of(name)
    if file is None or media is None or media.kind != "captions":
        return
    cues, problems = _captions(file.path, file.data, recording.seconds, lang)
    yield from problems
    spoken, written = sum(_words(cue.text) for cue in cues), _words(marked.text)
    if written * 10 < spoken * 6:
        yield placed.problem("transcript-short", "transcript", lang, count=written, of=spoken)


def _first_line(placed: Placed[Recording], *loc: str) -> int:
    """Return where a text begins: below its key when it is written as a block."""
    line = placed.file.line(*loc)
    return line + placed.file.text.split("\n")[line - 1].rstrip().endswith(("|", "|-"))


def _captions(path: str, data: bytes, seconds: int, lang: str) -> tuple[list[Cue], list[Problem]]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, found = data.count(b"\n", 0, error.start) + 1, looks_like(data)
        code, params = ("encoding", {"found": found}) if found else ("bytes", {})
        return [], [Problem(path, line, code, params)]
    cues, faults = read_captions(text.replace("\r\n", "\n").replace("\r", "\n"), seconds)
    problems = placed_faults(path, 1, faults)
    for cue in cues:
        problems += placed_faults(path, cue.line + 1, check_plain(cue.text, lang))
    return cues, problems


def _poster(placed: Placed[Recording], course_id: str, loaded: Loaded) -> Iterator[Problem]:
    recording = placed.value
    if recording.poster is None:
        if recording.kind == "video":
            yield placed.problem("poster-missing", "kind")
        return
    yield from _named(placed, recording.poster, ("picture",), (course_id, loaded), "poster")
    if recording.poster_alt is None:
        yield placed.problem("alt-missing", "poster", name=recording.poster)
        return
    for lang in LANGUAGES:
        line = placed.file.line("poster_alt", lang)
        faults = check_alt(recording.poster_alt.in_language(lang), recording.poster, lang)
        yield from placed_faults(placed.file.path, line, faults)


def _words(text: str) -> int:
    return sum(any(char.isalnum() for char in word) for word in text.split())
