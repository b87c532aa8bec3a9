"""Certificates of a cohort: who may get one, issue, download, correct."""

from __future__ import annotations

from collections import Counter

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.access.policy import Permission
from app.access.web import requires
from app.accounts import admin_queries
from app.accounts.sign_in import signed_in
from app.certificates import archive as zips
from app.certificates import eligibility, queries, rules, services
from app.certificates.forms import CorrectForm, reason_words
from app.certificates.pages import (
    actor,
    bp,
    of_cohort,
    pdf_response,
    shown,
    unprintable_text,
)
from app.certificates.serial import shown as in_groups
from app.db import db
from app.enrolment import queries as enrolment
from app.enrolment.models import Cohort, CohortCourse
from app.enrolment.narrowing import PAGE_ROWS, chips, choice_asked, cleared, text_asked
from app.enrolment.rules import matches
from app.enrolment.tabs import cohort_tabs, course_tabs, may
from app.paper.faces import UnprintableName
from app.paper.names import disposition, to_ascii
from app.ui import listing
from app.ui.babel import current_language

STATES = ("ready", "lacking", "issued", "withdrawn")


@bp.get("/cohorts/<int:cohort_id>/certificates")
@requires(Permission.CERTIFICATE_ISSUE)
def cohort(cohort_id: int) -> ResponseReturnValue:
    """Show who has completed the course, what others lack, and all certificates."""
    found = enrolment.cohort(cohort_id) or abort(404)
    course_id = _course_id(found)
    entries = eligibility.roster(found.id, course_id) if course_id else []
    text, state = text_asked(), choice_asked("state", STATES)
    shown_entries = sorted(
        (
            one
            for one in entries
            if (not state or _state(one) == state)
            and matches(text, one.enrolment.person.full_name, one.enrolment.person.service_number)
        ),
        key=lambda one: STATES.index(_state(one)),
    )
    part = listing.part(len(shown_entries), request.args.get("page"), PAGE_ROWS)
    return render_template(
        "certificates/cohort.html",
        cohort=found,
        tabs=cohort_tabs(found),
        courses=course_tabs(found, _offered(found, course_id)),
        course_id=course_id,
        title=queries.titles(current_language().code).get(course_id or "", ""),
        rows=[
            (one, _state(one), shown(one.certificate) if one.certificate else None)
            for one in part.of(shown_entries)
        ],
        part=part,
        total=len(entries),
        counts=Counter(_state(one) for one in entries),
        text=text,
        state=state,
        state_words=_state_words(),
        chips=chips(
            [
                ("q", text, _("Name or number: %(text)s", text=text)),
                ("state", state, _state_words().get(state, "")),
            ]
        ),
        clear_url=cleared(["q", "state"]),
        printable=sum(_is_printable(one) for one in entries),
        waiting=_waiting_serials(),
        may_see_progress=may(Permission.NAMED_PROGRESS, found),
        may_revoke=may(Permission.CERTIFICATE_REVOKE, found),
    )


@bp.post("/cohorts/<int:cohort_id>/certificates")
@requires(Permission.CERTIFICATE_ISSUE)
def issue_all(cohort_id: int) -> ResponseReturnValue:
    """Issue certificates to all who have completed the course."""
    found = enrolment.cohort(cohort_id) or abort(404)
    course_id = _course_id(found) or abort(404)
    report = services.issue_all(found, course_id, by=signed_in(), now=clock.now())
    db.session.commit()
    _tell(report)
    return redirect(url_for(".cohort", cohort_id=cohort_id, course=course_id), code=303)


@bp.get("/cohorts/<int:cohort_id>/certificates.zip")
@requires(Permission.CERTIFICATE_ISSUE)
def archive(cohort_id: int) -> ResponseReturnValue:
    """Send all certificates of a cohort's course in one file."""
    found = enrolment.cohort(cohort_id) or abort(404)
    course_id = _course_id(found) or abort(404)
    certificates = queries.of_cohort(found.id, course_id)
    prints = [p for p in map(services.printed_fields, certificates) if p is not None]
    if not prints:
        flash(_("There is no certificate to download yet."), "warning")
        return redirect(url_for(".cohort", cohort_id=cohort_id, course=course_id))
    response = Response(zips.stream(prints, services.renderer()), mimetype="application/zip")
    name = f"{prints[0].course_code}_{found.name}.zip"
    response.headers["Content-Disposition"] = disposition(name, to_ascii(name))
    return response


