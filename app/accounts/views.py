"""Sign-in, one-time codes, and the own account."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import cast

from flask import Blueprint, abort, current_app, flash, jsonify, redirect, request, session, url_for
from flask import g as request_globals
from flask import render_template as page
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf

from app import clock
from app.access.web import learner_view, public
from app.accounts import queries, rules, services
from app.accounts.forms import EnterForm, FirstPasswordForm, PasswordForm, SignInForm
from app.accounts.models import Person
from app.accounts.sign_in import SEEN, SignedIn, signed_in
from app.config import Config
from app.db import db
from app.ui import babel
from app.ui.display import SESSION_KEY as VIEW
from app.ui.redirects import local_path

bp = Blueprint("accounts", __name__, template_folder="templates")

CSRF_EXEMPT = "csrf_exempt"
BY_CODE = "entered_by_code"
CODE_TRIES = 60
CODE_SECONDS = 900


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Let a person in by number or address and password."""
    target = local_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target, code=303)
    form = SignInForm()
    if not form.validate_on_submit():
        return page("accounts/sign_in.html", form=form), 422 if form.is_submitted() else 200
    now = clock.now()
    try:
        person = services.authenticate(
            form.identifier.data or "", form.password.data or "", address=_address(), now=now
        )
    except services.TooMany as refusal:
        form.form_errors.append(wait_text(refusal.seconds))
        return page("accounts/sign_in.html", form=form), 429
    except services.SignInRefused:
        form.form_errors.append(refused_text())
        return page("accounts/sign_in.html", form=form), 422
    _start_session(person, shared=bool(form.shared.data), now=now)
    return redirect(target, code=303)


@bp.post("/api/v1/sign-in")
@public
def api_sign_in() -> ResponseReturnValue:
    """Let the same person in again from within a page, whose answers are still there.

    Needs no token of a form, since the session that held it has ended; a header that other
    sites cannot send stands for it.
    """
    if not request.is_json or not request.headers.get("X-Requested-With"):
        abort(400)
    sent = request.get_json()
    if not isinstance(sent, dict):
        abort(400)
    now = clock.now()
    try:
        person = services.authenticate(
            str(sent.get("identifier", "")),
            str(sent.get("password", "")),
            address=_address(),
            now=now,
        )
    except services.TooMany as refusal:
        return jsonify(error="too_many", message=wait_text(refusal.seconds)), 429
    except services.SignInRefused:
        return jsonify(error="refused", message=refused_text()), 401
    if sent.get("person") not in (None, person.public_id):
        message = _("This page belongs to another person. They have to sign in here themselves.")
        return jsonify(error="other_person", message=message), 409
    _start_session(person, shared=not session.permanent, now=now)
    return jsonify(csrf_token=generate_csrf(), name=person.short_name)


