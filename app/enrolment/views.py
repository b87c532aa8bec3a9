"""Cohorts: the list, a new one, its page, its days, its learners."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.access.policy import Permission
from app.access.web import current_actor, requires
from app.accounts import queries as accounts
from app.accounts.sign_in import signed_in
from app.catalogue import queries as catalogue
from app.db import db
from app.enrolment import import_views, queries, rules, services
from app.enrolment.blueprint import bp
from app.enrolment.forms import CohortForm, DaysForm
from app.enrolment.tabs import cohort_tabs, may
from app.ui.babel import current_language
from app.ui.forms import options

__all__ = ["bp", "import_views"]  # its views belong to the blueprint too


@bp.get("/")
@requires(Permission.COHORT_VIEW)
def cohorts() -> ResponseReturnValue:
    """List the cohorts of the agencies in scope."""
    now = clock.now()
    found = queries.cohorts()
    soon = {
        (cohort.id, course.course_id)
        for cohort in found
        for course in cohort.courses
        if rules.is_closing_soon(
            course.opens_on, course.closes_on, clock.local_day(now, cohort.time_zone)
        )
    }
    today = {cohort.id: clock.local_day(now, cohort.time_zone) for cohort in found}
    windows = {
        (cohort.id, course.course_id): rules.window(
            course.opens_on, course.closes_on, today[cohort.id]
        ).value
        for cohort in found
        for course in cohort.courses
    }
    actor = current_actor()
    return render_template(
        "enrolment/cohorts.html",
        cohorts=found,
        counts=queries.enrolment_counts(),
        soon=soon,
        windows=windows,
        may_edit=actor is not None and actor.may(Permission.COHORT_EDIT),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.COHORT_EDIT)
def new_cohort() -> ResponseReturnValue:
    """Make a cohort with a course between two days."""
    form = _cohort_form()
    if not form.validate_on_submit():
        return render_template("enrolment/new_cohort.html", form=form), _status(form)
    now = clock.now()
    agency = accounts.agency(int(form.agency.data)) or abort(404)
    course = catalogue.course(form.course.data) or abort(404)
    opens_on, closes_on = form.days
    if closes_on < clock.local_day(now, agency.time_zone):
        form.closes_on.errors = [_("This day is over already.")]
        return render_template("enrolment/new_cohort.html", form=form), 422
    try:
        made = services.create_cohort(agency, form.name.data or "", by=signed_in(), now=now)
    except services.NameTaken:
        form.name.errors = [_("This agency has a cohort of this name. Choose another name.")]
        return render_template("enrolment/new_cohort.html", form=form), 422
    services.add_course(
        made,
        course,
        opens_on=opens_on,
        closes_on=closes_on,
        by=signed_in(),
        now=now,
    )
    db.session.commit()
    flash(_("The cohort is made. Enrol its learners now."), "success")
    return redirect(url_for(".cohort", cohort_id=made.id))


@bp.get("/<int:cohort_id>")
@requires(Permission.COHORT_VIEW)
def cohort(cohort_id: int) -> ResponseReturnValue:
    """Show a cohort: its course, days and learners."""
    found = queries.cohort(cohort_id) or abort(404)
    today = clock.local_day(clock.now(), found.time_zone)
    return render_template(
        "enrolment/cohort.html",
        cohort=found,
        tabs=cohort_tabs(found),
        enrolments=queries.enrolments(found.id),
        offers=[
            {
                "course": offer.course,
                "offered": offer,
                "edition": catalogue.current_edition(offer.course_id),
                "window": rules.window(offer.opens_on, offer.closes_on, today).value,
                "days_left": rules.days_left(offer.closes_on, today),
            }
            for offer in found.courses
        ],
        may_edit=may(Permission.COHORT_EDIT, found),
        may_enrol=may(Permission.ENROL, found),
        may_see_progress=may(Permission.NAMED_PROGRESS, found),
    )


@bp.route("/<int:cohort_id>/courses/<course_id>", methods=["GET", "POST"])
@requires(Permission.COHORT_EDIT)
def edit_course(cohort_id: int, course_id: str) -> ResponseReturnValue:
    """Change the days of a course of a cohort."""
    found = queries.cohort(cohort_id) or abort(404)
    offered = next((one for one in found.courses if one.course_id == course_id), None) or abort(404)
    form = DaysForm(obj=offered)
    if not form.validate_on_submit():
        page = render_template(
            "enrolment/edit_course.html", form=form, cohort=found, course=offered.course
        )
        return page, _status(form)
    opens_on, closes_on = form.days
    services.add_course(
        found,
        offered.course,
        opens_on=opens_on,
        closes_on=closes_on,
        by=signed_in(),
        now=clock.now(),
    )
    db.session.commit()
    flash(_("The days are changed."), "success")
    return redirect(url_for(".cohort", cohort_id=found.id))


@bp.post("/<int:cohort_id>/learners/<int:enrolment_id>/remove")
@requires(Permission.ENROL)
def remove(cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Take a learner out of the cohort; what was learnt stays."""
    enrolment = queries.enrolment(enrolment_id)
    if enrolment is None or enrolment.cohort_id != cohort_id:
        abort(404)
    services.leave(enrolment, by=signed_in(), now=clock.now())
    db.session.commit()
    flash(
        _(
            "%(name)s is out of the cohort. What was learnt is kept; enrolling again by the "
            "number %(number)s brings it back.",
            name=enrolment.person.short_name,
            number=enrolment.person.service_number,
        ),
        "success",
    )
    return redirect(url_for(".cohort", cohort_id=cohort_id))


def _status(form: DaysForm) -> int:
    return 422 if form.is_submitted() else 200


def _cohort_form() -> CohortForm:
    actor = current_actor()
    language = current_language().code
    paths = actor.paths(Permission.COHORT_EDIT) if actor else ()
    form = CohortForm()
    form.agency.choices = options(
        (str(agency.id), agency.name(language)) for agency in accounts.agencies_below(paths)
    )
    form.course.choices = options(
        (course.id, f"{course.code}. {course.title(language)}") for course in catalogue.courses()
    )
    return form
