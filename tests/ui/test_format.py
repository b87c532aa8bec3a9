"""What the printers print, to the character."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui import format as printers

NBSP, NARROW = "\u00a0", "\u202f"
LATE = datetime(2027, 5, 5, 20, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "short", "long"),
    [
        ("ru", f"23:59, 5{NBSP}мая (Минск)", f"23:59, 5{NBSP}мая{NBSP}2027{NARROW}г. (Минск)"),
        ("be", f"23:59, 5{NBSP}мая (Мінск)", f"23:59, 5{NBSP}мая{NBSP}2027{NARROW}г. (Мінск)"),
        ("en_GB", f"23:59, 5{NBSP}May (Minsk)", f"23:59, 5{NBSP}May{NBSP}2027 (Minsk)"),
    ],
)
def test_a_moment_is_on_the_clock_of_its_zone(locale, short, long):
    assert printers.moment_text(LATE, "Europe/Minsk", locale) == short
    assert printers.moment_text(LATE, ZoneInfo("Europe/Minsk"), locale, year=True) == long


def test_a_moment_may_be_tomorrow_elsewhere():
    text = printers.moment_text(LATE, "Asia/Vladivostok", "en_GB")
    assert text == f"06:59, 6{NBSP}May (Vladivostok)"


def test_a_moment_without_a_zone_is_refused():
    naive = LATE.replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a zone"):
        printers.moment_text(naive, "Europe/Minsk", "ru")
    with pytest.raises(ValueError, match="without a zone"):
        printers.machine_moment(naive)


def test_machines_read_utc():
    local = LATE.astimezone(ZoneInfo("Europe/Minsk"))
    assert printers.machine_moment(local) == "2027-05-05T20:59:00Z"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("ru", f"3{NBSP}ноября{NBSP}2026{NARROW}г."),
        ("be", f"3{NBSP}лістапада{NBSP}2026{NARROW}г."),
        ("en_GB", f"3{NBSP}November{NBSP}2026"),
    ],
)
def test_a_date_is_in_words(locale, text):
    assert printers.date_text(date(2026, 11, 3), locale) == text


@pytest.mark.parametrize(
    ("locale", "text"), [("ru", f"80{NBSP}%"), ("be", f"80{NBSP}%"), ("en_GB", "80%")]
)
def test_a_share_is_in_whole_per_cent(locale, text):
    assert printers.percent_text(Fraction(4, 5), locale) == text
    assert printers.percent_text(0.8, locale) == text


@given(share=st.fractions(0, 1))
def test_only_a_full_share_reads_100_and_none_is_rounded_up(share):
    shown = int(printers.percent_text(share, "en_GB").rstrip("%"))
    assert shown <= share * 100 < shown + 1


@pytest.mark.parametrize(
    ("locale", "text"),
    [("ru", f"12{NBSP}400,5"), ("be", f"12{NBSP}400,5"), ("en_GB", "12,400.5")],
)
def test_a_number_has_the_signs_of_its_language(locale, text):
    assert printers.number_text(Decimal("12400.5"), locale) == text


@pytest.mark.parametrize(("locale", "city"), [("ru", "Минск"), ("be", "Мінск"), ("en", "Minsk")])
def test_a_zone_is_called_by_its_city(locale, city):
    assert printers.zone_text("Europe/Minsk", locale) == city
