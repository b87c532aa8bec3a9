"""Pages for authors and lawyers: which rights are taught and tested, what is to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.access.policy import Permission
from app.access.web import requires
from app.authoring import places, tree
from app.content.coverage import CourseCover, RightCover, coverage, over_all
from app.content.law_report import EntryUses, FactUses, LawReport, law_report
from app.content.loaded import Loaded
from app.content.sources import localise_pinpoint
from app.ui.babel import BY_CODE, current_language

bp = Blueprint("authoring_map", __name__, url_prefix="/admin/content", template_folder="templates")


ALL = "all"


@dataclass(frozen=True)
class Gaps:
    """What the map of a course lacks, as rights."""

    untested: tuple[RightCover, ...]
    untaught: tuple[RightCover, ...]


@bp.get("/coverage")
@requires(Permission.CONTENT_VIEW)
def rights() -> ResponseReturnValue:
    """Show which rights are taught, practised and tested, and of one course the objectives."""
    loaded, asked = tree.tree(), _asked_course()
    maps = {one: _cover(one, loaded) for one in sorted(loaded.courses)}
    only = asked or (next(iter(maps)) if len(maps) == 1 else "")
    joined = () if only else over_all(list(maps.values()))
    return render_template(
        "authoring/coverage.html",
        readable=sorted(loaded.courses),
        has_file_errors=loaded.has_errors,
        cover=maps.get(only),
        gaps=gaps(maps[only].rights if only else joined),
        joined=joined,
        codes={one: maps[one].course.code for one in maps},
        asked=asked,
        places=places,
    )


@bp.get("/lawyer")
@requires(Permission.CONTENT_VIEW)
def lawyer() -> ResponseReturnValue:
    """Show what a lawyer has to confirm, as a page that can be printed and signed."""
    loaded, asked = tree.tree(), _asked_course()
    lang = request.args.get("language", "")
    lang = lang if lang in BY_CODE else current_language().code
    asked = asked if asked or ALL in request.args.getlist("course") else _first(loaded)
    courses = tuple(one for one in _sound(loaded) if asked in ("", one))
    report = tree.once(("lawyer", courses, lang), lambda: law_report(loaded, courses, (lang,)))
    return render_template(
        "authoring/lawyer.html",
        readable=sorted(loaded.courses),
        has_file_errors=loaded.has_errors,
        report=report,
        sections=dict(numbered(report)),
        codes={one: loaded.courses[one].value.code for one in loaded.courses},
        asked=asked or ALL,
        text_language=BY_CODE[lang],
        all_languages=BY_CODE.values(),
        today=tree.today(),
        places=places,
        pinpoint=lambda text: localise_pinpoint(text, current_language().code),
    )


def gaps(rows: tuple[RightCover, ...]) -> Gaps:
    """Return the rights that are taught and not tested, and those that are not taught."""
    return Gaps(
        tuple(row for row in rows if row.taught and not row.tested),
        tuple(row for row in rows if not row.taught),
    )


Numbered = list[tuple[EntryUses, list[tuple[int, FactUses]]]]


def numbered(report: LawReport) -> Iterator[tuple[str, Numbered]]:
    """Number the facts of the sections that are signed, so that remarks can name a row."""
    number = 0
    for name, entries in (
        ("to_confirm", report.to_confirm),
        ("unverified", report.unverified),
        ("second_hand", report.second_hand),
    ):
        rows: Numbered = []
        for entry in entries:
            first, number = number + 1, number + len(entry.facts)
            rows.append((entry, list(enumerate(entry.facts, first))))
        yield name, rows


def _cover(course_id: str, loaded: Loaded) -> CourseCover:
    return tree.once(("coverage", course_id), lambda: coverage(loaded, course_id))


def _sound(loaded: Loaded) -> list[str]:
    """Return the courses whose id is that of their folder: others cannot be looked through."""
    return sorted(one for one, placed in loaded.courses.items() if placed.value.id == one)


def _first(loaded: Loaded) -> str:
    """Return the first course: the report on all of them is long, and has to be asked for."""
    return next(iter(_sound(loaded)), "")


def _asked_course() -> str:
    asked = request.args.get("course", "")
    return asked if asked in tree.tree().courses else ""
