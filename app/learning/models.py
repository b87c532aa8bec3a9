"""Facts of learning: places, finished lessons, scenario runs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.scope import AgencyScoped
from app.accounts.models import new_public_id
from app.db import BigId, Model


class LessonPlace(AgencyScoped, Model):
    """Where a learner is in a lesson: the furthest and the last screen, counted from 1."""

    __tablename__ = "lesson_place"
    __table_args__ = (
        ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
        ),
    )

    cycle_id: Mapped[int] = mapped_column(primary_key=True)
    lesson: Mapped[str] = mapped_column(primary_key=True)
    agency_id: Mapped[int]
    person_id: Mapped[int]
    last_screen: Mapped[int]
    furthest_screen: Mapped[int]
    visited_at: Mapped[datetime]


class LessonFinish(AgencyScoped, Model):
    """A learner has finished a lesson; finishing again after a reopening adds a row."""

    __tablename__ = "lesson_finish"
    __table_args__ = (
        UniqueConstraint("cycle_id", "lesson", "round"),
        ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    cycle_id: Mapped[int]
    agency_id: Mapped[int]
    person_id: Mapped[int]
    lesson: Mapped[str]
    round: Mapped[int]  # 1, then one more for each reopening
    finished_at: Mapped[datetime]


class ScenarioRun(AgencyScoped, Model):
    """One run through a scenario. Only its end is a fact that others may see (I17)."""

    __tablename__ = "scenario_run"
    __table_args__ = (
        UniqueConstraint("id", "agency_id", "person_id"),
        ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
        ),
        Index(
            "uq_scenario_run_open",
            "cycle_id",
            "scenario_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    cycle_id: Mapped[int]
    agency_id: Mapped[int]
    person_id: Mapped[int]
    scenario_id: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    choices: Mapped[list[ScenarioChoice]] = relationship(order_by="ScenarioChoice.step")


class ScenarioChoice(AgencyScoped, Model):
    """One choice of a run, append-only; state and facts are replayed from them."""

    __tablename__ = "scenario_choice"
    __table_args__ = (
        UniqueConstraint("run_id", "step"),
        ForeignKeyConstraint(
            ["run_id", "agency_id", "person_id"],
            ["scenario_run.id", "scenario_run.agency_id", "scenario_run.person_id"],
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    run_id: Mapped[int] = mapped_column(BigId)
    agency_id: Mapped[int]
    person_id: Mapped[int]
    step: Mapped[int]
    node_id: Mapped[str]
    choice_id: Mapped[str]
    chosen_at: Mapped[datetime]
