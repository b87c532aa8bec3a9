"""The progress of a cohort, and of one learner: never single answers (I17)."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.access.policy import Actor, Permission
from app.access.web import current_actor, requires
from app.accounts import queries as accounts
from app.accounts import services as codes
from app.accounts.models import Person
from app.accounts.rules import shown_code
from app.accounts.sign_in import signed_in
from app.certificates.serial import shown as in_groups
from app.db import db
from app.enrolment import queries
from app.enrolment.models import Cohort, CohortCourse, Enrolment
from app.enrolment.narrowing import PAGE_ROWS, chips, choice_asked, cleared, text_asked
from app.enrolment.tabs import cohort_tabs, course_tabs, may
from app.reports import cohort_figures, history
from app.reports.cohort_figures import Standing
from app.ui import listing
from app.ui.babel import current_language
from app.ui.format import percent

bp = Blueprint("progress", __name__, url_prefix="/cohorts", template_folder="templates")
Cell = tuple[str, str, str | None]


@bp.get("/<int:cohort_id>/progress")
@requires(Permission.NAMED_PROGRESS)
def matrix(cohort_id: int) -> ResponseReturnValue:
    """Show who has done what, first who is stuck or behind."""
    cohort = queries.cohort(cohort_id) or abort(404)
    offered = _offered(cohort)
    found = None
    if offered is not None:
        found = cohort_figures.matrix(
            cohort, offered, language=current_language().code, now=clock.now()
        )
    text, status = text_asked(), choice_asked("status", STATUS_KINDS)
    behind = choice_asked("behind", ["1"])
    order = listing.order(request.args.get("sort"), cohort_figures.ORDERS, "need")
    shown = cohort_figures.ordered(
        cohort_figures.narrowed(
            found.standings if found else (), text=text, status=status, only_behind=bool(behind)
        ),
        order.removeprefix("-"),
    )
    part = listing.part(len(shown), request.args.get("page"), PAGE_ROWS)
    return render_template(
        "reports/matrix.html",
        cohort=cohort,
        tabs=cohort_tabs(cohort),
        courses=course_tabs(cohort, offered),
        offered=offered,
        matrix=found,
        rows=[(one, _cells(found, one)) for one in part.of(shown)] if found else [],
        part=part,
        order=order,
        text=text,
        status=status,
        behind=behind,
        statuses=[(one, status_text(one)) for one in STATUS_KINDS],
        chips=chips(
            [
                ("q", text, _("Name or number: %(text)s", text=text)),
                ("status", status, status_text(status) if status else ""),
                ("behind", behind, _("behind")),
            ]
        ),
        clear_url=cleared(["q", "status", "behind"]),
        status_text=status_text,
        may_enrol=may(Permission.ENROL, cohort),
        may_certify=may(Permission.CERTIFICATE_ISSUE, cohort),
    )


@bp.get("/<int:cohort_id>/learners/<int:enrolment_id>")
@requires(Permission.NAMED_PROGRESS)
def learner(cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Show the progress and the results of one learner."""
    cohort, member = _member(cohort_id, enrolment_id)
    now = clock.now()
    courses = cohort_figures.courses_of(cohort, member, language=current_language().code, now=now)
    return render_template(
        "reports/learner.html",
        cohort=cohort,
        enrolment=member,
        courses=courses,
        events=history.events(member, courses),
        stuck=next((one for one in courses if _asks(one.standing)), None),
        ready=next((one for one in courses if _is_due(one.standing)), None),
        now=now,
        status_text=status_text,
        status_kinds=STATUS_KINDS,
        final_text=final_text,
        in_groups=in_groups,
        may_grant=may(Permission.GRANT_ATTEMPT, cohort),
        may_certify=may(Permission.CERTIFICATE_ISSUE, cohort),
        may_invite=may(Permission.INVITE, cohort),
        may_enrol=may(Permission.ENROL, cohort),
        hindrance=_hindrance(cohort, member.person),
    )


