"""The first tour: ninety seconds on what to do here, for each role of the reader."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access.policy import Role
from app.access.web import learner_view
from app.accounts.sign_in import signed_in
from app.db import db
from app.enrolment import queries as enrolment

bp = Blueprint("welcome", __name__, template_folder="templates")

LEARNER = "learner"
ORDER = (Role.COORDINATOR, Role.TRAINER, Role.REVIEWER, Role.AUTHOR, Role.ADMIN)


@bp.get("/welcome")
@learner_view
def tour() -> ResponseReturnValue:
    """Show the steps of one role of the reader: the one asked for, or the first."""
    courses = enrolment.courses_of_learner(current_user.seat.person_id)
    roles = own_roles(learns=bool(courses))
    asked = request.args.get("role")
    return render_template(
        "learning/welcome.html",
        roles=roles,
        role=asked if asked in roles else roles[0],
        course_id=courses[0][1].course_id if courses else None,
    )


@bp.post("/welcome/done")
@learner_view
def done() -> ResponseReturnValue:
    """Put the tour away: it is not offered on the home page any more. Twice is safe."""
    person = signed_in()
    if person.welcomed_at is None:
        person.welcomed_at = clock.now()
        db.session.commit()
    return redirect(url_for("learning.home"), 303)


def own_roles(*, learns: bool) -> list[str]:
    """Return the roles of the reader that have a tour; who has no role is a learner."""
    granted = [role.value for role in ORDER if current_user.actor.has_role(role)]
    return [LEARNER, *granted] if learns or not granted else granted
