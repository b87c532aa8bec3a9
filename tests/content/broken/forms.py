"""Journals, assignments, surveys and rounds with one thing broken at a time."""

from __future__ import annotations

from tests.content.broken.places import COURSE, LESSON

JOURNAL = "courses/t1/journal.yaml"
WORK = "courses/t1/assignments.yaml"
SURVEYS = "courses/surveys.yaml"
PROMPT = "text: {en: What will you change?"
SECOND = "text: {en: One., ru: Один., be: Адзін.}"
AGAIN = f'{SECOND}\n  - id: t1-j-1\n    lesson: "1-1"\n    {PROMPT}'
SOUND = "sound: true, "

ROWS = [
    (JOURNAL, 'lesson: "1-1"', 'lesson: "9-9"', "unknown-lesson", "9-9"),
    (JOURNAL, PROMPT, AGAIN, "repeated-id", "t1-j-1"),
    (JOURNAL, "en: One small thing.", "en: '[@cat-1984 art. 3(1)]'", "mark-in-title", "@cat"),
    (LESSON, "{{journal:t1-j-1}}", "{{journal:t1-j-9}}", "unknown-journal", "t1-j-9"),
    (WORK, 'lesson: "1-1"', 'lesson: "9-9"', "unknown-lesson", "9-9"),
    (WORK, "roles: [X]", "roles: [X, Z]", "assignment-role", "Z"),
    (WORK, "points: 0", "points: 3", "rubric-levels", "levels:"),
    (WORK, "pass_points: 1", "pass_points: 3", "rubric-pass", "pass_points: 3"),
    (SURVEYS, "type: scale", "type: choice", "question-answers", "id: relevant"),
    (SURVEYS, "type: choice", "type: text", "question-answers", "id: stopped"),
    (SURVEYS, SOUND, "", "question-answers", "id: gate"),
    (SURVEYS, "id: wait, text", "id: wait, sound: true, text", "question-answers", "id: gate"),
    (SURVEYS, "id: order", "id: time", "question-answers", "id: stopped"),
    (SURVEYS, "id: gate", "id: stopped", "repeated-id", "id: stopped"),
    (COURSE, "months_after: [6]", "months_after: [6, 12]", "refresher-small", "id: 1"),
    (COURSE, 'skips: ["1-1"]', 'skips: ["9-9"]', "unknown-lesson", "9-9"),
    (COURSE, 'cut_score: "0.8", skips', 'cut_score: "8", skips', "cut-score", '"8"'),
    (COURSE, "objectives: [1]}", "objectives: [1, 2]}", "diagnostic-small", "skips"),
]
