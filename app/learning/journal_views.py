"""The questions of a course's journal on a sheet of paper; answers never reach the server."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.access.web import learner_view
from app.accounts.sign_in import signed_in
from app.enrolment import queries as enrolment
from app.learning import pages
from app.ui.babel import current_language

bp = Blueprint("journal", __name__, template_folder="templates")


@bp.get("/courses/<course_id>/journal")
@learner_view
def sheet(course_id: str) -> ResponseReturnValue:
    """Show all questions of a course with lines to write on."""
    cycle = enrolment.cycle_for(signed_in().id, course_id) or abort(404)
    edition, language = cycle.edition, current_language().code
    lessons = pages.journal(edition.content_hash, edition.id, language) or abort(404)
    return render_template(
        "learning/journal.html",
        course_id=course_id,
        course_title=pages.titles(edition.content_hash, edition.id, language).course,
        lessons=lessons,
    )
