"""What the first visit of a lesson costs at the end of a bad link, beside a bare page.

A learner who is signed in opens the first lesson in a Chromium with an empty cache, 360 px wide,
over a link of 400 kbit/s and 400 ms a round trip (see `bench.link`). In turns with it, the same
Chromium opens the bare page: the text of the lesson's main part as HTML without styles, scripts
and pictures, from a bare Flask on the same server, compressed the same way.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.link import BadLink

BYTES_PER_SECOND = 400_000 / 8
ROUND_TRIP = 0.4
PHONE = {"width": 360, "height": 740}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
SLOWDOWN = 4
PLAIN = {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table"}
PLAIN |= {"thead", "tbody", "tr", "th", "td", "div", "section", "strong", "em", "a", "label"}
WATCH = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
SCROLL = """async () => {
  const end = document.documentElement.scrollHeight;
  for (let y = 0; y < end; y += 500) {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
  }
}"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
BLOCKING = """[
  ...performance.getEntriesByType("resource").filter((e) => e.renderBlockingStatus === "blocking"),
].map((e) => e.name)"""
BLOCKING_SCRIPTS = """[...document.scripts].filter(
  (s) => !s.defer && !s.async && s.type !== "module"
).length"""


@dataclass
class Request:
    """What was asked for, and the bytes that came."""

    url: str
    kind: str
    size: int = 0


@dataclass
class Visit:
    """What one visit cost: bytes as they came over the link, paint in ms, shift without a unit."""

    painted: float = 0.0
    shift: float = 0.0
    wire: int = 0
    requests: list[Request] = field(default_factory=list)
    blocking: list[str] = field(default_factory=list)
    blocking_scripts: int = 0

    def bytes_of(self, kind: str) -> int:
        """Bytes that came for one kind of file, such as Script, heads of answers counted."""
        return sum(one.size for one in self.requests if one.kind == kind)


@dataclass
class Rounds:
    """Visits in turns."""

    ours: list[Visit] = field(default_factory=list)
    bare: list[Visit] = field(default_factory=list)

    def paints(self) -> tuple[float, float]:
        """Medians of the first paint, ours and bare, in ms."""
        return _median(v.painted for v in self.ours), _median(v.painted for v in self.bare)

    def spread(self) -> str:
        """Say how far the ratios of single rounds lie apart."""
        pairs = zip(self.ours, self.bare, strict=True)
        ratios = sorted(one.painted / other.painted for one, other in pairs)
        return f"ratio {ratios[0]:.2f} to {ratios[-1]:.2f} in {len(ratios)} rounds"


def measure(
    chromium: str, *, ours: tuple[int, str], bare: tuple[int, str], cookie: str, rounds: int
) -> tuple[Rounds, Rounds]:
    """Visit both pages in turns; `ours` and `bare` are port and path.

    Returns the rounds as this machine is, and those with its processor slowed.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for page in (ours, bare):  # the first visit of a process pays for its start
            _visit(browser, *page, cookie=cookie)
        found = []
        for slowdown in (1, SLOWDOWN):
            done = Rounds()
            for number in range(rounds):
                turns = [(done.ours, ours), (done.bare, bare)]
                for visits, page in turns if number % 2 else reversed(turns):
                    visits.append(_visit(browser, *page, cookie=cookie, slowdown=slowdown))
            found.append(done)
        browser.close()
    return found[0], found[1]


def _visit(browser: Browser, port: int, path: str, *, cookie: str, slowdown: int = 1) -> Visit:
    with (
        BadLink(port, bytes_per_second=BYTES_PER_SECOND, round_trip=ROUND_TRIP) as link,
        _fresh_page(browser, f"http://127.0.0.1:{link.port}", cookie) as page,
    ):
        visit = Visit()
        requests = _watch(page, slowdown)
        page.goto(f"http://127.0.0.1:{link.port}{path}", wait_until="networkidle")
        visit.painted = page.wait_for_function(PAINTED).json_value()
        visit.blocking = page.evaluate(BLOCKING)
        visit.blocking_scripts = page.evaluate(BLOCKING_SCRIPTS)
        visit.wire, visit.requests = link.down.carried, list(requests.values())
        page.evaluate(SCROLL)
        page.wait_for_timeout(300)
        visit.shift = page.evaluate("window.shift")
    return visit


@contextmanager
def _fresh_page(browser: Browser, address: str, cookie: str) -> Iterator[Page]:
    """Open a page of somebody who has a session and nothing else: no cache, no other cookie."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, locale="ru-RU")  # type: ignore[arg-type]
    name, value = cookie.split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": address}])
    yield context.new_page()
    context.close()


def _watch(page: Page, slowdown: int) -> dict[str, Request]:
    """Have the browser report requests and shifts, and slow it down."""
    requests: dict[str, Request] = {}

    def sent(event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if not url.startswith("data:"):
            requests[event["requestId"]] = Request(url, event["type"])

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] in requests:
            requests[event["requestId"]].size = int(event["encodedDataLength"])

    def answered(event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):  # the icon of the tab is also on the page
            requests.pop(event["requestId"], None)

    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", sent)
    session.on("Network.requestServedFromCache", lambda e: requests.pop(e["requestId"], None))
    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.add_init_script(WATCH)
    return requests


def _median(values: Iterator[float]) -> float:
    return statistics.median(values)


def bare_page(html: str) -> str:
    """Return the text of the main part of a page as HTML with nothing else in it."""
    reader = _MainText()
    reader.feed(html)
    body = re.sub(r"\s+", " ", "".join(reader.parts))
    title = escape(reader.title.strip())
    return (
        '<!doctype html><html lang="ru"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head><body>{body}</body></html>"
    )


class _MainText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.title = ""
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("main", "title"):
            self._inside.append(tag)
        elif self._inside and tag in PLAIN:
            self.parts.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("main", "title") and self._inside:
            self._inside.pop()
        elif self._inside and tag in PLAIN:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._inside == ["title"]:
            self.title += data
        elif self._inside:
            self.parts.append(escape(data, quote=False))
