"""Stories replayed from recorded choices, as pure functions; editions of both formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.learning.play import IllegalChoice, read_only, replay

TRUST = {"known": [], "unknown": [], "at_least": {"trust": 1}, "at_most": {}}
NOT_X = {"known": [], "unknown": ["x"], "at_least": {}, "at_most": {}}


def choice(name, leads_to, verdict="acceptable", reveals=(), trust=None, **more):
    state = {"trust": trust} if trust else {}
    return {
        "id": name,
        "verdict": verdict,
        "next": leads_to,
        "reveals": reveals,
        "state": state,
        **more,
    }


# As editions of format 1 hold it: no steps, no conditions, no ways.
STORY = {
    "nodes": [
        {
            "id": "n1",
            "choices": [choice("a", "n2", trust="listens"), choice("b", "n1", "red_line", ["x"])],
        },
        {
            "id": "n2",
            "extras": [{"fact": "x"}],
            "choices": [choice("a", "end", reveals=["x"]), choice("b", "n1")],
        },
    ],
    "endings": [{"id": "end"}],
}
FORMAT_1 = {"start": "n1"}

LATER = {
    "nodes": [
        {
            "id": "n1",
            "extras": [{"fact": "x", "when": None}, {"fact": None, "when": TRUST}],
            "choices": [
                choice("ask", "n2", "best", ["x"], "speaks", change={"trust": 1}),
                choice("wait", "n1", "mistake", (), "is silent", change={"trust": -1}),
                choice("listen", "n1", when=NOT_X, change={"trust": 2}, trust="speaks on"),
            ],
        },
        {
            "id": "n2",
            "extras": [{"fact": "x", "when": None}, {"fact": "x", "when": TRUST}],
            "choices": [
                choice("write", "other", "best", ways=[{"when": TRUST, "to": "end"}]),
                choice("opinion", "n2", "mistake"),
            ],
        },
    ],
    "endings": [{"id": "other"}, {"id": "end"}],
}
FORMAT_2 = {"start": "n1", "state": {"trust": -1}}


@given(st.lists(st.sampled_from("ab"), max_size=12))
def test_replay_of_legal_choices_stays_inside_the_story(picks):
    made = []
    for pick in picks:
        play = replay(FORMAT_1, STORY, made)
        if play.node is None:
            assert play.ending == {"id": "end"}
            with pytest.raises(IllegalChoice):
                replay(FORMAT_1, STORY, [*made, ("n2", pick)])
            break
        made.append((play.node["id"], pick))
    play = replay(FORMAT_1, STORY, made)
    assert (play.node is None) != (play.ending is None)
    assert len(play.told) == len(made)


def test_an_edition_without_steps_and_conditions_offers_all_and_changes_nothing():
    play = replay(FORMAT_1, STORY, [("n1", "a")])
    assert [one["id"] for one in play.choices] == ["a", "b"]
    assert (play.words, play.extras) == ({"trust": "listens"}, ())


def test_a_red_line_returns_to_its_own_node_and_changes_nothing():
    play = replay(FORMAT_1, STORY, [("n1", "b")])
    assert (play.node["id"], play.known, dict(play.words)) == ("n1", frozenset(), {})
    assert play.last.choice["id"] == "b"


@pytest.mark.parametrize(
    ("made", "number"),
    [([], 1), (["b"], 1), (["a"], 2), (["b", "b", "a"], 2), (["a", "b"], 1), (["a", "b", "a"], 2)],
)
def test_a_decision_that_is_taken_again_keeps_its_number(made, number):
    choices, here = [], "n1"
    for pick in made:
        choices.append((here, pick))
        here = replay(FORMAT_1, STORY, choices).node["id"]
    assert replay(FORMAT_1, STORY, choices).decisions == number


@pytest.mark.parametrize("made", [[("n2", "a")], [("n1", "z")], [("n1", "a"), ("n1", "a")]])
def test_a_choice_from_elsewhere_is_refused(made):
    with pytest.raises(IllegalChoice):
        replay(FORMAT_1, STORY, made)


def test_a_choice_is_offered_only_while_its_condition_holds():
    assert [one["id"] for one in replay(FORMAT_2, LATER, []).choices] == ["ask", "wait", "listen"]
    known = {**LATER, "nodes": [{**LATER["nodes"][0], "id": "n1"}, LATER["nodes"][1]]}
    known["nodes"][1] = {**known["nodes"][1], "choices": [choice("back", "n1")]}
    play = replay(FORMAT_2, known, [("n1", "ask"), ("n2", "back")])
    assert [one["id"] for one in play.choices] == ["ask", "wait"]
    with pytest.raises(IllegalChoice):
        replay(FORMAT_2, known, [("n1", "ask"), ("n2", "back"), ("n1", "listen")])


@pytest.mark.parametrize(
    ("before", "end"),
    [([], "other"), (["listen"], "end"), (["wait"] * 5 + ["listen"], "end"), (["wait"], "other")],
)
def test_a_way_is_open_by_how_things_stand_and_levels_stay_within_their_bounds(before, end):
    made = [*(("n1", one) for one in before), ("n1", "ask"), ("n2", "write")]
    assert replay(FORMAT_2, LATER, made).ending == {"id": end}


def test_extras_are_shown_when_all_that_they_ask_for_holds():
    assert replay(FORMAT_2, LATER, [("n1", "listen")]).extras == ({"fact": None, "when": TRUST},)
    made = [("n1", "listen"), ("n1", "ask")]
    assert len(replay(FORMAT_2, LATER, made).extras) == 2
    assert len(replay(FORMAT_2, LATER, [("n1", "ask")]).extras) == 1


def test_what_was_told_knows_its_decision_and_what_would_have_been_better():
    made = [("n1", "wait"), ("n1", "ask"), ("n2", "opinion"), ("n2", "write")]
    told = replay(FORMAT_2, LATER, made).told
    assert [one.number for one in told] == [1, 1, 2, 2]
    assert [one.better and one.better["id"] for one in told] == ["ask", None, "write", None]


def test_who_does_not_play_reads_the_end_of_the_best_way():
    assert read_only(FORMAT_2, LATER).ending == {"id": "other"}
    trusting = {**FORMAT_2, "state": {"trust": 0}}
    assert read_only(trusting, LATER).ending == {"id": "end"}
    assert read_only(FORMAT_1, STORY).ending == {"id": "end"}
