"""Certificates of a cohort: who may get one, issue, download, correct."""

from __future__ import annotations

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
from app.certificates.faces import UnprintableName
from app.certificates.forms import CorrectForm, reason_words
from app.certificates.pages import (
    actor,
    bp,
    disposition,
    of_cohort,
    pdf_response,
    shown,
    unprintable_text,
)
from app.certificates.serial import shown as in_groups
from app.db import db
from app.enrolment import queries as enrolment
from app.enrolment.models import Cohort
from app.ui.babel import current_language


@bp.get("/cohorts/<int:cohort_id>/certificates")
@requires(Permission.CERTIFICATE_ISSUE)
def cohort(cohort_id: int) -> ResponseReturnValue:
    """Show who has completed the course, what others lack, and all certificates."""
    found = enrolment.cohort(cohort_id) or abort(404)
    course_id = _course_id(found)
    entries = eligibility.roster(found.id, course_id) if course_id else []
    revocable = [e.certificate for e in entries if e.certificate and e.certificate.printed]
    return render_template(
        "certificates/cohort.html",
        cohort=found,
        course_id=course_id,
        titles=queries.titles(current_language().code),
        entries=[
            (entry, shown(entry.certificate) if entry.certificate else None) for entry in entries
        ],
        ready=sum(_is_ready(entry) for entry in entries),
        printable=sum(one.state == rules.VALID for one in revocable),
        waiting=_waiting_serials(),
        may_revoke=actor().may(Permission.CERTIFICATE_REVOKE, found.agency.path),
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
    response.headers["Content-Disposition"] = disposition(name, rules.to_ascii(name))
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
        certificate = of_cohort(cohort_id, serial)
    return (
        render_template(
            "certificates/correct.html",
            form=form,
            cohort_id=cohort_id,
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
