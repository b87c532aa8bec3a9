"""The difference between two editions, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.catalogue.diff import Change
from app.ui.babel import BY_CODE


@dataclass(frozen=True)
class Told:
    """A change in one sentence. `weight` is grave, plain or note."""

    text: str
    weight: str


def told(changes: Iterable[Change], course_id: str) -> list[Told]:
    """Return each change in words, in the order they came."""
    return [Told(_text(change, course_id), _weight(change)) for change in changes]


def _weight(change: Change) -> str:
    if change.act in ("key", "lost"):
        return "grave"
    return "note" if change.kind in ("format", "minutes", "review") else "plain"


def _text(change: Change, course_id: str) -> str:
    if change.act == "key":
        return _key(change)
    if change.act == "lost":
        return _(
            "Item %(id)s has gone: put its id into courses/%(course)s/retired.yaml, so that no "
            "other item ever bears it",
            id=change.id,
            course=course_id,
        )
    return f"{_what(change)}: {_act(change)}"


def _key(change: Change) -> str:
    if change.before == change.after:
        return _(
            "KEY CHANGED: the options of item %(id)s have changed places, another answer is right",
            id=change.id,
        )
    return _(
        "KEY CHANGED: in item %(id)s option %(after)s is right, it was option %(before)s",
        id=change.id,
        before=change.before,
        after=change.after,
    )


def _what(change: Change) -> str:
    one = change.id
    names = {
        "item": _("Item %(id)s", id=one),
        "lesson": _("Lesson %(id)s", id=one),
        "aid": _("Job aid %(id)s", id=one),
        "scenario": _("Case %(id)s", id=one),
        "recording": _("Recording %(id)s", id=one),
        "media": _("Picture or file %(id)s", id=one),
        "objective": _("Objective %(id)s", id=one),
        "term": _("Term %(id)s", id=one),
        "course": _("Course, %(part)s", part=_part(one)),
        "rule": _("Rule, %(part)s", part=_part(one.rpartition(".")[2], one)),
        "law": _("National law, %(part)s", part=_part(one)),
        "review": _("Review"),
        "minutes": _("Minutes of work"),
        "format": _("Written form of editions, by the program"),
    }
    return names.get(change.kind, one)


def _part(name: str, whole: str = "") -> str:
    if "wait_hours" in whole:
        return _("hours to wait after attempt %(number)s", number=name)
    return {
        "as_of": _("state as of"),
        "review_due": _("to be reviewed by"),
        "owner": _("who keeps it"),
        "title": _("title"),
        "code": _("code"),
        "summary": _("summary"),
        "roles": _("roles"),
        "prerequisites": _("courses to be taken before"),
        "objectives": _("order of objectives"),
        "lessons": _("list of lessons"),
        "scenarios": _("list of cases"),
        "aids": _("list of job aids"),
        "cut_score": _("share of right answers to pass"),
        "attempts": _("number of attempts"),
        "reopen_after": _("lessons again after attempt"),
        "seconds_per_item": _("seconds for a question"),
        "draw": _("how questions are drawn"),
        "items": _("questions in a final test"),
        "completion": _("what completes the course"),
        "valid_months": _("months a certificate is valid"),
        "renewal_opens_days_before": _("days before its end that a renewal opens"),
    }.get(name, name)


def _act(change: Change) -> str:
    before, after = change.before, change.after
    if change.kind == "review":  # the numbers say it in every language: closed is all of them
        before, after = before.partition(" ")[0], after.partition(" ")[0]
    if before and after and before != after:
        return f"{before} → {after}"
    if change.act == "new":
        return _("added: %(value)s", value=after) if after else _("added")
    if change.act == "removed":
        return _("taken out")
    if change.languages:
        names = ", ".join(BY_CODE[one].name for one in change.languages if one in BY_CODE)
        return _("text changed (%(languages)s)", languages=names)
    return _("changed")
