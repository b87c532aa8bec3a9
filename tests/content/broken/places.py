"""Files of the small tree, and lines of them."""

from __future__ import annotations

REGISTER = "courses/sources.yaml"
GLOSSARY = "courses/glossary.yaml"
COURSE = "courses/t1/course.yaml"
LESSON = "courses/t1/lessons/1-1.ru.md"
AID = "courses/t1/aids/j1.be.md"
CASE = "courses/t1/scenarios/1a.yaml"
FINAL = "quizzes/t1/objective-1.yaml"
RECALL = "quizzes/t1/recall.yaml"
LINE = "Вы бережёте границу"
