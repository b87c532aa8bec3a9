"""Draws, grades and further attempts, on values alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment import rules
from app.assessment.rules import AttemptFact, BankItem, DrawCell, GradedItem

CUT = Fraction("0.8")
NOON = datetime(2027, 5, 5, 12, tzinfo=UTC)
FINAL = rules.FinalRules(CUT, 3, {2: 24}, ())
CELLS = [
    DrawCell(1, "understand", False, 2),
    DrawCell(2, "apply", True, 1),
    DrawCell(2, "apply", False, 2),
]
BANK = [
    BankItem(
        f"i-{cell.objective}-{cell.red_line}-{n}",
        f"h{cell.objective}{cell.red_line}{n}",
        cell.objective,
        cell.level,
        cell.red_line,
        ("a", "b", "c", "d"),
        keep_order=n == 0,
    )
    for cell in CELLS
    for n in range(6)
]
FIXED = [
    ("i-1-False-1", "dbca"),
    ("i-2-True-1", "dabc"),
    ("i-2-False-2", "dcba"),
    ("i-1-False-4", "acbd"),
    ("i-2-False-3", "cadb"),
]
seeds = st.text(max_size=40)
seen_items = st.frozensets(st.sampled_from([item.item_id for item in BANK]))


@given(seeds, seen_items)
def test_a_draw_fills_every_cell_without_a_double(seed, seen):
    drawn = rules.draw(CELLS, BANK, seed, seen)
    by_id = {item.item_id: item for item in BANK}
    assert len({item.item_id for item in drawn}) == len(drawn)
    for cell in CELLS:
        fitting = [
            d
            for d in drawn
            if (by_id[d.item_id].objective, by_id[d.item_id].red_line)
            == (cell.objective, cell.red_line)
        ]
        assert len(fitting) == cell.draw


@given(seeds, seen_items, st.randoms())
def test_the_same_seed_gives_the_same_draw_in_whatever_order_the_bank_stands(seed, seen, chance):
    mixed = list(BANK)
    chance.shuffle(mixed)
    assert rules.draw(CELLS, BANK, seed, seen) == rules.draw(CELLS, mixed, seed, seen)


def test_a_draw_stays_the_same_from_release_to_release():
    drawn = rules.draw(CELLS, BANK, "a fixed seed")
    assert [(item.item_id, "".join(item.option_ids)) for item in drawn] == FIXED


@given(seeds)
def test_options_keep_their_ids_and_where_told_their_order(seed):
    by_id = {item.item_id: item for item in BANK}
    for item in rules.draw(CELLS, BANK, seed):
        assert sorted(item.option_ids) == ["a", "b", "c", "d"]
        if by_id[item.item_id].keep_order:
            assert item.option_ids == ("a", "b", "c", "d")


@given(seeds, seen_items)
def test_unseen_items_come_first(seed, seen):
    drawn = {item.item_id for item in rules.draw(CELLS, BANK, seed, seen)}
    for cell in CELLS:
        prefix = f"i-{cell.objective}-{cell.red_line}-"
        unseen = {item.item_id for item in BANK if item.item_id.startswith(prefix)} - seen
        expected = min(cell.draw, len(unseen))
        assert len({one for one in drawn if one.startswith(prefix)} & unseen) == expected


def test_seeds_lead_to_different_draws():
    assert len({tuple(rules.draw(CELLS, BANK, str(n))) for n in range(20)}) == 20


def test_a_bank_too_small_is_refused():
    with pytest.raises(ValueError, match="has 6 items"):
        rules.draw([DrawCell(1, "understand", False, 7)], BANK, "seed")


@st.composite
def attempts(draw):
    count = draw(st.integers(1, 20))
    items = [
        GradedItem(n, draw(st.integers(1, 4)), draw(st.booleans()), frozenset({"k"}))
        for n in range(1, count + 1)
    ]
    answers = {
        item.position: draw(st.sampled_from([["k"], ["k", "k"], ["w"], ["k", "w"], []]))
        for item in items
        if draw(st.booleans())
    }
    return items, answers


@given(attempts(), st.fractions(0, 1))
def test_one_more_right_answer_never_lowers_a_grade(attempt, cut):
    items, answers = attempt
    before = rules.grade(items, answers, cut)
    for item in items:
        after = rules.grade(items, {**answers, item.position: ["k"]}, cut)
        assert after.score >= before.score
        assert after.passed >= before.passed


@given(attempts(), st.fractions(0, 1))
def test_a_missed_red_line_always_fails(attempt, cut):
    items, answers = attempt
    grade = rules.grade(items, answers, cut)
    missed = any(item.red_line and set(answers.get(item.position, ())) != {"k"} for item in items)
    assert grade.red_lines_right is not missed
    assert grade.passed is (grade.score >= cut and not missed)


@given(attempts())
def test_objectives_add_up_to_the_whole(attempt):
    items, answers = attempt
    grade = rules.grade(items, answers, CUT)
    assert sum(right for right, _drawn in grade.objectives.values()) == grade.right
    assert sum(drawn for _right, drawn in grade.objectives.values()) == grade.drawn == len(items)


@pytest.mark.parametrize(("right", "passes"), [(4, True), (3, False)])
def test_a_score_equal_to_the_cut_score_passes(right, passes):
    items = [GradedItem(n, 1, False, frozenset({"k"})) for n in range(1, 6)]
    grade = rules.grade(items, {n: ["k"] for n in range(1, right + 1)}, CUT)
    assert grade.passed is passes


def test_an_attempt_without_items_cannot_be_graded():
    with pytest.raises(ValueError, match="at least one item"):
        rules.grade([], {}, CUT)


def past(*verdicts, open_last=False):
    facts = [
        AttemptFact(f"p{n}", n, NOON, NOON, passed, 0, 14, False, {})
        for n, passed in enumerate(verdicts, start=1)
    ]
    if open_last:
        number = len(facts) + 1
        facts.append(AttemptFact("open", number, NOON, None, None, None, None, None, {}))
    return facts


@pytest.mark.parametrize(
    ("facts", "grants", "hours", "expected"),
    [
        (past(), 0, 0, rules.Allowed(1)),
        (past(open_last=True), 0, 0, rules.Allowed(1, continues=True)),
        (past(False), 0, 0, rules.Allowed(2)),
        (past(False, False), 0, 0, rules.Refused("waiting", NOON + timedelta(hours=24))),
        (past(False, False), 0, 24, rules.Allowed(3)),
        (past(False, False, False), 0, 99, rules.Refused("used_up")),
        (past(False, False, False), 1, 0, rules.Allowed(4)),
        (past(False, False, False, False), 1, 0, rules.Refused("used_up")),
        (past(False, True), 0, 0, rules.Refused("passed")),
        (past(False, False, False, True), 3, 0, rules.Refused("passed")),
    ],
)
def test_who_may_try_again(facts, grants, hours, expected):
    now = NOON + timedelta(hours=hours)
    assert rules.next_attempt(facts, grants, FINAL, now) == expected


@pytest.mark.parametrize(
    ("facts", "grants", "fault"),
    [
        (past(), 0, "attempts_left"),
        (past(False, False), 0, "attempts_left"),
        (past(False, False, open_last=True), 0, "open"),
        (past(False, True), 0, "passed"),
        (past(False, False, False), 0, None),
        (past(False, False, False), 1, "attempts_left"),
    ],
)
def test_a_further_attempt_follows_the_last_failed_one_only(facts, grants, fault):
    assert rules.grant_fault(facts, grants, FINAL, NOON) == fault


def test_weak_objectives_are_those_below_the_cut_score():
    assert rules.weak_objectives({3: (1, 2), 1: (2, 2), 2: (0, 1)}, CUT) == (2, 3)
    assert rules.weak_objectives({1: (9, 10), 2: (2, 2)}, CUT) == (1,)
    assert rules.weak_objectives({1: (2, 2)}, CUT) == ()


def test_rules_are_read_from_an_outline():
    cell = {"objective": 1, "level": "apply", "red_line": True, "draw": 2}
    final = {"cut_score": "0.8", "attempts": 3, "wait_hours": {"2": 24}, "draw": [cell]}
    read = rules.final_rules({"rules": {"final": final}})
    assert read == rules.FinalRules(CUT, 3, {2: 24}, (DrawCell(1, "apply", True, 2),))
