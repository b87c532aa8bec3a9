"""The pages of an attempt, the address its script sends answers to, and further attempts."""

from __future__ import annotations

from datetime import datetime

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.access.policy import Permission
from app.access.web import learner_view, public, requires
from app.accounts.sign_in import on_shared_device, signed_in
from app.assessment import forms, pages, queries, rules, sealing, services, tokens, wire
from app.assessment.models import Attempt
from app.db import db
from app.text import localised
from app.ui.babel import current_language

bp = Blueprint("assessment", __name__, template_folder="templates")


@bp.get("/attempts/<public_id>")
@learner_view
def attempt(public_id: str) -> ResponseReturnValue:
    """Show all items of an open attempt, with what is answered."""
    found = queries.attempt(public_id) or abort(404)
    if is_over(found, clock.now()):
        return redirect(url_for(".result", public_id=public_id), 303)
    answers = queries.answers(found.id)
    person = signed_in()
    return _page(
        "assessment/attempt.html",
        found,
        items=pages.shown_items(found, answers, current_language().code),
        answered=len(answers),
        person_id=person.public_id,
        token=tokens.issue(found.public_id, person.public_id),
        seal_key=sealing.public_key(current_app.config["SECRET_KEY"]),
        shared=on_shared_device(),
    )


@bp.post("/attempts/<public_id>/save")
@learner_view
def save(public_id: str) -> ResponseReturnValue:
    """Save what the page without a script sends: only answers that were changed on it."""
    found = queries.attempt(public_id) or abort(404)
    now = clock.now()
    log = queries.answer_log(found.id)
    sent = [
        one
        for one in forms.sent_answers(request.form, len(found.draw))
        if not _is_untouched(one, log.get(one.position, []))
    ]
    outcomes = services.save_answers(queries.locked(found.id), sent, now=now)
    if any(isinstance(outcome, services.Invalid) for outcome in outcomes):
        abort(400)
    late = any(isinstance(outcome, services.Sealed) for outcome in outcomes)
    newer = [
        one.position
        for one, outcome in zip(sent, outcomes, strict=True)
        if isinstance(outcome, services.Conflict)
    ]
    db.session.commit()
    _tell(newer, late=late)
    if late or is_over(found, now):
        return redirect(url_for(".result", public_id=public_id), 303)
    if "check" in request.form and not newer:
        return redirect(url_for(".review", public_id=public_id), 303)
    anchor = f"question-{newer[0]}" if newer else "save"
    return redirect(url_for(".attempt", public_id=public_id, _anchor=anchor), 303)


def _is_untouched(sent: services.Sent, log: list[queries.Answer]) -> bool:
    """Whether the page shows what it was given: the answer at its base revision."""
    return any(
        answer.revision == sent.base_revision and answer.option_ids == sent.option_ids
        for answer in log
    )


def _tell(newer: list[int], *, late: bool) -> None:
    if late:
        flash(_("The test was handed in already. Your last changes do not count."), "warning")
    elif newer:
        flash(
            _(
                "These questions have a newer answer from another window or device: %(numbers)s. "
                "It is shown below. Nothing was overwritten.",
                numbers=", ".join(str(number) for number in newer),
            ),
            "warning",
        )
    else:
        flash(_("Your answers are saved."), "success")


@bp.post("/attempts/<public_id>/answers")
@public
def answers(public_id: str) -> ResponseReturnValue:
    """Save answers for whoever holds the attempt's token, signed in or not."""
    if not request.is_json:
        return jsonify(error="json_needed"), 415
    try:
        secret = current_app.config["SECRET_KEY"]
        batch = wire.read(request.get_json(silent=True), secret)
    except sealing.SealBroken:
        return jsonify(error="seal_broken"), 400
    except wire.Malformed:
        return jsonify(error="malformed"), 400
    holder = tokens.read(batch.token)
    outcomes = None
    if holder and holder[0] == public_id:
        outcomes = services.save_by_token(*holder, batch.sent, now=clock.now())
    if outcomes is None:
        return jsonify(error="signed_out", message=_("Please sign in again.")), 401
    db.session.commit()
    body, status = wire.reply(batch, outcomes)
    return jsonify(body), status


