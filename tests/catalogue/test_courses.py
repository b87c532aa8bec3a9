"""Content as authors see it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app import clock
from app.catalogue import queries
from app.catalogue.models import Edition
from app.catalogue.services import NoSuchEdition, go_back, publish
from app.content.edition import compile_course
from app.content.load import load
from app.db import db


def test_the_author_sees_each_edition_with_its_review_law_date_and_fingerprint(world, visit):
    shown = visit(world.author, "authoring.content").text
    with world.inside():
        edition = queries.current_edition("c1")
        assert edition.content_hash[:12] in shown
        counts = queries.edition_counts()[edition.id]
        assert counts.items["final"] == len(queries.final_items(edition.id))
        lessons = len(edition.outline["course"]["lessons"])
        assert set(counts.lessons.values()) == {lessons}
    assert visit(world.learner, "authoring.content").status_code == 403


def test_the_same_content_is_published_once(world):
    with world.inside():
        compiled = compile_course(load(world.app.config["AVRR"].content_root), "c1")
        first, _new = publish(compiled, by=None, now=clock.now())
        count = db.session.query(Edition).count()
        second, new = publish(compiled, by=None, now=clock.now())
        assert (new, second.id, db.session.query(Edition).count()) == (False, first.id, count)
        assert queries.current_edition("c1").id == first.id


def test_there_is_no_going_back_to_an_edition_that_never_was(world):
    with world.inside(), pytest.raises(NoSuchEdition):
        go_back(queries.course("c1"), 9, by=None, now=clock.now())


@pytest.mark.parametrize("review", ["open", "closed"])
def test_pages_of_an_edition_with_open_reviews_say_that_it_is_a_draft(world, visit, review):
    with world.inside():
        # Pages of an edition are kept by its hash for as long as the program runs.
        facts = {"review": review, "content_hash": f"draft-or-not-{review}"}
        db.session.execute(update(Edition).where(Edition.course_id == "c1").values(**facts))
        db.session.commit()
        cycle = world.cycle(world.learner)
        outline = cycle.edition.outline["course"]
        db.session.commit()
    lesson, case, aid = outline["lessons"][0]["id"], outline["scenarios"][0], outline["aids"][0]
    for endpoint, values in (
        ("learning.course", {}),
        ("learning.lesson", {"lesson": lesson}),
        ("learning.scenario", {"scenario_id": case}),
        ("learning.aid", {"aid": aid}),
    ):
        text = visit(
            world.learner, endpoint, course_id="c1", headers={"Accept-Language": "en"}, **values
        ).text
        said = any(words in text for words in ("Draft, not yet reviewed", "Черновик, ещё не"))
        assert said == (review == "open"), endpoint
