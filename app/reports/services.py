"""What reading reports leaves behind. The caller commits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from app.accounts.models import Person
from app.audit import services as audit


def record_export(
    roots: Iterable[int], *, kind: str, day: date, course_id: str, by: Person, now: datetime
) -> None:
    """Write to the audit log of each tree of agencies that figures on it were exported."""
    for root in sorted(set(roots) or {audit.NO_AGENCY}):
        audit.record(
            "report.exported",
            "report",
            "completion",
            by=by,
            at=now,
            root_agency_id=root,
            format=kind,
            as_at=day.isoformat(),
            course=course_id,
        )
