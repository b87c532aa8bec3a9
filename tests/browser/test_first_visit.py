"""The first page looks like all others, keeps still, and leaves the sheet for the next one."""

from __future__ import annotations

import pytest

from app.db import db
from app.ui import assets

LESSON = "/courses/c1/1-1"
PARTS = ("body", ".masthead", "h1", ".prose p", ".prose h2", ".button", ".masthead .icon", ".foot")
LOOK = """(parts) => parts.map((part) => {
  const element = document.querySelector(part);
  return element && [part, ...[...getComputedStyle(element)].map(
    (name) => `${name}: ${getComputedStyle(element).getPropertyValue(name)}`
  )].join("; ");
})"""
WATCH_SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
SCROLL = """async () => {
  const end = document.documentElement.scrollHeight;
  for (let y = 0; y < end; y += 600) {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)));
  }
}"""
SHEET_OF_NOW = """() => performance.getEntriesByType("resource")
  .filter((entry) => entry.name.includes("/css/app.css"))
  .map(({ transferSize, renderBlockingStatus }) => [transferSize, renderBlockingStatus])"""
RULES = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\\s+/g, " "));
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]


@pytest.fixture
def reader(world, open_as):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    return open_as(world.learner)


def test_the_first_lesson_looks_the_same_with_the_sheet_inside_and_linked(reader):
    looks = []
    for has_link in (False, True):
        page = reader.go(LESSON)
        page.wait_for_load_state("networkidle")
        assert bool(page.locator("head link[rel=stylesheet]").count()) is has_link
        assert bool(page.locator("head style").count()) is not has_link
        looks.append(page.evaluate(LOOK, PARTS))
    assert all(looks[0]), [part for part, look in zip(PARTS, looks[0], strict=True) if not look]
    assert looks[0] == looks[1]


def test_the_second_page_takes_the_sheet_from_the_cache(reader):
    page = reader.go(LESSON)
    page.wait_for_load_state("networkidle")
    ((came, status),) = page.evaluate(SHEET_OF_NOW)
    assert came > 0
    assert status == "non-blocking"
    page = reader.go("/courses/c1")
    ((came, _status),) = page.evaluate(SHEET_OF_NOW)
    assert came == 0


def test_a_page_without_scripts_has_its_look_on_the_first_visit(open_as):
    page = open_as(java_script_enabled=False).go("/sign-in")
    bar = page.locator(".masthead")
    assert bar.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_first_lesson_keeps_still(world, open_as, width):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    reader = open_as(world.learner, viewport={"width": width, "height": 740})
    reader.page.add_init_script(WATCH_SHIFTS)
    page = reader.go(LESSON)
    page.wait_for_load_state("networkidle")
    page.evaluate(SCROLL)
    page.wait_for_timeout(200)
    assert page.evaluate("window.shift") < 0.02


@pytest.mark.parametrize("name", assets.SHEETS)
def test_a_squeezed_sheet_has_the_rules_of_its_parts(open_as, name):
    page = open_as().page
    written = page.evaluate(RULES, assets.written(name))
    assert written
    assert page.evaluate(RULES, assets.sheet(name)) == written
