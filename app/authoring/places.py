"""What pages call the parts of a course, and which pages show one."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from flask import current_app, url_for
from flask_babel import gettext as _

from app.content.messages.message import N_
from app.ui.format import date_long

PREVIEW = "authoring_preview.preview"
PREVIEWED = frozenset({"lesson", "aid", "scenario", "item"})
_NAMES = {
    "course": N_("Texts of the course"),
    "lesson": N_("Lesson %(id)s"),
    "aid": N_("Job aid %(id)s"),
    "scenario": N_("Case %(id)s"),
    "item": N_("Item %(id)s"),
    "recording": N_("Recording %(id)s"),
    "journal": N_("Journal"),
    "assignment": N_("Assignment %(id)s"),
    "term": N_("Term %(id)s"),
}
_SCREEN = re.compile(r"s(\d+)")


def part_name(part: str) -> str:
    """Return what a part such as `lesson 1-1` is called, in the language in force."""
    kind, _space, own = part.partition(" ")
    return str(_(_NAMES[kind], id=own)) if kind in _NAMES else part


def kind_name(kind: str) -> str:
    """Return what parts of a kind are called together, in the language in force."""
    names = {
        "course": _("Texts of the course"),
        "lesson": _("Lessons"),
        "aid": _("Job aids"),
        "scenario": _("Cases"),
        "item": _("Items"),
        "recording": _("Recordings"),
        "journal": _("Journal"),
        "assignment": _("Assignments"),
    }
    return names.get(kind, kind)


def place_name(where: str) -> str:
    """Return what a place in a part is called: `s2` is a screen, the rest are keys of a file."""
    if screen := _SCREEN.fullmatch(where):
        return _("screen %(number)s", number=screen[1])
    kind, _space, own = where.partition(" ")
    return _("option %(id)s", id=own) if kind == "option" else where


def office_name(office: str) -> str:
    """Return what an office that reviews is called, in the language in force."""
    return {"iom": _("IOM"), "legal": _("Lawyers"), "language": _("Language editors")}[office]


def day(text: str) -> str:
    """Return a day such as 2027-05-17 in words; one that does not exist stays as written."""
    try:
        return date_long(date.fromisoformat(text))
    except ValueError:
        return text


def slug(part: str) -> str:
    """Return a part as addresses name it."""
    return part.replace(" ", "/", 1)


def part_of(slug: str, known: Collection[str]) -> str | None:
    """Return the part that an address names, if it is one of those known."""
    part = slug.replace("/", " ", 1)
    return part if part in known else None


def translation_url(course: str, part: str, to: str | None, only: str | None = None) -> str:
    """Return the address where a part stands beside its translation."""
    address = "authoring_health.translation"
    return url_for(address, course_id=course, part=slug(part), to=to, only=only)


def preview_url(course: str, part: str, lang: str | None = None) -> str | None:
    """Return the address where a part is previewed; None when it cannot be."""
    kind, _space, own = part.partition(" ")
    if kind not in PREVIEWED or PREVIEW not in current_app.view_functions:
        return None
    return url_for(PREVIEW, course_id=course, kind=kind, slug=own, lang=lang)
