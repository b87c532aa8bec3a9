"""Content as authors see it."""

from __future__ import annotations

from app import clock
from app.catalogue import queries
from app.catalogue.models import Edition
from app.catalogue.services import publish
from app.content.edition import compile_course
from app.content.load import load
from app.db import db


def test_the_author_sees_each_edition_with_its_review_law_date_and_fingerprint(world, visit):
    shown = visit(world.author, "catalogue.courses").text
    with world.inside():
        edition = queries.current_edition("c1")
        assert edition.content_hash[:16] in shown
        counts = queries.edition_counts()[edition.id]
        assert counts.items["final"] == len(queries.final_items(edition.id))
        lessons = len(edition.outline["course"]["lessons"])
        assert set(counts.lessons.values()) == {lessons}
    assert visit(world.learner, "catalogue.courses").status_code == 403


def test_the_same_content_is_published_once(world):
    with world.inside():
        compiled = compile_course(load(world.app.config["AVRR"].content_root), "c1")
        first, _new = publish(compiled, by=None, now=clock.now())
        count = db.session.query(Edition).count()
        second, new = publish(compiled, by=None, now=clock.now())
        assert (new, second.id, db.session.query(Edition).count()) == (False, first.id, count)
        assert queries.current_edition("c1").id == first.id
