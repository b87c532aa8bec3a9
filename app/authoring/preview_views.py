"""What learners will see, shown to authors before it is published; nothing here stores a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app import clock
from app.access.policy import Permission
from app.access.web import requires
from app.authoring import as_learner, tree, wording
from app.authoring.as_learner import LearnersDay
from app.authoring.preview import (
    FILES,
    KINDS,
    LESSON,
    SCENARIO,
    FromEdition,
    NoSuchPart,
    NotDrawable,
    Source,
    course_title,
    title_of,
)
from app.authoring.preview_files import FromFiles
from app.authoring.preview_pages import BEGUN, END, Frame, draw, draw_check
from app.catalogue import queries as catalogue
from app.content.graph import graph_rows, graph_svg
from app.learning import pages
from app.learning.media_views import send
from app.ui.babel import BY_CODE, current_language

bp = Blueprint(
    "authoring_preview", __name__, url_prefix="/admin/content", template_folder="templates"
)

WIDTHS = ("360", "320", "full")
CSP = "content_security_policy"


@dataclass(frozen=True)
class Asked:
    """What the address asks to see; `language` is that of the part, not of the page round it."""

    source: Source
    language: str
    width: str

    @property
    def arguments(self) -> dict[str, str]:
        """What goes along to other parts."""
        return {"lang": self.language, "source": self.source.name, "width": self.width}


@bp.get("/version")
@requires(Permission.CONTENT_VIEW)
def version() -> ResponseReturnValue:
    """Tell a script whether a file has changed, where courses are being written."""
    if current_app.config["PRODUCTION"]:
        abort(404)
    return Response(tree.version(), mimetype="text/plain")


@bp.get("/<course_id>/preview")
@requires(Permission.CONTENT_VIEW)
def index(course_id: str) -> ResponseReturnValue:
    """List everything of a course that can be looked at, in one language."""
    asked, read = _asked(course_id), tree.tree().courses
    return render_template(
        "authoring/preview_index.html",
        **_common(course_id, asked),
        readable=sorted(read),
        codes={one: placed.value.code for one, placed in read.items()},
        names=asked.source.titles(asked.language),
        questions=asked.source.questions(asked.language),
        words=asked.source.words(asked.language),
    )


@bp.get("/<course_id>/preview/<kind>/<slug>")
@requires(Permission.CONTENT_VIEW)
def preview(course_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Show a part in a frame as wide as a phone, and what a learner of a cohort meets."""
    asked = _part(course_id, kind, slug)
    html = render_template(
        "authoring/preview.html",
        **_common(course_id, asked),
        kind=kind,
        slug=slug,
        title=title_of(asked.source, kind, slug, asked.language),
        widths=WIDTHS,
        cohorts=as_learner.cohorts_of(course_id),
        day=_day(course_id),
        problems=asked.source.problems(kind, slug, asked.language),
        say=wording,
        is_live=asked.source.name == FILES and not current_app.config["PRODUCTION"],
    )
    return _with_policy(html, lambda policy: f"{policy}; frame-src 'self'")


@bp.get("/<course_id>/preview/<kind>/<slug>/page")
@requires(Permission.CONTENT_VIEW)
def page(course_id: str, kind: str, slug: str) -> ResponseReturnValue:
    """Draw a part by the templates of learners, in its own language, for the frame."""
    asked = _part(course_id, kind, slug)
    frame = Frame(course_id, kind, slug, asked.source, asked.language)
    state = END if END in request.args else BEGUN if BEGUN in request.args else ""
    with wording.speaking(asked.language):
        return _framed(draw(frame, request.args.getlist("made"), state))


@bp.get("/<course_id>/preview/check/<item_id>/<source>/<lang>")
@requires(Permission.CONTENT_VIEW)
def check(course_id: str, item_id: str, source: str, lang: str) -> ResponseReturnValue:
    """Say whether an answer to a question of a lesson is right, as learners are told."""
    of, language = _source(course_id, source), _known(lang)
    try:
        data = of.item(item_id)
    except (NoSuchPart, NotDrawable):
        abort(404)
    option_id = request.args.get("option")
    chosen = next((one for one in pages.shuffled(data, language) if one["id"] == option_id), None)
    is_fragment = "fragment" in request.args
    if data["use"] == "final" or (chosen is None and (option_id or is_fragment)):
        abort(404)
    with wording.speaking(language):
        if chosen and is_fragment:
            right = chosen["id"] == data["key"]
            return render_template("learning/check_fragment.html", chosen=chosen, right=right)
        frame = Frame(course_id, LESSON, data["lesson"], of, language)
        return _framed(draw_check(frame, data, chosen))


