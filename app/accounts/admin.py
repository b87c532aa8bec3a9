"""What the pages of administration share: their blueprint, actor, day, and agencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from flask import Blueprint, abort, current_app, request
from flask_babel import gettext as _

from app import clock
from app.access.policy import Actor, Permission
from app.access.web import current_actor
from app.accounts import queries
from app.accounts.models import Agency
from app.accounts.tree import Branch, branches
from app.config import Config
from app.text import squeeze
from app.ui.babel import current_language
from app.ui.forms import options

bp = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates")

EVERY_AGENCY = 0
Choices = list[tuple[str, str]]


def actor() -> Actor:
    """Return the signed-in actor; only behind `@requires`."""
    return cast(Actor, current_actor())


def settings() -> Config:
    """Return the settings of this installation."""
    return cast(Config, current_app.config["AVRR"])


def local_today(now: datetime) -> date:
    """Return the day at `now` where this installation is."""
    return clock.local_day(now, settings().time_zone)


def agency_or_404(agency_id: int, permission: Permission) -> Agency:
    """Return an agency where the actor holds `permission`; others are not found."""
    agency = queries.agency(agency_id)
    if agency is None or not actor().may(permission, agency.path):
        abort(404)
    return agency


def agencies_with(permission: Permission) -> Sequence[Agency]:
    """Return the agencies where the actor holds `permission`, parents first."""
    return queries.agencies_below(actor().paths(permission))


def tree_with(permission: Permission) -> list[Branch]:
    """Return the same agencies as a tree, named in the language of the page."""
    return branches(agencies_with(permission), current_language().code)


def asked_agency(tree: Sequence[Branch]) -> Agency | None:
    """Return the agency of `tree` that the address narrows a list to, or None."""
    number = request.args.get("agency", type=int)
    return next((each.agency for each in tree if each.agency.id == number), None)


def asked_words() -> str:
    """Return what the address says to look for."""
    return squeeze(request.args.get("q", ""))[:80]


def agency_choices(permission: Permission, *, none_label: str | None = None) -> Choices:
    """Return the choices of a select; `none_label` is offered to who acts everywhere."""
    choices = [
        (str(branch.agency.id), f"{'– ' * branch.depth}{branch.name}")
        for branch in tree_with(permission)
    ]
    if none_label is not None and actor().may(permission, "/"):
        choices.insert(0, (str(EVERY_AGENCY), none_label))
    return options(choices)


def chosen_agency(agency_id: int, permission: Permission) -> Agency | None:
    """Return the agency a form names, None for every agency; refuses what is out of scope."""
    if agency_id != EVERY_AGENCY:
        return agency_or_404(agency_id, permission)
    if not actor().may(permission, "/"):
        abort(403)
    return None


def role_meanings() -> dict[str, str]:
    """Return what whoever has a role may do, in the language of the page."""
    return {
        "trainer": _("Sees cohorts and the progress of learners by name; gives further attempts."),
        "coordinator": _(
            "Makes cohorts, enrols people, sees their progress by name, issues certificates and "
            "asks for their revocation."
        ),
        "reviewer": _("Sees figures with small groups hidden, and no learner by name."),
        "author": _("Sees the courses, their editions and the state of their review."),
        "admin": _("Keeps agencies, people and roles, and reads the audit log."),
    }


def role_names() -> dict[str, str]:
    """Return the roles' names in the language of the page."""
    return {
        "trainer": _("Trainer"),
        "coordinator": _("Coordinator"),
        "reviewer": _("Reviewer"),
        "author": _("Author"),
        "admin": _("Admin"),
    }
