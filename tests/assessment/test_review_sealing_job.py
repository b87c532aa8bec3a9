"""The job that seals does so in small parts: nobody who saves waits for all of them."""

from __future__ import annotations

from datetime import timedelta

from app import clock, serving
from app.assessment import services
from app.assessment.models import Attempt
from app.db import db


def test_due_attempts_are_sealed_in_parts_and_all_of_them(world, monkeypatch):
    monkeypatch.setattr(serving, "SEALED_AT_ONCE", 1)
    sizes = []

    def watched(now, *, limit):
        sizes.append(services.seal_due(now, limit=limit))
        return sizes[-1]

    monkeypatch.setattr(serving, "seal_due", watched)
    with world.inside():
        for person in (world.learner, world.second_learner):
            begun = services.start_attempt(world.cycle(person), language="ru", now=clock.now())
            begun.closes_at = clock.now() - timedelta(minutes=1)
            begun.cycle.closes_on = clock.now().date() - timedelta(days=2)
        db.session.commit()
    assert serving.work(world.app, once=True)["seal attempts whose time is over"] == 2
    assert sizes == [1, 1, 0]
    with world.inside():
        assert {a.seal_reason for a in db.session.query(Attempt)} == {"closed"}
