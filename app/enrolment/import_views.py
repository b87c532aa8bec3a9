"""Enrolling people: from a file in two steps, or one by one."""

from __future__ import annotations

from collections import Counter

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import IntegrityError

from app import clock
from app.access.policy import Permission
from app.access.web import requires
from app.accounts.sign_in import signed_in
from app.db import db
from app.enrolment import importing, queries, wording
from app.enrolment.blueprint import bp
from app.enrolment.decoding import Unreadable
from app.enrolment.forms import ALL_ROWS, GOOD_ROWS, DecisionForm, PersonForm, UploadForm
from app.enrolment.models import Cohort, ImportPreview
from app.enrolment.narrowing import PAGE_ROWS, choice_asked
from app.enrolment.reading import FIELDS, Line, Reading, read, to_csv
from app.enrolment.rows import Judged, Verdict
from app.enrolment.tabs import cohort_tabs
from app.ui import listing


@bp.route("/<int:cohort_id>/import", methods=["GET", "POST"])
@requires(Permission.ENROL)
def import_people(cohort_id: int) -> ResponseReturnValue:
    """Take a file and keep it for a look."""
    cohort = queries.cohort(cohort_id) or abort(404)
    form = UploadForm()
    if form.validate_on_submit():
        db.session.rollback()  # reading a long list is slow; nobody waits for it
        try:
            reading = read(form.roster.data.read())
        except Unreadable as why:
            form.roster.errors = [wording.refusal(why)]
        else:
            preview = importing.keep(cohort, reading, by=signed_in(), now=clock.now())
            db.session.commit()
            return redirect(
                url_for(".import_preview", cohort_id=cohort.id, preview_id=preview.public_id)
            )
    page = render_template(
        "enrolment/import.html", cohort=cohort, tabs=cohort_tabs(cohort), form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/<int:cohort_id>/import/<preview_id>")
@requires(Permission.ENROL)
def import_preview(cohort_id: int, preview_id: str) -> ResponseReturnValue:
    """Show a list as it was read, with a verdict on every row."""
    cohort = queries.cohort(cohort_id) or abort(404)
    preview = queries.preview(preview_id, cohort.id)
    return _preview_page(cohort, preview) if preview else _dealt_with(cohort)


@bp.post("/<int:cohort_id>/import/<preview_id>")
@requires(Permission.ENROL)
def import_commit(cohort_id: int, preview_id: str) -> ResponseReturnValue:
    """Enrol the people of a list, or throw it away."""
    cohort = queries.cohort(cohort_id) or abort(404)
    preview = queries.preview(preview_id, cohort.id)
    if preview is None:
        return _dealt_with(cohort)
    form = DecisionForm()
    if "discard" in request.form:
        importing.discard(preview)
        db.session.commit()
        flash(_("The list is thrown away; nobody was enrolled."), "info")
        return redirect(url_for(".import_people", cohort_id=cohort.id))
    if not form.validate():
        return _preview_page(cohort, preview, form), 422
    only_good = form.choice.data == GOOD_ROWS
    outcome = _try_commit(cohort, preview, form, only_good=only_good)
    if outcome is None:
        return _preview_page(cohort, preview, form), 422
    importing.discard(preview)
    db.session.commit()
    _flash_outcome(outcome)
    return redirect(url_for(".cohort", cohort_id=cohort.id))


def _try_commit(
    cohort: Cohort, preview: ImportPreview, form: DecisionForm, *, only_good: bool
) -> importing.Outcome | None:
    now = clock.now()
    lines = importing.reading_of(preview).lines
    try:
        with db.session.begin_nested():
            return importing.commit(
                cohort,
                importing.judged(cohort, lines, today=clock.local_day(now, cohort.time_zone)),
                only_good=only_good,
                namesakes=form.namesakes.data,
                by=signed_in(),
                now=now,
            )
    except importing.NotClean as refused:
        form.choice.errors = [
            ngettext(
                "One row cannot be enrolled, so nobody was. Enrol only the good rows, or correct "
                "the file and load it again.",
                "%(num)s rows cannot be enrolled, so nobody was. Enrol only the good rows, or "
                "correct the file and load it again.",
                refused.count,
            )
        ]
    except importing.NamesakesUndecided:
        form.namesakes.errors = [
            _("There are namesakes. Say that they are other people, or enrol only the good rows.")
        ]
    except IntegrityError:
        form.choice.errors = [
            _("The register has changed in the meantime. Look at the list and try again.")
        ]
    return None


@bp.get("/<int:cohort_id>/import/<preview_id>/to-correct.csv")
@requires(Permission.ENROL)
def import_errors(cohort_id: int, preview_id: str) -> ResponseReturnValue:
    """Hand out the rows that cannot be enrolled, to correct and load again."""
    cohort = queries.cohort(cohort_id) or abort(404)
    preview = queries.preview(preview_id, cohort.id) or abort(404)
    reading = importing.reading_of(preview)
    lines = {line.row: line for line in reading.lines}
    columns = [name for name in FIELDS if name in reading.columns]
    table = [[*(reading.columns[name] for name in columns), _("What is wrong")]]
    for one in _judged(cohort, reading):
        if one.is_problem:
            cells = lines[one.candidate.row].cells
            notes = " ".join(wording.notes_of(one))
            table.append([*(cells.get(name, "") for name in columns), notes])
    response = make_response(to_csv(table))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = "attachment; filename=to-correct.csv"
    return response


@bp.route("/<int:cohort_id>/add", methods=["GET", "POST"])
@requires(Permission.ENROL)
def add_person(cohort_id: int) -> ResponseReturnValue:
    """Enrol one person: by number if known here, else with the names."""
    cohort = queries.cohort(cohort_id) or abort(404)
    form = PersonForm()
    if form.validate_on_submit():
        outcome = _try_add(cohort, form)
        if outcome is not None:
            db.session.commit()
            _flash_outcome(outcome)
            return redirect(url_for(".cohort", cohort_id=cohort.id))
    page = render_template("enrolment/add_person.html", cohort=cohort, form=form)
    return page, 422 if form.is_submitted() else 200


def _try_add(cohort: Cohort, form: PersonForm) -> importing.Outcome | None:
    now = clock.now()
    today = clock.local_day(now, cohort.time_zone)
    line = Line(1, {name: form[name].data or "" for name in FIELDS})
    judged = importing.judged(cohort, [line], today=today, need_names=False)
    if judged[0].verdict in {Verdict.NEW, Verdict.NAMESAKE}:
        judged = importing.judged(cohort, [line], today=today)
    one = judged[0]
    if one.verdict is Verdict.NAMESAKE and not form.namesakes.data:
        form.namesakes.errors = wording.notes_of(one)
        return None
    if one.is_problem:
        for note in one.notes:
            field = form[note.about or "service_number"]
            field.errors = [*field.errors, wording.note_text(note)]
        if one.verdict is Verdict.ELSEWHERE:
            form.service_number.errors = wording.notes_of(one)
        return None
    try:
        with db.session.begin_nested():
            return importing.commit(
                cohort, judged, only_good=False, namesakes=True, by=signed_in(), now=now
            )
    except IntegrityError:
        form.service_number.errors = [
            _("The register has changed in the meantime. Look at the list and try again.")
        ]
        return None


def _dealt_with(cohort: Cohort) -> ResponseReturnValue:
    flash(_("This list was dealt with already, or thrown away after a day."), "info")
    return redirect(url_for(".cohort", cohort_id=cohort.id))


def _judged(cohort: Cohort, reading: Reading) -> list[Judged]:
    today = clock.local_day(clock.now(), cohort.time_zone)
    return importing.judged(cohort, reading.lines, today=today)


def _preview_page(cohort: Cohort, preview: ImportPreview, form: DecisionForm | None = None) -> str:
    reading = importing.reading_of(preview)
    judged = _judged(cohort, reading)
    if form is None:
        problems = any(one.is_problem for one in judged)
        form = DecisionForm(choice=GOOD_ROWS if problems else ALL_ROWS)
    counts = Counter(wording.VERDICT_KINDS[one.verdict] for one in judged)
    kind = choice_asked("verdict", wording.verdict_kinds())
    shown = [
        one
        for one in _worst_first(judged)
        if not kind or wording.VERDICT_KINDS[one.verdict] == kind
    ]
    part = listing.part(len(shown), request.args.get("page"), PAGE_ROWS)
    return render_template(
        "enrolment/preview.html",
        cohort=cohort,
        tabs=cohort_tabs(cohort),
        preview=preview,
        reading=reading,
        columns=[name for name in FIELDS if name in reading.columns],
        counts=counts,
        total=len(judged),
        kind=kind,
        rows=part.of(shown),
        part=part,
        form=form,
        wording=wording,
        has_errors=bool(form.errors),
    )


def _worst_first(judged: list[Judged]) -> list[Judged]:
    """Return rows to correct, then namesakes, then those with a remark, then the others."""

    def place(one: Judged) -> tuple[bool, bool, bool]:
        return not one.is_problem, one.verdict is not Verdict.NAMESAKE, not one.notes

    return sorted(judged, key=place)


def _flash_outcome(outcome: importing.Outcome) -> None:
    flash(
        _(
            "New people: %(added)s. Known people enrolled: %(enrolled)s. Enrolled before: "
            "%(unchanged)s. Left out: %(left_out)s.",
            added=outcome.added,
            enrolled=outcome.enrolled,
            unchanged=outcome.unchanged,
            left_out=outcome.left_out,
        ),
        "warning" if outcome.left_out else "success",
    )
