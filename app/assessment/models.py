"""Attempts and their append-only answers."""

from __future__ import annotations

from datetime import datetime, timedelta
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
from app.accounts.models import new_public_id
from app.db import BigId, Document, Model
from app.enrolment.models import Cycle
from app.enrolment.rules import closing_moment


class Attempt(AgencyScoped, Model):
    """One try at the final of a cycle.

    `draw` lists what was drawn, in order of position: item id, item hash and the order in
    which the options are shown. `closes_at` is the closing moment as it was at the start.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        UniqueConstraint("id", "agency_id", "person_id"),
        ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
        ),
        Index(
            "uq_attempt_open",
            "cycle_id",
            unique=True,
            sqlite_where=text("sealed_at IS NULL"),
            postgresql_where=text("sealed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    cycle_id: Mapped[int]
    agency_id: Mapped[int]
    person_id: Mapped[int]
    number: Mapped[int]
    seed: Mapped[str]
    language: Mapped[str]
    draw: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    started_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    sealed_at: Mapped[datetime | None]
    seal_reason: Mapped[str | None]  # submitted, closed

    cycle: Mapped[Cycle] = relationship()
    result: Mapped[Result | None] = relationship(back_populates="attempt")

    @property
    def counts_until(self) -> datetime:
        """The first moment that is too late: the one at the start, or later if prolonged."""
        return max(self.closes_at, closing_moment(self.cycle.closes_on, self.cycle.time_zone))

    @property
    def last_minute(self) -> datetime:
        """The minute before that moment: what pages print, on the day people know."""
        return self.counts_until - timedelta(minutes=1)

    def is_late(self, now: datetime) -> bool:
        """Whether an answer that arrives at `now` is too late. Mostly needs no other row."""
        return now >= self.closes_at and now >= self.counts_until


class Response(AgencyScoped, Model):
    """One save of one answer. Rows are added, never changed."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position", "revision"),
        CheckConstraint("revision >= 1", name="revision_from_one"),
        ForeignKeyConstraint(
            ["attempt_id", "agency_id", "person_id"],
            ["attempt.id", "attempt.agency_id", "attempt.person_id"],
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(BigId)
    agency_id: Mapped[int]
    person_id: Mapped[int]
    position: Mapped[int]
    revision: Mapped[int]
    option_ids: Mapped[list[str]] = mapped_column(Document)
    received_at: Mapped[datetime]


class LateResponse(AgencyScoped, Model):
    """A save that arrived after the seal: kept for a complaint, never graded."""

    __tablename__ = "late_response"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "agency_id", "person_id"],
            ["attempt.id", "attempt.agency_id", "attempt.person_id"],
        ),
        Index("ix_late_response_attempt", "attempt_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(BigId)
    agency_id: Mapped[int]
    person_id: Mapped[int]
    position: Mapped[int]
    base_revision: Mapped[int]
    option_ids: Mapped[list[str]] = mapped_column(Document)
    received_at: Mapped[datetime]


class Result(AgencyScoped, Model):
    """The grade of a sealed attempt: a cache of `rules.grade` over what is recorded.

    `objectives` maps an objective id to [right, drawn].
    """

    __tablename__ = "result"
    __table_args__ = (
        CheckConstraint("right_count >= 0 AND right_count <= drawn_count", name="share"),
        ForeignKeyConstraint(
            ["attempt_id", "agency_id", "person_id"],
            ["attempt.id", "attempt.agency_id", "attempt.person_id"],
        ),
    )

    attempt_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    agency_id: Mapped[int]
    person_id: Mapped[int]
    right_count: Mapped[int]
    drawn_count: Mapped[int]
    red_lines_right: Mapped[bool]
    passed: Mapped[bool]
    objectives: Mapped[dict[str, list[int]]] = mapped_column(Document)
    graded_at: Mapped[datetime]

    attempt: Mapped[Attempt] = relationship(back_populates="result")


class AttemptGrant(AgencyScoped, Model):
    """A further attempt, given by a trainer or coordinator with a reason."""

    __tablename__ = "attempt_grant"
    __table_args__ = (
        UniqueConstraint("cycle_id", "after_number"),
        ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int]
    agency_id: Mapped[int]
    person_id: Mapped[int]
    after_number: Mapped[int]
    reason: Mapped[str]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
