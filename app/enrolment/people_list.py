"""The list of a cohort's learners, narrowed and in order."""

from __future__ import annotations

from collections.abc import Iterable

from app.accounts.models import Person
from app.enrolment import rules
from app.enrolment.models import Enrolment
from app.text import name_order

WAYS = ("none", "password", "ended")
ORDERS = ("name", "number", "enrolled")


def way_in(person: Person) -> str:
    """Return how a person comes in: one of `WAYS`; `none` is without a password."""
    if not person.is_active:
        return "ended"
    return "password" if person.password_hash else "none"


def narrowed(found: Iterable[Enrolment], *, text: str, way: str) -> list[Enrolment]:
    """Return the enrolments that fit; an empty filter lets all pass."""
    return [
        one
        for one in found
        if (not way or way_in(one.person) == way)
        and rules.matches(text, one.person.full_name, one.person.service_number)
    ]


def ordered(found: Iterable[Enrolment], order: str) -> list[Enrolment]:
    """Return enrolments that are in order of names in one of `ORDERS`, "-" before it descends."""
    keys = {
        "name": lambda one: name_order(one.person.full_name),
        "number": lambda one: (name_order(one.person.service_number), ""),
        "enrolled": lambda one: (one.enrolled_at.isoformat(), ""),
    }
    return sorted(found, key=keys[order.removeprefix("-")], reverse=order.startswith("-"))
