"""Checks of pictures, sound and film: described, captioned, small, and used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.content import LANGUAGES
from app.content.checks.alt import check_alt
from app.content.checks.marked import check_plain, check_text
from app.content.checks.recordings import check_recording
from app.content.compile_media import played_ids, used_files
from app.content.drawings import read_drawing
from app.content.files import Placed, placed_faults
from app.content.lesson import Figure, ParsedLesson
from app.content.loaded import Loaded, MediaFile
from app.content.marks import Fault
from app.content.media import TYPES, MediaType, is_what_it_says, picture_size, type_of
from app.content.problems import Problem

MAX_PICTURE = 60_000  # bytes
MAX_RECORDING = 4_000_000  # bytes
MAX_WIDTH = 1600  # pixels
_SAID = ("character", "forbidden-word", "link", "mixed-letters")  # may be wrong with words
_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of all pictures, sounds and films, and of the places they stand in."""
    for (course_id, _, lang), lesson in loaded.lessons.items():
        for screen in lesson.value.screens:
            for figure in screen.figures:
                yield from _figure(figure, lesson, lang, course_id, loaded)
    for (_, name), file in loaded.media.items():
        yield from _file(name, file)
    for (course_id, name), recording in loaded.recordings.items():
        yield from check_recording(name, recording, course_id, loaded)
    for course_id in loaded.courses:
        yield from _unused(course_id, loaded)


def _figure(
    figure: Figure, lesson: Placed[ParsedLesson], lang: str, course_id: str, loaded: Loaded
) -> Iterator[Problem]:
    media = type_of(figure.name)
    if (course_id, figure.name) not in loaded.media:
        yield lesson.problem_at(figure.line, "media-missing", name=figure.name)
    elif media and media.kind != "picture":
        yield lesson.problem_at(figure.line, "media-kind", name=figure.name)
    caption = check_text(figure.caption, lang, loaded.shelf, notes=False)
    faults = [*check_alt(figure.alt, figure.name, lang), *caption]
    yield from placed_faults(lesson.file.path, figure.line, faults)


def _file(name: str, file: MediaFile) -> Iterator[Problem]:
    media = type_of(name)
    if not _NAME.fullmatch(name):
        yield Problem(file.path, 1, "media-name", {"name": name})
    if media is None:
        yield Problem(file.path, 1, "media-type", {"name": name, "known": ", ".join(TYPES)})
    elif limit := _limit(media, file.data):
        yield Problem(file.path, 1, "media-heavy", limit)
    elif media.name == "image/svg+xml":
        yield from _drawing(file)
    elif not is_what_it_says(media, file.data):
        yield Problem(file.path, 1, "media-content", {"type": media.name})
    elif media.kind == "picture":
        yield from _width(file, picture_size(media, file.data))


def _limit(media: MediaType, data: bytes) -> dict[str, object]:
    """Return the size and the limit in kB of a file that is too large."""
    limit = MAX_PICTURE if media.kind in ("picture", "captions") else MAX_RECORDING
    return {"size": -(-len(data) // 1000), "max": limit // 1000} if len(data) > limit else {}


def _drawing(file: MediaFile) -> Iterator[Problem]:
    drawing = read_drawing(file.data)
    yield from placed_faults(file.path, 1, drawing.faults)
    if drawing.broken_at:
        yield Problem(file.path, drawing.broken_at, "media-content", {"type": "image/svg+xml"})
    elif drawing.size is None:
        yield Problem(file.path, 1, "svg-size")
    faults = [fault for line, text in drawing.words for fault in _words(file.path, text, line)]
    each = {(fault.line, fault.code): fault for fault in faults}
    yield from placed_faults(file.path, 1, each.values())
    yield from _width(file, drawing.size)


def _words(path: str, text: str, line: int) -> Iterator[Fault]:
    """Check words in a drawing, in the language that its name says or in all."""
    named = path.rsplit(".", 2)[1]
    for lang in (named,) if named in LANGUAGES else LANGUAGES:
        for fault in check_plain(text, lang):
            if fault.code in _SAID:
                yield Fault(line + fault.line, fault.code, fault.params)


def _width(file: MediaFile, size: tuple[int, int] | None) -> Iterator[Problem]:
    if size and max(size) > MAX_WIDTH:
        yield Problem(file.path, 1, "picture-wide", {"size": max(size), "max": MAX_WIDTH})


def _unused(course_id: str, loaded: Loaded) -> Iterator[Problem]:
    """Yield what nothing shows or plays; files of a description that cannot be read are spared."""
    played = played_ids(course_id, loaded)
    if any((course_id, one) not in loaded.recordings for one in played):
        return
    files = set(used_files(course_id, loaded))
    for (course, name), file in loaded.media.items():
        if course == course_id and name not in files and type_of(name):
            yield Problem(file.path, 1, "media-unused")
    for (course, name), recording in loaded.recordings.items():
        if course == course_id and name not in played:
            yield recording.problem_at(1, "media-unused")
