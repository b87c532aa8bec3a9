"""The only place that asks what time it is. Everything below a view gets `now` as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """Return the calendar day of `moment` in the time zone `zone` (an IANA name)."""
    return moment.astimezone(ZoneInfo(zone)).date()


def end_of_day(day: date, zone: str) -> datetime:
    """Return the first moment, in UTC, after `day` has ended in `zone`."""
    following = datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone))
    return following.astimezone(UTC)


def start_of_day(day: date, zone: str) -> datetime:
    """Return the first moment of `day` in `zone`, in UTC."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)