setattr(answers, "csrf_exempt", True)  # noqa: B010 - the token of the attempt authorises


@bp.get("/attempts/<public_id>/check")
@learner_view
def review(public_id: str) -> ResponseReturnValue:
    """Show what is not answered yet, before the test is handed in."""
    found = queries.attempt(public_id) or abort(404)
    if is_over(found, clock.now()):
        return redirect(url_for(".result", public_id=public_id), 303)
    answered = queries.answers(found.id)
    missing = [n for n in range(1, len(found.draw) + 1) if n not in answered]
    return _page("assessment/review.html", found, missing=missing, person_id=signed_in().public_id)


@bp.post("/attempts/<public_id>/submit")
@learner_view
def submit(public_id: str) -> ResponseReturnValue:
    """Hand the test in and grade it; a second time changes nothing."""
    found = queries.attempt(public_id) or abort(404)
    services.submit(found, by=signed_in(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".result", public_id=public_id), 303)


@bp.get("/attempts/<public_id>/result")
@learner_view
def result(public_id: str) -> ResponseReturnValue:
    """Show the result by objective, and what comes next; never a key."""
    found = queries.attempt(public_id) or abort(404)
    now, language = clock.now(), current_language().code
    if not is_over(found, now):
        return redirect(url_for(".attempt", public_id=public_id), 303)
    title = localised(found.cycle.edition.outline["course"]["title"], language)
    if found.result is None:
        return render_template("assessment/over.html", attempt=found, course_title=title)
    page = pages.result_page(found, found.result, language, now)
    return render_template("assessment/result.html", attempt=found, page=page, course_title=title)


@bp.route("/cycles/<int:cycle_id>/grant", methods=["GET", "POST"])
@requires(Permission.GRANT_ATTEMPT)
def grant(cycle_id: int) -> ResponseReturnValue:
    """Give a further attempt, with a reason, when all are used."""
    cycle = queries.cycle_with_person(cycle_id) or abort(404)
    form = forms.GrantForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            services.grant_attempt(
                cycle, reason=form.reason.data or "", by=signed_in(), now=clock.now()
            )
        except services.GrantRefused as refusal:
            form.form_errors.append(_refusal(refusal.reason))
        else:
            name = cycle.enrolment.person.short_name
            db.session.commit()
            flash(_("%(name)s has one further attempt.", name=name), "success")
            return redirect(url_for(".grant", cycle_id=cycle_id), 303)
    past = queries.attempts(cycle_id)
    given = queries.grants(cycle_id)
    title = localised(cycle.edition.outline["course"]["title"], current_language().code)
    return render_template(
        "assessment/grant.html",
        cycle=cycle,
        form=form,
        past=past,
        given=given,
        may_grant=_may_grant(cycle.edition.outline, past, len(given)),
        course_title=title,
    ), status


def _may_grant(outline: dict[str, object], past: list[rules.AttemptFact], given: int) -> bool:
    final = rules.final_rules(outline)
    return rules.grant_fault(past, given, final, clock.now()) is None


def _refusal(reason: str) -> str:
    return {
        "passed": _("The learner has passed. No further attempt is needed."),
        "open": _("The learner is working on an attempt. Wait until it is handed in."),
        "attempts_left": _("The learner has attempts left. Give a further one after the last."),
        "own": _("Nobody gives themselves a further attempt. Ask another trainer or coordinator."),
    }[reason]


def is_over(found: Attempt, now: datetime) -> bool:
    """Whether answers count no more."""
    return found.sealed_at is not None or found.is_late(now)


def _page(template: str, found: Attempt, **facts: object) -> str:
    title = localised(found.cycle.edition.outline["course"]["title"], current_language().code)
    return render_template(template, attempt=found, course_title=title, **facts)
