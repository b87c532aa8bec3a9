"""What a section of the report says in words.

Everything here is made from a `Section`, which holds only what the gate let through: no sentence,
and no place in a row, can tell a figure that the table hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import ngettext

from app.reports import rules
from app.reports.tables import Row, Section, definitions
from app.ui.format import number, percent

PASS_RATE, COMPLETION = len(rules.COLUMNS), len(rules.COLUMNS) + 1


@dataclass(frozen=True)
class Findings:
    """The sentences over a section, over its steps, and over the shares of its rows."""

    headline: str
    steps: str
    shares: str


def findings(section: Section) -> Findings:
    """Return what the told figures of a section say."""
    return Findings(_headline(section), _largest_step(section), _range(section))


def top(section: Section) -> Row:
    """Return the row that sums up a section."""
    return section.rows[0]


def is_told(section: Section) -> bool:
    """Whether any figure of a section may be told."""
    return any(isinstance(cell, int) for row in section.rows for cell in row.cells)


def _headline(section: Section) -> str:
    row = top(section)
    learners, completed = row.cells[rules.LEARNERS], row.cells[rules.COMPLETED]
    if not is_told(section):
        return _("Every group here is too small to be told of.")
    if not isinstance(learners, int):
        return _(
            "%(name)s: the sum is hidden, so that no small group can be worked out from it. What "
            "may be told stands below.",
            name=row.name,
        )
    if learners == 0:
        return _("Nobody is enrolled.")
    if not isinstance(completed, int):
        return ngettext(
            "%(learners)s learner is enrolled. How many completed the course is hidden, so that "
            "nobody can be pointed at.",
            "%(learners)s learners are enrolled. How many completed the course is hidden, so "
            "that nobody can be pointed at.",
            learners,
            learners=number(learners),
        )
    return ngettext(
        "%(completed)s of %(learners)s learner completed the course: %(share)s.",
        "%(completed)s of %(learners)s learners completed the course: %(share)s.",
        learners,
        completed=number(completed),
        learners=number(learners),
        share=percent(Fraction(completed, learners)),
    )


def _largest_step(section: Section) -> str:
    """Say where most people stop, if that many may be told of as a group."""
    names = [name for name, _meaning in definitions()]
    told = [
        (at, cell)
        for at, cell in enumerate(top(section).cells[: len(rules.COLUMNS)])
        if isinstance(cell, int)
    ]
    drops = [
        (before - after, names[first], names[second])
        for (first, before), (second, after) in pairwise(told)
    ]
    lost, first_name, second_name = max(drops, key=lambda drop: drop[0], default=(0, "", ""))
    if lost < section.thresholds.cell:
        return _("How far learners came")
    return ngettext(
        "The largest step down: from “%(first)s” to “%(second)s”, by %(people)s person",
        "The largest step down: from “%(first)s” to “%(second)s”, by %(people)s people",
        lost,
        first=first_name,
        second=second_name,
        people=number(lost),
    )


def _range(section: Section) -> str:
    """Say from what to what the told shares go."""
    shares = _told_shares(section)
    if not shares:
        return _("No share of a single group may be told")
    (low, low_name), (high, high_name) = min(shares), max(shares)
    if len(shares) == 1:
        return _("%(name)s: %(share)s completed the course", name=low_name, share=percent(low))
    if low == high:
        return _("Everywhere %(share)s completed the course", share=percent(low))
    return _(
        "Completion: the least %(low)s, %(low_name)s; the most %(high)s, %(high_name)s",
        low=percent(low),
        low_name=low_name,
        high=percent(high),
        high_name=high_name,
    )


def _told_shares(section: Section) -> Sequence[tuple[Fraction, str]]:
    """Return the told shares of agencies; where there is one agency or none is told, of cohorts."""
    agencies = [row for row in section.rows if row.level == "agency"]
    cohorts = [row for row in section.rows if row.level == "cohort"]
    for rows in (agencies if len(agencies) > 1 else [], cohorts):
        shares = [(cell, row.name) for row in rows
                  if isinstance(cell := row.cells[COMPLETION], Fraction)]  # fmt: skip
        if shares:
            return shares
    return []
