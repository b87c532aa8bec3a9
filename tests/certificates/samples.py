"""Printed fields of a made-up person."""

from __future__ import annotations

from typing import Any

from app.certificates.rules import Printed, hash_key

KEY = hash_key("a-secret-of-the-tests-and-of-nothing-else")
BASE_URL = "https://academy.example"


def printed(**changes: Any) -> Printed:
    """All fields of a certificate, with changes."""
    facts: dict[str, Any] = {
        "serial": "0123456789ABCDEFGHJ4",
        "languages": ("ru", "en"),
        "surname": "Кавалевич",
        "given_name": "Александра",
        "patronymic": "Сергеевна",
        "surname_latin": "Kavalevich",
        "given_name_latin": "Aliaksandra",
        "course_code": "C1",
        "course_titles": {"ru": "Права человека на границе", "en": "Rights at the border"},
        "edition": 1,
        "pilot": True,
        "completed_on": "2026-11-05",
        "issued_on": "2026-11-06",
        "valid_until": "2028-11-05",
        "cohort": "Осень 2026",
        "agency_names": {"ru": "Служба «Озеро» (вымышленная)", "en": "Lake Service (fictional)"},
        "minutes": 141,
        "law_as_of": "2023-05-17",
    }
    return Printed(**{**facts, **changes})
