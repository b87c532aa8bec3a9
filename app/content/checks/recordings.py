"""Checks of the descriptions of sound, film and scenes: files, captions, and the whole text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

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
from app.content.model import Text
from app.content.problems import Problem
from app.content.recording_model import Film, Recording, Story
from app.content.scene_drawings import read_scene

MAX_SECONDS = 180
MIN_SECONDS = 20  # of scenes
_KINDS: dict[str, tuple[Kind, ...]] = {"audio": ("sound", "film"), "video": ("film",)}
Where = tuple[str, Loaded]


def check_recording(
    name: str, placed: Placed[Recording], course_id: str, loaded: Loaded
) -> Iterator[Problem]:
    """Yield the problems of one recording; `name` is that of its file."""
    one, where = placed.value, (course_id, loaded)
    if one.id != name:
        yield placed.problem("recording-id", "id", id=one.id, name=name)
    yield from texts.plain(placed, one.title, "title")
    for lang in LANGUAGES:
        yield from _transcript(placed, lang, loaded)
    if isinstance(one, Film):
        yield from _film(placed, one, where)
    elif isinstance(one, Story):
        yield from _story(placed, one, where)


def _film(placed: Placed[Recording], film: Film, where: Where) -> Iterator[Problem]:
    if film.seconds > MAX_SECONDS:
        yield placed.problem("recording-long", "seconds", seconds=film.seconds, max=MAX_SECONDS)
    yield from _named(placed, film.file, _KINDS[film.kind], where, "file")
    for lang in LANGUAGES:
        yield from _said(placed, film, lang, where)
    yield from _poster(placed, film, where)


def _story(placed: Placed[Recording], story: Story, where: Where) -> Iterator[Problem]:
    seconds = story.seconds
    if seconds > MAX_SECONDS:
        yield placed.problem("recording-long", "scenes", seconds=seconds, max=MAX_SECONDS)
    elif seconds < MIN_SECONDS:
        yield placed.problem("recording-short", "scenes", seconds=seconds, min=MIN_SECONDS)
    for number, scene in enumerate(story.scenes):
        loc = ("scenes", number)
        yield from _named(placed, scene.file, ("drawing",), where, *loc, "file")
        yield from texts.plain(placed, scene.caption, *loc, "caption")
        yield from _alt(placed, scene.alt, scene.file, *loc, "alt")
    for lang in LANGUAGES:
        said = sum(_words(scene.caption.in_language(lang)) for scene in story.scenes)
        yield from _whole(placed, said, lang)
    for name in sorted({scene.file for scene in story.scenes}):
        if (file := where[1].media.get((where[0], name))) and _kind(name) == "drawing":
            yield from placed_faults(file.path, 1, read_scene(file.data).faults)


def _named(
    placed: Placed[Recording],
    name: str,
    kinds: tuple[Kind | Literal["drawing"], ...],
    where: Where,
    *loc: str | int,
) -> Iterator[Problem]:
    course_id, loaded = where
    media = type_of(name)
    if (course_id, name) not in loaded.media:
        yield placed.problem("media-missing", *loc, name=name)
    elif media and media.kind not in kinds and _kind(name) not in kinds:
        yield placed.problem("media-kind", *loc, name=name)


def _kind(name: str) -> str:
    """Return what a scene needs: `drawing`, or the kind of another file."""
    media = type_of(name)
    if media is None:
        return ""
    return "drawing" if media.name == "image/svg+xml" else media.kind


def _transcript(placed: Placed[Recording], lang: str, loaded: Loaded) -> Iterator[Problem]:
    transcript = placed.value.transcript.in_language(lang)
    faults = check_text(transcript, lang, loaded.shelf)
    yield from placed_faults(placed.file.path, _first_line(placed, "transcript", lang), faults)
    if Marked(transcript).of_kind("cite"):
        yield placed.problem("transcript-cite", "transcript", lang)


def _said(placed: Placed[Recording], film: Film, lang: str, where: Where) -> Iterator[Problem]:
    """Check the captions in one language, and that the whole text has what they say."""
    course_id, loaded = where
    name = film.captions.in_language(lang)
    yield from _named(placed, name, ("captions",), where, "captions", lang)
    file = loaded.media.get((course_id, name))
    if file is None or _kind(name) != "captions":
        return
    cues, problems = _captions(file.path, file.data, film.seconds, lang)
    yield from problems
    yield from _whole(placed, sum(_words(cue.text) for cue in cues), lang)


def _whole(placed: Placed[Recording], spoken: int, lang: str) -> Iterator[Problem]:
    """Hold the words of the whole text against those of the captions."""
    written = _words(Marked(placed.value.transcript.in_language(lang)).text)
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


def _poster(placed: Placed[Recording], film: Film, where: Where) -> Iterator[Problem]:
    if film.poster is None:
        if film.kind == "video":
            yield placed.problem("poster-missing", "kind")
        return
    yield from _named(placed, film.poster, ("picture",), where, "poster")
    if film.poster_alt is None:
        yield placed.problem("alt-missing", "poster", name=film.poster)
        return
    yield from _alt(placed, film.poster_alt, film.poster, "poster_alt")


def _alt(placed: Placed[Recording], alt: Text, name: str, *loc: str | int) -> Iterator[Problem]:
    for lang in LANGUAGES:
        faults = check_alt(alt.in_language(lang), name, lang)
        yield from placed_faults(placed.file.path, placed.file.line(*loc, lang), faults)


def _words(text: str) -> int:
    return sum(any(char.isalnum() for char in word) for word in text.split())
