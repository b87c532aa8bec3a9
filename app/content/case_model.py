"""Frozen values of scenario files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from app.content.model import Id, Line, Model, Positive, Text

Verdict = Literal["best", "acceptable", "mistake", "red_line"]
StateKey = Literal["safety", "protection", "consent", "trust", "time"]
Level = Annotated[StrictInt, Field(ge=-2, le=2)]  # how a state stands, and a step up or down


class Fact(Model):
    """Something a choice can bring to light."""

    id: Id
    text: Text


class When(Model):
    """A condition on the story so far; every part of it has to hold.

    `known` and `unknown` are facts; `at_least` and `at_most` bound how things stand.
    """

    known: tuple[Id, ...] = ()
    unknown: tuple[Id, ...] = ()
    at_least: dict[StateKey, Level] = Field(default_factory=dict)
    at_most: dict[StateKey, Level] = Field(default_factory=dict)


class Extra(Model):
    """A paragraph shown when a fact is known and a condition holds, whichever is given."""

    if_: Id | None = Field(default=None, alias="if")
    when: When | None = None
    text: Text


class Way(Model):
    """Where a choice leads while its condition holds."""

    when: When
    to: Id


class StateChange(Text):
    """What a choice does to a state: words for the reader, and steps up or down."""

    change: Level = 0


class Choice(Model):
    """What an officer may do at a node, and what comes of it.

    It is offered only `when` that holds. It leads along the first of its `ways` that is open
    after its own effects, else to `next`. A red line has no effects and no ways.
    """

    id: Id
    text: Text
    verdict: Verdict
    consequence: Text
    rule: Text
    repair: Text | None = None
    phrase: Text
    sources: tuple[Line, ...] = ()
    state: dict[StateKey, StateChange] = Field(default_factory=dict)
    reveals: tuple[Id, ...] = ()
    when: When | None = None
    ways: tuple[Way, ...] = ()
    next: Id


class Node(Model):
    """A moment of decision."""

    id: Id
    text: Text
    extras: tuple[Extra, ...] = ()
    choices: tuple[Choice, ...]


class Ending(Model):
    """Where a scenario ends, with its debrief."""

    id: Id
    text: Text


class Scenario(Model):
    """One branching case."""

    id: Id
    course: Id
    lesson: Id
    title: Text
    minutes: Positive
    roles: tuple[Line, ...] = ()
    intro: Text
    warning: Text | None = None
    facts: tuple[Fact, ...] = ()
    state: dict[StateKey, Level] = Field(default_factory=dict)
    start: Id
    nodes: tuple[Node, ...]
    endings: tuple[Ending, ...]
