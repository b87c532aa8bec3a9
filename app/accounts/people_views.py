"""People of the agencies in scope: find, register, correct, transfer, let in and keep out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.access.policy import Permission
from app.access.web import requires
from app.accounts import admin_queries, admin_services, queries, rules, services
from app.accounts.admin import (
    actor,
    agency_choices,
    agency_or_404,
    asked_agency,
    asked_words,
    bp,
    local_today,
    role_names,
    settings,
    tree_with,
)
from app.accounts.forms import CorrectForm, PersonForm, TransferForm
from app.accounts.models import Membership
from app.accounts.sign_in import signed_in
from app.accounts.tree import Branch
from app.db import db
from app.ui import listing

PAGE = 50


@bp.get("/people")
@requires(Permission.PEOPLE_EDIT)
def people() -> ResponseReturnValue:
    """List the people in scope, or those that the address asks for."""
    tree = tree_with(Permission.PEOPLE_EDIT)
    agency, words = asked_agency(tree), asked_words()
    access = request.args.get("access", "")
    access = access if access in admin_queries.ACCESS else ""
    found = admin_queries.find_people(
        words,
        day=local_today(clock.now()),
        path=agency.path if agency else None,
        access=access or None,
    )
    order = listing.order(request.args.get("sort"), ("name", "number", "agency"), "name")
    part = listing.part(len(found), request.args.get("page"), PAGE)
    shown = part.of(_in_order(found, order, tree))
    return render_template(
        "accounts/admin_people.html",
        people=admin_queries.memberships([one.membership_id for one in shown]),
        tree=tree,
        agency=agency,
        access=access,
        words=words,
        order=order,
        part=part,
    )


def _in_order(
    found: list[admin_queries.Found], order: str, tree: Sequence[Branch]
) -> list[admin_queries.Found]:
    """Return the people, who come by name, in the order asked for; equals stay by name."""
    place = {branch.agency.id: at for at, branch in enumerate(tree)}
    keys: dict[str, Callable[[admin_queries.Found], object]] = {
        "number": lambda one: one.service_number,
        "agency": lambda one: place.get(one.agency_id, len(place)),
    }
    column, is_turned = order.removeprefix("-"), order.startswith("-")
    if column not in keys:
        return found[::-1] if is_turned else found
    return sorted(found, key=keys[column], reverse=is_turned)  # type: ignore[arg-type]


@bp.route("/people/new", methods=["GET", "POST"])
@requires(Permission.PEOPLE_EDIT)
def new_person() -> ResponseReturnValue:
    """Register a person in an agency in scope."""
    form = PersonForm(agency=request.args.get("agency", type=int))
    form.agency.choices = agency_choices(Permission.PEOPLE_EDIT)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("accounts/admin_person_new.html", form=form), status
    now = clock.now()
    try:
        person = services.register_person(
            agency=agency_or_404(form.agency.data, Permission.PEOPLE_EDIT),
            service_number=form.service_number.data or "",
            language=form.language.data,
            starts_on=local_today(now),
            by=signed_in(),
            now=now,
            **_names(form),
            email=form.email.data,
        )
    except services.Taken as refusal:
        _say_taken(form, refusal)
        return render_template("accounts/admin_person_new.html", form=form), 422
    db.session.commit()
    flash(_("%(name)s is registered.", name=person.full_name), "success")
    return redirect(url_for("admin.person", public_id=person.public_id), code=303)


@bp.get("/people/<public_id>")
@requires(Permission.PEOPLE_EDIT)
def person(public_id: str) -> ResponseReturnValue:
    """Show one person and what may be done."""
    now = clock.now()
    member = _member_or_404(public_id, now)
    form = TransferForm(agency=member.agency_id)
    form.agency.choices = agency_choices(Permission.PEOPLE_EDIT)
    return _person_page(member, form, now)


@bp.route("/people/<public_id>/correct", methods=["GET", "POST"])
@requires(Permission.PEOPLE_EDIT)
def correct(public_id: str) -> ResponseReturnValue:
    """Correct the names and the address of a person."""
    now = clock.now()
    member = _member_or_404(public_id, now)
    form = CorrectForm(obj=member.person)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("accounts/admin_correct.html", form=form, member=member), status
    try:
        admin_services.correct_person(
            member.person,
            by=signed_in(),
            now=now,
            root_agency_id=member.agency.root_id,
            **_names(form),
            email=form.email.data,
        )
    except services.Taken as refusal:
        _say_taken(form, refusal)
        return render_template("accounts/admin_correct.html", form=form, member=member), 422
    db.session.commit()
    flash(_("The data were saved. Certificates issued before stay as they are."), "success")
    return redirect(url_for("admin.person", public_id=public_id), code=303)


@bp.post("/people/<public_id>/transfer")
@requires(Permission.PEOPLE_EDIT)
def transfer(public_id: str) -> ResponseReturnValue:
    """Move a person to another agency in scope from today on."""
    now = clock.now()
    member = _member_or_404(public_id, now)
    form = TransferForm()
    form.agency.choices = agency_choices(Permission.PEOPLE_EDIT)
    if not form.validate_on_submit():
        return _person_page(member, form, now, status=422)
    target = agency_or_404(form.agency.data, Permission.PEOPLE_EDIT)
    admin_services.transfer(member.person, target, today=local_today(now), by=signed_in(), now=now)
    db.session.commit()
    flash(_("Transferred. What was earned before stays with the earlier agency."), "success")
    return redirect(url_for("admin.person", public_id=public_id), code=303)


@bp.post("/people/<public_id>/deactivate")
@requires(Permission.PEOPLE_EDIT)
def deactivate(public_id: str) -> ResponseReturnValue:
    """Take away a leaver's access at once."""
    now = clock.now()
    member = _member_or_404(public_id, now)
    if member.person_id == actor().person_id:
        flash(_("You cannot take away your own access. Ask another admin."), "warning")
    elif not _covers(member, now):
        abort(403)
    else:
        services.deactivate(
            member.person, by=signed_in(), now=now, root_agency_id=member.agency.root_id
        )
        db.session.commit()
        flash(_("The access is taken away; records and certificates stay."), "success")
    return redirect(url_for("admin.person", public_id=public_id), code=303)


