"""Charts: safe, honest about nothing and about what may not be told."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from app.ui.chart import PATTERNS, Bar, Point, Stack, bars, stacked, trend

EVIL = "<b>\"'&"


def tree(markup: Markup) -> ET.Element:
    """Parse a chart as XML, which is stricter than HTML."""
    return ET.fromstring(f"<div>{markup}</div>")  # noqa: S314 - drawn by us


def widths(markup: Markup, kind: str) -> list[str | None]:
    return [one.get("width") for one in tree(markup).iter("rect") if one.get("class") == kind]


def test_a_bar_is_as_long_as_its_share_of_the_top():
    drawn = bars([Bar("A", Fraction(1, 3), "33 %"), Bar("B", 1, "100 %")], top=1)
    assert widths(drawn, "fill") == ["33.33%", "100%"]


def test_without_a_top_the_longest_bar_is_full():
    assert widths(bars([Bar("A", 6, "6"), Bar("B", 24, "24")]), "fill") == ["25%", "100%"]
    assert widths(bars([Bar("A", 12, "12")]), "fill") == ["100%"]


def test_nothing_is_an_empty_bar_and_a_hidden_value_a_dashed_one():
    drawn = bars([Bar("A", 0, "0"), Bar("B", None, "◊")])
    assert widths(drawn, "fill") == []
    assert widths(drawn, "track") == ["100%"]
    assert widths(drawn, "track untold") == ["100%"]
    assert "◊" in drawn


def test_a_value_above_the_top_stays_in_the_frame():
    assert widths(bars([Bar("A", 3, "3")], top=2), "fill") == ["100%"]


def test_no_bars_at_all_are_an_empty_list():
    assert bars([]) == Markup('<ul class="bars"></ul>')


@pytest.mark.parametrize(
    "make",
    [
        lambda: Bar("A", -1, "-1"),
        lambda: Stack("A", (1, -1), "0"),
        lambda: Point("A", -0.1, ""),
        lambda: bars([], mark=-1),
        lambda: trend([], label="x", top=-1),
    ],
)
def test_a_negative_value_is_refused(make):
    with pytest.raises(ValueError, match="negative"):
        make()


def test_names_are_escaped_and_never_cut():
    long = EVIL + "и" * 200
    for drawn in (
        bars([Bar(long, 1, EVIL)]),
        stacked([EVIL, "B"], [Stack(long, (1, 2), EVIL)], key="k"),
        trend([Point(long, 1, EVIL)], label=EVIL, mark=(1, EVIL)),
    ):
        assert "<b>" not in drawn
        assert long in "".join(tree(drawn).itertext())


def test_parts_of_a_stack_fill_it_in_the_order_of_their_names():
    drawn = stacked(["a", "b", "c"], [Stack("A", (1, 0, 3), "4")], key="k")
    parts = [one for one in tree(drawn).find("ul[@class='bars']").iter("rect") if one.get("x")]
    assert [(one.get("x"), one.get("width"), one.get("fill")) for one in parts] == [
        ("0%", "25%", "url(#k-1)"),
        ("25%", "75%", "url(#k-3)"),
    ]


def test_a_hidden_stack_and_one_of_nobody_have_no_parts():
    drawn = stacked(["a"], [Stack("A", None, "◊"), Stack("B", (0,), "0")], key="k")
    assert widths(drawn, "track untold") == ["100%"]
    assert not [one for one in tree(drawn).find("ul[@class='bars']").iter("rect") if one.get("x")]


def test_every_pattern_that_is_used_is_there_once():
    names = [str(place) for place in range(PATTERNS)]
    drawn = stacked(names, [Stack("A", (1,) * PATTERNS, "4")], key="k")
    there = [one.get("id") for one in tree(drawn).iter("pattern")]
    used = {one.get("fill") for one in tree(drawn).iter("rect") if one.get("fill")}
    assert used == {f"url(#{one})" for one in there}
    assert len(set(there)) == PATTERNS


@pytest.mark.parametrize(("names", "values"), [(["a"] * 5, (1,) * 5), (["a"], (1, 2))])
def test_a_stack_that_cannot_be_read_is_refused(names, values):
    with pytest.raises(ValueError, match="one value for each name"):
        stacked(names, [Stack("A", values, "")], key="k")


def test_a_line_is_broken_where_a_value_may_not_be_told():
    points = [Point("1", 1, "1"), Point("2", 2, "2"), Point("3", None, "◊"), Point("4", 3, "3")]
    drawn = tree(trend(points, label="x"))
    assert len([one for one in drawn.iter("line") if one.get("class") == "link"]) == 1
    kinds = [one.get("class") for one in drawn.iter("circle")]
    assert kinds == ["dot", "dot", "dot untold", "dot last"]


def test_one_point_and_none_are_drawn_too():
    assert len(list(tree(trend([Point("1", 0, "0")], label="x")).iter("circle"))) == 1
    assert not list(tree(trend([], label="x")).iter("circle"))


@given(st.lists(st.one_of(st.none(), st.integers(0, 1000)), min_size=8, max_size=40))
def test_many_points_leave_room_for_few_words(values):
    points = [Point(f"n{place}", value, "v") for place, value in enumerate(values)]
    texts = list(tree(trend(points, label="x")).iter("text"))
    labels = [one for one in texts if one.get("class") == "dot-label"]
    figures = [one for one in texts if one.get("class") == "dot-text"]
    assert 1 <= len(labels) <= 6
    assert labels[-1].text == f"n{len(values) - 1}"
    assert len(figures) <= 4 + values.count(None)


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**9)), max_size=20))
def test_no_bar_leaves_its_frame(values):
    drawn = bars([Bar("A", value, "") for value in values])
    assert all(0 <= float(width.rstrip("%")) <= 100 for width in widths(drawn, "fill") if width)
