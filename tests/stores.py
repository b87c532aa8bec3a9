"""Databases for tests that go back to a state that was kept, which is faster than making it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from flask import Flask

from app import clock
from app.db import db
from tests.server import Postgres
from tests.world import ZONE, World


class Store:
    """A database that is reset for each test.

    It has "courses", which are published, and nobody; or also "people", the small world.
    """

    def __init__(self, url: str, keep: Callable[[str], None], reset: Callable[[str], None]) -> None:
        self.url = url
        self.keep = keep
        self._reset = reset
        self._state = ""
        self._people: tuple[date, bytes] | None = None

    def reset(self, app: Flask, *, with_people: bool) -> None:
        """Go back to the courses; with people, to the small world, which is made once a day."""
        if with_people and not self._has_people_of_today():
            self._reset("courses")
            kept = World(app).kept()
            let_go(app)
            self.keep("people")
            self._people = local_today(), kept
        self._state = "people" if with_people else "courses"
        self._reset(self._state)

    def world(self, app: Flask) -> World:
        """Return the small world; it is new where a test has moved the clock or had nobody."""
        if self._state == "people" and self._people and self._has_people_of_today():
            return World(app, self._people[1])
        if self._state == "people":
            let_go(app)
            self._reset("courses")
        return World(app)

    def _has_people_of_today(self) -> bool:
        return self._people is not None and self._people[0] == local_today()


def local_today() -> date:
    """Return the day in the small world."""
    return clock.local_day(clock.now(), ZONE)


def let_go(app: Flask) -> None:
    """Close the connections of an application."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def sqlite_store(folder: Path) -> Store:
    """Return a store that is a file; what it keeps stands beside it."""
    path = folder / "test.sqlite3"

    def at(state: str) -> Path:
        return folder / f"{state}.sqlite3"

    def keep(state: str) -> None:
        at(state).unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(at(state))) as kept:
            source.backup(kept)

    def reset(state: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(at(state), path)

    return Store(f"sqlite:///{path}", keep, reset)


def postgres_store(server: Postgres, worker: str) -> Store:
    """Return a store that is a database of the server; what it keeps are templates."""
    name = f"avrr_{worker}"

    def copy(old: str, new: str) -> None:
        drop = f"DROP DATABASE IF EXISTS {new} WITH (FORCE)"  # may be done again
        server.command(drop, f"CREATE DATABASE {new} TEMPLATE {old}")

    copy("template1", name)
    return Store(
        server.url(name),
        keep=lambda state: copy(name, f"{name}_{state}"),
        reset=lambda state: copy(f"{name}_{state}", name),
    )
