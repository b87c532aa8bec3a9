"""Checks of rights: what is taught is practised and tested."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.content.loaded import Loaded
from app.content.problems import Problem


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems found."""
    yield from ()
