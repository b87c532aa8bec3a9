"""Pages for authors: what is wrong in the files, what was translated, what was reviewed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.policy import Permission
from app.access.web import requires
from app.authoring import health, places, side_by_side, tree, wording
from app.content.loaded import Loaded
from app.content.parts import parts_of
from app.content.reviews import OFFICES, Review
from app.content.translated import Standing
from app.ui import listing
from app.ui.babel import BY_CODE, current_language

bp = Blueprint(
    "authoring_health", __name__, url_prefix="/admin/content", template_folder="templates"
)

SHOWN_PROBLEMS = 60
STATES = ("moved", "unrecorded", "missing", "current")
REVIEW_STATES = ("open", "stale", "reviewed")


@bp.get("/health")
@requires(Permission.CONTENT_VIEW)
def overview() -> ResponseReturnValue:
    """Say whether everything is in order, and list what is not."""
    loaded = tree.tree()
    problems = tree.once("found", lambda: health.found(loaded))
    courses = health.course_ids(loaded)
    asked = health.Asked(
        _choice("course", (*courses, health.SHARED)),
        _choice("severity", ("error", "warning")),
        _choice("rule", {one.problem.code for one in problems}),
        _choice("language", BY_CODE),
    )
    chosen = [one for one in problems if asked.takes(one)]
    part = listing.part(len(chosen), request.args.get("page"), SHOWN_PROBLEMS)
    return _page(
        "health",
        loaded,
        asked=asked,
        courses=courses,
        errors=sum(one.problem.severity == "error" for one in problems),
        warnings=sum(one.problem.severity == "warning" for one in problems),
        rules=health.rules(problems),
        files=health.by_file(part.of(chosen)),
        part=part,
        reviews=tree.once("reviews", lambda: health.all_reviews(loaded)),
        moved=health.moved_by_language(_standings(loaded)),
        words=wording,
        shared=health.SHARED,
    )


@bp.get("/<course_id>/translate")
@requires(Permission.CONTENT_VIEW)
def translations(course_id: str) -> ResponseReturnValue:
    """List the parts of a course and how they stand in each language."""
    loaded = tree.tree()
    if course_id not in loaded.courses:
        return _unreadable(course_id, loaded)
    rows = side_by_side.part_rows(course_id, loaded, _standings(loaded)[course_id])
    kinds = list(dict.fromkeys(row.part.kind for row in rows))
    kind, state = _choice("kind", kinds), _choice("state", STATES)
    return _page(
        "translations",
        loaded,
        course_id=course_id,
        source=loaded.courses[course_id].value.source_language,
        targets=side_by_side.targets(course_id, loaded),
        rows=[
            row
            for row in rows
            if kind in ("", row.part.kind)
            and (not state or any(cell.state == state for cell in row.cells))
        ],
        counts={
            (one, lang): sum(
                cell.lang == lang and cell.state == one for row in rows for cell in row.cells
            )
            for one in STATES
            for lang in side_by_side.targets(course_id, loaded)
        },
        kinds=kinds,
        kind=kind,
        state=state,
        states=STATES,
    )


@bp.get("/<course_id>/translate/<path:part>")
@requires(Permission.CONTENT_VIEW)
def translation(course_id: str, part: str) -> ResponseReturnValue:
    """Show a part beside its translation."""
    loaded = tree.tree()
    if course_id not in loaded.courses:
        return _unreadable(course_id, loaded)
    parts = parts_of(course_id, loaded)
    name = places.part_of(part, parts) or abort(404)
    source = loaded.courses[course_id].value.source_language
    targets = side_by_side.targets(course_id, loaded)
    own = {one.lang: one for one in _standings(loaded)[course_id] if one.part.id == name}
    to = _choice("to", targets) or _first_choice(targets)
    only_moved = request.args.get("only") == "moved"
    standing = own.get(to)
    names = list(parts)
    here = names.index(name)
    return _page(
        "translate",
        loaded,
        course_id=course_id,
        part=parts[name],
        title=parts[name].title(source),
        source=source,
        to=to,
        cells=[side_by_side.cell(own.get(lang), lang) for lang in targets],
        standing=standing,
        cell=side_by_side.cell(standing, to),
        rows=side_by_side.shown_rows(standing, only_moved=only_moved) if standing else [],
        only_moved=only_moved,
        before=names[here - 1] if here else None,
        after=names[here + 1] if here + 1 < len(names) else None,
        pieces=side_by_side.pieces,
    )


@bp.get("/<course_id>/reviews")
@requires(Permission.CONTENT_VIEW)
def reviews(course_id: str) -> ResponseReturnValue:
    """Show which office has read which part in which language."""
    loaded = tree.tree()
    if course_id not in loaded.courses:
        return _unreadable(course_id, loaded)
    every = tree.once("reviews", lambda: health.all_reviews(loaded))[course_id]
    office, lang = _choice("office", OFFICES), _choice("language", BY_CODE)
    state = _choice("state", REVIEW_STATES)
    chosen = [one for one in every if office in ("", one.office) and lang in ("", one.lang)]
    by_part: dict[str, list[Review]] = {}
    for one in sorted(chosen, key=lambda one: list(BY_CODE).index(one.lang)):
        by_part.setdefault(one.part, []).append(one)
    source = loaded.courses[course_id].value.source_language
    return _page(
        "reviews",
        loaded,
        course_id=course_id,
        every=every,
        offices=[one for one in OFFICES if office in ("", one)],
        rows=[
            (part, reviews)
            for part, reviews in by_part.items()
            if not state or any(one.state == state for one in reviews)
        ],
        titles={id_: part.title(source) for id_, part in parts_of(course_id, loaded).items()},
        source=source,
        asked={"office": office, "language": lang, "state": state},
        all_offices=OFFICES,
        states=REVIEW_STATES,
        today=tree.today(),
    )


def _page(name: str, loaded: Loaded, **values: Any) -> str:
    return render_template(
        f"authoring/{name}.html",
        readable=sorted(loaded.courses),
        codes={id_: placed.value.code for id_, placed in loaded.courses.items()},
        has_file_errors=loaded.has_errors,
        languages_by_code=BY_CODE,
        places=places,
        **values,
    )


def _standings(loaded: Loaded) -> dict[str, tuple[Standing, ...]]:
    return tree.once("standings", lambda: health.all_standings(loaded))


def _choice(name: str, known: Any) -> str:
    """Return a value of the address if it is one of those known, else nothing."""
    value = request.args.get(name, "")
    return value if value in known else ""


def _first_choice(targets: list[str]) -> str:
    mine = current_language().code
    return mine if mine in targets else targets[0]


def _unreadable(course_id: str, loaded: Loaded) -> ResponseReturnValue:
    """Lead to the problems of a course whose file cannot be read; 404 when there is none."""
    if course_id not in health.course_ids(loaded):
        abort(404)
    return redirect(url_for(".overview", course=course_id))
