"""Publishing with two people: one proposes, another approves. The caller commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.access.policy import Permission
from app.accounts import queries as accounts_queries
from app.accounts import services as accounts
from app.accounts.models import Approval, Person
from app.authoring import tree
from app.authoring.publishing import Plan, programmes_hash
from app.catalogue import queries
from app.catalogue.models import Edition
from app.catalogue.programmes import publish_programmes
from app.catalogue.services import go_back, publish
from app.content.edition import CompiledCourse
from app.content.loaded import Loaded
from app.content.programmes import ProgrammeData, programme_data

PUBLISH = "edition.publish"
PROGRAMMES = "*"  # in place of a course: the programmes; no course can be called so
SHORT = 12


class FilesBroken(Exception):
    """The files of this server have errors, so nothing can be published from them."""


class FilesDiffer(Exception):
    """The files of this server are not those that were proposed."""


def publisher(number: str, today: date) -> Person | None:
    """Return the person of a service number who may publish; None is nobody or may not."""
    person = accounts_queries.person_by_identifier(number)
    if person is None or not person.is_active:
        return None
    actor = accounts_queries.actor_of(person.id, today)
    return person if actor.may(Permission.CONTENT_PUBLISH, "/") else None


def propose(plan: Plan, *, by: Person, now: datetime) -> Approval:
    """Ask that a course is published as its files are now; twice is one request."""
    payload: dict[str, object] = {
        "course": plan.course_id,
        "hash": plan.compiled.content_hash,
        "changes": len(plan.changes),
    }
    return _ask(payload, by=by, now=now)


def propose_going_back(edition: Edition, *, by: Person, now: datetime) -> Approval:
    """Ask that new cycles of a course begin with an earlier edition."""
    payload: dict[str, object] = {
        "course": edition.course_id,
        "hash": edition.content_hash,
        "edition": edition.number,
    }
    return _ask(payload, by=by, now=now)


def propose_programmes(data: Sequence[ProgrammeData], *, by: Person, now: datetime) -> Approval:
    """Ask that the programmes are published as the files have them."""
    return _ask({"course": PROGRAMMES, "hash": programmes_hash(data)}, by=by, now=now)


def _ask(payload: dict[str, object], *, by: Person, now: datetime) -> Approval:
    subject = f"{payload['course']}:{str(payload['hash'])[:SHORT]}"
    if "edition" in payload:  # going back asks for another act than publishing the same files
        subject = f"{subject}:{payload['edition']}"
    return accounts.request_approval(PUBLISH, subject, agency=None, payload=payload, by=by, now=now)


def decide(approval: Approval, *, approved: bool, by: Person, now: datetime) -> Edition | None:
    """Approve or refuse a proposal, and do what it asks for.

    Only what was proposed is published, whatever the files hold by now. Raises `FilesBroken`,
    `FilesDiffer`, or `accounts.services.NotApprovable`.
    """
    asked = approval.payload
    if not approved or "edition" in asked:
        accounts.decide(approval, approved=approved, by=by, now=now)
        return _back(asked["course"], int(asked["edition"]), by=by, now=now) if approved else None
    loaded = tree.tree()
    if loaded.has_errors:
        raise FilesBroken
    if asked["course"] == PROGRAMMES:
        data = programme_data(loaded)
        if programmes_hash(data) != asked["hash"]:
            raise FilesDiffer
        accounts.decide(approval, approved=True, by=by, now=now)
        publish_programmes(data, by=by, now=now)
        return None
    compiled = _proposed(loaded, asked["course"], asked["hash"])
    accounts.decide(approval, approved=True, by=by, now=now)
    return publish(compiled, by=by, now=now)[0]


def _back(course_id: str, number: int, *, by: Person, now: datetime) -> Edition:
    course = queries.course(course_id)
    assert course is not None  # noqa: S101 - courses and editions are never deleted
    return go_back(course, number, by=by, now=now)


def _proposed(loaded: Loaded, course_id: str, content_hash: str) -> CompiledCourse:
    if course_id not in loaded.courses:
        raise FilesDiffer
    compiled = tree.compiled(course_id)
    if compiled.content_hash != content_hash:
        raise FilesDiffer
    return compiled
