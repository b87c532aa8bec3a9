"""Cohorts: the list, a new one, its page, its days, its learners."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.access.policy import Permission
from app.access.web import current_actor, requires
from app.accounts import queries as accounts
from app.accounts.sign_in import signed_in
from app.catalogue import queries as catalogue
from app.db import db
from app.enrolment import (
    cohort_list,
    import_views,
    outcomes,
    people_list,
    queries,
    services,
    wording,
)
from app.enrolment.blueprint import bp
from app.enrolment.forms import CohortForm, DaysForm
from app.enrolment.narrowing import PAGE_ROWS, chips, choice_asked, cleared, text_asked
from app.enrolment.tabs import cohort_tabs, may
from app.text import name_order
from app.ui import listing
from app.ui.babel import current_language
from app.ui.forms import options

__all__ = ["bp", "import_views"]  # its views belong to the blueprint too


@bp.get("/")
@requires(Permission.COHORT_VIEW)
def cohorts() -> ResponseReturnValue:
    """List the cohorts of the agencies in scope, first what closes soonest."""
    language = current_language().code
    found = queries.cohorts()
    lines = cohort_list.lines(found, queries.enrolment_counts(), language=language, now=clock.now())
    agencies = {str(one.agency_id): one.agency.name(language) for one in found}
    text, state = text_asked(), choice_asked("state", cohort_list.STATES)
    agency = choice_asked("agency", agencies)
    order = listing.order(request.args.get("sort"), cohort_list.ORDERS, cohort_list.URGENT)
    shown = cohort_list.ordered(
        cohort_list.narrowed(lines, text=text, state=state, agency=agency), order
    )
    part = listing.part(len(shown), request.args.get("page"), PAGE_ROWS)
    rows = part.of(shown)
    actor = current_actor()
    return render_template(
        "enrolment/cohorts.html",
        lines=lines,
        rows=rows,
        part=part,
        order=order,
        certified=outcomes.certified([line.cohort.id for line in rows]),
        agencies=sorted(agencies.items(), key=lambda one: name_order(one[1])),
        text=text,
        state=state,
        agency=agency,
        state_words=wording.course_states(),
        chips=chips(
            [
                ("q", text, _("Name: %(text)s", text=text)),
                ("state", state, wording.course_states().get(state, "")),
                ("agency", agency, agencies.get(agency, "")),
            ]
        ),
        clear_url=cleared(["q", "state", "agency"]),
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
    """Show a cohort: its courses, days and learners."""
    found = queries.cohort(cohort_id) or abort(404)
    now = clock.now()
    everybody = queries.enrolments(found.id)
    may_invite = may(Permission.INVITE, found)
    text = text_asked()
    way = choice_asked("way", people_list.WAYS) if may_invite else ""
    order = listing.order(request.args.get("sort"), people_list.ORDERS, "name")
    shown = people_list.ordered(people_list.narrowed(everybody, text=text, way=way), order)
    part = listing.part(len(shown), request.args.get("page"), PAGE_ROWS)
    rows = part.of(shown)
    language = current_language().code
    return render_template(
        "enrolment/cohort.html",
        cohort=found,
        tabs=cohort_tabs(found),
        lines=cohort_list.lines([found], {}, language=language, now=now),
        editions={one.course_id: catalogue.current_edition(one.course_id) for one in found.courses},
        count=len(everybody),
        rows=rows,
        members=accounts.memberships_on(
            [one.person_id for one in rows], clock.local_day(now, found.time_zone)
        ),
        days={one.id: clock.local_day(one.enrolled_at, found.time_zone) for one in rows},
        part=part,
        order=order,
        text=text,
        way=way,
        state_words=wording.course_states(),
        way_words=wording.ways_in(),
        way_in=people_list.way_in,
        chips=chips(
            [
                ("q", text, _("Name or number: %(text)s", text=text)),
                ("way", way, wording.ways_in().get(way, "")),
            ]
        ),
        clear_url=cleared(["q", "way"]),
        newcomers=sum(people_list.way_in(one.person) == "none" for one in everybody),
        may_edit=may(Permission.COHORT_EDIT, found),
        may_enrol=may(Permission.ENROL, found),
        may_invite=may_invite,
        may_see_progress=may(Permission.NAMED_PROGRESS, found),
    )


@bp.post("/<int:cohort_id>/learners")
@requires(Permission.ENROL)
def act_on_chosen(cohort_id: int) -> ResponseReturnValue:
    """Do something with the learners chosen on the page of the cohort."""
    found = queries.cohort(cohort_id) or abort(404)
    ids = set(request.form.getlist("row", type=int))
    chosen = [one for one in queries.enrolments(found.id) if one.id in ids]
    back = redirect(url_for(".cohort", cohort_id=found.id))
    if not chosen:
        flash(_("Choose at least one learner first."), "warning")
        return back
    act = request.form.get("act")
    if act == "codes":
        return redirect(
            url_for("slips.slips", cohort_id=found.id, enrolment=[one.id for one in chosen])
        )
    if act != "remove":
        abort(400)
    if "sure" not in request.form:
        return render_template("enrolment/remove.html", cohort=found, chosen=chosen)
    for one in chosen:
        services.leave(one, by=signed_in(), now=clock.now())
    db.session.commit()
    flash(
        ngettext(
            "%(num)s learner is out of the cohort. What was learnt is kept.",
            "%(num)s learners are out of the cohort. What was learnt is kept.",
            len(chosen),
        ),
        "success",
    )
    return back


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
