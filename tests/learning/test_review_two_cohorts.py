"""A learner who was taken out of one cohort goes on in the other."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.catalogue.models import Course
from app.db import db
from app.enrolment import queries, services
from tests.world import ZONE


def test_who_left_a_second_cohort_goes_on_where_they_are_enrolled(world, visit):
    now = clock.now()
    today = clock.local_day(now, ZONE)
    with world.inside():
        stays = world.cycle(world.learner)
        stays.started_at = now - timedelta(hours=1)
        world.finish_lessons(stays)
        other = services.create_cohort(world.border, "По ошибке", by=None, now=now)
        days = {"opens_on": today, "closes_on": today + timedelta(days=3)}
        course = db.session.get_one(Course, "c1")
        offered = services.add_course(other, course, **days, by=None, now=now)
        member = world.enrol(world.learner, other)
        left = services.begin_cycle(member, offered, now=now)
        assert queries.cycle_for(world.learner.id, "c1").id == left.id
        services.leave(member, by=world.coordinator, now=now)
        db.session.commit()
        assert queries.cycle_for(world.learner.id, "c1").id == stays.id
    begun = visit(world.learner, "learning.start_final", "POST", course_id="c1")
    assert "/attempts/" in begun.headers["Location"]
    lesson = visit(world.learner, "learning.lesson", course_id="c1", lesson=_first(world))
    assert "place" in lesson.text
    course_page = visit(world.learner, "learning.course", course_id="c1").text
    assert begun.headers["Location"].rsplit("/", 1)[-1] in course_page or "final" in course_page


def _first(world):
    with world.inside():
        cycle = world.cycle(world.learner)
        return cycle.edition.outline["course"]["lessons"][0]["id"]
