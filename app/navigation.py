"""The main menu and the account menu, by what the signed-in person may do."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from app.access.policy import Actor, Permission, Role, allows
from app.access.web import current_actor
from app.ui import here
from app.ui.babel import current_language
from app.ui.help import section_for
from app.ui.top import Link, Menu, fill


def page_top() -> Markup:
    """Return the top of this page, for the base template."""
    signed_in = current_user.is_authenticated
    root, endpoint, code = request.script_root, request.endpoint, current_language().code
    menu = Menu(
        items=items(current_actor()),
        account_links=_account_links(code, endpoint, root) if signed_in else (),
        sign_out_url=_address("accounts.sign_out", root) if signed_in else "",
    )
    return fill(menu, here=here(), name=current_user.seat.short_name if signed_in else "")


def items(actor: Actor | None) -> tuple[Link, ...]:
    """Return the entries of the main menu."""
    roles = None if actor is None else frozenset(grant.role for grant in actor.grants)
    return _items(roles, current_language().code, request.endpoint, request.script_root)


@lru_cache(maxsize=1024)
def _items(
    roles: frozenset[Role] | None, _language: str, _endpoint: str | None, _root: str
) -> tuple[Link, ...]:
    """Put the main menu together; it is the same for all with these roles on this page."""
    if roles is None:
        return (
            _link(_("Sign in"), "accounts.sign_in"),
            _help(aside=True),
        )
    entries: list[tuple[Permission | None, str, str]] = [
        (None, _("Home") if roles else _("My courses"), "learning.home"),
        (Permission.COHORT_VIEW, _("Cohorts"), "enrolment.cohorts"),
        (Permission.REPORT_VIEW, _("Reports"), "reports.overview"),
        (Permission.CONTENT_VIEW, _("Content"), "authoring.content"),
        (Permission.PEOPLE_EDIT, _("Administration"), "admin.agencies"),
    ]
    return (
        *(
            _link(label, endpoint)
            for permission, label, endpoint in entries
            if permission is None or any(allows(role, permission) for role in roles)
        ),
        _link(_("Search"), "search.search", icon="search", aside=True),
        _help(),
    )


@lru_cache(maxsize=256)
def _account_links(_language: str, _endpoint: str | None, _root: str) -> tuple[Link, ...]:
    return (
        _link(_("My certificates"), "certificates.mine", icon="award"),
        _link(_("My notes"), "notes.mine", icon="notebook-pen"),
        _link(_("My account"), "accounts.account", icon="user"),
        _link(_("Display"), "ui.display", icon="contrast"),
    )


def _help(*, aside: bool = False) -> Link:
    """Lead to the part of the help that fits this page; it stands last on every page."""
    section = section_for(request.endpoint)
    link = _link(_("Help"), "ui.help", icon="circle-question-mark", aside=aside)
    return replace(link, url=f"{link.url}#{section}") if section else link


def _link(label: str, endpoint: str, *, icon: str = "", aside: bool = False) -> Link:
    address = _address(endpoint, request.script_root)
    return Link(label, address, request.endpoint == endpoint, icon, aside)


@cache
def _address(endpoint: str, root: str) -> str:
    """Return the address of a page without arguments; every page links to the same few."""
    return f"{root}{url_for(endpoint).removeprefix(root)}"
