"""Certificates and the erasable row that holds what is printed on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.scope import AgencyScoped
from app.db import Document, Model

_IN_FORCE = text("state = 'valid'")


class Certificate(AgencyScoped, Model):
    """Proof that a cycle was completed. Rows are never deleted.

    `state` is valid, revoked or superseded; expired follows from `expires_on`. `print_hash`
    is a keyed hash of the printed fields and stays when they are erased.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("state IN ('valid', 'revoked', 'superseded')", name="state"),
        UniqueConstraint("id", "agency_id", "person_id"),
        ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
        ),
        Index(
            "uq_certificate_in_force",
            "cycle_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[str] = mapped_column(unique=True)
    cycle_id: Mapped[int]
    agency_id: Mapped[int]
    person_id: Mapped[int]
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    state: Mapped[str] = mapped_column(default="valid")
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_on: Mapped[date | None]  # last day of validity, in the cohort's time zone
    time_zone: Mapped[str]
    changed_at: Mapped[datetime | None]
    reason_code: Mapped[str | None]
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    print_hash: Mapped[str]

    printed: Mapped[CertificatePrint | None] = relationship(back_populates="certificate")
    superseded_by: Mapped[Certificate | None] = relationship(remote_side=[id])


class CertificatePrint(AgencyScoped, Model):
    """The fields printed on a certificate: a snapshot, erasable on request."""

    __tablename__ = "certificate_print"
    __table_args__ = (
        ForeignKeyConstraint(
            ["certificate_id", "agency_id", "person_id"],
            ["certificate.id", "certificate.agency_id", "certificate.person_id"],
        ),
    )

    certificate_id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int]
    person_id: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(Document)

    certificate: Mapped[Certificate] = relationship(back_populates="printed")