@bp.post("/<int:cohort_id>/learners/<int:enrolment_id>/code")
@requires(Permission.INVITE)
def make_code(cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Make a one-time way in for one learner and show it, once."""
    cohort, member = _member(cohort_id, enrolment_id)
    if member.left_at is not None or _hindrance(cohort, member.person):
        abort(403)
    code = codes.issue_code(
        member.person, by=signed_in(), now=clock.now(), root_agency_id=cohort.agency.root_id
    )
    db.session.commit()
    settings = current_app.config["AVRR"]
    return render_template(
        "reports/code.html",
        cohort=cohort,
        enrolment=member,
        code=shown_code(code),
        link=f"{settings.base_url}{url_for('accounts.enter', code=code)}",
        address=f"{settings.base_url}{url_for('accounts.enter')}",
        days=codes.CODE_DAYS,
        may_see_progress=may(Permission.NAMED_PROGRESS, cohort),
    )


def _asks(standing: Standing) -> bool:
    """Whether the learner cannot go on without a further attempt."""
    return standing.final is not None and standing.final.next == "ask"


def _is_due(standing: Standing) -> bool:
    return standing.status == "complete" and standing.certificate is None


def _member(cohort_id: int, enrolment_id: int) -> tuple[Cohort, Enrolment]:
    cohort = queries.cohort(cohort_id) or abort(404)
    member = queries.enrolment(enrolment_id)
    if member is None or member.cohort_id != cohort.id:
        abort(404)
    return cohort, member


def _offered(cohort: Cohort) -> CohortCourse | None:
    wanted = request.args.get("course")
    found = sorted(cohort.courses, key=lambda one: (one.opens_on, one.course_id))
    return next((one for one in found if one.course_id == wanted), found[0] if found else None)


def _hindrance(cohort: Cohort, person: Person) -> str | None:
    """Return why this actor gives no code to a person: left, moved, staff; None is free to.

    A code opens the whole account, so that it may not lead into a role beyond the actor's own.
    """
    today = clock.local_day(clock.now(), cohort.time_zone)
    actor = cast(Actor, current_actor())
    if not person.is_active:
        return "left"
    if accounts.membership_on(person.id, today) is None:
        return "moved"
    paths = accounts.staff_paths([person.id], today).get(person.id, [])
    covered = all(actor.may(Permission.PEOPLE_EDIT, path) for path in paths)
    return None if covered else "staff"


STATUS_KINDS = {
    "not_started": "neutral",
    "in_progress": "progress",
    "waiting": "waiting",
    "failed": "danger",
    "passed": "progress",
    "complete": "success",
}


def status_text(status: str) -> str:
    """Return the words for where a learner stands."""
    return {
        "not_started": _("Not begun"),
        "in_progress": _("In progress"),
        "waiting": _("Waits before the next attempt"),
        "failed": _("No attempt left"),
        "passed": _("Final test passed, not all else done"),
        "complete": _("Completed"),
    }[status]


def final_text(standing: Standing) -> str:
    """Return what comes next at the final, or that it is passed."""
    final = standing.final
    if final is None:
        return _("This course has no final test.")
    if final.met:
        return _("The final test is passed.")
    return {
        "continue": _("An attempt is open."),
        "ask": _("No attempt is left: a trainer or coordinator can give a further one."),
        "lessons": _("The lessons come first."),
        "scenarios": _("The cases come first."),
        "start": _("The next attempt can begin."),
    }[final.next or "start"]


def _cells(found: cohort_figures.Matrix, one: Standing) -> list[Cell]:
    lessons = [_lesson_cell(one.lessons.get(lesson)) for lesson in found.lessons]
    ended = one.facts.scenarios_ended if one.facts else {}
    scenarios: list[Cell] = [
        ("done", _("ended"), None) if name in ended else ("todo", _("not ended"), None)
        for name in found.scenarios
    ]
    return [*lessons, *scenarios, _final_cell(one), _certificate_cell(one)]


def _lesson_cell(state: str | None) -> Cell:
    found = {
        "done": ("done", _("finished")),
        "open": ("open", _("begun")),
        "again": ("late", _("to be read again")),
        "todo": ("todo", _("not begun")),
    }.get(state or "", ("locked", _("not in this learner’s edition")))
    return (*found, None)


def _final_cell(one: Standing) -> Cell:
    final, best = one.final, one.best
    if final is None:
        return ("locked", _("no final test"), None)
    note = percent(best) if best is not None else None
    if final.met:
        return ("done", _("passed, %(share)s", share=note), note)
    return _open_final_cell(one, final.next, note)


def _open_final_cell(one: Standing, following: str | None, note: str | None) -> Cell:
    if following == "ask":
        return ("failed", _("no attempt left, %(share)s at best", share=note), note)
    if following == "continue":
        return ("open", _("an attempt is open"), note)
    if not one.attempts:
        return ("todo", _("not begun"), None)
    if one.status == "waiting":
        return ("locked", _("waits for the next attempt, %(share)s at best", share=note), note)
    tries = ngettext("%(num)s attempt not passed", "%(num)s attempts not passed", len(one.attempts))
    return ("late", f"{tries}, {note}", note)


def _certificate_cell(one: Standing) -> Cell:
    if one.certificate is not None:
        return ("done", _("issued"), None)
    if one.status == "complete":
        return ("open", _("can be issued"), None)
    return ("todo", _("not yet"), None)