setattr(api_sign_in, CSRF_EXEMPT, True)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session here; pages kept by the browser go too."""
    if current_user.is_authenticated:
        services.end_session(current_user.token, now=clock.now())
        db.session.commit()
    logout_user()
    _forget()
    flash(_("You are signed out."), "success")
    response = redirect(url_for("accounts.sign_in"), code=303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.route("/enter", methods=["GET", "POST"])
@bp.route("/enter/<code>", methods=["GET", "POST"])
@public
def enter(code: str | None = None) -> ResponseReturnValue:
    """Let a person in by a one-time code. Opening the link alone uses nothing up."""
    form = EnterForm(code=code)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return page("accounts/enter.html", form=form, by_link=code is not None), status
    now = clock.now()
    try:
        counted = f"code:{_address()}"
        services.throttle(counted, limit=CODE_TRIES, seconds=CODE_SECONDS, now=now)
        person = services.use_code(form.code.data or "", now=now)
        services.uncount(counted, seconds=CODE_SECONDS, now=now)
    except services.TooMany as refusal:
        form.form_errors.append(wait_text(refusal.seconds))
        return page("accounts/enter.html", form=form, by_link=False), 429
    except services.SignInRefused:
        db.session.rollback()
        form.form_errors.append(
            _(
                "This code is wrong, was used already or has expired. "
                "Ask the coordinator of your agency for a new one."
            )
        )
        return page("accounts/enter.html", form=form, by_link=False), 422
    _end_present_session(now)
    _start_session(person, shared=bool(form.shared.data), now=now)
    session[BY_CODE] = True
    return redirect(url_for("accounts.set_password"), code=303)


@bp.route("/account/password", methods=["GET", "POST"])
@learner_view
def set_password() -> ResponseReturnValue:
    """Set or change the own password; the other sessions end."""
    by_code = bool(session.get(BY_CODE))
    form = FirstPasswordForm() if by_code else PasswordForm()
    if not form.validate_on_submit():
        return _password_page(form, by_code, 422 if form.is_submitted() else 200)
    person = signed_in()
    fault = rules.password_fault(form.new.data or "", own_words=_own_words(person))
    if fault:
        form.new.errors = [*form.new.errors, password_fault_text(fault)]
        return _password_page(form, by_code, 422)
    stored = person.password_hash
    db.session.rollback()  # what follows is slow; nobody waits for it
    now = clock.now()
    if isinstance(form, PasswordForm) and (refusal := _wrong_current(form, stored, now)):
        return refusal
    password_hash = services.hash_password(form.new.data or "")
    services.set_password(person, password_hash, by=person, now=now)
    _start_session(person, shared=not session.permanent, now=now)
    flash(_("Your password is set. Use it the next time you sign in."), "success")
    return redirect("/" if by_code else url_for("accounts.account"), code=303)


@bp.get("/account")
@learner_view
def account() -> ResponseReturnValue:
    """Show what is recorded of the signed-in person, and where they are signed in."""
    person, now = signed_in(), clock.now()
    settings = _settings()
    return page(
        "accounts/account.html",
        person=person,
        membership=queries.membership_on(person.id, clock.local_day(now, settings.time_zone)),
        sessions=queries.live_sessions(person.id, now),
        present=rules.token_hash(current_user.token),
    )


@bp.post("/account/language")
@learner_view
def save_language() -> ResponseReturnValue:
    """Keep the language in which the signed-in person reads."""
    code = request.form.get("language", "")
    if code not in babel.BY_CODE:
        abort(400)
    signed_in().language = code
    db.session.commit()
    session[babel.SESSION_KEY] = code
    return redirect(url_for("accounts.account"), code=303)


@bp.post("/account/sessions/end")
@learner_view
def end_other_sessions() -> ResponseReturnValue:
    """Sign the person out everywhere but here."""
    services.end_other_sessions(signed_in(), current_user.token, now=clock.now())
    db.session.commit()
    flash(_("You are signed out on all other devices."), "success")
    return redirect(url_for("accounts.account"), code=303)


def refused_text() -> str:
    """Say that sign-in failed, without saying which part was wrong."""
    return _(
        "The number or address and the password do not belong together. "
        "Check both; if you forgot the password, ask your coordinator for a one-time code."
    )


def wait_text(seconds: int) -> str:
    """Say how long to wait after too many tries."""
    minutes = ceil(seconds / 60)
    return ngettext(
        "Too many tries. Wait %(num)s minute, then try again.",
        "Too many tries. Wait %(num)s minutes, then try again.",
        minutes,
    )


def password_fault_text(fault: str) -> str:
    """Say what is wrong with a new password and what to do."""
    return {
        "short": _("Too short: use at least %(count)s characters.", count=rules.PASSWORD_MIN),
        "long": _("Too long: use at most %(count)s characters.", count=rules.PASSWORD_MAX),
        "common": _("Too easy to guess: take several words that do not belong together."),
        "own": _("It contains your name, number or address: leave that out."),
    }[fault]


def _start_session(person: Person, *, shared: bool, now: datetime) -> None:
    """Open a session, commit, and begin a new cookie that keeps only the language.

    Of how pages look, it keeps what was chosen before signing in, if the person has no choice.
    """
    settings = _settings()
    device = rules.device_name(request.user_agent.string)
    token = services.open_session(person, device=device, hours=settings.absolute_hours, now=now)
    db.session.commit()
    view = session.get(VIEW)
    _forget()
    if view and not person.display:
        session[VIEW] = view
    session.permanent = not shared
    session[SEEN] = int(now.timestamp())
    actor = queries.actor_of(person.id, clock.local_day(now, settings.time_zone))
    login_user(SignedIn(_seat(person), actor, token))


def _forget() -> None:
    """Empty the session cookie except for the language."""
    language = session.get(babel.SESSION_KEY)
    session.clear()
    request_globals.pop("csrf_token", None)
    if language:
        session[babel.SESSION_KEY] = language


def _end_present_session(now: datetime) -> None:
    if current_user.is_authenticated:
        services.end_session(current_user.token, now=now)


def _wrong_current(
    form: PasswordForm, stored: str | None, now: datetime
) -> ResponseReturnValue | None:
    try:
        services.throttle(
            f"password:{current_user.actor.person_id}",
            limit=services.IDENTIFIER_TRIES,
            seconds=services.TRY_SECONDS,
            now=now,
        )
    except services.TooMany as refusal:
        form.form_errors.append(wait_text(refusal.seconds))
        return _password_page(form, False, 429)
    if services.password_matches(stored, form.current.data or ""):
        return None
    form.current.errors = [*form.current.errors, _("This is not your present password.")]
    return _password_page(form, False, 422)


def _password_page(form: FirstPasswordForm, by_code: bool, status: int) -> ResponseReturnValue:
    return page("accounts/password.html", form=form, by_code=by_code, person=signed_in()), status


def _own_words(person: Person) -> tuple[str, ...]:
    mailbox = (person.email or "").partition("@")[0]
    return (
        person.service_number,
        mailbox,
        person.surname,
        person.given_name,
        person.surname_latin,
        person.given_name_latin,
    )


def _address() -> str:
    return rules.network_of(request.remote_addr or "unknown")


def _settings() -> Config:
    return cast(Config, current_app.config["AVRR"])


def _seat(person: Person) -> queries.Seat:
    return queries.Seat(
        person.id,
        person.language,
        person.display,
        person.surname,
        person.given_name,
        person.patronymic,
        person.welcomed_at is not None,
    )
