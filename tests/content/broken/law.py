"""Dates of the law with one thing broken at a time; see also test_law_report."""

from __future__ import annotations

from tests.content.broken.places import COURSE, FINAL

DUE = '"2027-05-01"'
STEM = '    stem: {en: "A man'
REVIEW = '    national_law_review: "2026-06-31"\n'

ROWS = [
    (COURSE, DUE, '"2027-02-30"', "no-such-day", "2027-02-30"),
    (COURSE, '"2023-05-17"', '"2023-13-17"', "no-such-day", "2023-13-17"),
    (COURSE, DUE, '"2023-05-17"', "law-order", "review_due"),
    (FINAL, STEM, REVIEW + STEM, "no-such-day", "2026-06-31"),
]
