"""The main menu and the account menu, by what the signed-in person may do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.access.policy import Actor, Permission


@dataclass(frozen=True)
class Link:
    """An entry of a menu."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Account:
    """The account menu."""

    name: str
    detail: str
    links: tuple[Link, ...]
    sign_out_url: str


def items(actor: Actor | None) -> list[Link]:
    """Return the entries of the main menu."""
    if actor is None:
        return []
    entries: list[tuple[Permission | None, str, str]] = [
        (None, _("My courses"), "learning.home"),
        (Permission.COHORT_VIEW, _("Cohorts"), "enrolment.cohorts"),
        (Permission.REPORT_VIEW, _("Reports"), "reports.overview"),
        (Permission.CONTENT_VIEW, _("Content"), "catalogue.courses"),
        (Permission.PEOPLE_EDIT, _("Administration"), "admin.agencies"),
    ]
    return [
        _link(label, endpoint)
        for permission, label, endpoint in entries
        if permission is None or actor.may(permission)
    ]


def account() -> Account | None:
    """Return the account menu of who is signed in."""
    if not current_user.is_authenticated:
        return None
    person = current_user.person
    links = (
        _link(_("My certificates"), "certificates.mine"),
        _link(_("My account"), "accounts.account"),
    )
    return Account(person.short_name, "", links, url_for("accounts.sign_out"))


def _link(label: str, endpoint: str) -> Link:
    return Link(label, _address(endpoint, request.script_root), request.endpoint == endpoint)


@cache
def _address(endpoint: str, root: str) -> str:
    """Return the address of a page without arguments; every page links to the same few."""
    return f"{root}{url_for(endpoint).removeprefix(root)}"
