"""A walk over every page of the program, person by person, for checks that hold everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Person
from tests.browser.tour import Facts, tours
from tests.world import World

LEARNERS = ("nobody", "learner", "second_learner", "failing")
Look = Callable[[Page], list[str]]


def roles(facts: Facts, *, staff: bool | None = None) -> list[str]:
    """Return the people of the tours: all, or only the staff, or only the others."""
    return [role for role in tours(facts) if staff is None or staff is (role not in LEARNERS)]


def person_of(world: World, facts: Facts, role: str) -> Any:
    """Return who is signed in on the tour of a role; None is nobody."""
    if role == "failing":
        return SimpleNamespace(id=facts["failing"])
    return None if role == "nobody" else getattr(world, role)


def speak(person: Person, language: str) -> None:
    """Switch the pages of a person to a language, as a reader does."""
    if person.page.locator("html").get_attribute("lang") != language:
        person.page.locator(f"form.languages button[value={language}]").click()
        expect(person.page.locator("html")).to_have_attribute("lang", language)


def stops(world: World, facts: Facts, role: str, *, every: bool = False) -> Iterator[str]:
    """Yield the paths of the tour of a role."""
    for endpoint, values in tours(facts, every=every)[role]:
        yield world.address(endpoint, **values)


def arrive(person: Person, path: str) -> list[str]:
    """Open a page; return what is wrong if it does not stand where it should."""
    reply = person.page.goto(person.address + path)
    if reply is None or reply.status != 200:
        return [f"answers {reply and reply.status}"]
    return [] if person.page.url == person.address + path else [f"leads on to {person.page.url}"]


def look_round(
    world: World,
    open_as: Open,
    facts: Facts,
    look: Look,
    *,
    staff: bool | None = None,
    every: bool = False,
    language: str = "ru",
    **options: Any,
) -> None:
    """Call `look` on every page of everybody, and fail with all faults and where they are."""
    wrong: dict[str, list[str]] = {}
    for role in roles(facts, staff=staff):
        person = open_as(person_of(world, facts, role), **options)
        if language != "ru":
            person.go("/help")
            speak(person, language)
        for path in stops(world, facts, role, every=every):
            for fault in arrive(person, path) or look(person.page):
                wrong.setdefault(fault, []).append(f"{role} {path}")
    assert not wrong, report(wrong)


def report(wrong: dict[str, list[str]]) -> str:
    """Return the faults as text, each once with the pages that have it."""
    return "\n" + "\n".join(
        f"{fault}\n    {len(places)}×: {', '.join(places[:4])}" for fault, places in wrong.items()
    )
