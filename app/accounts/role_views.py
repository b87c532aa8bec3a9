"""Staff roles: who has which, requests, and the second person's word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.access.policy import Permission, Role
from app.access.web import requires
from app.accounts import admin_queries, admin_services, services
from app.accounts.admin import (
    actor,
    agency_choices,
    asked_agency,
    asked_words,
    bp,
    chosen_agency,
    local_today,
    role_meanings,
    role_names,
    tree_with,
)
from app.accounts.forms import GrantForm
from app.accounts.models import Agency, RoleGrant
from app.accounts.sign_in import signed_in
from app.accounts.tree import Branch
from app.db import db
from app.ui import listing

PAGE = 50


@bp.get("/roles")
@requires(Permission.ROLE_GRANT)
def roles() -> ResponseReturnValue:
    """Show who has which role, and what waits for a second person."""
    paths = actor().paths(Permission.ROLE_GRANT)
    tree = tree_with(Permission.ROLE_GRANT)
    agency, words, role = asked_agency(tree), asked_words(), _asked_role()
    found = admin_queries.grants_below(
        [agency.path] if agency else paths, local_today(clock.now()), text=words, role=role
    )
    order = listing.order(request.args.get("sort"), ("name", "role", "agency"), "name")
    part = listing.part(len(found), request.args.get("page"), PAGE)
    waiting = admin_queries.waiting(admin_services.ROLE_GRANT, paths)
    ids = [str(request_.payload["person"]) for request_ in waiting]
    return render_template(
        "accounts/admin_roles.html",
        grants=part.of(_in_order(found, order, tree)),
        part=part,
        order=order,
        tree=tree,
        agency=agency,
        words=words,
        role=role,
        waiting=waiting,
        people=admin_queries.people_by_public_id(ids),
        roles=role_names(),
        meanings=role_meanings(),
        me=signed_in(),
        one_day=timedelta(days=1),
        day=date.fromisoformat,
    )


def _request_page(form: GrantForm) -> str:
    return render_template(
        "accounts/admin_role_new.html", form=form, roles=role_names(), meanings=role_meanings()
    )


def _asked_role() -> Role | None:
    asked = request.args.get("role")
    return next((role for role in Role if role.value == asked), None)


def _in_order(found: list[RoleGrant], order: str, tree: Sequence[Branch]) -> list[RoleGrant]:
    """Return the roles, which come by name, in the order asked for; equals stay by name."""
    names = list(role_names())
    place = {branch.agency.id: at for at, branch in enumerate(tree)}
    keys: dict[str, Callable[[RoleGrant], int]] = {
        "role": lambda one: names.index(one.role),
        "agency": lambda one: place.get(one.agency_id or 0, -1),
    }
    column, is_turned = order.removeprefix("-"), order.startswith("-")
    if column not in keys:
        return found[::-1] if is_turned else found
    return sorted(found, key=keys[column], reverse=is_turned)


@bp.route("/roles/new", methods=["GET", "POST"])
@requires(Permission.ROLE_GRANT)
def request_role() -> ResponseReturnValue:
    """Ask for a role for a person in scope; another admin approves it."""
    now = clock.now()
    today = local_today(now)
    form = GrantForm(valid_from=today, service_number=request.args.get("number", ""))
    form.agency.choices = agency_choices(Permission.ROLE_GRANT, none_label=_("Every agency"))
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return _request_page(form), status
    agency = chosen_agency(form.agency.data, Permission.ROLE_GRANT)
    member = admin_queries.member_by_number(form.service_number.data or "", today)
    if member is None:
        problem = _("Nobody in your agencies has this number. Register the person first.")
        form.service_number.errors = [*form.service_number.errors, problem]
        return _request_page(form), 422
    last_day = form.last_day.data
    try:
        admin_services.request_role(
            member.person,
            Role(form.role.data),
            agency=agency,
            valid_from=form.valid_from.data or today,
            valid_to=last_day + timedelta(days=1) if last_day else None,
            by=signed_in(),
            now=now,
        )
    except admin_services.AlreadyHeld:
        form.form_errors.append(_("The person has this role there already."))
        return _request_page(form), 422
    db.session.commit()
    flash(_("Requested. Another admin has to approve it."), "success")
    return redirect(url_for("admin.roles"), code=303)


@bp.post("/roles/requests/<int:approval_id>")
@requires(Permission.ROLE_GRANT)
def decide_role(approval_id: int) -> ResponseReturnValue:
    """Approve or refuse what another admin asked for."""
    approval = admin_queries.approval_to_decide(approval_id)
    if approval is None or approval.action != admin_services.ROLE_GRANT:
        abort(404)
    if not _in_scope(approval.agency):
        abort(404)
    answer = request.form.get("answer")
    if answer not in ("approve", "refuse"):
        abort(400)
    try:
        admin_services.decide_role(
            approval, approved=answer == "approve", by=signed_in(), now=clock.now()
        )
    except (services.NotApprovable, admin_services.OwnRole):
        db.session.rollback()
        flash(_("It was decided already, or another admin than you has to decide it."), "warning")
    else:
        db.session.commit()
        done = _("The role is given.") if answer == "approve" else _("The request is refused.")
        flash(done, "success")
    return redirect(url_for("admin.roles"), code=303)


@bp.post("/roles/<int:grant_id>/end")
@requires(Permission.ROLE_GRANT)
def end_role(grant_id: int) -> ResponseReturnValue:
    """End somebody's role today."""
    grant = admin_queries.grant(grant_id)
    if grant is None or not _in_scope(grant.agency):
        abort(404)
    now = clock.now()
    try:
        admin_services.end_role(grant, by=signed_in(), today=local_today(now), now=now)
    except admin_services.OwnRole:
        flash(_("You cannot end your own role. Ask another admin."), "warning")
    else:
        db.session.commit()
        flash(_("The role has ended."), "success")
    return redirect(url_for("admin.roles"), code=303)


def _in_scope(agency: Agency | None) -> bool:
    return actor().may(Permission.ROLE_GRANT, agency.path if agency else "/")
