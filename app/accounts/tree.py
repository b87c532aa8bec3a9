"""Agencies in the order and depth in which pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.accounts.models import Agency
from app.text import name_order


@dataclass(frozen=True)
class Branch:
    """An agency in a list; `above` are the names of those in the list that it belongs to."""

    agency: Agency
    name: str
    above: tuple[str, ...]

    @property
    def depth(self) -> int:
        """How deep it stands in the list; 0 at the top."""
        return len(self.above)


def branches(agencies: Iterable[Agency], language: str) -> list[Branch]:
    """Return the agencies as a tree: each before those below it, siblings by name."""
    given = {agency.id: agency for agency in agencies}
    names = {number: agency.name(language) for number, agency in given.items()}

    def line(agency: Agency) -> list[int]:
        return [number for number in _ids(agency) if number in given]

    def place(agency: Agency) -> list[tuple[tuple[str, str], int]]:
        return [(name_order(names[number]), number) for number in line(agency)]

    return [
        Branch(agency, names[agency.id], tuple(names[number] for number in line(agency)[:-1]))
        for agency in sorted(given.values(), key=place)
    ]


def with_those_below(branches: Sequence[Branch], counts: Mapping[int, int]) -> dict[int, int]:
    """Return for each agency the sum of its own count and those of all agencies below it."""
    sums = {branch.agency.id: 0 for branch in branches}
    for branch in branches:
        for number in _ids(branch.agency):
            if number in sums:
                sums[number] += counts.get(branch.agency.id, 0)
    return sums


def _ids(agency: Agency) -> list[int]:
    return [int(number) for number in agency.path.strip("/").split("/")]
