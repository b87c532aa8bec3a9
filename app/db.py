"""The database: one declarative base, UTC moments, and how SQLite and PostgreSQL begin."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import format_tb
from typing import Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, DateTime, Integer, MetaData, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MS = 10_000

convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. Naive values are refused on the way in and never come out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer(), "sqlite")
Document = JSON().with_variant(postgresql.JSONB(), "postgresql")


class Model(DeclarativeBase):
    """Base of all models."""

    metadata = MetaData(naming_convention=convention)
    type_annotation_map = {datetime: Moment}  # noqa: RUF012


db = SQLAlchemy(metadata=Model.metadata)
migrate = Migrate(db=db, render_as_batch=True)


def added(row: Model) -> bool:
    """Add a row; False when a unique constraint says that it is there already."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True


def without_values(error: BaseException) -> str:
    """Return where an error came from, for a log.

    Messages of databases quote rows: names, numbers, answers. Of an error that has to do with one
    only its kind is told.
    """
    chain: list[BaseException] = [error]
    while following := chain[-1].__cause__ or chain[-1].__context__:
        chain.append(following)
    places = "".join(line for one in reversed(chain) for line in format_tb(one.__traceback__))
    is_quoting = any(isinstance(one, SQLAlchemyError) for one in chain)
    words = [type(one).__name__ if is_quoting else repr(one) for one in chain]
    return f"{' <- '.join(words)}\n{places}"


_writing: ContextVar[bool] = ContextVar("writing", default=True)


def is_write() -> bool:
    """Whether the transaction about to begin may write."""
    return _writing.get()


def set_writing(writing: bool) -> None:
    """Say whether the next transaction of this context writes; views that only read say no."""
    _writing.set(writing)


@contextmanager
def reading() -> Iterator[None]:
    """Begin transactions inside the block as readers."""
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


@event.listens_for(Engine, "connect")
def _connect(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write() else "BEGIN")
