"""Home, course, lessons, scenarios and job aids of a learner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock
from app.access import scope
from app.access.policy import Permission
from app.access.web import current_actor, learner_view, public
from app.accounts.sign_in import on_shared_device, signed_in
from app.assessment.services import AttemptRefused
from app.catalogue import queries as catalogue
from app.catalogue.models import EditionScenario
from app.db import db
from app.enrolment import queries as enrolment
from app.enrolment.models import Cycle
from app.enrolment.services import CohortClosed, NothingPublished, NotOpenYet
from app.learning import marks, overview, pages, play, queries, refusals, rules, services
from app.learning.models import ScenarioRun
from app.text import localised
from app.ui.babel import BY_CODE, current_language
from app.ui.format import date_long

bp = Blueprint("learning", __name__, template_folder="templates")

STAFF_STARTS = (
    (Permission.COHORT_VIEW, "enrolment.cohorts"),
    (Permission.REPORT_VIEW, "reports.overview"),
    (Permission.CONTENT_VIEW, "authoring.content"),
    (Permission.PEOPLE_EDIT, "admin.agencies"),
    (Permission.AUDIT_VIEW, "audit.log"),
)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Show visitors what this is, and learners what to do next."""
    actor = current_actor()
    if actor is None:
        return render_template("learning/landing.html")
    with scope.own(actor.person_id):
        own = overview.entries(actor.person_id, clock.now())
        current = next((one for one in own if one.can_act), None)
        return render_template(
            "learning/home.html",
            entries=own,
            current=current,
            current_names=_titles(current.cycle) if current and current.cycle else None,
            text=_localiser(),
            starts=[endpoint for permission, endpoint in STAFF_STARTS if actor.may(permission)],
        )


@bp.get("/courses/<course_id>")
@learner_view
def course(course_id: str) -> ResponseReturnValue:
    """Show a course: its parts, its rules, and what each rule still asks for."""
    now = clock.now()
    own = overview.entries(signed_in().id, now)
    entry = overview.entry(own, course_id) or abort(404)
    edition = entry.cycle.edition if entry.cycle else catalogue.current_edition(course_id)
    if edition is None:
        abort(404)
    facts = entry.facts or rules.Facts({}, {}, {}, [], 0, now)
    return render_template(
        "learning/course.html",
        entry=entry,
        edition=edition,
        outline=edition.outline,
        law_review_due=date.fromisoformat(edition.outline["national_law"]["review_due"]),
        names=pages.titles(edition.content_hash, edition.id, current_language().code),
        states={
            state.rule: state for state in entry.states or rules.completion(edition.outline, facts)
        },
        lesson_states=rules.lesson_states(edition.outline, facts),
        facts=facts,
        attempts_left=rules.attempts_left(edition.outline, facts),
        now=now,
        text=_localiser(),
        to_begin=next((one for one in overview.to_begin(own, course_id) if one.may_begin), None),
    )


@bp.post("/courses/<course_id>/begin")
@learner_view
def begin(course_id: str) -> ResponseReturnValue:
    """Begin a course, and go to its first lesson."""
    now = clock.now()
    waiting = overview.to_begin(overview.entries(signed_in().id, now), course_id)
    first = next(iter(waiting), None)
    if first and first.waits_for:
        names = ", ".join(f"“{_localiser()(one.titles)}”" for one in first.waits_for)
        flash(_("First complete: %(courses)s", courses=names), "warning")
    elif first and (offered := first.offered):
        try:
            services.begin(*offered, now=now)
        except NotOpenYet as refused:
            flash(_("The course opens on: %(day)s", day=date_long(refused.opens_on)), "warning")
        except CohortClosed as refused:
            day = date_long(refused.closed_on)
            flash(
                _("Ask your coordinator for more time. The last day was: %(day)s", day=day),
                "warning",
            )
        except NothingPublished:
            flash(_("The course is not published yet. Ask your coordinator."), "warning")
        db.session.commit()
    cycle = enrolment.cycle_for(signed_in().id, course_id)
    if cycle is None and not waiting:
        abort(404)
    if cycle is None:
        return redirect(url_for(".course", course_id=course_id), 303)
    lesson = rules.lesson_ids(cycle.edition.outline)[0]
    return redirect(url_for(".lesson", course_id=course_id, lesson=lesson), 303)


