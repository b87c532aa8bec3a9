"""Two acts at once may both be the first of a chain."""

from __future__ import annotations

from threading import Barrier, Thread

from app import clock
from app.audit import services
from app.db import db

ROOT = 777


def test_two_first_events_at_once_make_one_chain(app):
    barrier, faults = Barrier(2), []

    def act():
        with app.app_context():
            try:
                barrier.wait()
                services.record("x.done", "x", 1, by=None, at=clock.now(), root_agency_id=ROOT)
                db.session.commit()
            except Exception as error:
                faults.append(error)
            finally:
                db.session.remove()

    for _round in range(3):
        threads = [Thread(target=act) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with app.app_context():
        assert [event.sequence for event in services.events(ROOT)] == [1, 2, 3, 4, 5, 6]
        assert services.chain_break(ROOT) is None
    assert faults == []
