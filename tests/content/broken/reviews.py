"""Review records with one thing broken at a time."""

from __future__ import annotations

REVIEWS = "courses/t1/reviews.yaml"

# (file, old, new, code, text that stands on the line of the problem)
ROWS = [
    (REVIEWS, 'part: "aid j1"', 'part: "aid j9"', "review-part", "aid j9"),
    (REVIEWS, "language: en", "language: be", "review-stale", "language: be"),
    (REVIEWS, "office: legal", "office: iom", "review-twice", "office: iom"),
    (REVIEWS, "2020-01-15", "2026-02-30", "review-day", "2026-02-30"),
    (REVIEWS, "{part:", '{by: "R. Person", part:', "unknown-key", "by:"),
]
