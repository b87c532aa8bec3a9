"""Facts of learning: places, finished lessons, scenario runs; notes and bookmarks."""

from __future__ import annotations

from datetime import datetime

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


class LessonNote(AgencyScoped, Model):
    """What a learner wrote beside a screen of a lesson, one note a screen, for own eyes only (I17).

    It belongs to the course, not to an edition or a cycle: it is still there at a renewal.
    `revision` counts the changes, so that a second device never overwrites in silence.
    """

    __tablename__ = "lesson_note"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "lesson", "screen"),
        CheckConstraint("screen >= 1", name="screen_counts_from_one"),
    )
    private = True

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    lesson: Mapped[str]
    screen: Mapped[int]
    text: Mapped[str]
    revision: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class LessonBookmark(AgencyScoped, Model):
    """A screen of a lesson that a learner wants to find again, for own eyes only (I17)."""

    __tablename__ = "lesson_bookmark"
    __table_args__ = (CheckConstraint("screen >= 1", name="screen_counts_from_one"),)
    private = True

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    lesson: Mapped[str] = mapped_column(primary_key=True)
    screen: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    created_at: Mapped[datetime]
