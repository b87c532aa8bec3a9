"""The disclosure gate, against somebody who sees every shown cell and knows how they add up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.rules import (
    ATTEMPTED,
    BEYOND_AGENCY,
    COLUMNS,
    COMPLETED,
    INSIDE_AGENCY,
    LEARNERS,
    PART_OF,
    PASSED,
    STARTED,
    WITHIN,
    Node,
    Thresholds,
    disclose,
    is_safe,
    total,
    walk,
)

MOST = 80  # the attacker knows that no service has more people
PATIENCE = 400  # ranges the attacker narrows for one question before taking a value as possible


def leaf(*counts):
    return Node(counts + (counts[-1],) * (len(COLUMNS) - len(counts)))


@st.composite
def cohorts(draw, most=14):
    learners = draw(st.integers(0, most))
    started = draw(st.integers(0, learners))
    lessons = draw(st.integers(0, started))
    attempted = draw(st.integers(0, lessons))
    passed = draw(st.integers(0, attempted))
    certified = draw(st.sampled_from([0, passed]))
    return Node((learners, started, lessons, attempted, passed, passed, certified))


def tables(most=14):
    agencies = st.lists(cohorts(most), min_size=1, max_size=3).map(total)
    return st.lists(agencies, min_size=1, max_size=3).map(total)


thresholds = st.builds(
    Thresholds, group=st.integers(3, 8), mask=st.integers(3, 12), cell=st.integers(3, 4)
)


class Attacker:
    """Keeps a range for every cell and narrows it by all that is known."""

    def __init__(self, root, shown):
        self.rows = list(walk(root))
        self.below = {}
        self._number(root, iter(range(len(self.rows))))
        self.ranges = {}
        self.patience = PATIENCE
        for row, cells in enumerate(shown):
            for column, n in enumerate(cells):
                least = 1 if column == LEARNERS and n is None and not self.below[row] else 0
                self.ranges[row, column] = (least, MOST * 9) if n is None else (n, n)

    def _number(self, node, numbers):
        mine = next(numbers)
        self.below[mine] = [self._number(child, numbers) for child in node.children]
        return mine

    def narrow(self, ranges):
        """Return the narrowed ranges, or None when they contradict each other."""
        ranges = dict(ranges)
        changed = True

        def cut(cell, low, high):
            nonlocal changed
            old = ranges[cell]
            new = max(old[0], low), min(old[1], high)
            if new != old:
                ranges[cell], changed = new, True
            return new[0] <= new[1]

        while changed:
            changed = False
            for row, below in self.below.items():
                for part, wholes in WITHIN.items():
                    for whole in wholes:
                        low, high = ranges[row, part][0], ranges[row, whole][1]
                        if not (cut((row, part), 0, high) and cut((row, whole), low, MOST * 9)):
                            return None
                for column in range(len(COLUMNS)) if below else ():
                    lows = sum(ranges[child, column][0] for child in below)
                    highs = sum(ranges[child, column][1] for child in below)
                    if not cut((row, column), lows, highs):
                        return None
                    low, high = ranges[row, column]
                    for child in below:
                        mine = ranges[child, column]
                        if not cut((child, column), low - highs + mine[1], high - lows + mine[0]):
                            return None
        return ranges

    def can_be(self, ranges):
        """Whether whole counts exist within the ranges; out of patience, they may."""
        self.patience -= 1
        if self.patience < 0:
            return True
        ranges = self.narrow(ranges)
        if ranges is None:
            return False
        open_cells = [cell for cell, (low, high) in ranges.items() if low < high]
        if not open_cells:
            return True
        cell = min(open_cells, key=lambda c: (ranges[c][1] - ranges[c][0], c))
        low, high = ranges[cell]
        middle = (low + high) // 2
        return self.can_be({**ranges, cell: (low, middle)}) or self.can_be(
            {**ranges, cell: (middle + 1, high)}
        )

    def works_out(self, cell):
        """Whether only one value of a hidden cell is possible."""
        true = self.rows[cell[0]].counts[cell[1]]
        low, high = self.ranges[cell]
        self.patience = PATIENCE
        lower = true > low and self.can_be({**self.ranges, cell: (low, true - 1)})
        return not lower and not self.can_be({**self.ranges, cell: (true + 1, high)})


@settings(max_examples=settings().max_examples // 4, deadline=None)
@given(root=tables(), limits=thresholds)
def test_nobody_can_work_out_a_hidden_cell(root, limits):
    shown = disclose(root, limits)
    attacker = Attacker(root, shown)
    for row, cells in enumerate(shown):
        for column, n in enumerate(cells):
            assert n is not None or not attacker.works_out((row, column))


def test_the_attacker_of_these_tests_finds_what_a_gate_without_second_step_gives_away():
    root = total([total([leaf(7, 3, 3), leaf(24, 12, 12)])])
    bare = [node.counts for node in walk(root)]
    bare[2] = (None,) * len(COLUMNS)
    assert Attacker(root, bare).works_out((2, LEARNERS))


@settings(max_examples=50, deadline=None)
@given(root=tables(40), limits=thresholds)
def test_shown_groups_and_their_parts_are_large_enough(root, limits):
    for cells in disclose(root, limits):
        for column, n in enumerate(cells):
            if n is None:
                continue
            if column == LEARNERS:
                assert n == 0 or n >= limits.group
            else:
                assert all(is_safe(n, cells[whole], limits) for whole in PART_OF[column])


@settings(max_examples=50, deadline=None)
@given(root=tables(40), group=st.integers(3, 11), stricter=st.integers(1, 6))
def test_a_stricter_threshold_never_shows_more(root, group, stricter):
    loose, strict = (
        disclose(root, Thresholds(group)),
        disclose(root, Thresholds(group + stricter)),
    )
    for before, after in zip(loose, strict, strict=True):
        assert all(b is not None or a is None for b, a in zip(before, after, strict=True))


@given(root=tables(40), limits=thresholds)
@settings(max_examples=50, deadline=None)
def test_what_is_shown_is_true(root, limits):
    for node, cells in zip(walk(root), disclose(root, limits), strict=True):
        assert all(n in (None, true) for n, true in zip(cells, node.counts, strict=True))


@settings(max_examples=50, deadline=None)
@given(root=tables(40), part=st.integers(0, 90), whole=st.integers(0, 90), limits=thresholds)
def test_a_part_is_as_safe_as_the_rest_of_its_group(root, part, whole, limits):
    if part <= whole:
        assert is_safe(part, whole, limits) == is_safe(whole - part, whole, limits)


@pytest.mark.parametrize("wrong", [{"group": 2}, {"group": 5, "mask": 2}, {"group": 5, "cell": 1}])
def test_a_threshold_below_three_is_refused(wrong):
    with pytest.raises(ValueError, match="at least 3"):
        Thresholds(**wrong)


def test_the_cohort_of_24_is_shown_and_the_7_beside_it_cannot_be_subtracted():
    root = total([total([leaf(24, 20, 16, 12, 8)]), total([leaf(7, 7, 5)])])
    everything, first, large, second, small = disclose(root, BEYOND_AGENCY)
    assert large == first == (24, 20, 16, 12, 8, 8, 8)
    assert set(small) == set(second) == {None}
    assert everything == (None,) * len(COLUMNS)


def test_with_three_cohorts_the_total_stays_and_the_next_smallest_is_hidden():
    root = total([leaf(24, 20, 16), leaf(7, 5, 4), leaf(12, 9, 9)])
    rows = disclose(root, BEYOND_AGENCY)
    assert [row[LEARNERS] for row in rows] == [43, 24, None, None]


def test_inside_the_agency_a_cohort_of_seven_is_shown():
    assert disclose(leaf(7, 4, 4), INSIDE_AGENCY)[0][:2] == (7, 4)


def test_all_or_none_of_a_group_is_hidden_under_twenty():
    assert disclose(leaf(19, 19), INSIDE_AGENCY)[0][STARTED] is None
    assert disclose(leaf(19, 0), INSIDE_AGENCY)[0][STARTED] is None
    assert disclose(leaf(20, 20), INSIDE_AGENCY)[0][STARTED] == 20
    assert disclose(leaf(20, 0), INSIDE_AGENCY)[0] == (20, 0, 0, 0, 0, 0, 0)


def test_one_person_who_failed_is_not_shown_by_difference():
    shown = disclose(leaf(24, 24, 20, 12, 11), BEYOND_AGENCY)[0]
    assert shown[ATTEMPTED] == 12
    assert shown[PASSED] is shown[COMPLETED] is None


def test_a_cohort_without_learners_shows_its_zeros():
    assert disclose(leaf(0), BEYOND_AGENCY) == [(0,) * len(COLUMNS)]
