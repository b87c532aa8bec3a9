"""Parts, orders and addresses of long lists."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.ui.listing import Part, here_with, next_order, order, part


@pytest.mark.parametrize(
    ("total", "asked", "expected"),
    [
        (240, None, Part(1, 10, 1, 25, 240)),
        (240, "10", Part(10, 10, 226, 240, 240)),
        (26, "2", Part(2, 2, 26, 26, 26)),
        (25, "99", Part(1, 1, 1, 25, 25)),
        (240, "0", Part(1, 10, 1, 25, 240)),
        (240, "-3", Part(1, 10, 1, 25, 240)),
        (240, "two", Part(1, 10, 1, 25, 240)),
        (240, "²", Part(1, 10, 1, 25, 240)),
        (240, "9" * 5000, Part(1, 10, 1, 25, 240)),
        (0, "3", Part(1, 1, 1, 0, 0)),
    ],
)
def test_a_page_is_the_nearest_to_what_was_asked(total, asked, expected):
    assert part(total, asked) == expected


@given(total=st.integers(0, 300), size=st.integers(1, 50))
def test_the_pages_together_are_the_list(total, size):
    rows = list(range(total))
    pages = part(total, None, size).pages
    parts = [part(total, str(number), size).of(rows) for number in range(1, pages + 1)]
    assert [row for one in parts for row in one] == rows


def test_only_known_columns_order_a_list():
    assert order("name", ("name", "day"), "day") == "name"
    assert order("-name", ("name", "day"), "day") == "-name"
    assert [order(bad, ("name",), "name") for bad in (None, "", "--name", "secret")] == ["name"] * 4


def test_a_second_press_turns_the_order_round():
    assert next_order("name", "day") == "name"
    assert next_order("name", "name") == "-name"
    assert next_order("name", "-name") == "name"


def test_an_address_keeps_what_is_not_changed():
    app = Flask("listing")
    with app.test_request_context("/people?q=%D0%90&unit=1&unit=2&page=3"):
        assert here_with(page=None) == "/people?q=%D0%90&unit=1&unit=2"
        assert here_with(unit=None, page=4) == "/people?q=%D0%90&page=4"
        assert here_with(q="a&b", unit=None, page=None) == "/people?q=a%26b"
    with app.test_request_context("/people"):
        assert here_with(page=None) == "/people"
