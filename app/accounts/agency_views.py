"""The tree of agencies: look, add, rename."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.access.policy import Permission
from app.access.web import requires
from app.accounts import admin_queries, admin_services, services
from app.accounts.admin import (
    agencies_with,
    agency_choices,
    agency_or_404,
    bp,
    chosen_agency,
    local_today,
    settings,
)
from app.accounts.forms import AgencyForm, RenameForm
from app.accounts.sign_in import signed_in
from app.db import db


@bp.get("/agencies")
@requires(Permission.AGENCY_EDIT)
def agencies() -> ResponseReturnValue:
    """Show the agencies in scope with the number of their people."""
    return render_template(
        "accounts/admin_agencies.html",
        agencies=agencies_with(Permission.AGENCY_EDIT),
        counts=admin_queries.member_counts(local_today(clock.now())),
    )


@bp.route("/agencies/new", methods=["GET", "POST"])
@requires(Permission.AGENCY_EDIT)
def new_agency() -> ResponseReturnValue:
    """Add an agency below one in scope."""
    form = AgencyForm()
    form.parent.choices = agency_choices(
        Permission.AGENCY_EDIT, none_label=_("None: it stands by itself")
    )
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("accounts/admin_agency_new.html", form=form), status
    parent = chosen_agency(form.parent.data, Permission.AGENCY_EDIT)
    try:
        agency = services.create_agency(
            code=form.code.data or "",
            names=_names(form),
            time_zone=parent.time_zone if parent else settings().time_zone,
            parent=parent,
            by=signed_in(),
            now=clock.now(),
        )
    except services.Taken:
        form.code.errors = [*form.code.errors, _("Another agency there has this code.")]
        return render_template("accounts/admin_agency_new.html", form=form), 422
    db.session.commit()
    flash(_("The agency %(code)s was added.", code=agency.code), "success")
    return redirect(url_for("admin.agencies"), code=303)


@bp.route("/agencies/<int:agency_id>", methods=["GET", "POST"])
@requires(Permission.AGENCY_EDIT)
def agency(agency_id: int) -> ResponseReturnValue:
    """Rename an agency."""
    found = agency_or_404(agency_id, Permission.AGENCY_EDIT)
    form = RenameForm(obj=found)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("accounts/admin_agency.html", form=form, agency=found), status
    admin_services.rename_agency(found, _names(form), by=signed_in(), now=clock.now())
    db.session.commit()
    flash(_("The names were saved."), "success")
    return redirect(url_for("admin.agencies"), code=303)


def _names(form: AgencyForm | RenameForm) -> dict[str, str]:
    return {
        "ru": form.name_ru.data or "",
        "be": form.name_be.data or "",
        "en": form.name_en.data or "",
    }
