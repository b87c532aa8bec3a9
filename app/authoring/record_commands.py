"""Commands that record what was reviewed and what was translated."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app import clock
from app.authoring import records
from app.console import JSON_OPTION, refuse, say
from app.content import LANGUAGES, reviews, translated

PART_OPTION = click.option(
    "--part", "patterns", multiple=True, help='A part, such as "lesson 1-1" or "item *".'
)
LANGUAGE_OPTION = click.option(
    "--language", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Default: all."
)
ALL_OPTION = click.option("--all", "everything", is_flag=True, help="Every part of the course.")


def register(group: AppGroup) -> None:
    """Add the commands of this module to `group`."""
    for command in (content_translated, content_stale, content_review):
        group.add_command(command)


@click.command("translated")
@click.argument("course")
@PART_OPTION
@LANGUAGE_OPTION
@ALL_OPTION
@JSON_OPTION
@with_appcontext
def content_translated(
    *,
    course: str,
    patterns: tuple[str, ...],
    languages: tuple[str, ...],
    everything: bool,
    as_json: bool,
) -> None:
    """Record that translations were made from the source as it is now."""
    loaded = records.loaded_tree(course)
    source = loaded.courses[course].value.source_language
    if source in languages:
        refuse(f"{source} is the language that {course} is translated from.")
    parts = records.chosen_parts(course, loaded, patterns, everything=everything)
    path = records.record_file(loaded, course, "translated.yaml")
    targets = [one for one in LANGUAGES if one != source and one in (languages or LANGUAGES)]
    records.refuse_broken(loaded, path, parts, [source, *targets])
    old = translated.record_of(course, loaded)
    prune = everything and not loaded.has_errors
    new = translated.with_present(old, parts, source, targets, prune=prune)
    records.write(path, translated.to_yaml(new), seen=loaded.translated.get(course))
    _say_recorded(course, translated.changes(old, new), as_json=as_json)


@click.command("stale")
@click.argument("course", required=False)
@JSON_OPTION
@with_appcontext
def content_stale(*, course: str | None, as_json: bool) -> None:
    """List for translators what moved in the source, sentence by sentence."""
    loaded = records.loaded_tree(course)
    for one in [course] if course else sorted(loaded.courses):
        tasks = translated.tasks(one, loaded)
        for task in tasks:
            place = f" ({task.source})" if task.source else ""
            said = f"{task.language} {task.target}: {task.kind}: {task.sentence}{place}"
            say(said, as_json=as_json, course=one, **asdict(task))
        if not tasks:
            say(f"{one}: nothing to translate.", as_json=as_json, course=one, tasks=0)


@click.command("review")
@click.argument("course")
@click.option("--office", required=True, type=click.Choice(reviews.OFFICES), help="Who has read.")
@click.option("--on", "day", required=True, help="The day of the review, as 2026-11-20.")
@PART_OPTION
@LANGUAGE_OPTION
@ALL_OPTION
@JSON_OPTION
@with_appcontext
def content_review(
    *,
    course: str,
    office: str,
    day: str,
    patterns: tuple[str, ...],
    languages: tuple[str, ...],
    everything: bool,
    as_json: bool,
) -> None:
    """Record that an office has read parts as they are now.

    Offices only: the name of a person belongs in no file of a course.
    """
    _refuse_day(day)
    loaded = records.loaded_tree(course)
    parts = records.chosen_parts(course, loaded, patterns, everything=everything)
    path = records.record_file(loaded, course, "reviews.yaml")
    wanted = [one for one in LANGUAGES if one in (languages or LANGUAGES)]
    records.refuse_broken(loaded, path, parts, wanted)
    old = reviews.records_of(course, loaded)
    new = reviews.present_records(parts, wanted, office, day)
    added = [one for one in new if one not in old]
    text = reviews.to_yaml(reviews.with_records(old, new))
    records.write(path, text, seen=loaded.reviews.get(course))
    for one in added:
        said = f"{one.part}, {one.language}: read by the office {office} on {day}."
        say(said, as_json=as_json, course=course, **one.model_dump())
    if not added:
        say(f"{course}: recorded already.", as_json=as_json, course=course, recorded=0)


def _say_recorded(
    course: str, changes: list[tuple[str, str, int | None]], *, as_json: bool
) -> None:
    for part, lang, count in changes:
        gone = "no longer in the course, taken out"
        said = gone if count is None else f"recorded, sentences: {count}"
        facts = {"course": course, "part": part, "language": lang, "sentences": count}
        say(f"{part}, {lang}: {said}.", as_json=as_json, **facts)
    if not changes:
        say(f"{course}: recorded already.", as_json=as_json, course=course, recorded=0)


def _refuse_day(day: str) -> None:
    today = clock.local_day(clock.now(), current_app.config["AVRR"].time_zone)
    try:
        on = date.fromisoformat(day)
    except ValueError:
        on = None
    if on is None or on.isoformat() != day:
        refuse(f'"{day}" is no day. Write it as 2026-11-20.')
    if on > today:
        refuse(f"{day} is still to come; today is {today}.")