@bp.post("/courses/<course_id>/final")
@learner_view
def start_final(course_id: str) -> ResponseReturnValue:
    """Begin the final, or go on with the open attempt."""
    cycle, now = _cycle(course_id), clock.now()
    try:
        attempt = services.start_final(cycle, language=current_language().code, now=now)
    except (services.FinalRefused, AttemptRefused) as refused:
        db.session.rollback()
        zone = _cycle(course_id).time_zone
        flash(refusals.sentence(refused.reason, refused.until, zone), "warning")
        return redirect(url_for(".course", course_id=course_id, _anchor="final"), 303)
    public_id = attempt.public_id
    db.session.commit()
    return redirect(url_for("assessment.attempt", public_id=public_id), 303)


@bp.get("/courses/<course_id>/<lesson>")
@learner_view
def lesson(course_id: str, lesson: str) -> ResponseReturnValue:
    """Show a lesson of the edition of the learner's cycle, in the language of the page."""
    reader = queries.reader(current_user.seat.person_id, course_id, lesson) or abort(404)
    page = _lesson(reader.content_hash, reader.edition_id, lesson)
    again = False
    if reader.finished_at and queries.failed_since(reader.cycle_id, reader.finished_at):
        cycle = _cycle(course_id)
        facts = queries.facts([cycle])[cycle.id]
        again = rules.lesson_states(cycle.edition.outline, facts)[lesson] == "again"
    resume = reader.last_screen or 1
    return render_template(
        "learning/lesson.html",
        page=page,
        body=marks.body_for(page, reader, current_user.seat.person_id, course_id, lesson),
        reader=reader,
        again=again,
        is_shared=page.has_journal and on_shared_device(),
        resume=resume if 1 < resume <= len(page.screens) else None,
    )


@bp.post("/courses/<course_id>/<lesson>/place")
@learner_view
def place(course_id: str, lesson: str) -> ResponseReturnValue:
    """Keep where the learner is: by script without an answer, by button back to the place."""
    cycle = _cycle(course_id)
    page = _lesson(cycle.edition.content_hash, cycle.edition_id, lesson)
    screen = request.form.get("screen", type=int) or 0
    if not 1 <= screen <= len(page.screens):
        abort(400)
    services.record_place(cycle, lesson, screen, now=clock.now())
    db.session.commit()
    if request.headers.get("Accept") == "application/json":
        return Response(status=204, mimetype="text/plain")
    return redirect(url_for(".lesson", course_id=course_id, lesson=lesson, _anchor=f"s{screen}"))


@bp.post("/courses/<course_id>/<lesson>/finish")
@learner_view
def finish_lesson(course_id: str, lesson: str) -> ResponseReturnValue:
    """Record a lesson as read, and go on to what is next."""
    cycle, now = _cycle(course_id), clock.now()
    page = _lesson(cycle.edition.content_hash, cycle.edition_id, lesson)
    services.record_place(cycle, lesson, len(page.screens), now=now)
    services.finish_lesson(cycle, lesson, now=now)
    db.session.commit()
    facts = queries.facts([cycle])[cycle.id]
    step = rules.next_step(rules.completion(cycle.edition.outline, facts), facts, now)
    flash(_("“%(title)s” is read.", title=page.title), "success")
    if step.kind == "lesson":
        return redirect(url_for(".lesson", course_id=course_id, lesson=step.id), 303)
    return redirect(url_for(".course", course_id=course_id), 303)


@bp.get("/courses/<course_id>/<lesson>/check/<item_id>")
@learner_view
def check(course_id: str, lesson: str, item_id: str) -> ResponseReturnValue:
    """Say whether an answer to a recall or practice item is right, and why; store nothing."""
    cycle, language = _cycle(course_id), current_language().code
    page = _lesson(cycle.edition.content_hash, cycle.edition_id, lesson)
    item = catalogue.item(cycle.edition_id, item_id)
    if item is None or item.use not in ("recall", "practice"):
        abort(404)
    data, option_id = item.version.data, request.args.get("option")
    options = pages.shuffled(data, language)
    chosen = next((option for option in options if option["id"] == option_id), None)
    if chosen is None and (option_id or "fragment" in request.args):
        abort(404)
    facts = {"chosen": chosen, "right": bool(chosen and chosen["id"] == data["key"])}
    if "fragment" in request.args:
        return render_template("learning/check_fragment.html", **facts)
    return render_template(
        "learning/check.html",
        **facts,
        course_id=course_id,
        lesson_id=lesson,
        item_id=item_id,
        stem=pages.split_stem(data["text"][language]["stem"]),
        options=options,
        course_title=page.course,
        lesson_title=page.title,
    )


