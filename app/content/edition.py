"""Compile a checked course into an edition: rendered, complete, hashed; pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.content import LANGUAGES
from app.content.compile_cases import item_data, scenario_data
from app.content.compile_media import CourseMedia, course_media, media_files
from app.content.compile_pages import aid_data, lesson_data, reference_data
from app.content.loaded import Loaded
from app.content.model import Course, Diagnostic, Refresher, Text
from app.content.render import Renderer
from app.content.reviews import review_data
from app.content.shapes import (
    AidData,
    CourseData,
    DiagnosticData,
    EditionData,
    GlossaryText,
    ItemData,
    LawData,
    LawEntry,
    LessonData,
    MinutesData,
    ReferenceData,
    RefresherData,
    RulesData,
    ScenarioData,
)
from app.content.sources import Library
from app.content.typography import typeset

FORMAT = 3


class ContentBroken(ValueError):
    """The content has errors; `content check` lists them."""


@dataclass(frozen=True)
class CompiledCourse:
    """An edition; `content_hash` is the SHA-256 of its canonical JSON.

    `files` holds what the media of the edition are made of, by SHA-256.
    """

    data: EditionData
    content_hash: str
    files: Mapping[str, bytes] = field(default_factory=dict)

    def to_json(self) -> EditionData:
        """Return the data; see `app.content.shapes.EditionData`."""
        return self.data


def canonical(data: object) -> bytes:
    """Return the one JSON text of `data`: sorted keys, no spaces, UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def digest(data: object) -> str:
    """Return the SHA-256 of the canonical JSON of `data`."""
    return hashlib.sha256(canonical(data)).hexdigest()


def compile_course(loaded: Loaded, course_id: str) -> CompiledCourse:
    """Compile a course. Raises `ContentBroken` while anything has errors, `KeyError` if absent."""
    if loaded.has_errors:
        raise ContentBroken(course_id)
    course, library = loaded.courses[course_id].value, loaded.shelf
    minutes, media = minutes_of(course, loaded), course_media(course_id, loaded)
    data = EditionData(
        format=FORMAT,
        course=_course(course),
        lessons=_lessons(course, loaded, media),
        aids=_aids(course, loaded),
        items=_items(course, loaded),
        scenarios=_scenarios(course, loaded),
        rules=_rules(course),
        review=review_data(course_id, loaded),
        media=media.files,
        recordings=media.recordings,
        national_law=LawData(
            as_of=course.national_law.as_of,
            owner=_text(course.national_law.owner),
            review_due=course.national_law.review_due,
            entries=[],
        ),
        minutes=minutes,
        hours=hours_text(minutes["total"]),
        glossary=_glossary(course, library),
    )
    data["national_law"]["entries"] = _laws(data, library)
    return CompiledCourse(data, digest(data), media_files(media.files, course_id, loaded))


def _lessons(
    course: Course, loaded: Loaded, media: CourseMedia
) -> dict[str, dict[str, LessonData]]:
    pages, library = loaded.lessons, loaded.shelf
    return {
        one.id: {
            lang: lesson_data(pages[course.id, one.id, lang].value, lang, library, media)
            for lang in LANGUAGES
        }
        for one in course.lessons
    }


def _aids(course: Course, loaded: Loaded) -> dict[str, dict[str, AidData]]:
    pages, library = loaded.aids, loaded.shelf
    return {
        one: {
            lang: aid_data(pages[course.id, one, lang].value, lang, library) for lang in LANGUAGES
        }
        for one in course.aids
    }


def _items(course: Course, loaded: Loaded) -> dict[str, ItemData]:
    return {
        item.value.id: item_data(item.value, item.use or "final", loaded.shelf, digest)
        for item in loaded.items_of(course.id)
    }


def _scenarios(course: Course, loaded: Loaded) -> dict[str, ScenarioData]:
    known = loaded.scenarios_of(course.id)
    return {one: scenario_data(known[one].value, loaded.shelf, digest) for one in course.scenarios}


def _text(text: Text) -> dict[str, str]:
    return {lang: typeset(text.in_language(lang), lang) for lang in LANGUAGES}


