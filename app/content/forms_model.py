"""What people fill in besides items: journals, assignments, surveys; unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from app.content.model import Id, Line, Model, Positive, Text

Points = Annotated[StrictInt, Field(ge=0, le=100)]


class Prompt(Model):
    """A question that a learner answers for herself; the answer never leaves her device."""

    id: Id
    lesson: Id
    text: Text
    hint: Text | None = None


class Journal(Model):
    """The prompts of a course."""

    prompts: tuple[Prompt, ...]


class CriterionLevel(Model):
    """What a piece of work is like that earns these points."""

    points: Points
    text: Text


class Criterion(Model):
    """One line of a rubric, its levels from the lowest."""

    id: Id
    title: Text
    levels: tuple[CriterionLevel, ...]


class Rubric(Model):
    """How a piece of work is marked; `pass_points` of all points are enough."""

    pass_points: Points
    criteria: tuple[Criterion, ...]


class Assignment(Model):
    """A piece of work that a trainer marks by a rubric; no score comes from a program.

    `words` is the most a written answer has, `roles` are those who do it.
    """

    id: Id
    lesson: Id
    kind: Literal["text", "product"]
    roles: tuple[Line, ...]
    words: Positive | None = None
    title: Text
    task: Text
    rubric: Rubric


class Assignments(Model):
    """The assignments of a course."""

    assignments: tuple[Assignment, ...]


class Answer(Model):
    """One answer that a question offers; `sound` marks the sound ones of a vignette."""

    id: Id
    text: Text
    sound: StrictBool = False


class Question(Model):
    """One question of a survey. A scale goes from 1, disagree, to 5, agree."""

    id: Id
    type: Literal["scale", "count", "choice", "text", "vignette"]
    text: Text
    answers: tuple[Answer, ...] = ()


class Survey(Model):
    """Questions that nobody is marked by, asked at the end of a course or months after it."""

    id: Id
    by: Literal["learner", "supervisor"]
    months_after: Positive | None = None
    minutes: Positive
    title: Text
    intro: Text
    questions: tuple[Question, ...]


class Surveys(Model):
    """All surveys; they ask the same of every course."""

    surveys: tuple[Survey, ...]