@bp.get("/<course_id>/preview/media/<source>/<name>")
@requires(Permission.CONTENT_VIEW)
def media(course_id: str, source: str, name: str) -> ResponseReturnValue:
    """Send a picture, sound or film as it is in the files or in an edition."""
    return send(_source(course_id, source).media(name) or abort(404))


@bp.get("/<course_id>/graph/<scenario_id>")
@requires(Permission.CONTENT_VIEW)
def graph(course_id: str, scenario_id: str) -> ResponseReturnValue:
    """Show the ways through a case as a picture and as a table, with what the check says."""
    asked = _part(course_id, SCENARIO, scenario_id)
    try:
        data: Any = asked.source.scenario(scenario_id)
        drawing = Markup(graph_svg(data, asked.language))  # noqa: S704 - it escapes its texts
        rows = graph_rows(data, asked.language)
    except (NotDrawable, LookupError):
        drawing, rows = Markup(), []
    return render_template(
        "authoring/graph.html",
        **_common(course_id, asked),
        scenario_id=scenario_id,
        title=title_of(asked.source, SCENARIO, scenario_id, asked.language),
        drawing=drawing,
        rows=rows,
        problems=asked.source.problems(SCENARIO, scenario_id, asked.language),
        say=wording,
    )


@bp.get("/<course_id>/graph/<scenario_id>.svg")
@requires(Permission.CONTENT_VIEW)
def graph_file(course_id: str, scenario_id: str) -> ResponseReturnValue:
    """Send the picture of a case as a file."""
    asked = _part(course_id, SCENARIO, scenario_id)
    try:
        data: Any = asked.source.scenario(scenario_id)
        drawing = graph_svg(data, asked.language)
    except (NotDrawable, LookupError):
        abort(404)
    response = Response(drawing, mimetype="image/svg+xml")
    name = f"{scenario_id}.{asked.language}.svg"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(course_id: str) -> Asked:
    """Read the address; what it names and nobody knows is not found."""
    language = _known(request.args.get("lang", current_language().code))
    width = request.args.get("width", WIDTHS[0])
    source = _source(course_id, request.args.get("source", FILES))
    return Asked(source, language, width if width in WIDTHS else WIDTHS[0])


def _known(language: str) -> str:
    return language if language in BY_CODE else abort(404)


def _source(course_id: str, name: str) -> Source:
    if name != FILES:
        number = int(name) if name.isascii() and name.isdigit() and len(name) < 9 else 0
        return FromEdition(catalogue.edition_by_number(course_id, number) or abort(404))
    loaded = tree.tree()
    is_there = course_id in loaded.courses or any(
        one.path.startswith(f"courses/{course_id}/") for one in loaded.problems
    )
    return FromFiles(course_id, loaded) if is_there else abort(404)


def _part(course_id: str, kind: str, slug: str) -> Asked:
    asked = _asked(course_id)
    if kind not in KINDS or not asked.source.has(kind, slug):
        abort(404)
    return asked


def _day(course_id: str) -> LearnersDay | None:
    """Return the day that is asked for, of a cohort in the author's scope."""
    if not request.args.get("cohort"):
        return None
    number, wanted = request.args.get("cohort", type=int), request.args.get("on")
    cohorts = as_learner.cohorts_of(course_id)
    cohort = next((one for one in cohorts if one.id == number), None) or abort(404)
    try:
        on = date.fromisoformat(wanted) if wanted else None
    except ValueError:
        abort(400)
    edition = catalogue.current_edition(course_id)
    return as_learner.learners_day(cohort, course_id, edition, on=on, now=clock.now())


def _common(course_id: str, asked: Asked) -> dict[str, Any]:
    """Return what every page round a preview shows."""
    current = catalogue.current_edition(course_id)
    return {
        "course_id": course_id,
        "course": asked.source.course,
        "course_title": course_title(asked.source, current_language().code),
        "asked": asked,
        "content_language": asked.language,
        "editions": catalogue.editions_by_course().get(course_id, []),
        "current_number": current.number if current else None,
    }


def _framed(html: str) -> Response:
    """Answer with a page that may stand in a frame of ours, and of nobody else."""
    return _with_policy(
        html, lambda policy: policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    )


def _with_policy(html: str, change: Callable[[str], str]) -> Response:
    """Answer with a page whose policy differs in one place from that of all pages."""
    response = make_response(html)
    policy: Callable[[], str] = current_app.extensions[CSP]
    response.headers["Content-Security-Policy"] = change(policy())
    return response
