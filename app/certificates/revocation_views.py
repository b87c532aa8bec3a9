"""Revocations: one person asks, another decides."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.access.policy import Permission
from app.access.web import requires
from app.accounts import admin_queries
from app.accounts import services as accounts
from app.accounts.sign_in import signed_in
from app.certificates import queries, services
from app.certificates.forms import RevokeForm, reason_words
from app.certificates.pages import actor, bp, of_cohort, shown
from app.db import db
from app.enrolment import queries as enrolment


@bp.route("/cohorts/<int:cohort_id>/certificates/<serial>/revoke", methods=["GET", "POST"])
@requires(Permission.CERTIFICATE_REVOKE)
def revoke(cohort_id: int, serial: str) -> ResponseReturnValue:
    """Ask for a revocation; a second person decides."""
    cohort = enrolment.cohort(cohort_id) or abort(404)
    certificate = of_cohort(cohort_id, serial)
    form = RevokeForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            services.request_revocation(
                certificate,
                reason_code=form.reason.data,
                note=form.note.data or "",
                by=signed_in(),
                now=clock.now(),
            )
        except services.NotInForce:
            form.form_errors.append(_("This certificate is not in force any more."))
        else:
            db.session.commit()
            flash(_("Requested. A second person has to approve the revocation."), "success")
            return redirect(url_for(".revocations"), code=303)
    return (
        render_template(
            "certificates/revoke.html", form=form, cohort=cohort, one=shown(certificate)
        ),
        status,
    )


@bp.get("/revocations")
@requires(Permission.CERTIFICATE_REVOKE)
def revocations() -> ResponseReturnValue:
    """Show the revocations that wait for a second person."""
    waiting = admin_queries.waiting(services.REVOKE, actor().paths(Permission.CERTIFICATE_REVOKE))
    found = queries.by_serials([one.subject for one in waiting])
    return render_template(
        "certificates/revocations.html",
        waiting=[
            (
                one,
                shown(found[one.subject]),
                reason_words(str(one.payload["reason_code"])),
                str(one.payload.get("note", "")),
            )
            for one in waiting
            if one.subject in found
        ],
        me=signed_in(),
    )


@bp.post("/revocations/<int:approval_id>")
@requires(Permission.CERTIFICATE_REVOKE)
def decide_revocation(approval_id: int) -> ResponseReturnValue:
    """Approve or refuse what somebody else asked for."""
    approval = admin_queries.approval_to_decide(approval_id)
    if (
        approval is None
        or approval.action != services.REVOKE
        or approval.agency is None
        or not actor().may(Permission.CERTIFICATE_REVOKE, approval.agency.path)
    ):
        abort(404)
    answer = request.form.get("answer")
    if answer not in ("approve", "refuse"):
        abort(400)
    approved = answer == "approve"
    try:
        services.decide_revocation(approval, approved=approved, by=signed_in(), now=clock.now())
    except accounts.NotApprovable:
        db.session.rollback()
        flash(_("It was decided already, or somebody else than you has to decide it."), "warning")
    except services.NotInForce:
        db.session.rollback()
        flash(_("This certificate is not in force any more."), "warning")
    else:
        db.session.commit()
        done = _("The certificate is revoked.") if approved else _("The request is refused.")
        flash(done, "success")
    return redirect(url_for(".revocations"), code=303)
