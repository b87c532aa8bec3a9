"""Commands that show what the courses teach, and what a lawyer has to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.console import JSON_OPTION, refuse, say
from app.content import LANGUAGES
from app.content.counts import Counts, counts, level_shares
from app.content.coverage import CourseCover, ObjectiveCover, RightCover, coverage, over_all
from app.content.law_report import EntryUses, LawReport, Use, law_report
from app.content.load import load
from app.content.loaded import Loaded
from app.content.model import SourceEntry, SourceFact

SECTIONS = {
    "to_confirm": "To be confirmed by a lawyer",
    "unverified": "Not verified, so hedged",
    "second_hand": "From secondary accounts, so attributed",
    "unused": "Open in the register, used nowhere",
}


def register(group: AppGroup) -> None:
    """Add the commands of this module to `group`."""
    for command in (content_coverage, content_lawyer, content_counts):
        group.add_command(command)


@click.command("coverage")
@click.argument("course", required=False)
@JSON_OPTION
@with_appcontext
def content_coverage(course: str | None, as_json: bool) -> None:
    """Show which rights and objectives are taught, practised and tested."""
    loaded, courses = _courses(course)
    maps = [coverage(loaded, one) for one in courses]
    for one in maps:
        _say_course(one, as_json=as_json)
    if len(maps) > 1:
        if not as_json:
            say("\nAll courses")
        _say_rights(over_all(maps), "", as_json=as_json)


@click.command("lawyer")
@click.argument("course", required=False)
@click.option(
    "--language",
    type=click.Choice([*LANGUAGES, "all"]),
    default="ru",
    show_default=True,
    help="The language whose texts are listed.",
)
@JSON_OPTION
@with_appcontext
def content_lawyer(course: str | None, language: str, as_json: bool) -> None:
    """List the statements of law that a lawyer has to confirm, with every place."""
    loaded, courses = _courses(course)
    report = law_report(loaded, courses, LANGUAGES if language == "all" else [language])
    shown = "en" if language == "all" else language
    _say_courses(report, shown, as_json=as_json)
    for section, entries in _sections(report).items():
        if not as_json and entries:
            say(f"\n{SECTIONS[section]}")
        for entry in entries:
            _say_entry(entry, section, shown, as_json=as_json)
    _say_questions(report, shown, as_json=as_json)


@click.command("counts")
@click.argument("course", required=False)
@JSON_OPTION
@with_appcontext
def content_counts(course: str | None, as_json: bool) -> None:
    """Count lessons, cases, items and words, and show the shares of levels in the finals."""
    loaded, courses = _courses(course)
    found = {one: counts(loaded, one) for one in courses}
    if as_json:
        for one, about in found.items():
            say("", as_json=True, course=one, **asdict(about))
        return
    uses = list(dict.fromkeys(use for about in found.values() for use in about.items))
    heads = ("course", "lessons", "cases", "aids", "minutes", *uses, "red", *LANGUAGES)
    _table(
        (*heads, "hedged", "attributed", "empty"), [_counted(*row, uses) for row in found.items()]
    )
    shares = level_shares(loaded, courses)
    say("finals: " + ", ".join(f"{band} {float(share):.0%}" for band, share in shares.items()))


def _counted(course: str, about: Counts, uses: Sequence[str]) -> tuple[str, ...]:
    numbers = (
        *(about.lessons, about.scenarios, about.aids, about.minutes),
        *(about.items.get(use, 0) for use in uses),
        about.red_lines,
        *(about.words[lang] for lang in LANGUAGES),
        *(about.hedges, about.attributions, about.empty),
    )
    return (course, *map(str, numbers))


def _say_courses(report: LawReport, lang: str, *, as_json: bool) -> None:
    for one in report.courses:
        law = one.national_law
        owner = law.owner.in_language(lang)
        say(
            f"{one.code}: national law as of {law.as_of}, review due {law.review_due}, {owner}",
            as_json=as_json,
            section="courses",
            course=one.id,
            as_of=law.as_of,
            review_due=law.review_due,
            owner=owner,
        )


def _courses(course: str | None) -> tuple[Loaded, list[str]]:
    loaded = load(current_app.config["AVRR"].content_root)
    if course and course not in loaded.courses:
        refuse(f'There is no course "{course}". Courses: {", ".join(loaded.courses) or "none"}.')
    if loaded.has_errors:
        click.echo("The files have errors, so this may lack something: content check.", err=True)
    return loaded, [course] if course else list(loaded.courses)


def _say_course(cover: CourseCover, *, as_json: bool) -> None:
    course = cover.course
    if not as_json:
        say(f"{course.code} {course.title.en}")
    _say_rights(cover.rights, course.id, as_json=as_json)
    if not as_json:
        _table(
            ("objective", "lessons", "practice", "final", "red line", "draw"),
            [_objective_cells(row) for row in cover.objectives],
        )
        return
    for row in cover.objectives:
        facts = asdict(row) | {"objective": row.objective.id, "statement": row.objective.text.en}
        say("", as_json=True, course=course.id, **facts)


def _say_rights(rows: Iterable[RightCover], course_id: str, *, as_json: bool) -> None:
    if not as_json:
        heads = ("right", "objectives", "lessons", "practice", "final")
        _table(heads, [_right_cells(row) for row in rows])
        return
    for row in rows:
        facts = asdict(row) | {"right": row.right.id, "title": row.right.title.en}
        say("", as_json=True, course=course_id or "all", **facts)


def _right_cells(row: RightCover) -> tuple[str, ...]:
    lessons = ", ".join(row.taught) or "–"
    counts = [str(len(row.practised) or "–"), str(len(row.tested) or "–")]
    if row.taught and not row.tested:
        counts[-1] = "– never tested"
    return (row.right.id, ", ".join(row.objectives) or "–", lessons, *counts)


def _objective_cells(row: ObjectiveCover) -> tuple[str, ...]:
    counts = (len(row.practised), len(row.tested), len(row.red_lines), row.draw)
    lessons = ", ".join(row.taught) or "–"
    return (str(row.objective.id), lessons, *(str(count or "–") for count in counts))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        say(f"  {'  '.join(cells)}".rstrip())
    say("")


def _sections(report: LawReport) -> dict[str, tuple[EntryUses, ...]]:
    return {
        "to_confirm": report.to_confirm,
        "unverified": report.unverified,
        "second_hand": report.second_hand,
        "unused": report.unused,
    }


def _say_entry(one: EntryUses, section: str, lang: str, *, as_json: bool) -> None:
    entry = one.entry
    title = entry.title.in_language(lang)
    if not as_json:
        version = f", version of {entry.version}" if entry.version else ""
        say(f"\n{entry.key}: {title}{version}")
    for row in one.facts:
        about = {"section": section, "key": entry.key, "title": title, **_law(entry, row.fact)}
        if not as_json:
            place = row.fact.pinpoint or f"#{row.fact.id}"
            say(f"  {place} [{row.fact.status}] {row.fact.text}")
        for use in row.uses:
            say(f"    {_place(use)}", as_json=as_json, **about, use=asdict(use))
        if as_json and not row.uses:
            say("", as_json=True, **about, use=None)


def _law(entry: SourceEntry, fact: SourceFact) -> dict[str, object]:
    return {
        "national_law": entry.national_law,
        "version": entry.version,
        "fact": fact.id,
        "pinpoint": fact.pinpoint,
        "status": fact.status,
        "statement": fact.text,
    }


def _place(use: Use) -> str:
    hedge = f" [{use.hedge}]" if use.hedge else ""
    part = " ".join(filter(None, [use.course, use.part, use.where, use.language]))
    return f"{part} ({use.path}:{use.line}), read again by {use.review_due}: {use.words}{hedge}"


def _say_questions(report: LawReport, lang: str, *, as_json: bool) -> None:
    if not as_json and report.questions:
        say("\nOpen questions")
    for question in report.questions:
        text = question.text.in_language(lang)
        facts = {"section": "questions", "id": question.id, "question": text}
        say(f"  {question.id} {text}", as_json=as_json, **facts)
