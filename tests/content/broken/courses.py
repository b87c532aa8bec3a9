"""Courses and programmes with one thing broken at a time."""

from __future__ import annotations

from tests.content.broken.places import COURSE

PATHS = "courses/programmes.yaml"
TWICE = """programmes:
  - id: border
    title: {en: B, ru: Б, be: Б}
    summary: {en: B., ru: Б., be: Б.}
    roles: [X]
    courses: [{course: t1}]"""
EARLY = "valid_months: 24, renewal: {opens_days_before: 720}"

ROWS = [
    (COURSE, "roles: [X]", "roles: [X]\nprerequisites: [t1]", "prerequisite-cycle", "[t1]"),
    (COURSE, "reopen_after: 2", "seconds_per_item: 60", "seconds", "60"),
    (COURSE, "valid_months: 24", EARLY, "renewal", "720"),
    (COURSE, "completion: [lessons, scenarios, final]", "completion: []", "completion-empty", "[]"),
    (COURSE, "attempts: 3", "attempts: 0", "value-low", "attempts: 0"),
    (COURSE, "{2: 24}", "{2: 0}", "value-low", "{2: 0}"),
    (PATHS, "{course: t1}", "{course: t9}", "unknown-course", "t9"),
    (PATHS, "- {course: t1}", "- {course: t1}\n      - {course: t1}", "repeated-id", "t1}"),
    (PATHS, "programmes:", TWICE, "repeated-id", "id: border"),
    (PATHS, "\n      - {course: t1}", " []", "programme-empty", "courses: []"),
    (PATHS, "roles: [X]", "roles: [X, Z]", "programme-role", "Z"),
    (PATHS, "en: Border", "en: '[[term:x]]'", "mark-in-title", "term:x"),
]
