"""Technical logs tell what went wrong and where, never whose name or answer was in it (I13)."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy.exc import IntegrityError

from app import clock, serving
from app.accounts.models import Person
from app.db import db


def test_a_failed_job_leaves_no_value_of_a_row_in_the_log(world, monkeypatch, caplog):
    def fail(now):
        db.session.add(
            Person(
                service_number=world.learner.service_number,
                surname="Тайнова",
                given_name="Нина",
                name_skeleton="secret",
                created_at=clock.now(),
            )
        )
        with pytest.raises(IntegrityError) as caught:
            db.session.flush()
        raise caught.value

    monkeypatch.setattr(serving, "JOBS", {"broken": fail})
    with caplog.at_level(logging.ERROR):
        assert serving.work(world.app, once=True) == {"broken": 0}
    assert "broken" in caplog.text
    assert "IntegrityError" in caplog.text
    for secret in ("Тайнова", world.learner.service_number):
        assert secret not in caplog.text
