"""The only printers of moments, dates and figures. Spaces inside them do not break."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.numbers import format_decimal, format_percent
from flask import Flask
from flask_babel import get_locale

from app.ui.babel import DEFAULT

NBSP = "\N{NO-BREAK SPACE}"


def moment_text(
    value: datetime, zone: str | tzinfo, locale: Locale | str, *, year: bool = False
) -> str:
    """Return a moment on the clock of `zone`: "23:59, 5 мая (Минск)".

    Raises `ValueError` when `value` does not say its own zone.
    """
    if value.tzinfo is None:
        raise ValueError("a moment without a zone cannot be printed")
    tz = ZoneInfo(zone) if isinstance(zone, str) else zone
    local = value.astimezone(tz)
    clock = format_time(local, "HH:mm", tzinfo=tz, locale=locale)
    day = (
        format_date(local.date(), "long", locale=locale)
        if year
        else format_skeleton("MMMMd", local, tzinfo=tz, locale=locale)
    )
    return f"{clock}, {day.replace(' ', NBSP)} ({zone_text(tz, locale)})"


def zone_text(zone: str | tzinfo, locale: Locale | str) -> str:
    """Return a time zone by its city: "Минск"."""
    tz = ZoneInfo(zone) if isinstance(zone, str) else zone
    return get_timezone_location(tz, locale=locale, return_city=True)


def date_text(value: date, locale: Locale | str) -> str:
    """Return a date in words: "5 мая 2026 г."."""
    return format_date(value, "long", locale=locale).replace(" ", NBSP)


def percent_text(share: Fraction | float, locale: Locale | str) -> str:
    """Return a share from 0 to 1 in whole per cent, rounded down.

    Rounding down keeps a score just under the cut score from looking like a pass.
    """
    exact = share if isinstance(share, Fraction) else Fraction(str(share))
    whole = (Decimal(exact.numerator * 100) / Decimal(exact.denominator)).to_integral_value(
        ROUND_FLOOR
    )
    return format_percent(whole / 100, locale=locale)


def number_text(value: float | Decimal, locale: Locale | str) -> str:
    """Return a number with the groups and the decimal sign of the language."""
    return format_decimal(value, locale=locale)


def _locale() -> Locale:
    return get_locale() or Locale.parse(DEFAULT.locale)


def moment(value: datetime, zone: str | tzinfo, year: bool = False) -> str:
    """Filter: `{{ attempt.closes_at | moment(cohort.zone) }}`."""
    return moment_text(value, zone, _locale(), year=year)


def zone(value: str | tzinfo) -> str:
    """Filter: `{{ cohort.time_zone | zone }}`."""
    return zone_text(value, _locale())


def date_long(value: date) -> str:
    """Filter: `{{ certificate.issued_on | date_long }}`."""
    return date_text(value, _locale())


def percent(share: Fraction | float) -> str:
    """Filter: `{{ attempt.score | percent }}`."""
    return percent_text(share, _locale())


def number(value: float | Decimal) -> str:
    """Filter: `{{ minutes | number }}`."""
    return number_text(value, _locale())


def machine_moment(value: datetime) -> str:
    """Filter: a moment for the `datetime` attribute of `<time>`, in UTC."""
    if value.tzinfo is None:
        raise ValueError("a moment without a zone cannot be printed")
    return value.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")


def register(app: Flask) -> None:
    """Give the templates of `app` the filters of this module."""
    app.jinja_env.filters.update(
        moment=moment,
        zone=zone,
        date_long=date_long,
        percent=percent,
        number=number,
        machine_moment=machine_moment,
    )
