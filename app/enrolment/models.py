"""Cohorts of an agency, their courses, their learners and the learners' cycles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.scope import AgencyScoped
from app.accounts.models import Agency, Person
from app.catalogue.models import Course, Edition
from app.db import Document, Model


class Cohort(AgencyScoped, Model):
    """Learners of one agency who take courses together."""

    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("agency_id", "name"), UniqueConstraint("id", "agency_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str]
    time_zone: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    agency: Mapped[Agency] = relationship()
    courses: Mapped[list[CohortCourse]] = relationship(
        back_populates="cohort", order_by="CohortCourse.closes_on, CohortCourse.course_id"
    )

    @classmethod
    def visible_to_learner(cls, person_id: BindParameter[int]) -> ColumnElement[bool]:
        """Cohorts the learner is or was enrolled in."""
        return cls.id.in_(
            select(Enrolment.cohort_id).where(Enrolment.person_id == person_id).scalar_subquery()
        )


class CohortCourse(AgencyScoped, Model):
    """A course of a cohort between two days, both inclusive, in the cohort's time zone."""

    __tablename__ = "cohort_course"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "agency_id"], ["cohort.id", "cohort.agency_id"]),
        CheckConstraint("closes_on >= opens_on", name="closes_after_opens"),
    )

    cohort_id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    agency_id: Mapped[int]
    opens_on: Mapped[date]
    closes_on: Mapped[date]

    cohort: Mapped[Cohort] = relationship(back_populates="courses")
    course: Mapped[Course] = relationship()

    @classmethod
    def visible_to_learner(cls, person_id: BindParameter[int]) -> ColumnElement[bool]:
        """Courses of the cohorts the learner is or was enrolled in."""
        return cls.cohort_id.in_(
            select(Enrolment.cohort_id).where(Enrolment.person_id == person_id).scalar_subquery()
        )


class Enrolment(AgencyScoped, Model):
    """A person in a cohort. Leaving sets `left_at`; the row stays."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("cohort_id", "person_id"),
        UniqueConstraint("id", "agency_id", "person_id"),
        ForeignKeyConstraint(["cohort_id", "agency_id"], ["cohort.id", "cohort.agency_id"]),
        Index("ix_enrolment_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int]
    agency_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enrolled_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship()
    person: Mapped[Person] = relationship()


class Cycle(AgencyScoped, Model):
    """One run of one person through one course, on the edition it began with."""

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "course_id", "number"),
        UniqueConstraint("id", "agency_id", "person_id"),
        ForeignKeyConstraint(
            ["enrolment_id", "agency_id", "person_id"],
            ["enrolment.id", "enrolment.agency_id", "enrolment.person_id"],
        ),
        Index("ix_cycle_person", "person_id", "course_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int]
    agency_id: Mapped[int]
    person_id: Mapped[int]
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    opens_on: Mapped[date]
    closes_on: Mapped[date]  # last day, inclusive, in the cohort's time zone
    time_zone: Mapped[str]
    started_at: Mapped[datetime]

    enrolment: Mapped[Enrolment] = relationship()
    edition: Mapped[Edition] = relationship()


class ImportPreview(AgencyScoped, Model):
    """A read file of people waiting for the coordinator's word. Deleted when acted upon."""

    __tablename__ = "import_preview"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    reading: Mapped[dict[str, Any]] = mapped_column(Document)  # encoding, delimiter, rows
