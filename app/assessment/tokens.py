"""The token of an attempt: it lets answers be saved after the session has ended, nothing else."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

MAX_AGE_SECONDS = 366 * 24 * 3600  # what counts is the closing moment of the attempt


def issue(attempt_id: str, person_id: str) -> str:
    """Return a token for an attempt and whose it is, both by public id."""
    return _serializer().dumps([attempt_id, person_id])


def read(token: str) -> tuple[str, str] | None:
    """Return the public ids of attempt and person, or None for a token that is not ours."""
    try:
        attempt_id, person_id = _serializer().loads(token, max_age=MAX_AGE_SECONDS)
    except (BadData, TypeError, ValueError):
        return None
    return str(attempt_id), str(person_id)


def _serializer() -> URLSafeTimedSerializer:
    secret: str = current_app.config["SECRET_KEY"]
    return URLSafeTimedSerializer(secret, salt="attempt-answers")
