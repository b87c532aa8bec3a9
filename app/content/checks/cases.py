"""Checks of scenarios: their texts, their names, and then where their ways lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.content.case_model import Choice, Node, Scenario, When
from app.content.checks import texts as check_texts
from app.content.checks.stories import CHOICE_COUNTS, conditional, prove
from app.content.files import Placed
from app.content.loaded import Loaded
from app.content.problems import Problem
from app.content.sources import Library

Loc = tuple[str | int, ...]


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
    wrong = [*_names(scenario), *_facts(scenario), *_targets(scenario)]
    yield from wrong or prove(scenario)
    course = loaded.courses.get(scenario.value.course)
    if course is None:
        yield scenario.problem("unknown-course", "course", id=scenario.value.course)
        return
    if scenario.value.id not in course.value.scenarios:
        yield scenario.problem("not-listed", "id")
    if scenario.value.lesson not in {lesson.id for lesson in course.value.lessons}:
        yield scenario.problem("unknown-lesson", "lesson", id=scenario.value.lesson)


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
        if len(node.choices) not in CHOICE_COUNTS and not conditional(node):
            yield scenario.problem("choices", *loc, count=len(node.choices))
        for position, extra in enumerate(node.extras):
            place = (*loc, "extras", position, "text")
            yield from check_texts.rich(scenario, extra.text, library, *place)
            if extra.if_ is None and extra.when is None:
                yield scenario.problem("extra-open", *loc, "extras", position)
        for position, choice in enumerate(node.choices):
            yield from _choice(scenario, node, choice, library, (*loc, "choices", position))


def _choice(
    scenario: Placed[Scenario],
    node: Node,
    choice: Choice,
    library: Library,
    loc: Loc,
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
    if choice.verdict == "red_line":
        yield from _red_line(scenario, node, choice, loc)


def _red_line(
    scenario: Placed[Scenario], node: Node, choice: Choice, loc: Loc
) -> Iterator[Problem]:
    if choice.next != node.id:
        yield scenario.problem("red-line-next", *loc, "next", id=choice.next)
    steps = [key for key, one in choice.state.items() if one.change]
    for key, found in (("reveals", choice.reveals), ("ways", choice.ways), ("state", steps)):
        if found:
            yield scenario.problem("red-line-effect", *loc, key, key=key)


def _names(scenario: Placed[Scenario]) -> Iterator[Problem]:
    value = scenario.value
    lists: list[tuple[Loc, list[str]]] = [
        (("facts",), [fact.id for fact in value.facts]),
        (("nodes",), [node.id for node in value.nodes]),
        (("endings",), [ending.id for ending in value.endings]),
    ]
    for number, node in enumerate(value.nodes):
        lists.append((("nodes", number, "choices"), [choice.id for choice in node.choices]))
    for loc, ids in lists:
        for number, one in enumerate(ids):
            taken = loc == ("endings",) and one in {node.id for node in value.nodes}
            if one in ids[:number] or taken:
                first = scenario.file.path
                yield scenario.problem("repeated-id", *loc, number, id=one, first=first)


def _facts(scenario: Placed[Scenario]) -> Iterator[Problem]:
    facts = {fact.id for fact in scenario.value.facts}
    for loc, one in _asked(scenario.value):
        if one not in facts:
            yield scenario.problem("unknown-fact", *loc, id=one)


def _asked(value: Scenario) -> Iterator[tuple[Loc, str]]:
    for number, node in enumerate(value.nodes):
        for position, extra in enumerate(node.extras):
            loc: Loc = ("nodes", number, "extras", position)
            if extra.if_ is not None:
                yield (*loc, "if"), extra.if_
            yield from _named(extra.when, (*loc, "when"))
        for position, choice in enumerate(node.choices):
            loc = ("nodes", number, "choices", position)
            yield from (((*loc, "reveals"), one) for one in choice.reveals)
            yield from _named(choice.when, (*loc, "when"))
            for turn, way in enumerate(choice.ways):
                yield from _named(way.when, (*loc, "ways", turn, "when"))


def _named(when: When | None, loc: Loc) -> Iterator[tuple[Loc, str]]:
    for key, facts in (("known", when.known), ("unknown", when.unknown)) if when else ():
        yield from (((*loc, key), one) for one in facts)


def _targets(scenario: Placed[Scenario]) -> Iterator[Problem]:
    value = scenario.value
    nodes = {node.id for node in value.nodes}
    places = nodes | {ending.id for ending in value.endings}
    if value.start not in nodes:
        yield scenario.problem("unknown-next", "start", id=value.start)
    for number, node in enumerate(value.nodes):
        for position, choice in enumerate(node.choices):
            loc: Loc = ("nodes", number, "choices", position)
            if choice.next not in places:
                yield scenario.problem("unknown-next", *loc, "next", id=choice.next)
            for turn, way in enumerate(choice.ways):
                if way.to not in places:
                    yield scenario.problem("unknown-next", *loc, "ways", turn, "to", id=way.to)
