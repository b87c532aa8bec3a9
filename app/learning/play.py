"""Where a learner's story stands, replayed from the choices that are recorded: pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.content import cases


class IllegalChoice(ValueError):
    """The choice is not offered where the story stands."""


@dataclass(frozen=True)
class Told:
    """A choice that was made at a node: both as texts of the edition.

    `number` is that of the decision, from 1; `better` the best choice that was offered, unless
    it was made.
    """

    node: Mapping[str, Any]
    choice: Mapping[str, Any]
    number: int = 1
    better: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Play:
    """Where a story stands. Exactly one of `node` and `ending` is set.

    `choices` are those offered, `extras` the paragraphs shown; `known` are facts that came to
    light, `words` the latest sentence for each state.
    """

    node: Mapping[str, Any] | None
    ending: Mapping[str, Any] | None
    known: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    choices: tuple[Mapping[str, Any], ...] = ()
    extras: tuple[Mapping[str, Any], ...] = ()

    @property
    def last(self) -> Told | None:
        """The latest choice, whose feedback is due."""
        return self.told[-1] if self.told else None

    @property
    def decisions(self) -> int:
        """The number of the decision that is due, from 1; one that is taken again keeps its own."""
        return _number(self.told, self.node["id"] if self.node else "")


def read_only(data: Mapping[str, Any], text: Mapping[str, Any]) -> Play:
    """Return the best end of a story that was not played: no fact came to light."""
    end = cases.best_ending(cases.story_in(data, text))
    return Play(node=None, ending=_by_id(text["endings"])[end])


def replay(
    data: Mapping[str, Any], text: Mapping[str, Any], choices: Sequence[tuple[str, str]]
) -> Play:
    """Return where a scenario stands after `choices`, pairs of node and choice id.

    `data` is the scenario of an edition (`app.content.shapes.ScenarioData`), `text` one language
    of it. A red line returns to its own node as if it had not been chosen. Raises
    `IllegalChoice`.
    """
    story, nodes = cases.story_in(data, text), _by_id(text["nodes"])
    standing, words, told = cases.begin(story), dict[str, str](), list[Told]()
    for node_id, choice_id in choices:
        moves = {move.id: move for move in cases.offered(story, standing)}
        if node_id != standing.at or choice_id not in moves:
            raise IllegalChoice(f"{choice_id} of {node_id} is not offered at {standing.at}")
        told.append(_tell(nodes[node_id], moves, choice_id, told))
        if moves[choice_id].verdict != "red_line":
            words.update(told[-1].choice["state"])
        standing = cases.follow(moves[choice_id], standing)
    play = Play(None, None, standing.known, words, tuple(told))
    if standing.at in nodes:
        return _at_node(play, nodes[standing.at], story, standing)
    return replace(play, ending=_by_id(text["endings"])[standing.at])


def _at_node(
    play: Play, node: Mapping[str, Any], story: cases.Story, standing: cases.Standing
) -> Play:
    choices = _by_id(node["choices"])
    return replace(
        play,
        node=node,
        choices=tuple(choices[move.id] for move in cases.offered(story, standing)),
        extras=tuple(node["extras"][number] for number in cases.asides(story, standing)),
    )


def _tell(
    node: Mapping[str, Any], moves: Mapping[str, cases.Move], choice_id: str, told: Sequence[Told]
) -> Told:
    choices = _by_id(node["choices"])
    best = [move.id for move in cases.best_of(moves.values())]
    better = choices[best[0]] if best and choice_id not in best else None
    return Told(node, choices[choice_id], _number(told, node["id"]), better)


def _number(told: Sequence[Told], node_id: str) -> int:
    seen = list(dict.fromkeys(one.node["id"] for one in told))
    return 1 + (seen.index(node_id) if node_id in seen else len(seen))


def _by_id(texts: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {one["id"]: one for one in texts}
