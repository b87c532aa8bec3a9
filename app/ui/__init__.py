"""The look of every page: base template, macros, styles, scripts, languages, printers."""

from __future__ import annotations

from collections.abc import Callable

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
)
from flask.typing import ResponseReturnValue

from app.ui import assets, babel, top
from app.ui import format as printers
from app.ui.redirects import local_path

bp = Blueprint(
    "ui",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/ui",
)


@bp.post("/language")
def set_language() -> ResponseReturnValue:
    """Keep the chosen language for this session and go back to where the reader was."""
    code = request.form.get("lang", "")
    if code not in babel.BY_CODE:
        abort(400)
    session[babel.SESSION_KEY] = code
    return redirect(local_path(request.form.get("next")), code=303)


@bp.get("/static/ui/css/<name>.css")
def styles(name: str) -> ResponseReturnValue:
    """Send a style sheet, put together from its parts."""
    try:
        return Response(assets.sheet(name), mimetype="text/css")
    except LookupError:
        abort(404)


@bp.get("/help")
def help() -> ResponseReturnValue:
    """Show how the program works and whom to ask."""
    return render_template("ui/help.html")


@bp.get("/gallery")
def gallery() -> ResponseReturnValue:
    """Show every component in every state. Not there in production."""
    if current_app.config.get("PRODUCTION"):
        abort(404)
    from app.ui.gallery import sample

    return render_template("ui/gallery.html", **sample())


def here() -> str:
    """Return the path and query of this page, to come back to it."""
    return request.full_path.rstrip("?") if request.query_string else request.path


def page_context() -> dict[str, object]:
    """Return what the base template always needs."""
    return {
        "language": babel.current_language(),
        "languages": babel.LANGUAGES,
        "here": here(),
    }


def init_app(app: Flask, *, person_language: Callable[[], str | None] | None = None) -> None:
    """Register the blueprint, the filters and the globals of the templates.

    `person_language` returns the language code that the signed-in person keeps, or None.
    """
    if person_language is not None:
        app.extensions[babel.PERSON_LANGUAGE] = person_language
    app.jinja_env.globals.update(
        static_url=assets.static_url, icon_url=assets.icon_url, page_end=top.end
    )
    app.context_processor(page_context)
    printers.register(app)
    app.register_blueprint(bp)
