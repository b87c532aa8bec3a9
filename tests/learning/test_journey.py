"""A learner's way through a course by pages alone, without script."""

from __future__ import annotations

import re

from sqlalchemy import event, select

from app import clock
from app.assessment.models import Attempt
from app.catalogue.models import Edition, EditionItem, EditionScenario
from app.db import db
from app.enrolment.models import Cycle
from app.learning import queries, rules
from app.learning.models import LessonFinish, LessonPlace, ScenarioChoice, ScenarioRun

C1 = {"course_id": "c1"}
LESSONS = ["1-1", "1-2", "1-3", "1-4", "1-5"]


def begin(visit, who):
    return visit(who, "learning.begin", "POST", **C1)


def cycle_of(person):
    return db.session.scalars(select(Cycle).where(Cycle.person_id == person.id)).one()


def facts_of(world, person):
    with world.inside():
        cycle = cycle_of(person)
        return cycle.edition.outline, queries.facts([cycle])[cycle.id]


def best_choices(data):
    nodes = {node["id"]: node for node in data["text"]["ru"]["nodes"]}
    here, made = data["start"], []
    while here in nodes:
        best = next(one for one in nodes[here]["choices"] if one["verdict"] == "best")
        made.append((here, best["id"]))
        here = best["next"]
    return made


def play(visit, who, scenario_id, choices):
    where = {**C1, "scenario_id": scenario_id}
    visit(who, "learning.restart", "POST", **where)
    for step, (node, choice) in enumerate(choices, 1):
        data = {"step": step, "node": node, "choice": choice}
        assert visit(who, "learning.choose", "POST", data=data, **where).status_code == 303
    return visit(who, "learning.scenario", **where)


def scenarios(world):
    with world.inside():
        query = select(EditionScenario).join(Edition).where(Edition.course_id == "c1")
        return {one.scenario_id: one.data for one in db.session.scalars(query)}


def test_a_learner_goes_from_beginning_to_the_open_final(world, visit):
    learner = world.learner
    home = visit(learner, "learning.home")
    assert "/courses/c1/begin" in home.text
    assert begin(visit, learner).location.endswith("/courses/c1/1-1")
    assert visit(learner, "learning.start_final", "POST", **C1).location.endswith("/c1#final")

    for lesson, following in zip(LESSONS, [*LESSONS[1:], None], strict=True):
        assert visit(learner, "learning.lesson", lesson=lesson, **C1).status_code == 200
        answer = visit(learner, "learning.finish_lesson", "POST", lesson=lesson, **C1)
        assert answer.location.endswith(f"/courses/c1/{following}" if following else "/courses/c1")
    for scenario_id, data in scenarios(world).items():
        choices = best_choices(data)
        assert len(choices) >= 3
        page = play(visit, learner, scenario_id, choices)
        assert 'id="debrief"' in page.text

    page = visit(learner, "learning.course", **C1)
    assert "/courses/c1/final" in page.text
    assert "/courses/c1" in visit(learner, "learning.home").text
    answer = visit(learner, "learning.start_final", "POST", **C1)
    with world.inside():
        attempt = db.session.scalars(select(Attempt)).one()
        assert answer.location.endswith(f"/attempts/{attempt.public_id}")
    assert f"/attempts/{attempt.public_id}" in visit(learner, "learning.home").text


def test_finishing_or_beginning_twice_changes_nothing(world, visit):
    for _ in range(2):
        begin(visit, world.learner)
        visit(world.learner, "learning.finish_lesson", "POST", lesson="1-1", **C1)
    with world.inside():
        assert len(db.session.scalars(select(Cycle)).all()) == 1
        assert [one.round for one in db.session.scalars(select(LessonFinish))] == [1]


def test_the_place_is_kept_offered_again_and_the_same_in_another_language(world, visit):
    learner, where = world.learner, {"lesson": "1-2", **C1}
    begin(visit, learner)
    by_button = visit(learner, "learning.place", "POST", data={"screen": 3}, **where)
    assert by_button.location.endswith("/courses/c1/1-2#s3")
    by_script = visit(
        learner,
        "learning.place",
        "POST",
        data={"screen": 2},
        headers={"Accept": "application/json"},
        **where,
    )
    assert by_script.status_code == 204
    with world.inside():
        place = db.session.scalars(select(LessonPlace)).one()
        assert (place.last_screen, place.furthest_screen) == (2, 3)

    for language in ("ru", "be", "en"):
        visit(learner, "ui.set_language", "POST", data={"lang": language, "next": "/"})
        page = visit(learner, "learning.lesson", **where)
        assert f'<html lang="{language}">' in page.text
        assert page.text.count('href="#s2"') >= 2  # in the list of screens and as the way back
    assert "/courses/c1/1-2#s2" in visit(learner, "learning.home").text


def test_a_screen_that_is_not_there_is_refused(world, visit):
    begin(visit, world.learner)
    for screen in ("0", "99", "x", ""):
        data = {"screen": screen}
        answer = visit(world.learner, "learning.place", "POST", data=data, lesson="1-1", **C1)
        assert answer.status_code == 400