@bp.get("/cohorts/<int:cohort_id>/certificates/<serial>.pdf")
@requires(Permission.CERTIFICATE_ISSUE)
def cohort_download(cohort_id: int, serial: str) -> ResponseReturnValue:
    """Send a coordinator one certificate of a cohort."""
    return pdf_response(of_cohort(cohort_id, serial))


@bp.route("/cohorts/<int:cohort_id>/certificates/<serial>/correct", methods=["GET", "POST"])
@requires(Permission.CERTIFICATE_ISSUE)
def correct(cohort_id: int, serial: str) -> ResponseReturnValue:
    """Replace a certificate whose name is wrong or has changed."""
    found = enrolment.cohort(cohort_id) or abort(404)
    certificate = of_cohort(cohort_id, serial)
    form = CorrectForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            new = services.supersede(
                certificate, reason_code=form.reason.data, by=signed_in(), now=clock.now()
            )
        except services.NothingToCorrect:
            problem = _(
                "The name in the record is the one on the certificate. Correct the record first."
            )
            form.form_errors.append(problem)
        except UnprintableName as refusal:
            form.form_errors.append(unprintable_text(refusal.code_points))
        except (services.NotInForce, services.Erased):
            form.form_errors.append(
                _("This certificate cannot be replaced: it is not in force any more.")
            )
        else:
            db.session.commit()
            flash(
                _("Replaced. The new number is %(serial)s.", serial=in_groups(new.serial)),
                "success",
            )
            return redirect(
                url_for(".cohort", cohort_id=cohort_id, course=certificate.course_id), code=303
            )
        db.session.rollback()
        found = enrolment.cohort(cohort_id) or abort(404)
        certificate = of_cohort(cohort_id, serial)
    return (
        render_template(
            "certificates/correct.html",
            form=form,
            cohort=found,
            one=shown(certificate),
            person=queries.holder(certificate),
        ),
        status,
    )


def _tell(report: services.IssueReport) -> None:
    if report.issued:
        count = len(report.issued)
        flash(
            ngettext("%(num)s certificate is issued.", "%(num)s certificates are issued.", count),
            "success",
        )
    elif not (report.already or report.not_eligible or report.unprintable or report.withheld):
        flash(_("The cohort has no learners yet. Enrol people first."), "warning")
    elif not (report.unprintable or report.withheld):
        flash(
            _("No certificate was issued: nobody else has completed every part of the course."),
            "warning",
        )
    for person, characters in report.unprintable:
        points = UnprintableName(characters).code_points
        flash(f"{person.short_name}: {unprintable_text(points)}", "warning")
    for person, reason in report.withheld:
        flash(
            _(
                "%(name)s gets no new certificate: the earlier one was revoked (%(reason)s).",
                name=person.short_name,
                reason=reason_words(reason),
            ),
            "warning",
        )


def _is_ready(entry: eligibility.Entry) -> bool:
    if not entry.is_eligible:
        return False
    if entry.certificate is None:
        return True
    reason = rules.REVOCATION_REASONS.get(entry.certificate.reason_code or "")
    revoked = entry.certificate.state == rules.REVOKED
    return revoked and reason is not None and reason.may_issue_again


def _state(entry: eligibility.Entry) -> str:
    """Return one of `STATES`: may be issued, lacks something, is issued, or lost its force."""
    if _is_ready(entry):
        return "ready"
    if entry.certificate is None:
        return "lacking"
    return "issued" if entry.certificate.state == rules.VALID else "withdrawn"


def _state_words() -> dict[str, str]:
    return {
        "ready": _("ready to issue"),
        "lacking": _("something is missing"),
        "issued": _("issued"),
        "withdrawn": _("not in force any more"),
    }


def _is_printable(entry: eligibility.Entry) -> bool:
    found = entry.certificate
    return found is not None and found.state == rules.VALID and found.printed is not None


def _offered(found: Cohort, course_id: str | None) -> CohortCourse | None:
    return next((one for one in found.courses if one.course_id == course_id), None)


def _course_id(found: Cohort) -> str | None:
    """Return the course that the address names, or the first of the cohort."""
    ids = sorted(course.course_id for course in found.courses)
    wanted = request.args.get("course") or request.form.get("course")
    if wanted is not None:
        return wanted if wanted in ids else abort(404)
    return next(iter(ids), None)


def _waiting_serials() -> frozenset[str]:
    paths = actor().paths(Permission.CERTIFICATE_ISSUE)
    return frozenset(one.subject for one in admin_queries.waiting(services.REVOKE, paths))
