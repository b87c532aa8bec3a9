"""How many learners of a cohort have a certificate: counted by the package that issues them.

Enrolment stands below certificates and knows nothing of them, and a list of cohorts without them
tells a coordinator too little; so that package hands its count in here when it is registered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import current_app
from flask.sansio.app import App

Count = Callable[[Sequence[int]], Mapping[tuple[int, str], int]]
_KEY = "avrr.certified_by_cohort"


def register(app: App, count: Count) -> None:
    """Let `count` answer for `app`: it gets ids of cohorts."""
    app.extensions[_KEY] = count


def certified(cohort_ids: Sequence[int]) -> Mapping[tuple[int, str], int]:
    """Learners with a certificate in force, by cohort and course; none are left out."""
    count: Count = current_app.extensions[_KEY]
    return count(cohort_ids)
