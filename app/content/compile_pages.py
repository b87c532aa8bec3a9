"""Lessons and job aids as plain data."""

from __future__ import annotations

from collections.abc import Iterable

from app.content.compile_media import CourseMedia
from app.content.lesson import ParsedAid, ParsedLesson
from app.content.references import Reference
from app.content.render import (
    AidPart,
    FigurePart,
    HtmlPart,
    JournalPart,
    Part,
    PracticePart,
    RecallPart,
    RecordingPart,
    ScenarioPart,
    render_aid,
    render_lesson,
)
from app.content.shapes import (
    AidData,
    LessonData,
    MediaData,
    PartData,
    RecordingData,
    ReferenceData,
)
from app.content.sources import Library

NO_MEDIA = CourseMedia()
VERSION_DIGITS = 12


def reference_data(references: Iterable[Reference]) -> list[ReferenceData]:
    """Return references as plain data."""
    return [
        ReferenceData(
            number=one.number,
            anchor=one.anchor,
            key=one.key,
            title=one.title,
            symbol=one.symbol,
            pinpoint=one.pinpoint,
            publisher=one.publisher,
            date=one.date,
            url=one.url,
            status=one.status,
            national_law=one.national_law,
            version=one.version,
            backlinks=list(one.backlinks),
            html=one.html,
        )
        for one in references
    ]


def lesson_data(
    lesson: ParsedLesson, lang: str, library: Library, media: CourseMedia = NO_MEDIA
) -> LessonData:
    """Render a lesson to plain data; `media` is what the course has to show and play."""
    rendered = render_lesson(lesson, lang, library)
    parts = [part for screen in rendered.screens for part in screen.parts]
    return {
        "title": rendered.title,
        "screens": [
            {
                "id": screen.id,
                "kind": screen.kind,
                "title": screen.title,
                "parts": [_part(part, lang, media) for part in screen.parts],
            }
            for screen in rendered.screens
        ],
        "references": reference_data(rendered.references),
        "terms": [
            {"id": one.id, "term": one.term, "definition": one.definition, "uses": one.uses}
            for one in rendered.terms
        ],
        "words": rendered.words,
        "html_bytes": sum(len(p.html.encode()) for p in parts if isinstance(p, HtmlPart)),
    }


def _part(part: Part, lang: str, media: CourseMedia) -> PartData:
    if isinstance(part, HtmlPart):
        return {"type": "html", "html": part.html}
    if isinstance(part, FigurePart):
        return _figure(part, media.files.get(part.name))
    if isinstance(part, RecordingPart):
        return _recording(part.recording_id, lang, media)
    if isinstance(part, JournalPart):
        return _journal(part.prompt_id, lang, media)
    return _place(part)


def _journal(prompt_id: str, lang: str, media: CourseMedia) -> PartData:
    by_language = media.prompts.get(prompt_id)
    if by_language is None:
        return {"type": "journal", "id": prompt_id}
    return {"type": "journal", "id": prompt_id, "prompt": by_language[lang]}


def _place(part: RecallPart | PracticePart | ScenarioPart | AidPart) -> PartData:
    if isinstance(part, RecallPart):
        return {"type": "recall", "id": part.item_id}
    if isinstance(part, PracticePart):
        return {"type": "practice", "id": part.item_id}
    if isinstance(part, ScenarioPart):
        return {"type": "scenario", "id": part.scenario_id}
    return {"type": "aid", "id": part.aid_id}


def _figure(part: FigurePart, file: MediaData | None) -> PartData:
    return {
        "type": "figure",
        "name": part.name,
        "alt": part.alt,
        "caption": part.caption,
        "width": file["width"] if file else None,
        "height": file["height"] if file else None,
        "version": file["hash"][:VERSION_DIGITS] if file else "",
    }


def _recording(recording_id: str, lang: str, media: CourseMedia) -> PartData:
    by_language = media.recordings.get(recording_id)
    if by_language is None:
        return {"type": "recording", "id": recording_id}
    one = by_language[lang]
    return {
        "type": "recording",
        "id": recording_id,
        "lang": lang,
        "recording": one,
        "files": {name: media.files[name] for name in _files(one) if name in media.files},
    }


def _files(one: RecordingData) -> list[str]:
    """Return the names of the files that a page with a recording loads."""
    if one["kind"] == "scenes":
        return []
    return [name for name in (one["file"], one["captions"], one["poster"]) if name]


def aid_data(aid: ParsedAid, lang: str, library: Library) -> AidData:
    """Render a job aid to plain data."""
    rendered = render_aid(aid, lang, library)
    return {
        "title": rendered.title,
        "html": rendered.html,
        "references": reference_data(rendered.references),
    }
