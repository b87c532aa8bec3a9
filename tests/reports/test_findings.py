"""Sentences over the figures: they say what the table says, and nothing that it hides."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports import rules, tables
from app.reports.findings import findings
from app.reports.queries import CohortFigures
from app.reports.views import _part

BIG = (100, 90, 60, 55, 40, 40, 30)
SMALL = (7, 6, 5, 5, 4, 4, 4)


def agency(number):
    return SimpleNamespace(id=number, path=f"/{number}/", name=lambda _language: f"Служба {number}")


def section_of(*cohorts, inside=False):
    """Return the section of cohorts, each (number of the agency, counts)."""
    course = SimpleNamespace(id="c1", code="C1", title=lambda _language: "Курс")
    agencies = {number: agency(number) for number, _counts in cohorts}
    figures = [
        CohortFigures(agencies[number], SimpleNamespace(name=f"Набор {at}"), course, counts)
        for at, (number, counts) in enumerate(cohorts)
    ]
    day = date(2026, 5, 5)
    at = datetime(2026, 5, 5, tzinfo=UTC)
    report = tables.report(figures, day=day, at=at, language="ru", is_inside=lambda _one: inside)
    return report.sections[0]


@pytest.fixture(autouse=True)
def page(world):
    with world.app.test_request_context("/reports/"):
        yield


def counts():
    """Counts that could be: nobody passes who did not take the final."""
    return st.lists(st.integers(0, 40), min_size=7, max_size=7).map(
        lambda n: (
            sum(n),
            sum(n[1:]),
            sum(n[2:]),
            sum(n[2:]),
            sum(n[3:]),
            sum(n[3:]),
            sum(n[4:]),
        )
    )


def test_the_first_sentence_says_how_many_completed_and_the_second_where_most_stop():
    said = findings(section_of((1, BIG)))
    assert {"40", "100"} <= set(re.findall(r"\d+", said.headline))
    assert "30" in said.steps
    assert "40" in said.shares


def test_a_group_too_small_to_be_told_of_is_told_of_in_no_sentence():
    small = section_of((1, SMALL))
    part = _part(small)
    text = " ".join([part.said.headline, part.said.steps, part.said.shares])
    assert not re.findall(r"\d", text.replace("Служба 1", "").replace("Набор 0", ""))
    assert not part.is_told
    assert not part.is_top_told


def test_groups_that_look_the_same_in_the_table_look_the_same_in_words_and_drawings():
    one = section_of((1, BIG), (2, SMALL))
    other = section_of((1, BIG), (2, (8, 8, 8, 8, 8, 8, 8)))
    assert one == other
    assert _part(one) == _part(other)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), counts()), min_size=1, max_size=5))
def test_each_figure_in_words_and_drawings_follows_from_told_cells(cohorts):
    section = section_of(*sorted(cohorts, key=lambda one: one[0]))
    part = _part(section)
    told = {cell for row in section.rows for cell in row.cells if isinstance(cell, int)}
    top = [cell for cell in section.rows[0].cells[: len(rules.COLUMNS)] if isinstance(cell, int)]
    drops = {a - b for a in top for b in top}
    shares = {
        cell.numerator * 100 // cell.denominator
        for row in section.rows
        for cell in row.cells
        if not isinstance(cell, int | tables.Mark)
    }
    text = " ".join([part.said.headline, part.said.steps, part.said.shares])
    for name in {row.name for row in section.rows}:
        text = text.replace(name, "")
    assert {int(figure) for figure in re.findall(r"\d+", text)} <= told | drops | shares
    hidden_top = sum(cell is tables.Mark.HIDDEN for cell in section.rows[0].cells[:7])
    assert part.steps.count("untold") == hidden_top
    assert part.shares.count("untold") == sum(
        row.cells[8].__class__ is tables.Mark for row in section.rows
    )


def test_of_many_rows_only_sums_are_drawn_and_the_table_keeps_all():
    section = section_of(*[(1 + number % 3, BIG) for number in range(3)] * 5)
    assert len(section.rows) > 12
    drawn = _part(section).shares
    assert drawn.count("<li") == sum(row.level != "cohort" for row in section.rows)
