"""Slow work happens while nobody else is kept from writing."""

from __future__ import annotations

import io
import sqlite3

import pytest

from app.db import db
from app.enrolment import import_views, slips
from app.reports import views as reports

pytestmark = pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True)


@pytest.fixture
def others_write(world):
    """Say whether another connection may begin to write at once."""
    with world.inside():
        path = db.engine.url.database

    def ask():
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return False
        finally:
            other.close()
        return True

    return ask


def watched(monkeypatch, module, name, ask):
    answers = []
    real = getattr(module, name)

    def call(*args, **named):
        answers.append(ask())
        return real(*args, **named)

    monkeypatch.setattr(module, name, call)
    return answers


def test_others_write_while_slips_are_drawn(world, visit, monkeypatch, others_write):
    answers = watched(monkeypatch, slips.segno, "make", others_write)
    data = {"row": [world.learner.public_id, world.second_learner.public_id]}
    cohort = {"cohort_id": world.cohort.id}
    assert visit(world.coordinator, "slips.slips", "POST", data, **cohort).status_code == 200
    assert answers == [True, True]


def test_others_write_while_a_list_is_read(world, visit, monkeypatch, others_write):
    answers = watched(monkeypatch, import_views, "read", others_write)
    text = "Табельный номер;Фамилия;Имя\nН-1;Вымыслов;Ян\n".encode("cp1251")
    data = {"roster": (io.BytesIO(text), "list.csv")}
    cohort = {"cohort_id": world.cohort.id}
    made = visit(world.coordinator, "enrolment.import_people", "POST", data, **cohort)
    assert (made.status_code, answers) == (302, [True])


def test_others_write_while_a_report_is_counted(world, visit, monkeypatch, others_write):
    answers = watched(monkeypatch, reports.queries, "completion", others_write)
    assert visit(world.coordinator, "reports.export", "POST", {}).status_code == 200
    assert answers == [True]
