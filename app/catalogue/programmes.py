"""The paths through courses, as the files had them when they were published last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Person
from app.audit import services as audit
from app.catalogue.models import Programme
from app.content.edition import digest
from app.content.programmes import ProgrammeData
from app.db import db


def programmes() -> Sequence[Programme]:
    """All programmes, in the order of the file."""
    query = select(Programme).order_by(Programme.position, Programme.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def publish_programmes(data: Sequence[ProgrammeData], *, by: Person | None, now: datetime) -> int:
    """Publish the programmes; return how many rows changed. The caller commits.

    The log is held from the first word to the end of the transaction: one publishes at a time.
    """
    if [one.data for one in programmes()] == list(data):
        return 0
    about = digest(list(data))
    audit.record("programmes.published", "programme", "all", by=by, at=now, hash=about)
    return store_programmes(data)


def store_programmes(data: Iterable[ProgrammeData]) -> int:
    """Make the stored programmes equal to `data`; return how many rows changed.

    A programme that is no longer in `data` is deleted. The caller commits.
    """
    stored = {programme.id: programme for programme in programmes()}
    changed = 0
    for position, one in enumerate(data):
        programme = stored.pop(one["id"], None)
        if programme is None:
            db.session.add(Programme(id=one["id"], position=position, data=dict(one)))
        elif (programme.position, programme.data) == (position, one):
            continue
        else:
            programme.position, programme.data = position, dict(one)
        changed += 1
    for gone in stored.values():
        db.session.delete(gone)
    db.session.flush()
    return changed + len(stored)
