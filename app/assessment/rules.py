"""What is drawn, how it is graded and who may try again. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any, Literal

Objectives = Mapping[int, tuple[int, int]]  # objective id -> right, drawn


@dataclass(frozen=True)
class DrawCell:
    """How many items of one kind an attempt draws."""

    objective: int
    level: str
    red_line: bool
    draw: int


@dataclass(frozen=True)
class BankItem:
    """An item that may be drawn; `option_ids` stand as in the file."""

    item_id: str
    item_hash: str
    objective: int
    level: str
    red_line: bool
    option_ids: tuple[str, ...]
    keep_order: bool = False


@dataclass(frozen=True)
class DrawnItem:
    """An item of an attempt; `option_ids` stand in the order in which they are shown."""

    item_id: str
    item_hash: str
    option_ids: tuple[str, ...]


@dataclass(frozen=True)
class GradedItem:
    """What grading needs to know of the item at `position`, which counts from 1."""

    position: int
    objective: int
    red_line: bool
    key: frozenset[str]


@dataclass(frozen=True)
class Grade:
    """The grade of one attempt. `score` is a share from 0 to 1."""

    right: int
    drawn: int
    score: Fraction
    red_lines_right: bool
    passed: bool
    objectives: dict[int, tuple[int, int]]


@dataclass(frozen=True)
class FinalRules:
    """Rules of a final; `wait_hours` maps the number of a failed attempt to a wait."""

    cut_score: Fraction
    attempts: int
    wait_hours: Mapping[int, int]
    cells: tuple[DrawCell, ...]


@dataclass(frozen=True)
class AttemptFact:
    """What is recorded of one attempt; the figures are None until it is graded."""

    public_id: str
    number: int
    started_at: datetime
    sealed_at: datetime | None
    passed: bool | None
    right: int | None
    drawn: int | None
    red_lines_right: bool | None
    objectives: Objectives


@dataclass(frozen=True)
class Allowed:
    """The learner may work on attempt `number`; `continues` means that it is open already."""

    number: int
    continues: bool = False


@dataclass(frozen=True)
class Refused:
    """No attempt now. `until` is the moment from which waiting is over."""

    reason: Literal["passed", "waiting", "used_up"]
    until: datetime | None = None


def final_rules(outline: Mapping[str, Any]) -> FinalRules:
    """Return the rules of the final of an edition's outline."""
    final = outline["rules"]["final"]
    return FinalRules(
        cut_score=Fraction(final["cut_score"]),
        attempts=final["attempts"],
        wait_hours={int(after): hours for after, hours in final["wait_hours"].items()},
        cells=tuple(
            DrawCell(cell["objective"], cell["level"], cell["red_line"], cell["draw"])
            for cell in final["draw"]
        ),
    )


def draw(
    cells: Sequence[DrawCell],
    bank: Sequence[BankItem],
    seed: str,
    seen: frozenset[str] = frozenset(),
) -> list[DrawnItem]:
    """Draw items for one attempt: the same seed, bank and `seen` give the same draw.

    Each cell gets items that are not in `seen` as long as there are any. The order of items and
    of options is shuffled; an item with `keep_order` keeps its options.
    Raises `ValueError` when the bank cannot fill a cell.
    """
    chance = Random(seed)  # noqa: S311 - repeatable on purpose; the seed itself is secret
    drawn: list[BankItem] = []
    for cell in cells:
        fitting = sorted(
            (item for item in bank if _fits(item, cell)), key=lambda item: item.item_id
        )
        if len(fitting) < cell.draw:
            raise ValueError(f"the bank has {len(fitting)} items for {cell}")
        chance.shuffle(fitting)
        fitting.sort(key=lambda item: item.item_id in seen)
        drawn += fitting[: cell.draw]
    chance.shuffle(drawn)
    return [DrawnItem(item.item_id, item.item_hash, _shown(item, chance)) for item in drawn]


def _fits(item: BankItem, cell: DrawCell) -> bool:
    kind = (item.objective, item.level, item.red_line)
    return kind == (cell.objective, cell.level, cell.red_line)


def _shown(item: BankItem, chance: Random) -> tuple[str, ...]:
    if item.keep_order:
        return item.option_ids
    return tuple(chance.sample(item.option_ids, len(item.option_ids)))


def grade(
    items: Sequence[GradedItem], responses: Mapping[int, Sequence[str]], cut_score: Fraction
) -> Grade:
    """Grade an attempt: pass with a score of at least `cut_score` and every red-line item right.

    `responses` maps a position to the chosen option ids; an item without an answer is wrong.
    Raises `ValueError` when there are no items.
    """
    if not items:
        raise ValueError("an attempt has at least one item")
    marks = {item.position: _is_right(item, responses) for item in items}
    objectives: dict[int, tuple[int, int]] = {}
    for item in items:
        right, drawn = objectives.get(item.objective, (0, 0))
        objectives[item.objective] = (right + marks[item.position], drawn + 1)
    total = sum(marks.values())
    score = Fraction(total, len(items))
    red_lines_right = all(marks[item.position] for item in items if item.red_line)
    return Grade(
        right=total,
        drawn=len(items),
        score=score,
        red_lines_right=red_lines_right,
        passed=score >= cut_score and red_lines_right,
        objectives=dict(sorted(objectives.items())),
    )


def _is_right(item: GradedItem, responses: Mapping[int, Sequence[str]]) -> bool:
    chosen = frozenset(responses.get(item.position, ()))
    return bool(chosen) and chosen == item.key


def next_attempt(
    results: Sequence[AttemptFact], grants: int, rules: FinalRules, now: datetime
) -> Allowed | Refused:
    """Say whether a learner may work on an attempt at `now`, and on which.

    `results` are all attempts of the cycle; each of the `grants` adds one to those of the rules.
    """
    if any(one.passed for one in results):
        return Refused("passed")
    if still_open := next((one for one in results if one.sealed_at is None), None):
        return Allowed(still_open.number, continues=True)
    last = max(results, key=lambda one: one.number, default=None)
    number = last.number + 1 if last else 1
    if number > rules.attempts + grants:
        return Refused("used_up")
    if last and last.sealed_at and last.number in rules.wait_hours:
        until = last.sealed_at + timedelta(hours=rules.wait_hours[last.number])
        if now < until:
            return Refused("waiting", until)
    return Allowed(number)


def grant_fault(
    results: Sequence[AttemptFact], grants: int, rules: FinalRules, now: datetime
) -> Literal["passed", "open", "attempts_left"] | None:
    """Say why no further attempt may be given; None means that one may."""
    verdict = next_attempt(results, grants, rules, now)
    if isinstance(verdict, Allowed):
        return "open" if verdict.continues else "attempts_left"
    if verdict.reason == "used_up":
        return None
    return "passed" if verdict.reason == "passed" else "attempts_left"


def weak_objectives(objectives: Objectives, cut_score: Fraction) -> tuple[int, ...]:
    """Return the objectives whose share of right items is below the cut score.

    When none is, those in which anything was wrong.
    """
    missed = {one: Fraction(r, d) for one, (r, d) in objectives.items() if r < d}
    weak = [one for one, share in missed.items() if share < cut_score]
    return tuple(sorted(weak or missed))
