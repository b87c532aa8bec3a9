"""Every way a scenario can go: what can be reached, and from where no ending can."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.content.cases import (
    STATES,
    Condition,
    Move,
    Scene,
    Standing,
    Story,
    begin,
    follow,
    offered,
)

LIMIT = 50_000  # ways a story can stand; a story of more is refused
ON_DUTY = frozenset({"best", "acceptable"})  # a player who errs no further
ANY = ON_DUTY | {"mistake"}  # a red line leads nowhere


@dataclass(frozen=True)
class Explored:
    """What was found from the start on, in the order of finding.

    `steps` holds the choices offered in each standing and where they lead, `came` how a standing
    was first reached. `complete` is false when there was more to find than `LIMIT`.
    """

    steps: dict[Standing, list[tuple[Move, Standing]]] = field(default_factory=dict)
    came: dict[Standing, tuple[Standing, Move]] = field(default_factory=dict)
    complete: bool = True

    def places(self) -> set[str]:
        """Return the nodes and endings that can be reached."""
        return {standing.at for standing in self.steps}

    def made(self) -> Iterator[tuple[str, Move, str]]:
        """Yield each choice that can be made: its node, itself, where it leads."""
        for standing, steps in self.steps.items():
            for move, after in steps:
                yield standing.at, move, after.at

    def way_to(self, standing: Standing) -> str:
        """Return a shortest way from the start: nodes, with the choices made there."""
        turns = [standing.at]
        while standing in self.came:
            standing, move = self.came[standing]
            turns.append(f"{standing.at} ({move.id})")
        return " → ".join(reversed(turns))

    def ending_from(self, endings: Iterable[str], verdicts: frozenset[str]) -> set[Standing]:
        """Return the standings from which an ending can be reached by choices of `verdicts`."""
        before: dict[Standing, list[Standing]] = {}
        for standing, steps in self.steps.items():
            for move, after in steps:
                if move.verdict in verdicts:
                    before.setdefault(after, []).append(standing)
        ends = set(endings)
        reaching = {standing for standing in self.steps if standing.at in ends}
        waiting = list(reaching)
        while waiting:
            for standing in before.get(waiting.pop(), ()):
                if standing not in reaching:
                    reaching.add(standing)
                    waiting.append(standing)
        return reaching


def explore(story: Story) -> Explored:
    """Go every way from the start, the shortest first."""
    story = narrowed(story)
    start = begin(story)
    explored = Explored(steps={start: []})
    waiting = deque([start])
    while waiting:
        standing = waiting.popleft()
        for move in offered(story, standing):
            after = follow(move, standing)
            explored.steps[standing].append((move, after))
            if after not in explored.steps:
                if len(explored.steps) >= LIMIT:
                    return replace(explored, complete=False)
                explored.steps[after] = []
                explored.came[after] = (standing, move)
                waiting.append(after)
    return explored


def narrowed(story: Story) -> Story:
    """Return the story with only the facts and states that some condition asks for.

    The others change nothing that is offered, shown or reached.
    """
    asked = list(_conditions(story))
    facts = {fact for one in asked for fact in one.known | one.unknown}
    states = {state for one in asked for state, _ in one.at_least + one.at_most}
    scenes = {
        node: Scene(tuple(_only(move, facts, states) for move in scene.moves), scene.asides)
        for node, scene in story.scenes.items()
    }
    return replace(story, scenes=scenes)


def _conditions(story: Story) -> Iterator[Condition]:
    for scene in story.scenes.values():
        for shown in scene.asides:
            yield from shown
        for move in scene.moves:
            if move.when:
                yield move.when
            yield from (condition for condition, _ in move.ways)


def _only(move: Move, facts: set[str], states: set[int]) -> Move:
    change = tuple(move.change[n] if n in states else 0 for n in range(len(STATES)))
    return replace(move, reveals=move.reveals & facts, change=change)
