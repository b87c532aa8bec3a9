"""Agencies (a forest), people, dated memberships and grants, sessions and codes."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.policy import Role
from app.access.scope import AgencyScoped
from app.accounts.rules import short_name
from app.db import BigId, Document, Model
from app.text import localised


def new_public_id() -> str:
    """Return a random id that says nothing about its owner."""
    return uuid.uuid4().hex


class Agency(Model):
    """A node of the forest of services. `path` is `/1/4/`: the ids from the root down to it."""

    __tablename__ = "agency"
    __table_args__ = (UniqueConstraint("parent_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    path: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str]
    name_en: Mapped[str]
    name_ru: Mapped[str]
    name_be: Mapped[str]
    time_zone: Mapped[str]
    created_at: Mapped[datetime]

    @property
    def root_id(self) -> int:
        """Id of the root of this tree; audit chains are kept by root."""
        return int(self.path.split("/")[1])

    @property
    def depth(self) -> int:
        """0 for a root."""
        return self.path.count("/") - 2

    def name(self, language: str) -> str:
        """Return the name in `language`, or another one, marked."""
        names = {"en": self.name_en, "ru": self.name_ru, "be": self.name_be}
        return localised(names, language)


class Person(Model):
    """Somebody who learns or works here. Belonging to an agency is a `Membership`."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    service_number: Mapped[str] = mapped_column(unique=True)
    surname: Mapped[str]
    given_name: Mapped[str]
    patronymic: Mapped[str] = mapped_column(default="")
    surname_latin: Mapped[str] = mapped_column(default="")
    given_name_latin: Mapped[str] = mapped_column(default="")
    name_skeleton: Mapped[str] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="ru")
    display: Mapped[str] = mapped_column(default="")  # how pages look: see app.ui.display
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    welcomed_at: Mapped[datetime | None]  # when the first tour was read or put away

    @property
    def full_name(self) -> str:
        """Surname, name and patronymic as in the service record."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """`Фамилия И. О.`"""
        return short_name(self.surname, self.given_name, self.patronymic)

    @property
    def latin_name(self) -> str:
        """Name in Latin script as in the passport, empty if not recorded."""
        return " ".join(part for part in (self.surname_latin, self.given_name_latin) if part)


class Membership(AgencyScoped, Model):
    """A person belongs to an agency between two days; `ends_on` is exclusive, None is open."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_starts"),
        Index(
            "uq_membership_open",
            "person_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
        Index("ix_membership_agency", "agency_id", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    unit: Mapped[str] = mapped_column(default="")
    rank_band: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    agency: Mapped[Agency] = relationship()


class RoleGrant(Model):
    """A staff role for an agency and its subtree, for a dated period.

    `agency_id` None is every agency, for admins of the installation only. Two people stand
    behind a grant: who asked and who approved; both are None only for the first admin.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_starts"),
        Index("ix_role_grant_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    agency: Mapped[Agency | None] = relationship()

    @property
    def role_value(self) -> Role:
        """The role as the policy knows it."""
        return Role(self.role)


class UserSession(Model):
    """A signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()


class SignInCode(Model):
    """A one-time way in for a person without e-mail: a link, or a code on a printed slip."""

    __tablename__ = "sign_in_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Throttle(Model):
    """How often something was tried in a window of time, shared by all processes."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    window: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    count: Mapped[int]


class Approval(Model):
    """An act that needs a second person: asked for, then approved or refused by another."""

    __tablename__ = "approval"
    __table_args__ = (
        CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> requested_by_id", name="two_people"
        ),
        Index(
            "uq_approval_open",
            "action",
            "subject",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[str]
    subject: Mapped[str]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    requested_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    approved: Mapped[bool | None]

    requested_by: Mapped[Person] = relationship(foreign_keys=[requested_by_id])
    agency: Mapped[Agency | None] = relationship()
