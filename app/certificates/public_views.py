"""The public check of a certificate: state, course and initials; the name to who knows it."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.access import scope
from app.access.web import public
from app.accounts.services import TooMany
from app.certificates import queries, rules, services
from app.certificates.forms import SurnameForm
from app.certificates.pages import Shown, bp, shown
from app.certificates.serial import Mistyped, parse
from app.db import set_writing
from app.ui.babel import current_language

PATHS = ("certificates.verify", "certificates.confirm_name")


@bp.after_request
def _not_indexed(response: Response) -> Response:
    if request.endpoint in PATHS:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.get("/verify", defaults={"serial": ""})
@bp.get("/verify/<serial>")
@public
def verify(serial: str) -> ResponseReturnValue:
    """Say what a certificate is worth today."""
    typed = request.args.get("serial", "")
    if not serial and not typed:
        return _page()
    try:
        number = parse(serial or typed)
    except Mistyped as fault:
        return _page(typed=serial or typed, fault=fault.fault), 404
    if number != serial:
        return redirect(url_for(".verify", serial=number))
    set_writing(True)  # the try is counted, in a transaction of its own
    try:
        services.count_check(request.remote_addr or "", now=clock.now())
    except TooMany as refusal:
        return _too_many(refusal)
    set_writing(False)
    return _answer(number)


@bp.post("/verify/<serial>")
@public
def confirm_name(serial: str) -> ResponseReturnValue:
    """Confirm the full name to who types the surname."""
    try:
        number = parse(serial)
    except Mistyped as fault:
        return _page(typed=serial, fault=fault.fault), 404
    form, address = SurnameForm(), request.remote_addr or ""
    try:
        if form.validate_on_submit():
            services.count_name_check(number, address, now=clock.now())
        else:
            services.count_check(address, now=clock.now())
    except TooMany as refusal:
        return _too_many(refusal)
    set_writing(False)
    return _answer(number, form)


def _answer(number: str, form: SurnameForm | None = None) -> ResponseReturnValue:
    """Return the page about a serial; a sent form is answered too."""
    with scope.everything("public check of a certificate"):
        certificate = queries.certificate(number)
        if certificate is None:
            return _page(typed=number, fault="unknown"), 404
        one = shown(certificate)
        edition, title = queries.edition_of(certificate, current_language().code)
        confirmed, status = False, 200
        if form is not None and not form.errors:
            confirmed = one.printed is not None and rules.surname_matches(
                form.surname.data or "", one.printed
            )
            if not confirmed:
                problem = _("This is not the surname on the certificate.")
                form.surname.errors = [*form.surname.errors, problem]
        if form is not None and form.errors:
            status = 422
        page = _page(
            one=one, form=form or SurnameForm(), edition=edition, title=title, confirmed=confirmed
        )
        return page, status


def _page(
    *,
    one: Shown | None = None,
    form: SurnameForm | None = None,
    edition: int = 0,
    title: str = "",
    confirmed: bool = False,
    typed: str = "",
    fault: str = "",
) -> str:
    return render_template(
        "certificates/verify.html",
        one=one,
        form=form,
        edition=edition,
        title=title,
        confirmed=confirmed,
        typed=typed[:60],
        fault=fault,
    )


def _too_many(refusal: TooMany) -> ResponseReturnValue:
    set_writing(False)
    return _page(fault="busy"), 429, {"Retry-After": str(refusal.seconds)}
