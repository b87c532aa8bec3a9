"""Write an event in the caller's transaction, and check the chains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audit import rules
from app.audit.models import AuditChain, AuditEvent
from app.db import db

NO_AGENCY = 0


class Someone(Protocol):
    """A person as the audit knows them."""

    @property
    def public_id(self) -> str: ...


def record(
    action: str,
    subject_type: str,
    subject_id: object,
    *,
    by: Someone | None,
    at: datetime,
    root_agency_id: int = NO_AGENCY,
    **detail: Any,
) -> AuditEvent:
    """Append an event to the chain of `root_agency_id`. The caller commits.

    `by` is None when the system acts. `detail` holds facts and opaque ids, never names.
    """
    chain = _locked_chain(root_agency_id)
    event = rules.Event(
        root_agency_id=root_agency_id,
        sequence=chain.length + 1,
        action=action,
        actor=by.public_id if by else None,
        subject_type=subject_type,
        subject_id=str(subject_id),
        detail=detail,
        at=at.isoformat(),
    )
    digest = rules.event_hash(event, chain.head_hash)
    row = AuditEvent(
        root_agency_id=root_agency_id,
        sequence=event.sequence,
        action=action,
        actor=event.actor,
        subject_type=subject_type,
        subject_id=event.subject_id,
        detail=detail,
        at=at,
        previous_hash=chain.head_hash,
        hash=digest,
    )
    chain.length, chain.head_hash = event.sequence, digest
    db.session.add(row)
    return row


def _locked_chain(root_agency_id: int) -> AuditChain:
    query = select(AuditChain).where(AuditChain.root_agency_id == root_agency_id).with_for_update()
    query = query.execution_options(populate_existing=True)
    if chain := db.session.scalars(query).one_or_none():
        return chain
    try:
        with db.session.begin_nested():
            first = AuditChain(root_agency_id=root_agency_id, length=0, head_hash=rules.GENESIS)
            db.session.add(first)
    except IntegrityError:  # somebody began the chain a moment ago
        return db.session.scalars(query).one()
    return first


def broken_chains() -> dict[int, int]:
    """Return, for each broken chain, the sequence number at which it breaks."""
    roots = db.session.scalars(
        select(AuditChain.root_agency_id).order_by(AuditChain.root_agency_id)
    ).all()
    found = {root: chain_break(root) for root in roots}
    return {root: sequence for root, sequence in found.items() if sequence is not None}


def chain_break(root_agency_id: int) -> int | None:
    """Return the sequence number at which a chain breaks, or None when it holds.

    A chain that lost its last events breaks at the first that is missing.
    """
    chain = db.session.get(AuditChain, root_agency_id)
    links = [_link(row) for row in events(root_agency_id)]
    if at := rules.first_break(links):
        return at
    length, head = (chain.length, chain.head_hash) if chain else (0, rules.GENESIS)
    return None if (len(links), _head(links)) == (length, head) else len(links) + 1


def events(root_agency_id: int) -> Sequence[AuditEvent]:
    """Events of one chain, oldest first."""
    query = select(AuditEvent).where(AuditEvent.root_agency_id == root_agency_id)
    return db.session.scalars(query.order_by(AuditEvent.sequence)).all()


def _head(links: Sequence[rules.Link]) -> str:
    return links[-1].hash if links else rules.GENESIS


def _link(row: AuditEvent) -> rules.Link:
    event = rules.Event(
        row.root_agency_id,
        row.sequence,
        row.action,
        row.actor,
        row.subject_type,
        row.subject_id,
        row.detail,
        row.at.isoformat(),
    )
    return rules.Link(event, row.previous_hash, row.hash)
