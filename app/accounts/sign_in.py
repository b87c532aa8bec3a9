"""The signed-in person of a request."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, session
from flask_login import UserMixin, current_user

from app.access.policy import Actor
from app.accounts import queries
from app.accounts.models import Person
from app.accounts.queries import Seat
from app.clock import local_day
from app.db import db

SEEN = "seen"
SEEN_EVERY_SECONDS = 300


class SignedIn(UserMixin):  # type: ignore[misc]
    """Somebody with a live session and the grants in force today."""

    def __init__(self, seat: Seat, actor: Actor, token: str) -> None:
        self.seat = seat
        self.actor = actor
        self.token = token

    def get_id(self) -> str:
        """Return the session token; it is stored in the signed cookie."""
        return self.token


def user_of_token(token: str, *, now: datetime) -> SignedIn | None:
    """Return who is signed in with this token; None when it ended or was idle too long."""
    settings = current_app.config["AVRR"]
    stamp = int(now.timestamp())
    seen = int(session.get(SEEN, 0))
    if stamp - seen > settings.idle_minutes * 60:
        return None
    today = local_day(now, settings.time_zone)
    found = queries.signed_in_by(token, today=today, now=now)
    if found is None:
        return None
    if stamp - seen > SEEN_EVERY_SECONDS:
        session[SEEN] = stamp
    return SignedIn(*found, token)


def signed_in() -> Person:
    """Return the signed-in person; only for views that require sign-in."""
    return queries.person(current_user.seat.person_id)


def on_shared_device() -> bool:
    """Say whether others use the device, too: so it is unless the person said otherwise."""
    return not session.permanent


def keep_display(text: str) -> bool:
    """Keep with the signed-in person how pages look, and commit; False when nobody is signed in."""
    if not current_user.is_authenticated:
        return False
    signed_in().display = text
    db.session.commit()
    return True
