"""Migrations lead to exactly the models, and back again."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.config import ROOT
from app.db import db

FOLDER = str(ROOT / "migrations")


def differences() -> list:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return compare_metadata(context, db.metadata)


def test_the_newest_migration_equals_the_models(app: Flask) -> None:
    with app.app_context():
        assert differences() == []


def test_one_step_down_and_up_again_gives_the_same_tables(app: Flask) -> None:
    with app.app_context():
        downgrade(directory=FOLDER, revision="-1")
        upgrade(directory=FOLDER)
        assert differences() == []


def test_all_the_way_down_leaves_no_table(app: Flask) -> None:
    with app.app_context():
        downgrade(directory=FOLDER, revision="base")
        left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        assert left == set()
