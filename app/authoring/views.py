"""The content page: what is published, what the files would change, and what waits."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.access.policy import Permission
from app.access.web import requires
from app.accounts import admin_queries
from app.accounts import services as accounts
from app.accounts.sign_in import signed_in
from app.authoring import overview, proposals, tree, wording
from app.authoring.pages import bp, files_read, may_publish, other_person_needed, publisher_only
from app.authoring.publishing import plan
from app.catalogue import programmes as stored_programmes
from app.catalogue import queries, services
from app.db import db
from app.text import localised
from app.ui.babel import current_language

SHOWN_PROBLEMS = 30


@bp.get("")
@requires(Permission.CONTENT_VIEW)
def content() -> ResponseReturnValue:
    """List the courses with their editions and what publishing would change."""
    language = current_language().code
    return render_template(
        "authoring/content.html",
        courses=overview.courses(language),
        health=overview.health(tree.tree()),
        readable=sorted(tree.tree().courses),
        programmes=stored_programmes.programmes(),
        programmes_state=overview.programmes(),
        waiting=admin_queries.waiting(proposals.PUBLISH, ("/",)),
        may_publish=may_publish(),
        two_people=current_app.config["PRODUCTION"],
        me=signed_in(),
        text=lambda texts: localised(texts, language),
        words=wording,
        shown_problems=SHOWN_PROBLEMS,
    )


@bp.post("/<course_id>/publish")
@requires(Permission.CONTENT_PUBLISH)
def publish(course_id: str) -> ResponseReturnValue:
    """Publish a course as the page showed it; in production propose it to a second person."""
    publisher_only()
    loaded = files_read(course_id)
    if course_id not in loaded.courses and queries.course(course_id) is None:
        abort(404)
    shown = request.form.get("hash") or abort(400)
    if loaded.has_errors or course_id not in loaded.courses:
        return _back(_("The files have errors: nothing can be published."), "warning")
    compiled = tree.compiled(course_id)
    if compiled.content_hash != shown:
        return _back(_("The files have changed since. Look at the difference again."), "warning")
    if current_app.config["PRODUCTION"]:
        planned = plan(loaded, compiled)
        if planned.is_unchanged:  # approved meanwhile
            return _back(_("The files hold what is published."))
        proposals.propose(planned, by=signed_in(), now=clock.now())
        db.session.commit()
        return _proposed()
    edition, _new = services.publish(compiled, by=signed_in(), now=clock.now())
    number = edition.number
    db.session.commit()
    return _back(_("Edition %(number)s is published.", number=number))


@bp.post("/<course_id>/go-back")
@requires(Permission.CONTENT_PUBLISH)
def go_back(course_id: str) -> ResponseReturnValue:
    """Let new cycles begin with an earlier edition; in production propose it."""
    publisher_only()
    course = queries.course(course_id) or abort(404)
    number = request.form.get("edition", type=int) or abort(400)
    edition = queries.edition_by_number(course_id, number) or abort(404)
    if course.current_edition_id == edition.id:
        return _back(_("New learners begin with edition %(number)s.", number=number))
    if current_app.config["PRODUCTION"]:
        proposals.propose_going_back(edition, by=signed_in(), now=clock.now())
        db.session.commit()
        return _proposed()
    services.go_back(course, number, by=signed_in(), now=clock.now())
    db.session.commit()
    return _back(_("New learners begin with edition %(number)s.", number=number))


@bp.post("/publish-programmes")
@requires(Permission.CONTENT_PUBLISH)
def publish_programmes() -> ResponseReturnValue:
    """Publish the programmes as the page showed them; in production propose it."""
    publisher_only()
    shown = request.form.get("hash") or abort(400)
    files_read()
    data, state = overview.programmes_of_files(), overview.programmes()
    if data is None or state is None:
        return _back(_("The files have errors: nothing can be published."), "warning")
    if state.content_hash != shown:
        return _back(_("The files have changed since. Look at the difference again."), "warning")
    if not state.differ:
        return _back(_("The files hold what is published."))
    if current_app.config["PRODUCTION"]:
        proposals.propose_programmes(data, by=signed_in(), now=clock.now())
        db.session.commit()
        return _proposed()
    stored_programmes.publish_programmes(data, by=signed_in(), now=clock.now())
    db.session.commit()
    return _back(_("The programmes are published."))


@bp.post("/proposals/<int:approval_id>")
@requires(Permission.CONTENT_PUBLISH)
def decide(approval_id: int) -> ResponseReturnValue:
    """Approve or refuse what somebody else proposed."""
    publisher_only()
    approval = admin_queries.approval_to_decide(approval_id)
    if approval is None or approval.action != proposals.PUBLISH:
        abort(404)
    answer = request.form.get("answer")
    if answer not in ("approve", "refuse"):
        abort(400)
    files_read(approval.payload["course"])
    approval = admin_queries.approval_to_decide(approval_id) or abort(404)
    refused = None
    try:
        proposals.decide(approval, approved=answer == "approve", by=signed_in(), now=clock.now())
    except accounts.NotApprovable:
        refused = other_person_needed()
    except proposals.FilesBroken:
        refused = _("The files of this server have errors: nothing can be published.")
    except proposals.FilesDiffer:
        refused = _(
            "The files of this server are not those that were proposed. Propose them as they are "
            "now, and refuse this proposal."
        )
    if refused:
        db.session.rollback()
        return _back(refused, "warning")
    db.session.commit()
    return _back(_("It is published.") if answer == "approve" else _("The proposal is refused."))


def _proposed() -> ResponseReturnValue:
    return _back(_("Proposed. Somebody else who may publish has to approve it."))


def _back(words: str, kind: str = "success") -> ResponseReturnValue:
    flash(words, kind)
    return redirect(url_for("authoring.content"), code=303)
