"""A course that is prolonged prolongs the attempts that are open in it."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.assessment import services
from app.db import db
from app.enrolment import services as enrolment


def prolong(world, days):
    offered = world.cohort.courses[0]
    enrolment.add_course(
        world.cohort,
        offered.course,
        opens_on=offered.opens_on,
        closes_on=offered.closes_on + timedelta(days=days),
        by=None,
        now=clock.now(),
    )
    db.session.flush()


def test_an_open_attempt_counts_answers_until_the_new_last_day(world):
    with world.inside():
        attempt = services.start_attempt(world.cycle(world.learner), language="ru", now=clock.now())
        old_end = attempt.closes_at
        prolong(world, 5)
        assert attempt.counts_until == old_end + timedelta(days=5)
        later = old_end + timedelta(days=1)
        option = attempt.draw[0]["options"][0]
        saved = services.save_answer(
            attempt, position=1, base_revision=0, option_ids=[option], now=later
        )
        assert saved == services.Saved(1)
        assert services.seal_due(later) == 0
        assert services.start_attempt(attempt.cycle, language="ru", now=later).id == attempt.id
        assert services.seal_due(old_end + timedelta(days=5)) == 1
        assert attempt.sealed_at == old_end + timedelta(days=5)


def test_a_course_that_is_shortened_takes_nothing_from_an_open_attempt(world):
    with world.inside():
        attempt = services.start_attempt(world.cycle(world.learner), language="ru", now=clock.now())
        end = attempt.closes_at
        prolong(world, -3)
        assert attempt.counts_until == end
