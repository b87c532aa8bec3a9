"""All checks of a tree that could be read: one module for each kind of thing checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.content.checks import (
    cases,
    courses,
    coverage,
    forms,
    items,
    language,
    law,
    lessons,
    media,
    register,
    reviews,
    translations,
)
from app.content.loaded import Loaded
from app.content.problems import Problem

_MODULES = (
    register,
    courses,
    lessons,
    items,
    cases,
    forms,
    media,
    language,
    law,
    translations,
    reviews,
    coverage,
)


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of a tree, in no order; those of reading it are not repeated.

    `today` is the day against which review dates are held.
    """
    for module in _MODULES:
        yield from module.check(loaded, today)
