"""A course that comes after others begins when those are complete, if the learner has them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.catalogue.models import Course
from app.db import db
from app.enrolment import services as enrolment
from app.learning import overview
from tests.browser.words import ru
from tests.published import publish

FIRST, SECOND = "c1", "c2"


@pytest.fixture
def give(world):
    """Give the cohort a course."""

    def add(course_id, opens_in=-1):
        publish(course_id)
        today = clock.local_day(clock.now(), "Europe/Minsk")
        enrolment.add_course(
            world.cohort,
            db.session.get_one(Course, course_id),
            opens_on=today + timedelta(days=opens_in),
            closes_on=today + timedelta(days=60),
            by=None,
            now=clock.now(),
        )
        db.session.commit()

    return add


def entry(world, course_id):
    own = overview.entries(world.learner.id, clock.now())
    return overview.entry(own, course_id)


def complete_first(world):
    cycle = world.cycle(world.learner)
    world.finish_lessons(cycle)
    world.pass_final(cycle)
    db.session.commit()


def test_the_second_course_waits_for_the_first(world, give, visit):
    with world.inside():
        give(SECOND)
        waiting = entry(world, SECOND)
        assert [one.course_id for one in waiting.waits_for] == [FIRST]
        assert not waiting.may_begin
        assert not waiting.can_act
    page = visit(world.learner, "learning.course", course_id=SECOND).text
    assert ru("First complete:") in page
    assert f"/courses/{SECOND}/begin" not in page
    home = visit(world.learner, "learning.home").text
    assert ru("First complete:") in home
    refused = visit(world.learner, "learning.begin", "POST", course_id=SECOND)
    assert refused.status_code == 303
    with world.inside():
        assert entry(world, SECOND).cycle is None
    told = visit(world.learner, "learning.course", course_id=SECOND).text
    assert told.count(ru("First complete:")) == 2


def test_it_opens_when_the_first_is_complete(world, give, visit):
    with world.inside():
        give(SECOND)
        complete_first(world)
        assert entry(world, SECOND).may_begin
    visit(world.learner, "learning.begin", "POST", course_id=SECOND)
    with world.inside():
        assert entry(world, SECOND).cycle is not None


def test_a_course_that_the_learner_does_not_have_is_not_waited_for(world, give):
    with world.inside():
        give(SECOND)
        assert entry(world, SECOND).waits_for != ()
        db.session.delete(next(one for one in world.cohort.courses if one.course_id == FIRST))
        db.session.commit()
        assert entry(world, SECOND).waits_for == ()
        assert entry(world, SECOND).may_begin


def test_a_course_that_has_begun_waits_for_nothing(world, give, visit):
    with world.inside():
        complete_first(world)
        give(SECOND)
    visit(world.learner, "learning.begin", "POST", course_id=SECOND)
    with world.inside():
        assert entry(world, SECOND).waits_for == ()
