"""The end of a case: the way taken, what was better, how things stand; for one reader."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select

from app.catalogue.models import EditionScenario
from app.db import db
from app.enrolment.queries import enrolment_of
from app.learning.models import ScenarioChoice

C1 = {"course_id": "c1"}
WAY = [  # a way with one mistake that is not undone; the last choice is offered only after it
    ("first-words", "ask"),
    ("who-interprets", "colleague"),
    ("her-words", "embassy"),
    ("her-words", "pass-on-short"),
    ("the-log", "calm-him"),
    ("the-log", "tell-what-he-knows"),
]


def told(world, scenario_id="c1-1a"):
    """Return the texts of a scenario: of choices by node and id, of endings and facts by id."""
    with world.inside():
        rows = db.session.scalars(select(EditionScenario)).all()
        text = next(one.data for one in rows if one.scenario_id == scenario_id)["text"]["ru"]
    choices = {(n["id"], c["id"]): plain(c["text"]) for n in text["nodes"] for c in n["choices"]}
    return choices, {one["id"]: plain(one["text"]) for one in text["endings"] + text["facts"]}


def plain(markup):
    bare = re.sub(r'<a class="cite.*?</a>|<[^>]+>', "", markup)
    return " ".join(html.unescape(bare).split())


def play(visit, who, scenario_id, choices, *, begin=True):
    where = {**C1, "scenario_id": scenario_id}
    if begin:
        visit(who, "learning.begin", "POST", **C1)
        visit(who, "learning.restart", "POST", **where)
    for step, (node, choice) in enumerate(choices, 1):
        data = {"step": step, "node": node, "choice": choice}
        assert visit(who, "learning.choose", "POST", data=data, **where).status_code == 303
    return visit(who, "learning.scenario", **where).text


def test_the_debrief_lists_the_way_taken_with_a_word_for_each_choice(world, visit):
    choices, ends = told(world)
    page = play(visit, world.learner, "c1-1a", WAY)
    listed = page.partition('class="plain way"')[2].partition("</ol>")[0]
    entries = [plain(one) for one in listed.split("<li>")[1:]]
    assert len(entries) == len(WAY)
    for entry, made in zip(entries, WAY, strict=True):
        assert choices[made] in entry
    assert re.findall(r'class="verdict (\w+)"', listed) == [
        "best",
        "acceptable",
        "red_line",
        "acceptable",
        "mistake",
        "best",
    ]
    better = [
        choices[made] for made in (("who-interprets", "quiet-room"), ("her-words", "pass-on"))
    ]
    assert better[0] in entries[1]
    assert all(better[1] in entries[number] for number in (2, 3))
    assert choices["the-log", "exact-words"] in entries[4]
    assert not any(text in entries[number] for text in better for number in (0, 5))
    assert ends["consulate-fear"] in plain(page)  # missed


def test_the_end_depends_on_what_was_done(world, visit):
    _, ends = told(world)
    page = plain(play(visit, world.learner, "c1-1a", WAY))
    assert ends["man-knows"][:60] in page
    assert ends["done"][:60] not in page
    best = [("first-words", "ask"), ("who-interprets", "quiet-room"), ("her-words", "pass-on")]
    page = plain(play(visit, world.second_learner, "c1-1a", [*best, ("the-log", "exact-words")]))
    assert ends["done"][:60] in page


def test_who_was_never_asked_is_missed_until_somebody_asks(world, visit):
    choices, ends = told(world, "c1-1b")
    missed = [("first-minutes", "blankets-only"), ("one-form", "in-the-row")]
    at_the_bus = plain(play(visit, world.learner, "c1-1b", missed))
    assert choices["the-bus", "ask-the-pale-woman"] in at_the_bus
    rest = [("the-bus", "ask-the-two"), ("the-report", "twelve-entries")]
    page = plain(play(visit, world.second_learner, "c1-1b", [*missed, *rest]))
    assert ends["nobody-asked"][:60] in page
    asked = [*missed, ("the-bus", "ask-the-pale-woman"), *rest]
    assert ends["done"][:40] in plain(play(visit, world.second_learner, "c1-1b", asked))


def test_a_choice_that_is_not_offered_is_neither_shown_nor_taken(world, visit):
    choices, _ = told(world)
    page = play(visit, world.learner, "c1-1a", WAY[:2] + WAY[3:4])
    assert choices["the-log", "who-is-he"] in plain(page)
    assert choices["the-log", "tell-what-he-knows"] not in plain(page)
    early = {"step": 4, "node": "the-log", "choice": "tell-what-he-knows"}
    where = {**C1, "scenario_id": "c1-1a"}
    answer = visit(world.learner, "learning.choose", "POST", data=early, **where)
    assert answer.status_code == 400
    with world.inside():
        assert len(db.session.scalars(select(ScenarioChoice)).all()) == 3


def test_a_mistake_stays_and_a_red_line_does_not(world, visit):
    page = plain(play(visit, world.learner, "c1-1a", WAY[:3]))
    assert "Вы снова перед этим решением" in page
    page = plain(play(visit, world.second_learner, "c1-1a", [("first-words", "leaflet")]))
    assert "Она больше не поднимает глаз." in page


@pytest.mark.parametrize("who", ["coordinator", "trainer", "reviewer", "admin", "author"])
def test_no_page_of_staff_shows_a_choice_or_a_way(world, visit, who):
    """I17: others see that a case was ended, never how."""
    choices, ends = told(world)
    play(visit, world.learner, "c1-1a", WAY)
    person = getattr(world, who)
    with world.inside():
        enrolment = enrolment_of(world.cohort.id, world.learner.id).id
    cohort = {"cohort_id": world.cohort.id}
    pages = [
        ("learning.scenario", {**C1, "scenario_id": "c1-1a"}),
        ("enrolment.cohort", cohort),
        ("progress.matrix", cohort),
        ("progress.learner", {**cohort, "enrolment_id": enrolment}),
        ("reports.overview", {}),
    ]
    for endpoint, values in pages:
        page = plain(visit(person, endpoint, **values).text)
        assert not any(choices[made] in page for made in WAY), endpoint
        assert ends["man-knows"][:60] not in page
