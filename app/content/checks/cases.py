"""Checks of scenarios: every way leads somewhere, and the best one has three decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.content.case_model import Choice, Node, Scenario
from app.content.checks import texts as check_texts
from app.content.files import Placed
from app.content.loaded import Loaded
from app.content.problems import Problem
from app.content.sources import Library

LEAST_DECISIONS = 3
CHOICE_COUNTS = (2, 3, 4)


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of all scenarios."""
    first: dict[str, str] = {item.value.id: item.file.path for item in loaded.items}
    for scenario in loaded.scenarios:
        one = scenario.value.id
        if one in first:
            yield scenario.problem("repeated-id", "id", id=one, first=first[one])
        first.setdefault(one, scenario.file.path)
        yield from _scenario(scenario, loaded)


def _scenario(scenario: Placed[Scenario], loaded: Loaded) -> Iterator[Problem]:
    yield from _texts(scenario, loaded.shelf)
    yield from _names(scenario)
    yield from _facts(scenario)
    yield from _ways(scenario)
    yield from _best(scenario)
    course = loaded.courses.get(scenario.value.course)
    if course is None:
        yield scenario.problem("unknown-course", "course", id=scenario.value.course)
        return
    if scenario.value.id not in course.value.scenarios:
        yield scenario.problem("not-listed", "id")
    if scenario.value.lesson not in {lesson.id for lesson in course.value.lessons}:
        yield scenario.problem("unknown-lesson", "lesson", id=scenario.value.lesson)


def best_path(scenario: Scenario) -> list[str]:
    """Return the nodes from the start along the best choices, each once."""
    nodes = {node.id: node for node in scenario.nodes}
    path: list[str] = []
    here = scenario.start
    while here in nodes and here not in path:
        path.append(here)
        best = [choice for choice in nodes[here].choices if choice.verdict == "best"]
        here = best[0].next if best else ""
    return path


def _texts(scenario: Placed[Scenario], library: Library) -> Iterator[Problem]:
    value = scenario.value
    yield from check_texts.plain(scenario, value.title, "title")
    yield from check_texts.rich(scenario, value.intro, library, "intro")
    yield from check_texts.rich(scenario, value.warning, library, "warning")
    for number, fact in enumerate(value.facts):
        yield from check_texts.rich(scenario, fact.text, library, "facts", number, "text")
    for number, ending in enumerate(value.endings):
        yield from check_texts.rich(scenario, ending.text, library, "endings", number, "text")
    for number, node in enumerate(value.nodes):
        loc = ("nodes", number)
        yield from check_texts.rich(scenario, node.text, library, *loc, "text")
        for position, extra in enumerate(node.extras):
            place = (*loc, "extras", position, "text")
            yield from check_texts.rich(scenario, extra.text, library, *place)
        for position, choice in enumerate(node.choices):
            yield from _choice(scenario, node, choice, library, (*loc, "choices", position))


def _choice(
    scenario: Placed[Scenario],
    node: Node,
    choice: Choice,
    library: Library,
    loc: tuple[str | int, ...],
) -> Iterator[Problem]:
    for name in ("text", "consequence", "rule", "repair", "phrase"):
        yield from check_texts.rich(scenario, getattr(choice, name), library, *loc, name)
    for key, text in choice.state.items():
        yield from check_texts.rich(scenario, text, library, *loc, "state", key)
    feedback = [choice.consequence, choice.rule, choice.repair]
    yield from check_texts.sources(scenario, choice.sources, feedback, library, *loc)
    if not choice.sources:
        yield scenario.problem("choice-source", *loc)
    if choice.verdict != "best" and choice.repair is None:
        yield scenario.problem("repair-missing", *loc)
    if choice.verdict == "red_line" and choice.next != node.id:
        yield scenario.problem("red-line-next", *loc, "next", id=choice.next)


def _names(scenario: Placed[Scenario]) -> Iterator[Problem]:
    value = scenario.value
    lists: list[tuple[tuple[str | int, ...], list[str]]] = [
        (("facts",), [fact.id for fact in value.facts]),
        (("nodes",), [node.id for node in value.nodes]),
        (("endings",), [ending.id for ending in value.endings]),
    ]
    for number, node in enumerate(value.nodes):
        lists.append((("nodes", number, "choices"), [choice.id for choice in node.choices]))
        if len(node.choices) not in CHOICE_COUNTS:
            yield scenario.problem("choices", "nodes", number, count=len(node.choices))
    for loc, ids in lists:
        for number, one in enumerate(ids):
            taken = loc == ("endings",) and one in {node.id for node in value.nodes}
            if one in ids[:number] or taken:
                first = scenario.file.path
                yield scenario.problem("repeated-id", *loc, number, id=one, first=first)


def _facts(scenario: Placed[Scenario]) -> Iterator[Problem]:
    value = scenario.value
    facts, revealed = {fact.id for fact in value.facts}, set[str]()
    for number, node in enumerate(value.nodes):
        for position, extra in enumerate(node.extras):
            if extra.if_ not in facts:
                loc = ("nodes", number, "extras", position, "if")
                yield scenario.problem("unknown-fact", *loc, id=extra.if_)
        for position, choice in enumerate(node.choices):
            revealed |= set(choice.reveals)
            for one in choice.reveals:
                if one not in facts:
                    loc = ("nodes", number, "choices", position, "reveals")
                    yield scenario.problem("unknown-fact", *loc, id=one)
    for number, fact in enumerate(value.facts):
        if fact.id not in revealed:
            yield scenario.problem("hidden-fact", "facts", number, id=fact.id)


def _ways(scenario: Placed[Scenario]) -> Iterator[Problem]:
    value = scenario.value
    endings = {ending.id for ending in value.endings}
    ways = {node.id: {choice.next for choice in node.choices} for node in value.nodes}
    if value.start not in ways:
        yield scenario.problem("unknown-next", "start", id=value.start)
    for number, node in enumerate(value.nodes):
        for position, choice in enumerate(node.choices):
            if choice.next not in ways and choice.next not in endings:
                loc = ("nodes", number, "choices", position, "next")
                yield scenario.problem("unknown-next", *loc, id=choice.next)
        if not endings & _reached(node.id, ways):
            yield scenario.problem("dead-end", "nodes", number, id=node.id)
    reached = _reached(value.start, ways)
    for number, node in enumerate(value.nodes):
        if node.id not in reached:
            yield scenario.problem("unreachable", "nodes", number, id=node.id)
    for number, ending in enumerate(value.endings):
        if ending.id not in reached:
            yield scenario.problem("unreachable", "endings", number, id=ending.id)


def _reached(start: str, ways: dict[str, set[str]]) -> set[str]:
    reached, waiting = set[str](), [start]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += ways.get(here, set())
    return reached


def _best(scenario: Placed[Scenario]) -> Iterator[Problem]:
    path = best_path(scenario.value)
    for number, node in enumerate(scenario.value.nodes):
        best = sum(choice.verdict == "best" for choice in node.choices)
        if node.id in path and best != 1:
            yield scenario.problem("best", "nodes", number, count=best)
    if len(path) < LEAST_DECISIONS:
        yield scenario.problem("best-path", "nodes", count=len(path))
