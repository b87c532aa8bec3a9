"""Records of translations with one thing broken at a time; the rest is in test_translated.py."""

from __future__ import annotations

TRANSLATED = "courses/t1/translated.yaml"

# (file, old, new, code, text that stands on the line of the problem)
ROWS = [
    (TRANSLATED, '"aid j1"', '"aid j9"', "translation-unrecorded", "parts:"),
]
