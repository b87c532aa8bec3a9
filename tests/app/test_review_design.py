"""Odd addresses of own files, and bodies that no form sends, are answered like any other."""

from __future__ import annotations

import pytest

from app.db import db
from app.ui import assets

BODIES = [{"text": 1, "theme": 1, "identifier": 1, "surname": 1}, {"text": ["a"]}, [1], "x", None]


@pytest.mark.parametrize(
    "path", ["css/../js/page.js", "js/../js/page.js", "js/./page.js", "nothing/../js/page.js"]
)
def test_a_file_by_a_roundabout_address_is_sent_and_remembered_by_nobody(world, path):
    client = world.new_client()
    known = assets.version.cache_info().currsize
    for query in ("", "?v=1", f"?v={assets.version('js/page.js')}"):
        answer = client.get(f"/static/ui/{path}{query}")
        assert answer.status_code in (200, 404)
        assert answer.headers["Cache-Control"] == "no-cache"
        answer.close()
    assert assets.version.cache_info().currsize <= known + 1


@pytest.mark.parametrize("body", BODIES)
def test_a_body_of_json_is_no_form(world, body):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    for who, path in (
        (None, "/sign-in"),
        (None, "/enter"),
        (world.learner, "/display"),
        (world.learner, "/courses/c1/1-1/screens/3/note"),
        (world.learner, "/account/password"),
        (world.coordinator, "/cohorts/new"),
    ):
        client = world.client(who) if who else world.new_client()
        status = client.post(path, json=body).status_code
        assert status == 422 or (status == 303 and path.endswith("/note")), path
