"""A whole post may stand behind one address: it is not locked out by doing what is right."""

from __future__ import annotations

import pytest

from app import clock
from app.accounts import rules, services
from app.accounts.models import Throttle
from app.db import db


def test_signing_in_rightly_uses_up_nobodys_tries(world, monkeypatch):
    monkeypatch.setattr(services, "password_matches", lambda stored, password: password == "right")
    monkeypatch.setattr(services, "ADDRESS_TRIES", 3)
    now = clock.now()
    with world.inside():
        number = world.learner.service_number
        for _each in range(5):
            services.authenticate(number, "right", address="192.0.2.8", now=now)
            db.session.commit()
        for _each in range(3):
            with pytest.raises(services.SignInRefused):
                services.authenticate(number, "wrong", address="192.0.2.8", now=now)
        with pytest.raises(services.TooMany):
            services.authenticate(number, "right", address="192.0.2.8", now=now)


def test_codes_that_are_right_are_not_counted(world):
    for _each in range(2):
        with world.inside():
            person = world.learner
            code = services.issue_code(person, by=None, now=clock.now())
            db.session.commit()
        entered = world.new_client().post("/enter", data={"code": code})
        assert entered.status_code == 303
    assert world.new_client().post("/enter", data={"code": "AAAA"}).status_code == 422
    with world.inside():
        counts = [one.count for one in db.session.query(Throttle) if one.key.startswith("code:")]
    assert counts == [1]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", "unknown"),
    ],
)
def test_one_line_of_the_newer_internet_counts_as_one_address(address, network):
    assert rules.network_of(address) == network
