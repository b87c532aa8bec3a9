"""Lessons and job aids as plain data."""

from __future__ import annotations

from collections.abc import Iterable

from app.content.lesson import ParsedAid, ParsedLesson
from app.content.references import Reference
from app.content.render import (
    HtmlPart,
    Part,
    PracticePart,
    RecallPart,
    ScenarioPart,
    render_aid,
    render_lesson,
)
from app.content.shapes import AidData, LessonData, PartData, ReferenceData
from app.content.sources import Library


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


def lesson_data(lesson: ParsedLesson, lang: str, library: Library) -> LessonData:
    """Render a lesson to plain data."""
    rendered = render_lesson(lesson, lang, library)
    parts = [part for screen in rendered.screens for part in screen.parts]
    return {
        "title": rendered.title,
        "screens": [
            {
                "id": screen.id,
                "kind": screen.kind,
                "title": screen.title,
                "parts": [_part(part) for part in screen.parts],
            }
            for screen in rendered.screens
        ],
        "references": reference_data(rendered.references),
        "terms": [
            {"id": term.id, "term": term.term, "definition": term.definition}
            for term in rendered.terms
        ],
        "words": rendered.words,
        "html_bytes": sum(len(p.html.encode()) for p in parts if isinstance(p, HtmlPart)),
    }


def _part(part: Part) -> PartData:
    if isinstance(part, HtmlPart):
        return {"type": "html", "html": part.html}
    if isinstance(part, RecallPart):
        return {"type": "recall", "id": part.item_id}
    if isinstance(part, PracticePart):
        return {"type": "practice", "id": part.item_id}
    if isinstance(part, ScenarioPart):
        return {"type": "scenario", "id": part.scenario_id}
    return {"type": "aid", "id": part.aid_id}


def aid_data(aid: ParsedAid, lang: str, library: Library) -> AidData:
    """Render a job aid to plain data."""
    rendered = render_aid(aid, lang, library)
    return {
        "title": rendered.title,
        "html": rendered.html,
        "references": reference_data(rendered.references),
    }