def test_the_second_fail_reopens_lessons_and_reading_them_again_closes_them(world, visit):
    with world.inside():
        cycle = world.cycle(world.learner)
        world.finish_lessons(cycle)
        world.fail_final(cycle)
        world.fail_final(cycle)
        db.session.commit()
    outline, facts = facts_of(world, world.learner)
    again = rules.reopened(outline, facts)
    assert again
    lesson = next(iter(again))
    page = visit(world.learner, "learning.lesson", lesson=lesson, **C1)
    assert f"/courses/c1/{lesson}/finish" in page.text
    visit(world.learner, "learning.course", **C1)
    visit(world.learner, "learning.home")
    for lesson in again:
        visit(world.learner, "learning.finish_lesson", "POST", lesson=lesson, **C1)
    outline, facts = facts_of(world, world.learner)
    assert rules.final_state(outline, facts).next == "start"
    assert rules.final_state(outline, facts).until > clock.now()
    answer = visit(world.learner, "learning.start_final", "POST", **C1)
    assert answer.location.endswith("/courses/c1#final")


def test_who_has_passed_and_read_everything_has_completed(world, visit):
    with world.inside():
        cycle = world.cycle(world.learner)
        world.finish_lessons(cycle)
        world.pass_final(cycle)
        db.session.commit()
        facts = queries.facts([cycle])[cycle.id]
        assert queries.is_complete(cycle, facts)
        assert queries.completed_at(cycle, facts) <= clock.now()
    assert visit(world.learner, "learning.course", **C1).status_code == 200
    assert "/certificates" in visit(world.learner, "learning.home").text


def test_a_learner_of_another_agency_finds_nothing(world, visit):
    begin(visit, world.learner)
    pages = [
        ("learning.course", "GET", {}),
        ("learning.lesson", "GET", {"lesson": "1-1"}),
        ("learning.check", "GET", {"lesson": "1-1", "item_id": "c1-p-101"}),
        ("learning.scenario", "GET", {"scenario_id": "c1-1a"}),
        ("learning.aid", "GET", {"aid": "j1"}),
        ("learning.place", "POST", {"lesson": "1-1"}),
        ("learning.finish_lesson", "POST", {"lesson": "1-1"}),
        ("learning.choose", "POST", {"scenario_id": "c1-1a"}),
        ("learning.restart", "POST", {"scenario_id": "c1-1a"}),
        ("learning.start_final", "POST", {}),
    ]
    for endpoint, method, values in pages:
        assert visit(world.stranger, endpoint, method, **values, **C1).status_code == 404


def test_what_is_not_in_the_edition_is_not_found(world, visit):
    begin(visit, world.learner)
    broken = [
        ("learning.course", {"course_id": "c99"}),
        ("learning.lesson", {"lesson": "9-9", **C1}),
        ("learning.check", {"lesson": "1-1", "item_id": "c1-x-1", **C1}),
        ("learning.check", {"lesson": "9-9", "item_id": "c1-p-101", **C1}),
        ("learning.scenario", {"scenario_id": "c1-9z", **C1}),
        ("learning.aid", {"aid": "j99", **C1}),
    ]
    for endpoint, values in broken:
        assert visit(world.learner, endpoint, **values).status_code == 404
    where = {"lesson": "1-1", "item_id": "c1-p-101", **C1}
    assert (
        visit(world.learner, "learning.check", query={"option": "zz"}, **where).status_code == 404
    )
    where = {"aid": "j1", **C1}
    assert visit(world.learner, "learning.aid", query={"lang": "xx"}, **where).status_code == 404


def test_items_of_the_final_are_not_checked_here(world, visit):
    begin(visit, world.learner)
    with world.inside():
        item = db.session.scalars(select(EditionItem).where(EditionItem.use == "final")).first()
    answer = visit(world.learner, "learning.check", lesson="1-1", item_id=item.item_id, **C1)
    assert answer.status_code == 404


def test_a_check_tells_of_the_chosen_option_only(world, visit):
    begin(visit, world.learner)
    with world.inside():
        query = select(EditionItem).where(EditionItem.use != "final")
        items = [(one.item_id, one.version.data) for one in db.session.scalars(query)]
    assert items
    for item_id, data in items[:4]:
        rationales = {one["id"]: one["rationale"] for one in data["text"]["ru"]["options"]}
        for option in rationales:
            where = {"lesson": "1-1", "item_id": item_id, **C1}
            for query in ({"option": option}, {"option": option, "fragment": "1"}):
                headers = {"Accept": "*/*"} if "fragment" in query else None
                client = world.client(world.learner)
                address = world.address("learning.check", **where)
                page = client.get(address, query_string=query, headers=headers).text
                shown = {one for one, text in rationales.items() if text in page}
                assert shown == {option}
                assert ("verdict best" in page) == (option == data["key"])
                assert ("<h1" in page) == ("fragment" not in query)
        page = visit(world.learner, "learning.check", **where).text
        assert not any(text in page for text in rationales.values())


