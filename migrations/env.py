"""How migrations run: one connection, one transaction; foreign keys rest on SQLite meanwhile."""

from __future__ import annotations

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import JSON
from sqlalchemy.types import TypeDecorator

db = current_app.extensions["migrate"].db


def _plain_types(kind: str, thing: object, _context: AutogenContext) -> str | bool:
    """Write column types without the program's own classes: a migration imports no `app`."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return "sa.DateTime(timezone=True)"
    return "document" if kind == "type" and isinstance(thing, JSON) else False


def run() -> None:
    """Run the migrations on the application's database."""
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=_plain_types,
            compare_type=False,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("a migration left rows that point to nothing")
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run()
