"""The look of every page: base template, macros, styles, scripts, languages, printers."""

from __future__ import annotations

from collections.abc import Callable

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.ui import assets, babel, first_visit, listing, top
from app.ui import format as printers
from app.ui.display import (
    DisplayForm,
    color_scheme,
    current_choices,
    html_attributes,
    keep_choices,
)
from app.ui.help import address, ordered_sections
from app.ui.redirects import can_be_opened, local_path, page_before

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


@bp.route("/display", methods=["GET", "POST"])
def display() -> ResponseReturnValue:
    """Let the reader choose how pages look, and go back to where the reader was."""
    form = DisplayForm(data=current_choices())
    if form.validate_on_submit():
        keep_choices(form.choices_made())
        flash(_("Saved. All pages look like this now."), "success")
        return redirect(local_path(request.values.get("next")), code=303)
    if "next" not in request.values and (back := page_before()) != "/":
        return redirect(url_for(".display", next=back))  # so that a change of language keeps it
    back = local_path(request.values.get("next"))
    status = 422 if form.is_submitted() else 200
    return render_template("ui/display.html", form=form, back=back), status


@bp.get("/help")
def help() -> ResponseReturnValue:
    """Show how the program works and whom to ask, first what fits the reader's own work."""
    return render_template("ui/help.html", sections=ordered_sections(), address=address)


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """Say how accessible the program is, what it cannot do, and whom to tell about a barrier."""
    return render_template("ui/accessibility.html")


@bp.get("/gallery")
def gallery() -> ResponseReturnValue:
    """Show every component in every state. Not there in production."""
    if current_app.config.get("PRODUCTION"):
        abort(404)
    from app.ui.gallery import sample

    return render_template("ui/gallery.html", **sample())


def here() -> str:
    """Return the path and query of this page, to come back to it.

    A page that answers a form may have an address that cannot be opened: then it is the page
    before it.
    """
    if not can_be_opened():
        return page_before()
    return request.full_path.rstrip("?") if request.query_string else request.path


def page_context() -> dict[str, object]:
    """Return what the base template always needs."""
    return {
        "language": babel.current_language(),
        "languages": babel.LANGUAGES,
        "here": here(),
        "display_attributes": html_attributes(),
        "color_scheme": color_scheme(),
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
    app.jinja_env.globals.update(here_with=listing.here_with, next_order=listing.next_order)
    first_visit.init_app(app)
    app.context_processor(page_context)
    printers.register(app)
    app.register_blueprint(bp)
