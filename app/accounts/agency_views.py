"""The tree of agencies: look, add, rename."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.access.policy import Permission
from app.access.web import requires
from app.accounts import admin_queries, admin_services, services
from app.accounts.admin import (
    agency_choices,
    agency_or_404,
    asked_words,
    bp,
    chosen_agency,
    local_today,
    settings,
    tree_with,
)
from app.accounts.forms import AgencyForm, RenameForm
from app.accounts.models import Agency
from app.accounts.sign_in import signed_in
from app.accounts.tree import Branch, with_those_below
from app.db import db
from app.text import skeleton
from app.ui import listing

PAGE = 100


@bp.get("/agencies")
@requires(Permission.AGENCY_EDIT)
def agencies() -> ResponseReturnValue:
    """Show the agencies in scope as a tree, or find some by name or code."""
    today = local_today(clock.now())
    tree = tree_with(Permission.AGENCY_EDIT)
    people = admin_queries.member_counts(today)
    words = asked_words()
    found = [branch for branch in tree if _is_called(branch, words)]
    part = listing.part(len(found), request.args.get("page"), PAGE)
    return render_template(
        "accounts/admin_agencies.html",
        total=len(tree),
        branches=part.of(found),
        part=part,
        words=words,
        people=people,
        below=with_those_below(tree, people),
        roles=admin_queries.staff_counts(today),
    )


@bp.route("/agencies/new", methods=["GET", "POST"])
@requires(Permission.AGENCY_EDIT)
def new_agency() -> ResponseReturnValue:
    """Add an agency below one in scope."""
    form = AgencyForm(parent=request.args.get("parent", type=int))
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
    """Show an agency and rename it."""
    found = agency_or_404(agency_id, Permission.AGENCY_EDIT)
    form = RenameForm(obj=found)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return _agency_page(found, form), status
    admin_services.rename_agency(found, _names(form), by=signed_in(), now=clock.now())
    db.session.commit()
    flash(_("The names were saved."), "success")
    return redirect(url_for("admin.agencies"), code=303)


def _agency_page(agency: Agency, form: RenameForm) -> str:
    tree = tree_with(Permission.AGENCY_EDIT)
    people = admin_queries.member_counts(local_today(clock.now()))
    return render_template(
        "accounts/admin_agency.html",
        form=form,
        agency=agency,
        branch=next(branch for branch in tree if branch.agency.id == agency.id),
        children=[branch for branch in tree if branch.agency.parent_id == agency.id],
        people=people,
        below=with_those_below(tree, people),
    )


def _is_called(branch: Branch, words: str) -> bool:
    """Whether the name or the code of an agency holds `words`."""
    return any(skeleton(words) in skeleton(text) for text in (branch.name, branch.agency.code))


def _names(form: AgencyForm | RenameForm) -> dict[str, str]:
    return {
        "ru": form.name_ru.data or "",
        "be": form.name_be.data or "",
        "en": form.name_en.data or "",
    }