def test_pages_of_a_learner_write_nothing(world, visit):
    begin(visit, world.learner)
    play(visit, world.learner, "c1-1a", best_choices(scenarios(world)["c1-1a"])[:1])
    writes = []

    def watch(_connection, _cursor, statement, _parameters, _context, _many):
        if re.match(r"\s*(INSERT|UPDATE|DELETE|BEGIN IMMEDIATE)", statement, re.IGNORECASE):
            writes.append(statement)

    with world.app.app_context():
        event.listen(db.engine, "before_cursor_execute", watch)
    try:
        visit(world.learner, "learning.home")
        visit(world.learner, "learning.course", **C1)
        visit(world.learner, "learning.lesson", lesson="1-1", **C1)
        visit(world.learner, "learning.check", lesson="1-1", item_id="c1-p-101", **C1)
        visit(world.learner, "learning.scenario", scenario_id="c1-1a", **C1)
        visit(world.learner, "learning.scenario", scenario_id="c1-1b", **C1)
        visit(world.learner, "learning.aid", aid="j3", **C1)
    finally:
        with world.app.app_context():
            event.remove(db.engine, "before_cursor_execute", watch)
    assert writes == []


def test_a_lesson_page_needs_at_most_four_statements(world, visit):
    begin(visit, world.learner)
    visit(world.learner, "learning.lesson", lesson="1-1", **C1)
    statements = []

    def count(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith(("BEGIN", "ROLLBACK", "COMMIT")):
            statements.append(statement)

    with world.app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    try:
        visit(world.learner, "learning.lesson", lesson="1-1", **C1)
    finally:
        with world.app.app_context():
            event.remove(db.engine, "before_cursor_execute", count)
    assert len(statements) <= 4, statements


def test_facts_take_the_same_statements_for_one_cycle_and_for_two(world):
    counts = []
    with world.inside():
        cycles = [world.cycle(world.learner), world.cycle(world.second_learner)]
        for some in (cycles[:1], cycles):
            statements = []

            def count(_connection, _cursor, statement, *_rest, seen=statements):
                seen.append(statement)

            event.listen(db.engine, "before_cursor_execute", count)
            queries.facts(some)
            event.remove(db.engine, "before_cursor_execute", count)
            counts.append(len(statements))
    assert counts[0] == counts[1] > 0


def test_a_second_click_and_a_choice_from_elsewhere_change_nothing(world, visit):
    begin(visit, world.learner)
    data = scenarios(world)["c1-1a"]
    (node, choice), *_rest = best_choices(data)
    where = {"scenario_id": "c1-1a", **C1}
    play(visit, world.learner, "c1-1a", [(node, choice)])
    again = {"step": 1, "node": node, "choice": choice}
    assert visit(world.learner, "learning.choose", "POST", data=again, **where).status_code == 303
    lost = {"step": 2, "node": "nowhere", "choice": choice}
    assert visit(world.learner, "learning.choose", "POST", data=lost, **where).status_code == 400
    visit(world.learner, "learning.restart", "POST", **where)
    with world.inside():
        assert len(db.session.scalars(select(ScenarioRun)).all()) == 1
        assert [one.step for one in db.session.scalars(select(ScenarioChoice))] == [1]


def test_a_red_line_shows_what_follows_and_asks_again(world, visit):
    begin(visit, world.learner)
    data = scenarios(world)["c1-1a"]
    nodes = {node["id"]: node for node in data["text"]["ru"]["nodes"]}
    made = best_choices(data)
    at = next(
        n
        for n, (node, _) in enumerate(made)
        if any(one["verdict"] == "red_line" for one in nodes[node]["choices"])
    )
    node = nodes[made[at][0]]
    crossed = next(one for one in node["choices"] if one["verdict"] == "red_line")
    before = made[:at]
    page = play(visit, world.learner, "c1-1a", [*before, (node["id"], crossed["id"])])
    text = page.text
    assert text.index(crossed["consequence"]) < text.index(crossed["rule"])
    assert "verdict red_line" in text
    assert f'name="node" value="{node["id"]}"' in text


def test_a_scenario_played_again_counts_once_and_keeps_its_first_end(world, visit):
    begin(visit, world.learner)
    choices = best_choices(scenarios(world)["c1-1a"])
    play(visit, world.learner, "c1-1a", choices)
    _, first = facts_of(world, world.learner)
    play(visit, world.learner, "c1-1a", choices)
    _, second = facts_of(world, world.learner)
    assert set(first.scenarios_ended) == {"c1-1a"}
    assert first.scenarios_ended == second.scenarios_ended


def test_home_is_calm_for_everybody(world, visit):
    assert "/sign-in" in visit(None, "learning.home").text
    assert 'class="empty"' in visit(world.stranger, "learning.home").text
    assert "/cohorts/" in visit(world.coordinator, "learning.home").text
    assert "/reports/" in visit(world.reviewer, "learning.home").text
