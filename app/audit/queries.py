"""What the audit log shows of a chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.audit.models import AuditChain, AuditEvent
from app.db import db


def chains() -> Sequence[AuditChain]:
    """All chains, that of the installation first."""
    return db.session.scalars(select(AuditChain).order_by(AuditChain.root_agency_id)).all()


def actions(root_agency_id: int) -> Sequence[str]:
    """The kinds of acts in a chain, by name."""
    query = select(AuditEvent.action).where(AuditEvent.root_agency_id == root_agency_id)
    return db.session.scalars(query.distinct().order_by(AuditEvent.action)).all()


def page(
    root_agency_id: int,
    *,
    action: str | None,
    actor: str | None,
    subject: tuple[str, str] | None,
    since: datetime | None,
    until: datetime | None,
    before: int | None,
    limit: int,
) -> Sequence[AuditEvent]:
    """Events of a chain, the latest first: at or after `since`, before `until`.

    `actor` is the public id of who acted, "" the system; `subject` is a type and an id. `before`
    is the sequence number above which an earlier page ended.
    """
    query = select(AuditEvent).where(AuditEvent.root_agency_id == root_agency_id)
    if action:
        query = query.where(AuditEvent.action == action)
    if actor is not None:
        query = query.where(AuditEvent.actor == actor if actor else AuditEvent.actor.is_(None))
    if subject:
        query = query.where(
            AuditEvent.subject_type == subject[0], AuditEvent.subject_id == subject[1]
        )
    if since:
        query = query.where(AuditEvent.at >= since)
    if until:
        query = query.where(AuditEvent.at < until)
    if before is not None:
        query = query.where(AuditEvent.sequence < before)
    return db.session.scalars(query.order_by(AuditEvent.sequence.desc()).limit(limit)).all()
