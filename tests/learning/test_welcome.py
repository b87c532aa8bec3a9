"""The first tour: ninety seconds for each role, once offered, always there."""

from __future__ import annotations

import re
from itertools import pairwise

import html5lib
import pytest
from flask_login import current_user
from sqlalchemy import event

from app import clock
from app.access.policy import Role
from app.accounts.models import Person
from app.db import db

WORDS = 225  # ninety seconds at 150 words a minute
TOURS = ["learner", "coordinator", "trainer", "reviewer", "author", "admin"]


def tour(client, **query):
    text = client.get("/welcome", query_string=query).text
    return html5lib.parse(text, namespaceHTMLElements=False).find(".//main")


def steps(main):
    return list(main.find(".//ol[@class='tour']"))


def tabs(main):
    return [link.get("href") for link in main.iter("a") if "role=" in link.get("href")]


@pytest.mark.parametrize("role", TOURS)
@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_a_tour_takes_ninety_seconds(world, role, language):
    client = world.new_client(getattr(world, role))
    with client.session_transaction() as session:
        session["lang"] = language
    main = tour(client, role=role)
    words = re.findall(r"[^\W\d_][\w’-]*", "".join(main.itertext()))
    assert 3 <= len(steps(main)) <= 5
    assert len(words) <= WORDS, len(words)


@pytest.mark.parametrize("role", TOURS)
def test_every_step_has_a_picture_a_heading_and_a_link_that_its_reader_may_open(world, role):
    client = world.client(getattr(world, role))
    for step in steps(tour(client, role=role)):
        assert step[0].tag.endswith("svg")
        assert step[0].get("aria-hidden") == "true"
        assert "".join(step.find(".//h2").itertext())
        (link,) = step.iter("a")
        path, _hash, part = link.get("href").partition("#")
        page = client.get(path)
        assert page.status_code == 200, path
        assert not part or f'id="{part}"' in page.text, link.get("href")


def test_who_learns_and_has_roles_picks_and_learning_comes_first(world):
    with world.inside():
        world.grant(world.learner, Role.TRAINER, world.border)
        world.grant(world.learner, Role.COORDINATOR, world.border)
        db.session.commit()
    client = world.client(world.learner)
    main = tour(client)
    assert tabs(main) == [
        "/welcome?role=learner",
        "/welcome?role=coordinator",
        "/welcome?role=trainer",
    ]
    texts = ["".join(tour(client, role=role).itertext()) for role in TOURS[:3]]
    assert "".join(main.itertext()) == texts[0]
    assert all(one != other for one, other in pairwise(texts))


def test_nobody_is_shown_the_tour_of_a_role_they_do_not_have(world):
    main = tour(world.client(world.reviewer), role="admin")
    assert tabs(main) == []
    assert next(link.get("href") for link in main.iter("a")) == "/reports/"


def test_the_tour_is_put_away_once_and_stays_there(world):
    client = world.client(world.stranger)
    before = clock.now()
    moments = []
    for _time in range(2):
        answer = client.post("/welcome/done")
        assert (answer.status_code, answer.location) == (303, "/")
        with world.inside():
            moments.append(db.session.get_one(Person, world.stranger.id).welcomed_at)
    assert before <= moments[0] == moments[1]
    assert client.get("/welcome").status_code == 200


def test_a_page_knows_whether_the_reader_was_welcomed_without_a_further_statement(world):
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    with world.app.app_context():
        engine = db.engine
    with world.new_client(world.learner) as client:
        client.get("/help")
        assert current_user.seat.welcomed is False
        client.post("/welcome/done")
        event.listen(engine, "before_cursor_execute", note)
        try:
            client.get("/help")
        finally:
            event.remove(engine, "before_cursor_execute", note)
        assert current_user.seat.welcomed is True
    assert [one.split()[0] for one in asked if not one.startswith("BEGIN")] == ["SELECT"]


def test_the_card_offers_the_tour_and_can_be_put_away(world):
    with world.app.test_request_context():
        template = world.app.jinja_env.get_template("learning/welcome_card.html")
        card = html5lib.parseFragment(template.module.welcome_card(), namespaceHTMLElements=False)
    assert [link.get("href") for link in card.iter("a")] == ["/welcome"]
    assert [form.get("action") for form in card.iter("form")] == ["/welcome/done"]
