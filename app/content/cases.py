"""How a scenario runs: what is offered, where a choice leads, how things stand after it.

The check of files and the pages of learners use this and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.content.case_model import Choice, Extra, Scenario, When

STATES = ("safety", "protection", "consent", "trust", "time")
LOWEST, HIGHEST = -2, 2
Levels = tuple[int, ...]  # one for each of `STATES`


class Standing(NamedTuple):
    """Where a story stands: at a node or an ending, with what is known and how things are."""

    at: str
    known: frozenset[str]
    levels: Levels


@dataclass(frozen=True)
class Condition:
    """What has to hold, all of it; bounds are pairs of a position in `STATES` and a level."""

    known: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    at_least: tuple[tuple[int, int], ...] = ()
    at_most: tuple[tuple[int, int], ...] = ()

    def holds(self, standing: Standing) -> bool:
        """Whether it holds as the story stands."""
        return (
            self.known <= standing.known
            and not self.unknown & standing.known
            and all(standing.levels[state] >= level for state, level in self.at_least)
            and all(standing.levels[state] <= level for state, level in self.at_most)
        )


@dataclass(frozen=True)
class Move:
    """A choice without its words; `change` holds the steps of each of `STATES`."""

    id: str
    verdict: str
    next: str
    reveals: frozenset[str] = frozenset()
    change: Levels = (0,) * len(STATES)
    when: Condition | None = None
    ways: tuple[tuple[Condition, str], ...] = ()


@dataclass(frozen=True)
class Scene:
    """A node without its words: its choices, and when each of its extras is shown."""

    moves: tuple[Move, ...]
    asides: tuple[tuple[Condition, ...], ...] = ()


@dataclass(frozen=True)
class Story:
    """A scenario without its words; `levels` is how things stand at the start."""

    start: str
    scenes: Mapping[str, Scene]
    endings: tuple[str, ...]
    levels: Levels = field(default=(0,) * len(STATES))


def begin(story: Story) -> Standing:
    """Return how a story stands before the first choice."""
    return Standing(story.start, frozenset(), story.levels)


def offered(story: Story, standing: Standing) -> list[Move]:
    """Return the choices that are offered, in the order of the file; none at an ending."""
    scene = story.scenes.get(standing.at)
    moves = scene.moves if scene else ()
    return [move for move in moves if move.when is None or move.when.holds(standing)]


def follow(move: Move, standing: Standing) -> Standing:
    """Return how the story stands after a choice; a red line changes nothing."""
    if move.verdict == "red_line":
        return standing
    known = standing.known | move.reveals if move.reveals else standing.known
    levels = tuple(map(_step, standing.levels, move.change)) if any(move.change) else None
    after = Standing(move.next, known, levels or standing.levels)
    for condition, target in move.ways:
        if condition.holds(after):
            return after._replace(at=target)
    return after


def asides(story: Story, standing: Standing) -> list[int]:
    """Return which extras of the node are shown, counted from 0."""
    scene = story.scenes.get(standing.at)
    return [
        number
        for number, conditions in enumerate(scene.asides if scene else ())
        if all(condition.holds(standing) for condition in conditions)
    ]


def best_of(moves: Iterable[Move]) -> list[Move]:
    """Return the best among choices; one of them, in a sound scenario."""
    return [move for move in moves if move.verdict == "best"]


def best_way(story: Story) -> list[Standing]:
    """Return how the story stands at each step of the best choices, from the start on.

    It stops at an ending, where no best choice is offered, or where it has been before; the
    standing it came back to is the last one then.
    """
    way = [begin(story)]
    while best := best_of(offered(story, way[-1])):
        standing = follow(best[0], way[-1])
        seen = standing in way
        way.append(standing)
        if seen:
            break
    return way


def best_path(story: Story) -> list[str]:
    """Return the nodes of the best way, each once."""
    return list(dict.fromkeys(one.at for one in best_way(story) if one.at in story.scenes))


def best_ending(story: Story) -> str:
    """Return the ending to which the best way leads, or else the first."""
    last = best_way(story)[-1].at
    return last if last in story.endings else story.endings[0]


def story_of(scenario: Scenario) -> Story:
    """Return a scenario of the files without its words."""
    return Story(
        start=scenario.start,
        scenes={node.id: _scene(node.choices, node.extras) for node in scenario.nodes},
        endings=tuple(ending.id for ending in scenario.endings),
        levels=_levels(scenario.state),
    )


def story_in(data: Mapping[str, Any], text: Mapping[str, Any]) -> Story:
    """Return a scenario of an edition without its words; `text` is any language of it.

    Editions of format 1 know no conditions and no steps: what they leave out counts as nothing.
    """
    return Story(
        start=data["start"],
        scenes={node["id"]: _stored_scene(node) for node in text["nodes"]},
        endings=tuple(ending["id"] for ending in text["endings"]),
        levels=_levels(data.get("state") or {}),
    )


def _scene(choices: Sequence[Choice], extras: Sequence[Extra]) -> Scene:
    moves = tuple(
        Move(
            id=choice.id,
            verdict=choice.verdict,
            next=choice.next,
            reveals=frozenset(choice.reveals),
            change=_levels({key: one.change for key, one in choice.state.items()}),
            when=_when(choice.when) if choice.when else None,
            ways=tuple((_when(way.when), way.to) for way in choice.ways),
        )
        for choice in choices
    )
    return Scene(moves, tuple(_shown(extra.if_, extra.when) for extra in extras))


def _shown(fact: str | None, when: When | None) -> tuple[Condition, ...]:
    known = (Condition(known=frozenset([fact])),) if fact else ()
    return (*known, _when(when)) if when else known


def _when(when: When) -> Condition:
    return Condition(
        known=frozenset(when.known),
        unknown=frozenset(when.unknown),
        at_least=_bounds(when.at_least),
        at_most=_bounds(when.at_most),
    )


def _stored_scene(node: Mapping[str, Any]) -> Scene:
    moves = tuple(
        Move(
            id=choice["id"],
            verdict=choice["verdict"],
            next=choice["next"],
            reveals=frozenset(choice["reveals"]),
            change=_levels(choice.get("change") or {}),
            when=_stored_when(choice["when"]) if choice.get("when") else None,
            ways=tuple((_stored_when(way["when"]), way["to"]) for way in choice.get("ways") or ()),
        )
        for choice in node["choices"]
    )
    return Scene(moves, tuple(_stored_shown(extra) for extra in node.get("extras") or ()))


def _stored_shown(extra: Mapping[str, Any]) -> tuple[Condition, ...]:
    known = (Condition(known=frozenset([extra["fact"]])),) if extra["fact"] else ()
    return (*known, _stored_when(extra["when"])) if extra.get("when") else known


def _stored_when(when: Mapping[str, Any]) -> Condition:
    return Condition(
        known=frozenset(when["known"]),
        unknown=frozenset(when["unknown"]),
        at_least=_bounds(when["at_least"]),
        at_most=_bounds(when["at_most"]),
    )


def _bounds(levels: Mapping[Any, int]) -> tuple[tuple[int, int], ...]:
    return tuple((STATES.index(key), level) for key, level in levels.items())


def _levels(levels: Mapping[Any, int]) -> Levels:
    return tuple(levels.get(state, 0) for state in STATES)


def _step(level: int, change: int) -> int:
    return max(LOWEST, min(HIGHEST, level + change))
