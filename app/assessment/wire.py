"""What the script of the attempt page sends and gets, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.assessment import sealing
from app.assessment.services import Conflict, Invalid, Outcome, Saved, Sealed, Sent

MOST_ANSWERS = 100


class Malformed(Exception):
    """The body is not of the agreed shape."""


@dataclass(frozen=True)
class Batch:
    """Answers with the token that lets them in; `refs` are the sender's own marks, given back.

    `sealed` batches get no answers told: whoever sends them may not be who wrote them.
    """

    token: str
    sent: tuple[Sent, ...]
    refs: tuple[object, ...]
    sealed: bool = False


def read(body: object, secret: str) -> Batch:
    """Read a plain or sealed batch. Raises `Malformed` or `sealing.SealBroken`."""
    if not isinstance(body, dict):
        raise Malformed
    if "sealed" not in body:
        return _batch(body, sealed=False)
    if not isinstance(body["sealed"], dict):
        raise Malformed
    try:
        opened = json.loads(sealing.unseal(secret, body["sealed"]))
    except ValueError as error:
        raise Malformed from error
    return _batch(opened, sealed=True)


def _batch(body: object, *, sealed: bool) -> Batch:
    if not isinstance(body, dict):
        raise Malformed
    token, answers = body.get("token"), body.get("answers")
    if not isinstance(token, str) or not isinstance(answers, list):
        raise Malformed
    if not 1 <= len(answers) <= MOST_ANSWERS:
        raise Malformed
    sent = tuple(_sent(one) for one in answers)
    return Batch(token, sent, tuple(one.get("ref") for one in answers), sealed)


def _sent(one: object) -> Sent:
    if not isinstance(one, dict):
        raise Malformed
    position, base, options = one.get("position"), one.get("base_revision"), one.get("options")
    if type(position) is not int or type(base) is not int or not isinstance(options, list):
        raise Malformed
    if not all(isinstance(option, str) for option in options):
        raise Malformed
    return Sent(position, base, tuple(options))


def reply(batch: Batch, outcomes: Sequence[Outcome]) -> tuple[dict[str, object], int]:
    """Return the body and status that tell a sender what became of each answer."""
    rows = [
        _row(one, ref, outcome, batch.sealed)
        for one, ref, outcome in zip(batch.sent, batch.refs, outcomes, strict=True)
    ]
    body: dict[str, object] = {"answers": rows}
    for outcome in outcomes:
        if isinstance(outcome, Sealed):
            body["reason"] = outcome.reason
    if any(isinstance(outcome, (Conflict, Sealed)) for outcome in outcomes):
        return body, 409
    return body, 400 if any(isinstance(outcome, Invalid) for outcome in outcomes) else 200


def _row(sent: Sent, ref: object, outcome: Outcome, sealed: bool) -> dict[str, object]:
    row: dict[str, object] = {"position": sent.position, "ref": ref}
    match outcome:
        case Saved(revision):
            row |= {"status": "saved", "revision": revision}
        case Conflict(revision, option_ids):
            row |= {"status": "conflict", "revision": revision}
            if not sealed:
                row["options"] = list(option_ids)
        case Sealed(reason):
            row |= {"status": "sealed", "reason": reason}
        case Invalid():
            row["status"] = "invalid"
    return row
