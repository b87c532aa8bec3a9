"""The audit log: who did what, when, and whether the record holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access.policy import Actor, Permission
from app.access.web import current_actor, requires
from app.audit import queries, services, wording
from app.audit.models import AuditChain
from app.config import Config
from app.text import name_order, squeeze

bp = Blueprint("audit", __name__, url_prefix="/admin/audit", template_folder="templates")

PAGE = 50
SYSTEM = "system"  # in the address, for acts of nobody
TEXT_MAX = 80
YEARS = range(2000, 2200)
MAX_SEQUENCE = 2**31 - 1


@bp.get("")
@requires(Permission.AUDIT_VIEW)
def log() -> ResponseReturnValue:
    """Show one chain of events, the latest first."""
    chains = _chains_in_scope()
    root = _chosen(chains)
    if root is None:
        return render_template("audit/log.html", chains=[], chain=None)
    asked = _asked()
    zone = cast(Config, current_app.config["AVRR"]).time_zone
    found = queries.page(
        root,
        action=asked.action,
        actor=asked.actor,
        subject=asked.subject,
        since=clock.start_of_day(asked.since, zone) if asked.since else None,
        until=clock.end_of_day(asked.until, zone) if asked.until else None,
        before=_before(),
        limit=PAGE + 1,
    )
    acts = [(action, wording.act_words(action)) for action in queries.actions(root)]
    return render_template(
        "audit/log.html",
        chains=chains,
        chain=root,
        events=found[:PAGE],
        more=len(found) > PAGE,
        is_later="before" in request.args,
        acts=sorted(acts, key=lambda act: name_order(act[1])),
        asked=asked,
        words=wording,
    )


@bp.get("/check")
@requires(Permission.AUDIT_VIEW)
def check() -> ResponseReturnValue:
    """Work out every hash of a chain again and say whether it holds."""
    chains = _chains_in_scope()
    root = _chosen(chains)
    if root is None:
        abort(404)
    return render_template(
        "audit/check.html",
        chain=next(chain for chain in chains if chain.root_agency_id == root),
        others=[chain for chain in chains if chain.root_agency_id != root],
        broken_at=services.chain_break(root),
        checked_at=clock.now(),
    )


@dataclass(frozen=True)
class _Asked:
    """What the address narrows the log to; `actor` "" is the system."""

    action: str | None
    actor: str | None
    subject: tuple[str, str] | None
    since: date | None
    until: date | None


def _asked() -> _Asked:
    kind, _colon, subject_id = _text("about").partition(":")
    actor = _text("actor")
    return _Asked(
        action=_text("action") or None,
        actor="" if actor == SYSTEM else actor or None,
        subject=(kind, subject_id) if kind and subject_id else None,
        since=_day("since"),
        until=_day("until"),
    )


def _text(name: str) -> str:
    return squeeze(request.args.get(name, ""))[:TEXT_MAX]


def _chains_in_scope() -> Sequence[AuditChain]:
    """Return the chains of root agencies the actor holds whole.

    A chain mixes the acts of all agencies below its root, so who holds a part of the tree only
    does not see it. The chain of no agency is for who holds every agency.
    """
    actor = cast(Actor, current_actor())
    return [
        chain
        for chain in queries.chains()
        if actor.may(
            Permission.AUDIT_VIEW,
            "/" if chain.root_agency_id == services.NO_AGENCY else f"/{chain.root_agency_id}/",
        )
    ]


def _chosen(chains: Sequence[AuditChain]) -> int | None:
    """Return the chain that the address names, by default the first; 404 for any other."""
    roots = [chain.root_agency_id for chain in chains]
    if "chain" not in request.args:
        return roots[0] if roots else None
    wanted = request.args.get("chain", type=int)
    if wanted not in roots:
        abort(404)
    return wanted


def _before() -> int | None:
    before = request.args.get("before", type=int)
    return None if before is None else min(max(before, 0), MAX_SEQUENCE)


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if day.year in YEARS else None
