"""Proofs about scenarios: all can be reached, nobody is stuck, and the best way is one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.content import explore as ways
from app.content.case_model import Choice, Node, Scenario
from app.content.cases import (
    Standing,
    Story,
    asides,
    best_of,
    best_path,
    best_way,
    offered,
    story_of,
)
from app.content.explore import ANY, ON_DUTY, Explored
from app.content.files import Placed
from app.content.problems import Problem

LEAST_DECISIONS = 3
CHOICE_COUNTS = (2, 3, 4)


def prove(scenario: Placed[Scenario]) -> Iterator[Problem]:
    """Yield what is wrong with the ways of a scenario whose names are all right."""
    story = story_of(scenario.value)
    explored = ways.explore(story)
    if not explored.complete:
        yield scenario.problem("too-many", "nodes", limit=ways.LIMIT)
        return
    yield from _unreached(scenario, explored)
    yield from _stuck(scenario, story, explored)
    yield from _offers(scenario, story, explored)
    yield from _never(scenario, story, explored)
    yield from _hidden(scenario, explored)
    yield from _best(scenario, story)


def _unreached(scenario: Placed[Scenario], explored: Explored) -> Iterator[Problem]:
    value, reached = scenario.value, explored.places()
    places = [(("nodes", number), node.id) for number, node in enumerate(value.nodes)]
    places += [(("endings", number), one.id) for number, one in enumerate(value.endings)]
    missed = [(loc, one) for loc, one in places if one not in reached]
    if missed:
        ids = _list(one for _, one in missed)
        yield scenario.problem("unreachable", *missed[0][0], ids=ids)


def _stuck(scenario: Placed[Scenario], story: Story, explored: Explored) -> Iterator[Problem]:
    """A dead end has no way out at all; a trap only one through a further mistake."""
    out = explored.ending_from(story.endings, ANY)
    well = explored.ending_from(story.endings, ON_DUTY)
    dead = [standing for standing in explored.steps if standing not in out]
    traps = [standing for standing in explored.steps if standing in out - well]
    for code, found in (("dead-end", dead), ("trap", traps)):
        if found:
            ids, way = _list(one.at for one in found), explored.way_to(found[0])
            yield scenario.problem(code, *_place(scenario, found[0]), ids=ids, way=way)


def _offers(scenario: Placed[Scenario], story: Story, explored: Explored) -> Iterator[Problem]:
    """What is offered in each standing; the file itself is counted where nothing is conditional."""
    open_nodes = {node.id for node in scenario.value.nodes if not conditional(node)}
    reported = set[tuple[str, str]]()
    for standing, steps in explored.steps.items():
        if standing.at not in story.scenes:
            continue
        code = ""
        if standing.at not in open_nodes and len(steps) not in CHOICE_COUNTS:
            code = "offered"
        elif steps and all(move.verdict == "red_line" for move, _ in steps):
            code = "only-red-lines"
        if code and (code, standing.at) not in reported:
            reported.add((code, standing.at))
            way = explored.way_to(standing)
            yield scenario.problem(code, *_place(scenario, standing), count=len(steps), way=way)


def conditional(node: Node) -> bool:
    """Whether what the node offers depends on the story."""
    return any(choice.when for choice in node.choices)


def _never(scenario: Placed[Scenario], story: Story, explored: Explored) -> Iterator[Problem]:
    """Conditions that hold in no standing in which they are asked."""
    reached, taken = explored.places(), {(at, move.id, to) for at, move, to in explored.made()}
    shown = {(one.at, number) for one in explored.steps for number in asides(story, one)}
    for number, node in enumerate(scenario.value.nodes):
        if node.id not in reached:
            continue
        for position in range(len(node.extras)):
            if (node.id, position) not in shown:
                yield scenario.problem("never", "nodes", number, "extras", position)
        for position, choice in enumerate(node.choices):
            leads = {to for at, one, to in taken if (at, one) == (node.id, choice.id)}
            for loc in _untaken(choice, leads):
                yield scenario.problem("never", "nodes", number, "choices", position, *loc)


def _untaken(choice: Choice, leads: set[str]) -> Iterator[tuple[str | int, ...]]:
    """Yield what of a choice is without use; `leads` is where it is known to lead."""
    if not leads:
        yield ("when",)
    elif choice.verdict != "red_line":
        for turn, way in enumerate(choice.ways):
            if way.to not in leads:
                yield "ways", turn
        if choice.next not in leads:
            yield ("next",)


def _hidden(scenario: Placed[Scenario], explored: Explored) -> Iterator[Problem]:
    made = {(node, move.id) for node, move, _ in explored.made() if move.verdict != "red_line"}
    revealed = {
        fact
        for node in scenario.value.nodes
        for choice in node.choices
        if (node.id, choice.id) in made
        for fact in choice.reveals
    }
    for number, fact in enumerate(scenario.value.facts):
        if fact.id not in revealed:
            yield scenario.problem("hidden-fact", "facts", number, id=fact.id)


def _best(scenario: Placed[Scenario], story: Story) -> Iterator[Problem]:
    way = best_way(story)
    reported = set[str]()
    for standing in way:
        best = len(best_of(offered(story, standing)))
        if standing.at in story.scenes and best != 1 and standing.at not in reported:
            reported.add(standing.at)
            yield scenario.problem("best", *_place(scenario, standing), count=best)
    if way[-1] in way[:-1]:
        yield scenario.problem("best-endless", *_place(scenario, way[-1]), id=way[-1].at)
    if len(path := best_path(story)) < LEAST_DECISIONS:
        yield scenario.problem("best-path", "nodes", count=len(path))


def _place(scenario: Placed[Scenario], standing: Standing) -> tuple[str | int, ...]:
    nodes = [node.id for node in scenario.value.nodes]
    return ("nodes", nodes.index(standing.at))


def _list(ids: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(ids))
