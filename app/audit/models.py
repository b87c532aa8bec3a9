"""Audit rows. Events hold opaque ids, never names or answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Document, Model


class AuditChain(Model):
    """Head of one chain. Root 0 is the chain of acts that concern no agency."""

    __tablename__ = "audit_chain"

    root_agency_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    length: Mapped[int]
    head_hash: Mapped[str]


class AuditEvent(Model):
    """One act. `hash` covers the event and the hash of the one before."""

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("root_agency_id", "sequence"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    root_agency_id: Mapped[int] = mapped_column(ForeignKey("audit_chain.root_agency_id"))
    sequence: Mapped[int]
    action: Mapped[str]
    actor: Mapped[str | None]  # public id of the person, None for the system
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(Document)
    at: Mapped[datetime]
    previous_hash: Mapped[str]
    hash: Mapped[str]