def _course(course: Course) -> CourseData:
    return CourseData(
        id=course.id,
        code=course.code,
        title=_text(course.title),
        summary=_text(course.summary),
        roles=list(course.roles),
        prerequisites=list(course.prerequisites),
        objectives=[
            {
                "id": one.id,
                "level": one.level,
                "competence": one.competence,
                "text": _text(one.text),
                "rights": list(one.rights),
                "scored": one.scored,
            }
            for one in course.objectives
        ],
        lessons=[
            {"id": one.id, "minutes": one.minutes, "objectives": list(one.objectives)}
            for one in course.lessons
        ],
        scenarios=list(course.scenarios),
        aids=list(course.aids),
    )


def _rules(course: Course) -> RulesData:
    final, renewal = course.final, course.certificate.renewal
    return {
        "final": {
            "cut_score": final.cut_score,
            "attempts": final.attempts,
            "wait_hours": {str(after): hours for after, hours in final.wait_hours.items()},
            "reopen_after": final.reopen_after,
            "seconds_per_item": final.seconds_per_item,
            "draw": [
                {
                    "objective": cell.objective,
                    "level": cell.level,
                    "red_line": cell.red_line,
                    "draw": cell.draw,
                }
                for cell in final.draw
            ],
            "items": _drawn(course),
        },
        "diagnostic": _diagnostic(course.diagnostic),
        "refresher": _refresher(course.refresher),
        "completion": list(course.completion),
        "valid_months": course.certificate.valid_months,
        "renewal_opens_days_before": renewal.opens_days_before if renewal else None,
    }


def _diagnostic(rule: Diagnostic | None) -> DiagnosticData | None:
    if rule is None:
        return None
    return {"minutes": rule.minutes, "cut_score": rule.cut_score, "skips": list(rule.skips)}


def _refresher(rule: Refresher | None) -> RefresherData | None:
    if rule is None:
        return None
    return {"minutes": rule.minutes, "months_after": list(rule.months_after)}


def _drawn(course: Course) -> int:
    return sum(cell.draw for cell in course.final.draw)


def minutes_of(course: Course, loaded: Loaded) -> MinutesData:
    """Return the minutes of a course by kind of work."""
    known = loaded.scenarios_of(course.id)
    lessons = sum(lesson.minutes for lesson in course.lessons)
    scenarios = sum(known[one].value.minutes for one in course.scenarios if one in known)
    final = -(-_drawn(course) * course.final.seconds_per_item // 60)
    return {
        "lessons": lessons,
        "scenarios": scenarios,
        "final": final,
        "total": lessons + scenarios + final,
    }


def hours_text(minutes: int) -> str:
    """Return minutes as hours with one decimal, rounded half up."""
    tenths = (minutes * 10 + 30) // 60
    return f"{tenths // 10}.{tenths % 10}"


def _glossary(course: Course, library: Library) -> dict[str, dict[str, GlossaryText]]:
    glossary: dict[str, dict[str, GlossaryText]] = {}
    for one in course.glossary:
        term = library.terms[one]
        sure = {"en": True, "ru": term.confirmed.ru, "be": term.confirmed.be}
        glossary[one] = {}
        for lang in LANGUAGES:
            definition = term.definition.in_language(lang) if term.definition else ""
            renderer = Renderer(lang, library, f"term-{one}")
            text = renderer.inline(definition)
            renderer.cite(term.sources)
            glossary[one][lang] = {
                "term": typeset(term.term.in_language(lang), lang),
                "definition": text,
                "confirmed": sure[lang],
                "references": reference_data(renderer.references.entries()),
            }
    return glossary


def _laws(data: EditionData, library: Library) -> list[LawEntry]:
    keys = sorted({one["key"] for one in _references(data) if one["national_law"]})
    return [
        {
            "key": key,
            "title": _text(library.entries[key].title),
            "symbol": library.entries[key].symbol,
            "version": library.entries[key].version,
        }
        for key in keys
    ]


def _references(data: EditionData) -> Iterator[ReferenceData]:
    for pages in (data["lessons"], data["aids"], data["glossary"]):
        for by_language in pages.values():
            for page in by_language.values():
                yield from page["references"]
    for item in data["items"].values():
        for item_text in item["text"].values():
            for option in item_text["options"]:
                yield from option["references"]
    for scenario in data["scenarios"].values():
        for text in scenario["text"].values():
            yield from text["references"]
            for node in text["nodes"]:
                for choice in node["choices"]:
                    yield from choice["references"]
