"""Content as authors see it: courses, their editions, and what each holds."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access.policy import Permission
from app.access.web import requires
from app.catalogue import queries

bp = Blueprint("catalogue", __name__, template_folder="templates")


@bp.get("/admin/content")
@requires(Permission.CONTENT_VIEW)
def courses() -> ResponseReturnValue:
    """List the courses with their editions, the newest first."""
    return render_template(
        "catalogue/courses.html",
        courses=queries.courses(),
        editions=queries.editions_by_course(),
        counts=queries.edition_counts(),
    )
