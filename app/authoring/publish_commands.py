"""Commands that publish editions, or go back to an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app import clock
from app.access import scope
from app.accounts.models import Person
from app.authoring import proposals, tree, wording
from app.authoring.changes import told
from app.authoring.publishing import (
    Plan,
    plans,
    programmes_differ,
    publish_plans,
    tell,
)
from app.catalogue import queries, services
from app.catalogue.programmes import publish_programmes
from app.console import JSON_OPTION, refuse, say
from app.content.loaded import Loaded
from app.content.programmes import programme_data
from app.db import db

BY_OPTION = click.option(
    "--by", "number", help="Service number of who proposes; needed in production."
)
TWO_PEOPLE = (
    "Two people publish in production: say with --by who proposes it. "
    "Somebody else approves it on the content page."
)


def register(group: AppGroup) -> None:
    """Add the commands of this module to `group`."""
    for command in (content_publish, content_rollback, content_status):
        group.add_command(command)


@click.command("publish")
@click.argument("courses", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@BY_OPTION
@wording.LANGUAGE_OPTION
@JSON_OPTION
@with_appcontext
def content_publish(
    courses: tuple[str, ...], dry_run: bool, number: str | None, language: str, as_json: bool
) -> None:
    """Show what differs from the current editions of COURSES, or of all, and publish it.

    All of them are published, or none. In production it is proposed, and somebody else approves.
    """
    now = clock.now()
    with scope.everything("publishing"), wording.speaking(language):
        loaded = _sound_tree(courses)
        planned = plans(loaded, courses)
        for one in planned:
            _show(one, as_json=as_json)
        if dry_run:
            return
        if current_app.config["PRODUCTION"]:
            _propose(planned, loaded, courses, by=_proposer(number), now=now, as_json=as_json)
            return
        by, data = _person(number), programme_data(loaded)
        done = publish_plans(planned, by=by, now=now)
        rows = 0 if courses else publish_programmes(data, by=by, now=now)
        db.session.commit()
        tell(done, rows, as_json=as_json)


def _sound_tree(courses: Sequence[str]) -> Loaded:
    loaded = tree.read()
    if errors := [one for one in loaded.problems if one.severity == "error"]:
        refuse("\n".join(wording.line(problem) for problem in errors))
    if unknown := sorted(set(courses) - set(loaded.courses)):
        refuse(f'There is no course "{unknown[0]}".')
    return loaded


def _show(one: Plan, *, as_json: bool) -> None:
    for change, words in zip(one.changes, told(one.changes, one.course_id), strict=True):
        say(
            f"{one.course_id}: {words.text}",
            as_json=as_json,
            course=one.course_id,
            kind=change.kind,
            act=change.act,
            id=change.id,
            languages=change.languages,
            before=change.before,
            after=change.after,
            words=words.text,
        )


def _proposer(number: str | None) -> Person:
    if not number:
        refuse(TWO_PEOPLE)
    return _publisher(number)


def _person(number: str | None) -> Person | None:
    return _publisher(number) if number else None


def _publisher(number: str) -> Person:
    person = proposals.publisher(number, tree.today())
    if person is None:
        refuse("Nobody with this service number may publish for every agency.")
    return person


def _propose(
    planned: Sequence[Plan],
    loaded: Loaded,
    courses: Sequence[str],
    *,
    by: Person,
    now: datetime,
    as_json: bool,
) -> None:
    for one in planned:
        asked = None if one.is_unchanged else proposals.propose(one, by=by, now=now)
        _say_asked(one.course_id, asked.id if asked else None, as_json=as_json)
    data = programme_data(loaded)
    if not courses and programmes_differ(data):
        asked = proposals.propose_programmes(data, by=by, now=now)
        _say_asked("programmes", asked.id, as_json=as_json)
    db.session.commit()


def _say_asked(what: str, proposal: int | None, *, as_json: bool) -> None:
    state = "unchanged" if proposal is None else "proposed; somebody else approves it"
    say(f"{what}: {state}.", as_json=as_json, what=what, state=state, proposal=proposal)


@click.command("rollback")
@click.argument("course")
@click.option("--to", "edition_number", type=int, required=True, help="Number of the edition.")
@BY_OPTION
@JSON_OPTION
@with_appcontext
def content_rollback(course: str, edition_number: int, number: str | None, as_json: bool) -> None:
    """Let new cycles of COURSE begin with an earlier edition; who has begun stays on theirs."""
    now = clock.now()
    with scope.everything("going back"):
        found = queries.course(course)
        edition = queries.edition_by_number(course, edition_number) if found else None
        if found is None or edition is None:
            refuse(f'There is no edition {edition_number} of a course "{course}".')
        if found.current_edition_id == edition.id:
            say(f"{course}: edition {edition.number} is current.", as_json=as_json, course=course)
            return
        if current_app.config["PRODUCTION"]:
            asked = proposals.propose_going_back(edition, by=_proposer(number), now=now)
            db.session.commit()
            _say_asked(course, asked.id, as_json=as_json)
            return
        services.go_back(found, edition_number, by=_person(number), now=now)
        db.session.commit()
        say(
            f"{course}: edition {edition.number} is current again.",
            as_json=as_json,
            course=course,
            edition=edition.number,
        )


@click.command("status")
@JSON_OPTION
@with_appcontext
def content_status(as_json: bool) -> None:
    """List the current edition of each course."""
    for course in queries.courses():
        edition = queries.current_edition(course.id)
        assert edition is not None  # noqa: S101 - courses() lists only published ones
        say(
            f"{course.code} edition {edition.number}, review {edition.review}, "
            f"law as of {edition.law_as_of}, hash {edition.content_hash[:12]}",
            as_json=as_json,
            course=course.id,
            edition=edition.number,
            review=edition.review,
            law_as_of=edition.law_as_of,
            hash=edition.content_hash,
        )
