"""Commands about cohorts: `flask cohort list`, `flask cohort enrol-from-file`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from app import clock
from app.access import scope
from app.accounts import queries as accounts
from app.console import JSON_OPTION, refuse, say
from app.db import db
from app.enrolment import importing, queries, wording
from app.enrolment.decoding import Unreadable
from app.enrolment.models import Cohort
from app.enrolment.reading import read
from app.enrolment.rows import Judged

group = AppGroup("cohort", help="Cohorts and their learners.")


@group.command("list")
@JSON_OPTION
def list_cohorts(as_json: bool) -> None:
    """List all cohorts with their courses and how many learners they have."""
    with scope.everything("list of cohorts"):
        counts = queries.enrolment_counts()
        for cohort in queries.cohorts():
            courses = {
                one.course_id: [one.opens_on.isoformat(), one.closes_on.isoformat()]
                for one in cohort.courses
            }
            learners = counts.get(cohort.id, 0)
            days = ", ".join(f"{name} {first} to {last}" for name, (first, last) in courses.items())
            say(
                f"{cohort.id}: {cohort.name} ({cohort.agency.code}), {days}, {learners} learners.",
                as_json=as_json,
                cohort=cohort.id,
                name=cohort.name,
                agency=cohort.agency.code,
                courses=courses,
                learners=learners,
            )


@group.command("enrol-from-file")
@click.argument("cohort_id", type=int)
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only-good", is_flag=True, help="Leave out rows that cannot be enrolled.")
@click.option("--namesakes", is_flag=True, help="Namesakes are different people: add them too.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@JSON_OPTION
def enrol_from_file(  # noqa: PLR0917 - click passes them by name
    cohort_id: int, path: Path, only_good: bool, namesakes: bool, dry_run: bool, as_json: bool
) -> None:
    """Enrol the people of a CSV file; the same file twice changes nothing."""
    now = clock.now()
    with scope.everything("finding a cohort"):
        cohort = queries.cohort(cohort_id)
    if cohort is None:
        refuse(f"There is no cohort {cohort_id}.")
    try:
        reading = read(path.read_bytes())
    except Unreadable as why:
        refuse(wording.refusal(why))
    with scope.agencies(accounts.agency_ids([cohort.agency.path])):
        today = clock.local_day(now, cohort.time_zone)
        judged = importing.judged(cohort, reading.lines, today=today)
        for one in judged:
            if one.is_problem or dry_run:
                _say_row(one, as_json=as_json)
        if not dry_run:
            _act(cohort, judged, only_good=only_good, namesakes=namesakes, as_json=as_json)


def _act(
    cohort: Cohort, judged: list[Judged], *, only_good: bool, namesakes: bool, as_json: bool
) -> None:
    try:
        outcome = importing.commit(
            cohort, judged, only_good=only_good, namesakes=namesakes, by=None, now=clock.now()
        )
    except importing.NotClean as refused:
        refuse(f"{refused.count} rows cannot be enrolled, so nobody was; see --only-good.")
    except importing.NamesakesUndecided:
        refuse("There are namesakes, so nobody was enrolled; see --namesakes and --only-good.")
    else:
        db.session.commit()
        say(
            f"{outcome.added} added, {outcome.enrolled} enrolled, {outcome.unchanged} unchanged, "
            f"{outcome.left_out} left out.",
            as_json=as_json,
            added=outcome.added,
            enrolled=outcome.enrolled,
            unchanged=outcome.unchanged,
            left_out=outcome.left_out,
        )


def _say_row(one: Judged, *, as_json: bool) -> None:
    notes = wording.notes_of(one)
    row = one.candidate.row
    say(
        f"Row {row}: {one.verdict.value}. {' '.join(notes)}".rstrip(),
        as_json=as_json,
        row=row,
        verdict=one.verdict.value,
        notes=notes,
    )
