"""How scenarios run, what the check proves of them, and their picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.content import cases, explore
from app.content.case_model import Scenario
from app.content.cases import Standing, begin, best_way, follow, offered, story_in, story_of
from app.content.checks.stories import prove
from app.content.compile_cases import scenario_data
from app.content.edition import digest
from app.content.files import Placed, SourceFile
from app.content.graph import graph_rows, graph_svg
from app.content.load import load
from app.content.loaded import Loaded
from app.content.problems import Problem
from app.content.sources import Library

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "ru", "be")
TEXT = {"en": "Do.", "ru": "Делайте.", "be": "Рабіце."}
STATES = ("safety", "trust")
PICKS = st.lists(st.integers(0, 3), max_size=40)
Raw = dict[str, Any]


def choice(name: str, verdict: str, leads_to: str, **more: object) -> Raw:
    words = dict.fromkeys(("text", "consequence", "rule", "repair", "phrase"), TEXT)
    return {"id": name, "verdict": verdict, "next": leads_to, **words, **more}


def scenario(nodes: dict[str, list[Raw]], **more: object) -> Raw:
    """A scenario that begins at its first node and knows the facts f1 and f2."""
    return {
        "id": "t1-1a",
        "course": "t1",
        "lesson": "1-1",
        "title": TEXT,
        "minutes": 5,
        "intro": TEXT,
        "facts": [{"id": fact, "text": TEXT} for fact in ("f1", "f2")],
        "start": next(iter(nodes)),
        "nodes": [{"id": one, "text": TEXT, "choices": some} for one, some in nodes.items()],
        "endings": [{"id": "end", "text": TEXT}],
        **more,
    }


def steps(**change: int) -> Raw:
    return {key: {**TEXT, "change": step} for key, step in change.items()}


def problems(raw: Raw) -> list[Problem]:
    value = Scenario.model_validate(raw)
    return list(prove(Placed(value, SourceFile("case.yaml", ""))))


def errors(raw: Raw) -> set[str]:
    return {one.code for one in problems(raw) if one.severity == "error"}


levels = st.dictionaries(st.sampled_from(STATES), st.integers(-2, 2), max_size=1)
some_facts = st.lists(st.sampled_from(("f1", "f2")), max_size=1)
whens = st.fixed_dictionaries(
    {"known": some_facts, "unknown": some_facts, "at_least": levels, "at_most": levels}
)


@st.composite
def scenarios(draw: st.DrawFn) -> Raw:
    """Scenarios of three or four nodes, with a first way through them that is the best."""
    names = [f"n{number}" for number in range(1, draw(st.integers(3, 4)) + 1)]
    places = [*names, "end", "other"]

    def another(name: str, here: str) -> Raw:
        verdict = draw(st.sampled_from(("acceptable", "mistake", "red_line")))
        if verdict == "red_line":
            return choice(name, verdict, here)
        more: Raw = {"reveals": draw(some_facts), "state": steps(**draw(levels))}
        if draw(st.booleans()):
            more["when"] = draw(whens)
        if draw(st.booleans()):
            more["ways"] = [{"when": draw(whens), "to": draw(st.sampled_from(places))}]
        return choice(name, verdict, draw(st.sampled_from(places)), **more)

    nodes = {}
    for here, onward in zip(names, [*names[1:], "end"], strict=True):
        best = choice("a", "best", onward, reveals=draw(some_facts), state=steps(**draw(levels)))
        if draw(st.integers(0, 3)) == 0:  # here a story may get stuck
            best["when"] = draw(whens)
        others = [another(name, here) for name in "bcd"[: draw(st.integers(1, 3))]]
        nodes[here] = [best, *others]
    endings = [{"id": one, "text": TEXT} for one in ("end", "other")]
    return scenario(nodes, endings=endings, state=draw(levels))


Naive = tuple[str, frozenset[str], tuple[tuple[str, int], ...]]


def naive_start(raw: Raw) -> Naive:
    return (raw["start"], frozenset(), tuple((key, raw["state"].get(key, 0)) for key in STATES))


def naive_holds(when: Raw | None, here: Naive) -> bool:
    if when is None:
        return True
    known, stand = here[1], dict(here[2])
    return (
        all(fact in known for fact in when["known"])
        and all(fact not in known for fact in when["unknown"])
        and all(stand[key] >= level for key, level in when["at_least"].items())
        and all(stand[key] <= level for key, level in when["at_most"].items())
    )


def naive_ways(raw: Raw, here: Naive) -> list[tuple[Raw, Naive]]:
    """Go by the words of the format, without what the engine knows."""
    node = next((one for one in raw["nodes"] if one["id"] == here[0]), None)
    found = []
    for one in node["choices"] if node else ():
        if naive_holds(one.get("when"), here):
            after = here
            if one["verdict"] != "red_line":
                stand = {
                    key: min(2, max(-2, old + one.get("state", {}).get(key, {}).get("change", 0)))
                    for key, old in here[2]
                }
                after = (one["next"], here[1] | set(one.get("reveals", ())), tuple(stand.items()))
                to = [way["to"] for way in one.get("ways", ()) if naive_holds(way["when"], after)]
                after = (to[0] if to else one["next"], *after[1:])
            found.append((one, after))
    return found


def naive_reach(raw: Raw, start: Naive, verdicts: frozenset[str]) -> set[Naive]:
    reached, waiting = set[Naive](), [start]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += [after for one, after in naive_ways(raw, here) if one["verdict"] in verdicts]
    return reached


def as_naive(standing: Standing) -> Naive:
    stand = tuple((key, standing.levels[cases.STATES.index(key)]) for key in STATES)
    return (standing.at, standing.known, stand)


@given(scenarios(), PICKS)
def test_offered_choices_lead_where_the_format_says(raw: Raw, picks: list[int]) -> None:
    story = story_of(Scenario.model_validate(raw))
    standing = begin(story)
    for pick in picks:
        moves = offered(story, standing)
        ways = naive_ways(raw, as_naive(standing))
        assert [move.id for move in moves] == [one["id"] for one, _ in ways]
        if not moves:
            break
        standing = follow(moves[pick % len(moves)], standing)
        assert as_naive(standing) == ways[pick % len(moves)][1]
        assert all(cases.LOWEST <= level <= cases.HIGHEST for level in standing.levels)


@given(scenarios())
def test_the_check_reaches_what_can_be_reached_and_nothing_else(raw: Raw) -> None:
    story = story_of(Scenario.model_validate(raw))
    explored = explore.explore(story)
    reached = naive_reach(raw, naive_start(raw), explore.ANY | {"red_line"})
    made = {(here[0], one["id"], to[0]) for here in reached for one, to in naive_ways(raw, here)}
    assert explored.places() == {here[0] for here in reached}
    assert {(node, move.id, to) for node, move, to in explored.made()} == made


@given(scenarios(), PICKS)
def test_an_accepted_story_can_be_ended_well_from_wherever_a_player_gets(
    raw: Raw, picks: list[int]
) -> None:
    assume(errors(raw) <= {"unreachable"})
    here = naive_start(raw)
    for pick in picks:
        ways = [after for one, after in naive_ways(raw, here) if one["verdict"] != "red_line"]
        if not ways:
            break
        here = ways[pick % len(ways)]
    ends = {one["id"] for one in raw["endings"]}
    assert ends & {one[0] for one in naive_reach(raw, here, explore.ON_DUTY)}


@given(scenarios())
def test_the_stories_refused_as_dead_ends_or_traps_are_those(raw: Raw) -> None:
    found = errors(raw)
    ends = {one["id"] for one in raw["endings"]}
    reached = naive_reach(raw, naive_start(raw), explore.ANY)
    stuck = [h for h in reached if not ends & {o[0] for o in naive_reach(raw, h, explore.ANY)}]
    well = [h for h in reached if ends & {o[0] for o in naive_reach(raw, h, explore.ON_DUTY)}]
    assert ("dead-end" in found) == bool(stuck)
    assert ("trap" in found) == bool(reached - set(well) - set(stuck))


@given(scenarios())
def test_the_best_path_of_an_accepted_story_ends(raw: Raw) -> None:
    assume(errors(raw) <= {"unreachable"})
    story = story_of(Scenario.model_validate(raw))
    way = best_way(story)
    assert way[-1].at == cases.best_ending(story)
    assert len(way) > len(cases.best_path(story)) >= 3


@given(scenarios())
def test_an_edition_runs_as_its_files_do(raw: Raw) -> None:
    value = Scenario.model_validate(raw)
    data = scenario_data(value, Library(None, None), digest)
    assert all(story_in(data, data["text"][lang]) == story_of(value) for lang in LANGUAGES)


THREE = {
    "n1": [choice("a", "best", "n2"), choice("b", "mistake", "n1")],
    "n2": [choice("a", "best", "n3"), choice("b", "red_line", "n2")],
    "n3": [choice("a", "best", "end"), choice("b", "acceptable", "end")],
}
PLAIN = {"facts": []}


def test_a_plain_story_is_accepted() -> None:
    assert problems(scenario(THREE, **PLAIN)) == []


def test_a_trap_that_only_some_players_reach_is_found_with_the_way_to_it() -> None:
    trap: Raw = {"when": {"at_least": {"trust": 0}}}
    nodes = {
        **THREE,
        "n1": [choice("a", "best", "n2"), choice("b", "mistake", "n1", state=steps(trust=-1))],
        "n3": [choice("a", "best", "end", **trap), *(choice(c, "mistake", "end") for c in "bc")],
    }
    (found,) = problems(scenario(nodes, **PLAIN))
    assert (found.code, found.params["ids"]) == ("trap", "n1, n2, n3")
    assert found.params["way"] == "n1 (b) → n1"


def test_a_dead_end_behind_a_condition_is_found() -> None:
    stuck = [choice(c, "mistake", "n3", when={"known": ["f1"]}) for c in "bc"]
    nodes = {
        **THREE,
        "n1": [choice("a", "best", "n2"), choice("b", "mistake", "n2", reveals=["f1"])],
        "n3": [choice("a", "best", "end", when={"unknown": ["f1"]}), *stuck],
    }
    codes = {one.code: one.params.get("ids") for one in problems(scenario(nodes))}
    assert codes == {"dead-end": "n2, n3", "offered": None, "hidden-fact": None}


def test_two_best_choices_are_one_too_many_only_where_both_are_offered() -> None:
    early = choice("a", "best", "n2", when={"unknown": ["f1"]})
    late = choice("c", "best", "n2", when={"known": ["f1"]})
    ask = choice("b", "acceptable", "n1", reveals=["f1"])
    known = {"facts": [{"id": "f1", "text": TEXT}]}
    assert problems(scenario({**THREE, "n1": [early, ask, late]}, **known)) == []
    always = choice("c", "best", "n2")
    (found,) = problems(scenario({**THREE, "n1": [early, ask, always]}, **known))
    assert (found.code, found.params) == ("best", {"count": 2})


def test_five_choices_stand_at_a_node_if_four_at_most_are_offered() -> None:
    more = [choice(c, "mistake", "n1") for c in "bc"]
    late = [choice(c, "acceptable", "n2", when={"at_most": {"time": -1}}) for c in "de"]
    for lost, codes in ((0, {"never"}), (-1, {"offered"})):
        nodes = {**THREE, "n1": [choice("a", "best", "n2"), *more, *late]}
        found = problems(scenario(nodes, **PLAIN, state={"time": lost}))
        assert {one.code for one in found} == codes


def test_states_no_condition_asks_for_do_not_make_a_story_long() -> None:
    every = steps(safety=-1, protection=1, consent=-1, trust=1, time=-1)
    nodes = {**THREE, "n1": [choice("a", "best", "n2"), choice("b", "mistake", "n1", state=every)]}
    story = story_of(Scenario.model_validate(scenario(nodes)))
    assert len(explore.explore(story).steps) == 4


def test_a_story_that_stands_in_too_many_ways_is_refused(
    valid: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explore, "LIMIT", 3)
    (found,) = list(prove(valid.scenarios[0]))
    assert (found.code, found.severity, found.params) == ("too-many", "error", {"limit": 3})


@pytest.fixture(scope="module")
def real() -> Loaded:
    return load(ROOT)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_is_sound_and_says_itself_in_words(real: Loaded, lang: str) -> None:
    for placed in real.scenarios:
        value = placed.value
        root = ElementTree.fromstring(graph_svg(value, lang))  # noqa: S314 - our own text
        assert root.get("role") == "img"
        assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
        width, height = (int(root.get(side) or 0) for side in ("width", "height"))
        assert width <= 520  # a phone scrolls the widest of them
        words = " ".join(text for text in root.itertext())
        drawn = {"style", "id", "href", "onload"} & {k for one in root.iter() for k in one.attrib}
        assert drawn == set()
        for node in value.nodes:
            assert node.id in words
            assert all(one.id in words for one in node.choices)
        for box in root.iter("{http://www.w3.org/2000/svg}rect"):
            assert int(box.get("y") or 0) + int(box.get("height") or 0) <= height


def test_the_picture_draws_each_way_once_and_no_two_lines_in_one_place(real: Loaded) -> None:
    for placed in real.scenarios:
        svg = graph_svg(placed.value, "en")
        lines = re.findall(r'd="M(\d+) (\d+)H(\d+)V(\d+)H', svg)
        assert len(lines) == len(graph_rows(placed.value, "en"))
        lanes: dict[str, list[tuple[int, int]]] = {}
        for _, top, lane, bottom in lines:
            low, high = sorted((int(top), int(bottom)))
            assert all(high < one or low > two for one, two in lanes.get(lane, []))
            lanes.setdefault(lane, []).append((low, high))


def test_the_table_says_the_same_of_files_and_of_editions(real: Loaded) -> None:
    for placed in real.scenarios:
        data = scenario_data(placed.value, real.shelf, digest)
        for lang in LANGUAGES:
            rows = graph_rows(placed.value, lang)
            stored = graph_rows(data, lang)
            assert [row._replace(text="") for row in rows] == [
                row._replace(text="") for row in stored
            ]


def test_conditions_are_said_in_words(real: Loaded) -> None:
    rows = {
        (row.choice, row.to): row.condition
        for placed in real.scenarios
        for row in graph_rows(placed.value, "be")
    }
    assert rows["twelve-entries", "nobody-asked"] == "невядома: ill-woman"
    assert rows["twelve-entries", "done"] == ""
    assert rows["who-is-he", "the-log"] == "невядома: man-is-relative; бяспека ≥ 0"
    assert rows["tell-what-he-knows", "man-knows"] == "бяспека ≤ \u22121"