@bp.post("/people/<public_id>/reactivate")
@requires(Permission.PEOPLE_EDIT)
def reactivate(public_id: str) -> ResponseReturnValue:
    """Give access back."""
    now = clock.now()
    member = _member_or_404(public_id, now)
    if not _covers(member, now):
        abort(403)
    services.reactivate(
        member.person, by=signed_in(), now=now, root_agency_id=member.agency.root_id
    )
    db.session.commit()
    flash(_("The person may sign in again."), "success")
    return redirect(url_for("admin.person", public_id=public_id), code=303)


@bp.post("/people/<public_id>/code")
@requires(Permission.PEOPLE_EDIT)
def issue_code(public_id: str) -> ResponseReturnValue:
    """Make a one-time link and code and show them, once."""
    now = clock.now()
    member = _member_or_404(public_id, now)
    if not _may_issue(member, now):
        abort(403)
    code = services.issue_code(
        member.person, by=signed_in(), now=now, root_agency_id=member.agency.root_id
    )
    db.session.commit()
    page = render_template(
        "accounts/admin_code.html",
        person=member.person,
        code=rules.shown_code(code),
        address=f"{settings().base_url}{url_for('accounts.enter')}",
        link=f"{settings().base_url}{url_for('accounts.enter', code=code)}",
        days=services.CODE_DAYS,
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _member_or_404(public_id: str, now: datetime) -> Membership:
    return admin_queries.member(public_id, local_today(now)) or abort(404)


def _may_issue(member: Membership, now: datetime) -> bool:
    """Whether a code opens nothing that lies beyond this admin's own agencies."""
    return member.person.is_active and _covers(member, now)


def _covers(member: Membership, now: datetime) -> bool:
    """Whether this admin stands over every role of the person."""
    paths = actor().paths(Permission.PEOPLE_EDIT)
    return admin_services.covers(member.person, paths, local_today(now))


def _person_page(
    member: Membership, form: TransferForm, now: datetime, *, status: int = 200
) -> ResponseReturnValue:
    covers = _covers(member, now)
    return render_template(
        "accounts/admin_person.html",
        member=member,
        person=member.person,
        history=admin_queries.history(member.person_id),
        grants=admin_queries.grants_below(
            actor().paths(Permission.ROLE_GRANT), local_today(now), person_id=member.person_id
        ),
        roles=role_names(),
        one_day=timedelta(days=1),
        covers=covers,
        is_me=member.person_id == actor().person_id,
        sessions=queries.live_sessions(member.person_id, now) if covers else (),
        form=form,
    ), status


def _names(form: CorrectForm) -> dict[str, str]:
    return {
        "surname": form.surname.data or "",
        "given_name": form.given_name.data or "",
        "patronymic": form.patronymic.data or "",
        "surname_latin": form.surname_latin.data or "",
        "given_name_latin": form.given_name_latin.data or "",
    }


def _say_taken(form: CorrectForm, refusal: services.Taken) -> None:
    if refusal.field == "email" or not isinstance(form, PersonForm):
        form.email.errors = [*form.email.errors, _("Somebody else has this address.")]
    else:
        form.service_number.errors = [
            *form.service_number.errors,
            _("Somebody with this number is registered already."),
        ]
