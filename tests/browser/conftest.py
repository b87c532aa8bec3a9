"""A real server and a real browser, at phone width and in Russian unless a test says otherwise."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import waitress
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from waitress import wasyncore

from app import clock
from app.__main__ import find_chromium
from app.catalogue.models import Course
from app.catalogue.services import publish
from app.content.edition import compile_course
from app.content.load import load
from app.db import db
from app.enrolment import services as enrolment
from app.enrolment.queries import enrolment_of
from tests.browser.words import ru
from tests.content.conftest import TREE
from tests.world import ZONE, World

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def live(world: World) -> Iterator[str]:
    """Address of a server of the world, which wants the tokens of its forms as in earnest."""
    world.app.config["WTF_CSRF_ENABLED"] = True
    server = waitress.create_server(world.app, host="127.0.0.1", port=0, threads=6)
    sockets, stop = server._map, threading.Event()

    def serve() -> None:
        # Nobody may close a socket while the loop waits for it, so the loop looks up now and then.
        while not stop.is_set():
            wasyncore.loop(timeout=0.1, map=sockets, count=1)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    stop.set()
    thread.join(5)
    server.task_dispatcher.shutdown()
    wasyncore.close_all(sockets, ignore_all=True)
    world.app.config["WTF_CSRF_ENABLED"] = False


class Person:
    """Somebody in front of a browser."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._stay)
        self.expected: tuple[str, ...] = ()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _stay(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def go(self, path: str) -> Page:
        """Open a page of the program."""
        self.page.goto(self.address + path)
        return self.page

    def click(self, label: str, role: str = "button", within: str = "main") -> Page:
        """Click the first button or link with this Russian label, on the page or a part of it."""
        part = self.page.locator(within)
        part.get_by_role(role, name=ru(label), exact=True).first.click()  # type: ignore[arg-type]
        return self.page

    def sees(self, label: str, **gaps: Any) -> None:
        """Fail unless this text of the interface stands on the page in Russian."""
        expect(self.page.locator("body")).to_contain_text(ru(label, **gaps))

    def check(self) -> None:
        """Fail on script errors, refused content and other hosts."""
        left = [f for f in self.faults if not any(part in f for part in self.expected)]
        assert left == []

    def axe(self) -> None:
        """Fail on what axe finds on this page, and on a page that scrolls sideways."""
        found = Axe().run(
            self.page,
            options={
                "runOnly": [
                    "wcag2a",
                    "wcag2aa",
                    "wcag21a",
                    "wcag21aa",
                    "wcag22aa",
                    "best-practice",
                ],
                "resultTypes": ["violations"],
            },
        )
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"


Open = Callable[..., Person]


@pytest.fixture
def open_as(browser: Browser, live: str, world: World) -> Iterator[Open]:
    """Open a browser in which somebody is signed in; None is nobody."""
    people: list[Person] = []

    def start(who: Any = None, **options: Any) -> Person:
        facts: dict[str, Any] = {"viewport": PHONE, "locale": "ru-RU", **options}
        context = browser.new_context(**facts)
        context.set_default_timeout(8_000)
        if who is not None:
            cookie = world.new_client(who).get_cookie("avrr")
            assert cookie is not None
            context.add_cookies([{"name": "avrr", "value": cookie.value, "url": live}])
        person = Person(context, live)
        people.append(person)
        return person

    yield start
    for person in people:
        person.context.close()
    for person in people:
        person.check()


@pytest.fixture
def lesson(world: World) -> str:
    """The address of a lesson with a picture and films; the learner has begun its course."""
    with world.inside():
        now = clock.now()
        publish(compile_course(load(TREE), "t1"), by=None, now=now)
        today = clock.local_day(now, ZONE)
        days = {"opens_on": today, "closes_on": today + timedelta(days=9)}
        course = db.session.get_one(Course, "t1")
        offered = enrolment.add_course(world.cohort, course, **days, by=None, now=now)
        member = enrolment_of(world.cohort.id, world.learner.id)
        enrolment.begin_cycle(member, offered, now=now)
        db.session.commit()
    return "/courses/t1/1-1"
