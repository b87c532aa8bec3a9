"""Serve the application, and do the work that belongs to no request."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import waitress
from flask import Flask
from sqlalchemy import delete, inspect, select

from app import clock
from app.access import scope
from app.accounts.models import Throttle
from app.assessment.services import seal_due
from app.audit.models import AuditEvent
from app.config import Config, ConfigError
from app.db import db, without_values
from app.enrolment.models import ImportPreview
from app.learning.notes import forget_notes_of_leavers

DEMO_LOADED = "demo.loaded"
PREVIEW_LIFE = timedelta(days=1)
THROTTLE_LIFE = timedelta(days=2)
ROUND_SECONDS = 60
SEALED_AT_ONCE = 20
log = logging.getLogger(__name__)


def check_ready(app: Flask) -> None:
    """Refuse to serve people's data from a database that holds the demo.

    Raises `ConfigError` that says what to set.
    """
    settings: Config = app.config["AVRR"]
    if not settings.production:
        return
    with app.app_context():
        if not inspect(db.engine).has_table(AuditEvent.__tablename__):
            raise ConfigError(["The database has no tables: run flask db upgrade first."])
        if holds_demo():
            raise ConfigError(
                ["The database holds the demo: set DATABASE_URL to another, empty database."]
            )


def holds_demo() -> bool:
    """Whether the demo was ever loaded into this database."""
    query = select(AuditEvent.id).where(AuditEvent.action == DEMO_LOADED).limit(1)
    return db.session.scalar(query) is not None


def serve(app: Flask, *, host: str, port: int, threads: int) -> None:
    """Serve with waitress until stopped, with a thread for the work outside requests."""
    check_ready(app)
    threading.Thread(target=work, args=(app,), daemon=True, name="jobs").start()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue is no fault
    waitress.serve(app, host=host, port=port, threads=threads, ident=None)


def work(app: Flask, *, once: bool = False) -> dict[str, int]:
    """Run every job each minute; `once` runs them a single time and returns what each did."""
    while True:
        done = {name: _run(app, name, job) for name, job in JOBS.items()}
        if once:
            return done
        time.sleep(ROUND_SECONDS)


def _run(app: Flask, name: str, job: Callable[[datetime], int]) -> int:
    with app.app_context(), scope.everything(f"job: {name}"):
        try:
            count = job(clock.now())
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            log.error("job %s failed: %s", name, without_values(error))
            return 0
        return count


def _seal_due(now: datetime) -> int:
    """Seal in parts with a commit after each: meanwhile others save their answers."""
    total = 0
    while count := seal_due(now, limit=SEALED_AT_ONCE):
        db.session.commit()
        total += count
    return total


def _forget_previews(now: datetime) -> int:
    statement = delete(ImportPreview).where(ImportPreview.created_at < now - PREVIEW_LIFE)
    return db.session.execute(statement).rowcount  # type: ignore[attr-defined, no-any-return]


def _forget_tries(now: datetime) -> int:
    old = int((now - THROTTLE_LIFE).timestamp())
    statement = delete(Throttle).where(Throttle.window < old)
    return db.session.execute(statement).rowcount  # type: ignore[attr-defined, no-any-return]


JOBS: dict[str, Callable[[datetime], int]] = {
    "seal attempts whose time is over": _seal_due,
    "forget previews of imported files": _forget_previews,
    "forget counted tries": _forget_tries,
    "forget notes of people who left": forget_notes_of_leavers,
}