@bp.get("/courses/<course_id>/scenarios/<scenario_id>")
@learner_view
def scenario(course_id: str, scenario_id: str) -> ResponseReturnValue:
    """Show where the story stands: what followed from the last choice, and the next one."""
    cycle = _cycle(course_id)
    case = _scenario(cycle, scenario_id)
    text = case.data["text"][current_language().code]
    run = queries.latest_run(cycle.id, scenario_id)
    made = [(choice.node_id, choice.choice_id) for choice in run.choices] if run else []
    return render_template(
        "learning/scenario.html",
        course_id=course_id,
        scenario_id=scenario_id,
        names=_titles(cycle),
        case=case,
        text=text,
        run=run,
        step=len(made) + 1,
        play=_play(case, text, run, made),
        is_pilot=cycle.edition.is_pilot,
        plain=pages.without_citations,
    )


@bp.post("/courses/<course_id>/scenarios/<scenario_id>")
@learner_view
def choose(course_id: str, scenario_id: str) -> ResponseReturnValue:
    """Record a choice, and show what follows from it."""
    cycle = _cycle(course_id)
    case = _scenario(cycle, scenario_id)
    try:
        services.choose(
            cycle,
            case,
            step=request.form.get("step", type=int) or 0,
            node_id=request.form.get("node", ""),
            choice_id=request.form.get("choice", ""),
            now=clock.now(),
        )
    except play.IllegalChoice:
        abort(400)
    db.session.commit()
    return _back_to_scenario(course_id, scenario_id)


@bp.post("/courses/<course_id>/scenarios/<scenario_id>/skip")
@learner_view
def skip(course_id: str, scenario_id: str) -> ResponseReturnValue:
    """Show the end of a hard case to who would rather not play it."""
    cycle = _cycle(course_id)
    _scenario(cycle, scenario_id)
    services.skip_scenario(cycle, scenario_id, now=clock.now())
    db.session.commit()
    return _back_to_scenario(course_id, scenario_id)


@bp.post("/courses/<course_id>/scenarios/<scenario_id>/restart")
@learner_view
def restart(course_id: str, scenario_id: str) -> ResponseReturnValue:
    """Begin a scenario, or play it once more after its end."""
    cycle = _cycle(course_id)
    _scenario(cycle, scenario_id)
    services.begin_scenario(cycle, scenario_id, now=clock.now())
    db.session.commit()
    return _back_to_scenario(course_id, scenario_id)


@bp.get("/courses/<course_id>/aids/<aid>")
@learner_view
def aid(course_id: str, aid: str) -> ResponseReturnValue:
    """Show a job aid, fit for one sheet of paper; `lang` asks for another language."""
    edition = _cycle(course_id).edition
    language = request.args.get("lang", current_language().code)
    page = catalogue.page(edition.id, "aid", aid, language) if language in BY_CODE else None
    if page is None:
        abort(404)
    return render_template(
        "learning/aid.html",
        course_id=course_id,
        aid_id=aid,
        title=page.title,
        body=page.body,
        edition=edition,
        text_language=language,
        course_title=pages.titles(edition.content_hash, edition.id, language).course,
    )


def _cycle(course_id: str) -> Cycle:
    return enrolment.cycle_for(signed_in().id, course_id) or abort(404)


def _lesson(content_hash: str, edition_id: int, lesson: str) -> pages.Lesson:
    try:
        return pages.lesson(content_hash, edition_id, lesson, current_language().code)
    except pages.NoSuchPage:
        abort(404)


def _play(
    case: EditionScenario,
    text: Mapping[str, Any],
    run: ScenarioRun | None,
    made: Sequence[tuple[str, str]],
) -> play.Play | None:
    if run is None:
        return None
    story = play.replay(case.data, text, made)
    return play.read_only(case.data, text) if run.ended_at and not story.ending else story


def _scenario(cycle: Cycle, scenario_id: str) -> EditionScenario:
    return catalogue.scenario(cycle.edition_id, scenario_id) or abort(404)


def _titles(cycle: Cycle) -> pages.Titles:
    edition = cycle.edition
    return pages.titles(edition.content_hash, edition.id, current_language().code)


def _localiser() -> Callable[[Mapping[str, str]], str]:
    language = current_language().code
    return lambda texts: localised(texts, language)


def _back_to_scenario(course_id: str, scenario_id: str) -> ResponseReturnValue:
    address = url_for(".scenario", course_id=course_id, scenario_id=scenario_id, _anchor="now")
    return redirect(address, 303)
