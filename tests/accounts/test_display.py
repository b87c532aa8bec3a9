"""How pages look goes with a signed-in person, and leaves a shared device with them."""

from __future__ import annotations

from app.accounts.models import Person
from app.db import db
from app.ui.display import DEFAULTS, SESSION_KEY
from tests.world import PASSWORD

LARGE = {**DEFAULTS, "theme": "dark", "text": "large"}
SHOWN = '<html lang="ru" data-theme="dark" data-text="large">'
PLAIN = '<html lang="ru">'


def sign_in(client, person, **more):
    data = {"identifier": person.service_number, "password": PASSWORD, **more}
    assert client.post("/sign-in", data=data).status_code == 303


def stored(world, person):
    with world.inside():
        return db.session.get_one(Person, person.id).display


def test_it_follows_the_person_to_another_device(world):
    world.client(world.learner).post("/display", data=LARGE)
    assert stored(world, world.learner) == "theme=dark;text=large"
    other = world.app.test_client()
    assert PLAIN in other.get("/help").text
    sign_in(other, world.learner)
    assert SHOWN in other.get("/help").text
    assert PLAIN in world.client(world.second_learner).get("/help").text


def test_it_leaves_the_device_at_sign_out(world):
    client = world.app.test_client()
    sign_in(client, world.learner, shared="y")
    client.post("/display", data=LARGE)
    client.post("/sign-out")
    assert PLAIN in client.get("/help").text
    sign_in(client, world.second_learner, shared="y")
    assert PLAIN in client.get("/help").text


def test_the_choice_of_the_person_beats_that_of_the_device(world):
    with world.inside():
        db.session.get_one(Person, world.learner.id).display = "contrast=high"
        db.session.commit()
    client = world.app.test_client()
    client.post("/display", data=LARGE)
    sign_in(client, world.learner)
    assert '<html lang="ru" data-contrast="high">' in client.get("/help").text
    with client.session_transaction() as session:
        assert SESSION_KEY not in session


def test_who_has_chosen_nothing_keeps_what_they_chose_before_signing_in(world):
    client = world.app.test_client()
    client.post("/display", data=LARGE)
    sign_in(client, world.learner)
    assert SHOWN in client.get("/help").text
    client.post("/display", data=DEFAULTS)
    assert PLAIN in client.get("/help").text
    assert stored(world, world.learner) == ""


def test_a_spoilt_text_does_no_harm(world):
    with world.inside():
        db.session.get_one(Person, world.learner.id).display = 'theme="><script>;text=large;x'
        db.session.commit()
    assert '<html lang="ru" data-text="large">' in world.client(world.learner).get("/help").text
