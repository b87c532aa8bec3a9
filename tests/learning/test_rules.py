"""Completion, reopening, and the next step, as pure functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.assessment.rules import Allowed, AttemptFact, final_rules, next_attempt
from app.learning.rules import (
    Facts,
    attempts_left,
    completed_at,
    completion,
    final_state,
    finished,
    is_complete,
    lesson_states,
    next_step,
    reopened,
    status,
)

START = datetime(2026, 3, 1, 6, tzinfo=UTC)
LESSONS = ("1-1", "1-2", "1-3")
CASES = ("1a", "1b")
OUTLINE = {
    "course": {
        "lessons": [
            {"id": lesson, "minutes": 10, "objectives": [number]}
            for number, lesson in enumerate(LESSONS, 1)
        ],
        "scenarios": list(CASES),
    },
    "rules": {
        "final": {
            "cut_score": "0.8",
            "attempts": 3,
            "wait_hours": {"2": 24},
            "reopen_after": 2,
            "draw": [],
        },
        "completion": ["lessons", "scenarios", "final"],
    },
}
NOTHING = Facts({}, {}, {}, [], 0, START)


def at(hours):
    return START + timedelta(hours=hours)


def attempt(number, hour, passed, wrong=(1,)):
    objectives = {one: (0 if one in wrong and not passed else 2, 2) for one in (1, 2, 3)}
    return AttemptFact(
        f"attempt-{number}", number, at(hour), at(hour), passed, 4, 6, passed, objectives
    )


def ready(**changes):
    everything = Facts(
        lesson_finishes={lesson: [at(1)] for lesson in LESSONS},
        places=dict.fromkeys(LESSONS, (3, 3)),
        scenarios_ended=dict.fromkeys(CASES, at(2)),
        attempts=[],
        grants=0,
        started_at=START,
    )
    return replace(everything, **changes)


hours = st.integers(0, 200)
some_facts = st.builds(
    lambda finishes, ended, fails, last, grants: Facts(
        lesson_finishes={one: sorted(at(h) for h in moments) for one, moments in finishes.items()},
        places=dict.fromkeys(finishes, (1, 1)),
        scenarios_ended={one: at(h) for one, h in ended.items()},
        attempts=[
            attempt(n, 10 * n + 30, passed=last and n == len(fails), wrong=wrong)
            for n, wrong in enumerate(fails, 1)
        ],
        grants=grants,
        started_at=START,
    ),
    st.dictionaries(st.sampled_from(LESSONS), st.lists(hours, min_size=1, max_size=3)),
    st.dictionaries(st.sampled_from(CASES), hours),
    st.lists(st.sets(st.sampled_from([1, 2, 3]), min_size=1), max_size=4),
    st.booleans(),
    st.integers(0, 2),
)


def met(facts):
    return {state.rule for state in completion(OUTLINE, facts) if state.met}


@given(some_facts, st.sampled_from(LESSONS), hours)
def test_finishing_a_lesson_never_unmeets_a_rule(facts, lesson, hour):
    moments = sorted([*facts.lesson_finishes.get(lesson, ()), at(hour)])
    more = replace(facts, lesson_finishes={**facts.lesson_finishes, lesson: moments})
    assert met(facts) <= met(more)


@given(some_facts, st.sampled_from(CASES), hours, st.integers(0, 3))
def test_ending_a_scenario_or_a_grant_never_unmeets_a_rule(facts, case, hour, grants):
    ended = {case: at(hour)} | dict(facts.scenarios_ended)
    more = replace(facts, scenarios_ended=ended, grants=facts.grants + grants)
    assert met(facts) <= met(more)


@given(some_facts, st.booleans())
def test_only_the_second_fail_unmeets_a_rule_and_only_that_of_the_lessons(facts, passed):
    if any(one.passed for one in facts.attempts):
        return
    number = len(facts.attempts) + 1
    more = replace(facts, attempts=[*facts.attempts, attempt(number, 300, passed)])
    lost = met(facts) - met(more)
    assert lost == set() or (lost == {"lessons"} and number == 2 and not passed)


@given(some_facts, hours)
def test_each_rule_says_what_is_left_until_it_is_met(facts, hour):
    for state in completion(OUTLINE, facts):
        assert 0 <= state.done <= state.of
        assert state.met == (state.done == state.of) == (state.next is None)
    states = completion(OUTLINE, facts)
    assert is_complete(states) == (completed_at(OUTLINE, facts) is not None)
    assert is_complete(states) == (status(states, facts, at(hour)) == "complete")
    assert is_complete(states) == (next_step(states, facts, at(hour)).kind == "done")


@given(some_facts, hours)
def test_the_final_opens_exactly_when_the_rules_of_attempts_and_the_work_allow_it(facts, hour):
    state = final_state(OUTLINE, facts)
    opens = state.next == "start" and not (state.until and at(hour) < state.until)
    done = {"lessons", "scenarios"} <= met(facts)
    verdict = next_attempt(facts.attempts, facts.grants, final_rules(OUTLINE), at(hour))
    assert opens == (done and isinstance(verdict, Allowed))


def test_a_cycle_goes_from_not_started_to_complete():
    def word(facts, hour=0):
        return status(completion(OUTLINE, facts), facts, at(hour))

    assert word(NOTHING) == "not_started"
    assert word(replace(NOTHING, places={"1-1": (2, 2)})) == "in_progress"
    two_fails = ready(attempts=[attempt(1, 5, False), attempt(2, 6, False)])
    assert word(two_fails, 29) == "waiting"
    assert word(two_fails, 30) == "in_progress"
    used_up = ready(attempts=[attempt(n, 30 * n, False) for n in (1, 2, 3)])
    assert word(used_up, 200) == "failed"
    assert word(replace(used_up, grants=1), 200) == "in_progress"
    assert word(replace(NOTHING, attempts=[attempt(1, 5, True)])) == "passed"
    assert word(ready(attempts=[attempt(1, 5, True)])) == "complete"


def test_the_second_fail_reopens_the_weak_lessons_until_they_are_read_again():
    facts = ready(attempts=[attempt(1, 5, False, {1, 2, 3}), attempt(2, 9, False, {2})])
    assert reopened(OUTLINE, facts) == {"1-2": at(9)}
    assert lesson_states(OUTLINE, facts) == {"1-1": "done", "1-2": "again", "1-3": "done"}
    lessons, _, final = completion(OUTLINE, facts)
    assert (lessons.done, lessons.next, final.next) == (2, "1-2", "lessons")
    assert final.until == at(33)

    read = replace(facts, lesson_finishes={**facts.lesson_finishes, "1-2": [at(1), at(10)]})
    assert finished(OUTLINE, read)["1-2"] == at(10)
    assert final_state(OUTLINE, read).next == "start"


def test_a_first_fail_reopens_nothing():
    assert reopened(OUTLINE, ready(attempts=[attempt(1, 5, False, {1, 2, 3})])) == {}


def test_completion_dates_from_the_last_thing_done():
    assert completed_at(OUTLINE, ready(attempts=[attempt(1, 5, True)])) == at(5)
    late = ready(attempts=[attempt(1, 5, True)], scenarios_ended={"1a": at(2), "1b": at(8)})
    assert completed_at(OUTLINE, late) == at(8)


def test_the_next_step_leads_back_to_where_the_learner_was():
    facts = replace(NOTHING, places={"1-1": (1, 1), "1-3": (4, 6)}, last_lesson="1-3")
    step = next_step(completion(OUTLINE, facts), facts, at(1))
    assert (step.kind, step.id, step.screen) == ("lesson", "1-3", 4)


def test_an_open_attempt_comes_before_everything_else():
    still_open = replace(attempt(1, 5, False), sealed_at=None, passed=None)
    facts = ready(attempts=[still_open])
    step = next_step(completion(OUTLINE, facts), facts, at(6))
    assert (step.kind, step.id) == ("attempt", "attempt-1")
    assert attempts_left(OUTLINE, facts) == 2
