"""Cards for duty as files, and the page of a lesson's card."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.web import learner_view
from app.accounts.sign_in import signed_in
from app.catalogue.models import Edition
from app.enrolment import queries as enrolment
from app.learning import cards, pages
from app.paper.leaflet import DoesNotFit, NotOnPaper
from app.paper.names import disposition
from app.ui.babel import BY_CODE, current_language

bp = Blueprint("cards", __name__, template_folder="templates")


@bp.get("/courses/<course_id>/aids/<aid>.pdf")
@learner_view
def aid_pdf(course_id: str, aid: str) -> ResponseReturnValue:
    """Send a job aid as a PDF; `lang` asks for another language."""
    return _pdf(course_id, cards.AID, aid, url_for("learning.aid", course_id=course_id, aid=aid))


@bp.get("/courses/<course_id>/<lesson>/card")
@learner_view
def card(course_id: str, lesson: str) -> ResponseReturnValue:
    """Show the on-duty screen of a lesson, fit for one sheet; `lang` asks for another language."""
    edition, language = _edition(course_id), _language()
    found = cards.card(edition.id, cards.LESSON, lesson, language) or abort(404)
    names = pages.titles(edition.content_hash, edition.id, language)
    return render_template(
        "learning/card.html",
        course_id=course_id,
        lesson_id=lesson,
        card=found,
        edition=edition,
        text_language=language,
        names=names,
    )


@bp.get("/courses/<course_id>/<lesson>/card.pdf")
@learner_view
def card_pdf(course_id: str, lesson: str) -> ResponseReturnValue:
    """Send the on-duty screen of a lesson as a PDF; `lang` asks for another language."""
    page = url_for(".card", course_id=course_id, lesson=lesson)
    return _pdf(course_id, cards.LESSON, lesson, page)


def _pdf(course_id: str, kind: str, slug: str, page: str) -> ResponseReturnValue:
    edition, language = _edition(course_id), _language()
    try:
        content = cards.pdf(edition.content_hash, edition.id, kind, slug, language)
    except pages.NoSuchPage:
        abort(404)
    except NotOnPaper as refusal:
        flash(_refusal(refusal), "warning")
        return redirect(f"{page}?lang={language}", 303)
    response = Response(content, mimetype="application/pdf")
    name = f"{edition.outline['course']['code']}_{slug}_{language}.pdf"
    response.headers["Content-Disposition"] = disposition(name, name)
    return response


def _refusal(refusal: NotOnPaper) -> str:
    if isinstance(refusal, DoesNotFit):
        return _("As a PDF this card is too long for one sheet. Print this page instead.")
    return _("The PDF cannot show all pictures and letters of this card. Print this page instead.")


def _edition(course_id: str) -> Edition:
    cycle = enrolment.cycle_for(signed_in().id, course_id) or abort(404)
    return cycle.edition


def _language() -> str:
    language = request.args.get("lang", current_language().code)
    return language if language in BY_CODE else abort(404)
