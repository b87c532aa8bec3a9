"""Pictures and films in a real browser, under the rules that pages are closed with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.catalogue.models import Course
from app.catalogue.services import publish
from app.content.edition import compile_course
from app.content.load import load
from app.db import db
from app.enrolment import services as enrolment
from app.enrolment.queries import enrolment_of
from tests.content.conftest import TREE
from tests.world import ZONE

# What a browser does with these pages does not depend on the database; other tests try both.
pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
PLAYED = """async () => {
  const film = document.querySelector("video");
  const ended = new Promise((done) => { film.onended = done; setTimeout(done, 5000); });
  film.muted = true;
  await film.play();
  await ended;
  return [film.videoWidth, film.duration, film.ended, film.textTracks[0].cues.length];
}"""


@pytest.fixture
def lesson(world):
    """The address of a lesson with a picture and a film; the learner has begun its course."""
    with world.inside():
        now = clock.now()
        publish(compile_course(load(TREE), "t1"), by=None, now=now)
        today = clock.local_day(now, ZONE)
        days = {"opens_on": today, "closes_on": today + timedelta(days=9)}
        course = db.session.get_one(Course, "t1")
        offered = enrolment.add_course(world.cohort, course, **days, by=None, now=now)
        member = enrolment_of(world.cohort.id, world.learner.id)
        enrolment.begin_cycle(member, offered, now=now)
        db.session.commit()
    return "/courses/t1/1-1"


def test_a_picture_is_drawn_and_a_film_plays_with_its_captions(world, open_as, lesson):
    learner = open_as(world.learner)
    loaded = []
    learner.page.on("request", lambda request: loaded.append(request.url))
    page = learner.go(lesson)
    picture = page.locator("figure img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("async (one) => { await one.decode(); return one.width; }") == 320
    assert not [url for url in loaded if ".webm" in url]
    assert page.evaluate(PLAYED) == [64, 1, True, 2]
    assert [url for url in loaded if ".webm" in url]
    page.locator(".recording summary").first.click()
    assert page.get_by_text("Неподвижная картинка.").is_visible()
    learner.axe()
    learner.check()
