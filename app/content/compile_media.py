"""What stands between the texts of lessons as plain data: pictures, recordings, the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.content import LANGUAGES
from app.content.forms_model import Prompt
from app.content.loaded import Loaded
from app.content.media import picture_size, type_of
from app.content.recording_model import Film, Recording, Scene, Story
from app.content.render import render_block
from app.content.scene_drawings import read_scene
from app.content.shapes import FilmData, MediaData, PromptData, RecordingData, SceneData, StoryData
from app.content.typography import typeset


@dataclass(frozen=True)
class CourseMedia:
    """What the lessons of a course may show.

    Files by name, recordings and questions of the journal by id and language.
    """

    files: dict[str, MediaData] = field(default_factory=dict)
    recordings: dict[str, dict[str, RecordingData]] = field(default_factory=dict)
    prompts: dict[str, dict[str, PromptData]] = field(default_factory=dict)


def course_media(course_id: str, loaded: Loaded) -> CourseMedia:
    """Return what the lessons of a course show."""
    return CourseMedia(
        media_data(course_id, loaded),
        recording_data(course_id, loaded),
        prompt_data(course_id, loaded),
    )


def prompt_data(course_id: str, loaded: Loaded) -> dict[str, dict[str, PromptData]]:
    """Return the questions of the journal of a course by id and language."""
    journal = loaded.journals.get(course_id)
    return {
        one.id: {lang: _prompt(one, lang) for lang in LANGUAGES}
        for one in (journal.value.prompts if journal else ())
    }


def _prompt(prompt: Prompt, lang: str) -> PromptData:
    hint = prompt.hint.in_language(lang) if prompt.hint else ""
    text = typeset(prompt.text.in_language(lang), lang)
    return PromptData(lesson=prompt.lesson, text=text, hint=typeset(hint, lang))


def played_ids(course_id: str, loaded: Loaded) -> set[str]:
    """Return the ids of the recordings that lessons want to play."""
    return {
        directive.id
        for (course, _, _), lesson in loaded.lessons.items()
        if course == course_id
        for screen in lesson.value.screens
        for directive in screen.directives
        if directive.kind == "recording"
    }


def used_recordings(course_id: str, loaded: Loaded) -> dict[str, Recording]:
    """Return the recordings that lessons play, by id."""
    played = sorted(played_ids(course_id, loaded))
    found = {one: loaded.recordings.get((course_id, one)) for one in played}
    return {one: placed.value for one, placed in found.items() if placed}


def used_files(course_id: str, loaded: Loaded) -> list[str]:
    """Return the names of the files that lessons show or play, in order."""
    drawn = {
        scene.file
        for recording in used_recordings(course_id, loaded).values()
        if isinstance(recording, Story)
        for scene in recording.scenes
    }
    return sorted({*fetched_files(course_id, loaded), *drawn} & _known(course_id, loaded))


def fetched_files(course_id: str, loaded: Loaded) -> list[str]:
    """Return the names of the files that pages load, in order; scenes stand in the page itself."""
    names = {
        figure.name
        for (course, _, _), lesson in loaded.lessons.items()
        if course == course_id
        for screen in lesson.value.screens
        for figure in screen.figures
    }
    for recording in used_recordings(course_id, loaded).values():
        if isinstance(recording, Film):
            names.update(files_of(recording))
    return sorted(names & _known(course_id, loaded))


def _known(course_id: str, loaded: Loaded) -> set[str]:
    return {name for owner, name in loaded.media if owner == course_id}


def files_of(recording: Film) -> Iterator[str]:
    """Yield the names of the files that sound or a film is made of."""
    yield recording.file
    yield from (recording.captions.in_language(lang) for lang in LANGUAGES)
    if recording.poster:
        yield recording.poster


def media_data(course_id: str, loaded: Loaded) -> dict[str, MediaData]:
    """Return the files of a course by name."""
    found = {}
    for name in fetched_files(course_id, loaded):
        data, media = loaded.media[course_id, name].data, type_of(name)
        if media is None:
            continue
        width, height = picture_size(media, data) or (None, None)
        found[name] = MediaData(
            hash=hashlib.sha256(data).hexdigest(),
            type=media.name,
            size=len(data),
            width=width,
            height=height,
        )
    return found


def recording_data(course_id: str, loaded: Loaded) -> dict[str, dict[str, RecordingData]]:
    """Return the recordings of a course by id and language."""
    return {
        one: {lang: _recording(recording, lang, course_id, loaded) for lang in LANGUAGES}
        for one, recording in used_recordings(course_id, loaded).items()
    }


def _recording(recording: Recording, lang: str, course_id: str, loaded: Loaded) -> RecordingData:
    if isinstance(recording, Film):
        return _film(recording, lang, loaded)
    if not isinstance(recording, Story):
        raise TypeError(recording.kind)
    return StoryData(
        kind="scenes",
        title=typeset(recording.title.in_language(lang), lang),
        seconds=recording.seconds,
        transcript=render_block(recording.transcript.in_language(lang), lang, loaded.shelf),
        scenes=[_scene(scene, lang, course_id, loaded) for scene in recording.scenes],
    )


def _scene(scene: Scene, lang: str, course_id: str, loaded: Loaded) -> SceneData:
    file = loaded.media.get((course_id, scene.file))
    return SceneData(
        seconds=scene.seconds,
        drawing=read_scene(file.data).markup if file else "",
        alt=typeset(scene.alt.in_language(lang), lang),
        captions={one: typeset(scene.caption.in_language(one), one) for one in LANGUAGES},
    )


def _film(recording: Film, lang: str, loaded: Loaded) -> FilmData:
    alt = recording.poster_alt.in_language(lang) if recording.poster_alt else ""
    return FilmData(
        kind=recording.kind,
        title=typeset(recording.title.in_language(lang), lang),
        seconds=recording.seconds,
        file=recording.file,
        captions=recording.captions.in_language(lang),
        transcript=render_block(recording.transcript.in_language(lang), lang, loaded.shelf),
        poster=recording.poster,
        poster_alt=typeset(alt, lang),
    )


def media_files(files: Mapping[str, MediaData], course_id: str, loaded: Loaded) -> dict[str, bytes]:
    """Return what is in the files of a course, by SHA-256."""
    return {one["hash"]: loaded.media[course_id, name].data for name, one in files.items()}
