"""Figures for coordinators and reviewers: the page and its exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import cast

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app import clock
from app.access.policy import Actor, Permission
from app.access.web import current_actor, requires
from app.accounts.sign_in import signed_in
from app.catalogue import queries as catalogue
from app.config import Config
from app.db import db, reading
from app.reports import export as exports
from app.reports import findings, queries, rules, services, tables
from app.reports.forms import FilterForm
from app.ui import chart
from app.ui.babel import current_language
from app.ui.format import date_long, moment, number, percent
from app.ui.forms import options

bp = Blueprint("reports", __name__, url_prefix="/reports", template_folder="templates")

MOST_BARS = 12  # more rows than this are drawn as sums only


@dataclass(frozen=True)
class _Asked:
    """A report that was asked for; `report` is None when the form is wrong."""

    form: FilterForm
    today: date
    course_id: str
    report: tables.Report | None
    roots: frozenset[int]


@dataclass(frozen=True)
class _Part:
    """A section with its sentences and drawings."""

    section: tables.Section
    said: findings.Findings
    is_told: bool
    is_top_told: bool
    has_steps: bool
    has_hidden: bool
    steps: Markup
    shares: Markup


@bp.get("/")
@requires(Permission.REPORT_VIEW)
def overview() -> ResponseReturnValue:
    """Show completion by agency and cohort as at a day."""
    return _page(_asked(request.args))


@bp.post("/export.xlsx")
@requires(Permission.REPORT_VIEW)
def export() -> ResponseReturnValue:
    """Send the report as a workbook."""
    return _export("xlsx")


@bp.post("/export.csv")
@requires(Permission.REPORT_VIEW)
def export_csv() -> ResponseReturnValue:
    """Send the report as CSV."""
    return _export("csv")


def _page(asked: _Asked) -> ResponseReturnValue:
    page = render_template(
        "reports/overview.html",
        form=asked.form,
        today=asked.today,
        course_id=asked.course_id,
        report=asked.report,
        tables=tables,
        columns=rules.COLUMNS,
        parts=[_part(section) for section in asked.report.sections] if asked.report else [],
        value_text=value_text,
        legend=_legend,
        has_errors=asked.report is None,
    )
    return page, 422 if asked.report is None else 200


def _export(kind: str) -> ResponseReturnValue:
    db.session.rollback()
    with reading():  # counting takes long in a large service; nobody waits for it
        asked = _asked(request.form)
        if asked.report is None:
            return _page(asked)
        db.session.rollback()
    services.record_export(
        asked.roots,
        kind=kind,
        day=asked.report.day,
        course_id=asked.course_id,
        by=signed_in(),
        now=clock.now(),
    )
    sheet = _sheet(asked.report)
    db.session.commit()
    day = asked.report.day.isoformat()
    name = _("completion %(day)s", day=day)
    if kind == "xlsx":
        body, mimetype = exports.xlsx(sheet, made_at=asked.report.at), exports.XLSX
    else:
        body, mimetype = exports.csv_file(sheet, locale=current_language().locale), exports.CSV
    return exports.download(
        body, mimetype, ascii_name=f"completion-{day}.{kind}", name=f"{name}.{kind}"
    )


def _asked(sent: MultiDict[str, str]) -> _Asked:
    settings: Config = current_app.config["AVRR"]
    now, zone = clock.now(), settings.time_zone
    today = clock.local_day(now, zone)
    language = current_language().code
    form = FilterForm(sent, meta={"csrf": False})
    names = [(each.id, f"{each.code}. {each.title(language)}") for each in catalogue.courses()]
    form.course.choices = options([("", _("All courses")), *names])
    right = form.validate()
    day = form.as_at.data or today
    if right and day > today:
        form.as_at.errors = [_("This day is still to come. Choose today or an earlier day.")]
        right = False
    if not right:
        return _Asked(form, today, "", None, frozenset())
    at = now if day == today else clock.end_of_day(day, zone) - timedelta(microseconds=1)
    course_id = form.course.data or ""
    figures = queries.completion(at, day, course_id)
    actor = cast(Actor, current_actor())
    report = tables.report(
        figures,
        day=day,
        at=at,
        language=language,
        is_inside=lambda agency: actor.may(Permission.NAMED_PROGRESS, agency.path),
        inside_thresholds=rules.Thresholds(group=settings.agency_threshold),
        beyond_thresholds=rules.Thresholds(group=settings.public_threshold),
    )
    roots = frozenset(each.agency.root_id for each in figures)
    return _Asked(form, today, course_id, report, roots)


def _sheet(report: tables.Report) -> exports.Sheet:
    zone = current_app.config["AVRR"].time_zone
    definitions = tables.definitions()
    rows = [
        [section.course, tables.audience(section.inside), row.agency, row.cohort, *row.cells]
        for section in report.sections
        for row in section.rows
    ]
    kinds = {section.inside: section.thresholds for section in report.sections}
    marks = [
        (mark.value, f"{tables.audience(inside)}: {text}")
        for inside, thresholds in sorted(kinds.items(), reverse=True)
        for mark, text in _legend(thresholds)
    ]
    return exports.Sheet(
        title=_("Completion by agency and cohort"),
        lines=[
            _("As at %(day)s", day=date_long(report.day)),
            _("Data of %(moment)s", moment=moment(report.at, zone, year=True)),
            tables.attribution(),
        ],
        columns=[
            _("Course"),
            _("Figures"),
            _("Agency"),
            _("Cohort"),
            *(label for label, _text in definitions),
        ],
        rows=rows,
        notes=[*definitions, *marks],
    )


def _legend(thresholds: rules.Thresholds) -> list[tuple[tables.Mark, str]]:
    return tables.legend(thresholds, percent(0), percent(1))


def value_text(value: tables.Value) -> str:
    """Return a cell as it stands on the page."""
    match value:
        case tables.Mark():
            return value.value
        case int():
            return number(value)
        case _:
            return percent(value)


def _part(section: tables.Section) -> _Part:
    told_steps = sum(isinstance(cell, int) for cell in findings.top(section).cells)
    return _Part(
        section=section,
        said=findings.findings(section),
        is_told=findings.is_told(section),
        is_top_told=told_steps > 0,
        has_steps=told_steps > 1,
        has_hidden=any(tables.Mark.HIDDEN in row.cells for row in section.rows),
        steps=step_bars(findings.top(section)),
        shares=completion_bars(_charted(section)),
    )


def _charted(section: tables.Section) -> Sequence[tables.Row]:
    """Return the rows that are drawn: of many only the sums, for the table has them all."""
    if len(section.rows) <= MOST_BARS:
        return section.rows
    return [row for row in section.rows if row.level != "cohort"]


def step_bars(row: tables.Row) -> Markup:
    """Draw how many people of a row reached each step."""
    names = [name for name, _meaning in tables.definitions()]
    steps = row.cells[: len(rules.COLUMNS)]
    return chart.bars(
        [
            chart.Bar(name, cell if isinstance(cell, int) else None, value_text(cell))
            for name, cell in zip(names, steps, strict=False)
        ]
    )


def completion_bars(rows: Sequence[tables.Row]) -> Markup:
    """Draw which share of each row completed; the order of rows says nothing about the figures."""
    shares = [(row, row.cells[findings.COMPLETION]) for row in rows]
    bars = [
        chart.Bar(
            row.name,
            share if isinstance(share, Fraction) else None,
            value_text(share),
            strong=row.level != "cohort",
        )
        for row, share in shares
    ]
    return chart.bars(bars, top=1)
