"""Nobody has to play a hard case: reading its end counts as well, and looks the same to others."""

from __future__ import annotations

from app.db import db
from app.learning import queries

SCENARIO = {"course_id": "c1", "scenario_id": "c1-1a"}


def test_who_reads_the_end_of_a_case_has_ended_it(world, visit):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    before = visit(world.learner, "learning.scenario", **SCENARIO)
    assert "/skip" in before.text
    assert visit(world.learner, "learning.skip", method="POST", **SCENARIO).status_code == 303
    after = visit(world.learner, "learning.scenario", **SCENARIO).text
    assert 'id="debrief"' in after
    assert 'name="choice"' not in after
    with world.inside():
        cycle = world.cycle(world.learner)
        assert set(queries.facts([cycle])[cycle.id].scenarios_ended) == {"c1-1a"}


def test_reading_the_end_twice_and_playing_later_are_both_fine(world, visit):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    for _ in range(2):
        visit(world.learner, "learning.skip", method="POST", **SCENARIO)
    visit(world.learner, "learning.restart", method="POST", **SCENARIO)
    assert 'name="choice"' in visit(world.learner, "learning.scenario", **SCENARIO).text
