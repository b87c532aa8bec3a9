"""A document number is refused in a free text however it is spaced (I18)."""

from __future__ import annotations

import pytest

from app.text import personal_data_fault


@pytest.mark.parametrize(
    "text",
    [
        "паспорт MP1234567",
        "паспорт МР-1234567",
        "MP 123 45 67 у меня",
        "MP № 1234567",
        "личный номер 3141592A001PB5",
        "3141592 A 001 PB 5",
    ],
)
def test_a_document_number_is_seen_in_every_spacing(text):
    assert personal_data_fault(text) == "document"


@pytest.mark.parametrize(
    "text", ["с 2026-07-15 не было связи", "на 15 07 2026", "за 24 часа", "до 23:59"]
)
def test_days_and_hours_are_no_document_numbers(text):
    assert personal_data_fault(text) is None
