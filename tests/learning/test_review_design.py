"""Notes where devices meet, and lists that show what the learner reads now."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.accounts import services as accounts
from app.catalogue.models import Course, Edition, EditionPage
from app.db import db
from app.enrolment import services as enrolment
from app.learning import notes
from app.learning.search_index import Index, Place, find, read_query
from tests.world import ZONE

NOTE = "/courses/c1/1-1/screens/3/note"
BOOKMARK = "/courses/c1/1-1/screens/3/bookmark"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def learner(world):
    """The learner in the middle of the course."""
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    return world.learner


def at_once(world, *posts):
    """Send all posts of the learner at the same moment; return their replies in order."""
    clients = [world.new_client(world.learner) for _post in posts]
    start, replies = threading.Barrier(len(posts)), [None] * len(posts)

    def send(at):
        path, data = posts[at]
        start.wait(10)
        replies[at] = clients[at].post(path, data=data, headers=SCRIPT)

    threads = [threading.Thread(target=send, args=(at,)) for at in range(len(posts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return replies


def kept(world):
    with world.inside():
        written = [one.text for one in notes.notes_of(world.learner.id)]
        return written, len(notes.bookmarks_of(world.learner.id))


@pytest.mark.parametrize("_round", range(3))
def test_of_four_devices_at_once_one_writes_and_three_are_told(world, learner, _round):
    replies = at_once(world, *((NOTE, {"text": f"Текст {n}", "base": ""}) for n in range(4)))
    assert sorted(one.status_code for one in replies) == [200, 409, 409, 409]
    (text,), _bookmarks = kept(world)
    assert all(one.json["text"] == text for one in replies)


@pytest.mark.parametrize("_round", range(3))
def test_deleting_and_writing_at_once_breaks_nothing(world, learner, _round):
    base = world.client(learner).post(NOTE, data={"text": "а"}, headers=SCRIPT).json["base"]
    delete = f"/notes/{base.split('.')[0]}/delete"
    change = {"text": "Новое", "base": base}
    replies = at_once(world, (delete, {}), (NOTE, change), (delete, {}), ("/notes/delete", {}))
    assert {one.status_code for one in replies} <= {200, 303, 404, 409}
    written, _bookmarks = kept(world)
    assert written in ([], ["Новое"])


@pytest.mark.parametrize("_round", range(3))
def test_a_bookmark_pressed_on_four_devices_at_once_is_one_or_none(world, learner, _round):
    replies = at_once(world, *((BOOKMARK, {"on": on}) for on in "1101"))
    assert {one.status_code for one in replies} == {204}
    assert kept(world)[1] in (0, 1)
    replies = at_once(world, *((BOOKMARK, {"on": "0"}) for _device in range(4)))
    assert {one.status_code for one in replies} == {204}
    assert kept(world)[1] == 0


def test_the_list_of_notes_names_screens_as_the_lesson_that_is_read(world, visit, learner):
    now = clock.now()
    with world.inside():
        world.cycle(learner).started_at = now - timedelta(hours=1)
        course = db.session.get_one(Course, "c1")
        course.current_edition_id = _renamed(db.session.get_one(Edition, course.current_edition_id))
        other = enrolment.create_cohort(world.border, "По ошибке", by=None, now=now)
        today = clock.local_day(now, ZONE)
        days = {"opens_on": today, "closes_on": today + timedelta(days=3)}
        offered = enrolment.add_course(other, course, **days, by=None, now=now)
        member = world.enrol(learner, other)
        enrolment.begin_cycle(member, offered, now=now)
        enrolment.leave(member, by=world.coordinator, now=now)
        db.session.commit()
    world.client(learner).post(NOTE, data={"text": "Важно"}, headers=SCRIPT)
    assert "Иначе" not in visit(learner, "learning.lesson", course_id="c1", lesson="1-1").text
    assert "Иначе" not in visit(learner, "notes.mine").text


def _renamed(edition):
    """Add an edition whose screens have other titles; return its id."""
    facts = {one.name: getattr(edition, one.name) for one in Edition.__table__.columns}
    facts |= {"id": None, "number": edition.number + 1, "content_hash": "other"}
    copy = Edition(**facts)
    db.session.add(copy)
    db.session.flush()
    query = select(EditionPage).where(EditionPage.edition_id == edition.id)
    for page in db.session.scalars(query).all():
        screens = [{**one, "title": "Иначе"} for one in page.body.get("screens", ())]
        body = {**page.body, **({"screens": screens} if screens else {})}
        place = {"kind": page.kind, "slug": page.slug, "language": page.language}
        db.session.add(EditionPage(edition_id=copy.id, title=page.title, body=body, **place))
    return copy.id


def test_who_was_long_away_keeps_the_notes_for_as_long_after_the_access_ended(world, learner):
    client = world.new_client(learner)
    client.post(NOTE, data={"text": "Важно"}, headers=SCRIPT)
    client.post("/sign-out")
    later = clock.now() + timedelta(days=400)
    with world.inside():
        accounts.deactivate(
            world.learner, by=world.admin, now=later, root_agency_id=world.border.root_id
        )
        db.session.flush()
        kept_until = later + notes.LEAVERS_KEPT
        assert notes.forget_notes_of_leavers(later) == 0
        assert notes.forget_notes_of_leavers(kept_until - timedelta(hours=1)) == 0
        assert notes.forget_notes_of_leavers(kept_until) == 1


def test_a_term_of_several_courses_is_found_once():
    term = Place("term", "беженец", "/glossary#term-refugee", "Кто боится вернуться.")
    lesson = Place("lesson", "Беженец", "/courses/c2/2-1")
    indexes = [Index("Первый", "ru", [term]), Index("Второй", "ru", [lesson, term])]
    found = find(indexes, read_query("беженец", "ru"))
    assert [hit.place.address for hit in found["term"]] == [term.address]
    assert [hit.course for hit in found["term"]] == ["Первый"]
    assert len(found["lesson"]) == 1
