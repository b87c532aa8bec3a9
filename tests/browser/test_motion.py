"""Who asks for no motion gets none, and forced colours leave every state to be told apart."""

from __future__ import annotations

from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.rounds import look_round
from tests.browser.tour import furnish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]

# Everything that would move: transitions and animations of elements and of what styles add to
# them, smooth scrolling, moving pictures, and transitions between pages.
MOVING = """() => {
  const found = [], seconds = (text) => Math.max(...text.split(",").map((each) =>
    parseFloat(each) / (each.trim().endsWith("ms") ? 1000 : 1)));
  for (const one of document.querySelectorAll("*")) {
    for (const part of [null, "::before", "::after", "::marker", "::backdrop"]) {
      const style = getComputedStyle(one, part);
      if (part && style.content === "none") continue;
      const moves = style.transitionProperty !== "none" ? seconds(style.transitionDuration) : 0;
      const plays = style.animationName !== "none" ? seconds(style.animationDuration) : 0;
      if (Math.max(moves, plays) > .01) {
        found.push(`${one.tagName}.${one.className?.baseVal ?? one.className}${part ?? ""} moves`);
      }
    }
    if (getComputedStyle(one).scrollBehavior === "smooth") found.push(`${one.tagName} scrolls`);
    if (one.matches("marquee, blink, video[autoplay], animate, animateTransform, animateMotion")) {
      found.push(`${one.tagName} moves`);
    }
  }
  const rules = (list) => {
    for (const rule of list) {
      if (rule instanceof CSSMediaRule && !matchMedia(rule.conditionText).matches) continue;
      const kind = rule.constructor.name;
      if (kind === "CSSViewTransitionRule" && rule.navigation !== "none") {
        found.push("pages turn with a view transition");
      }
      if (rule.cssRules) rules(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) rules(sheet.cssRules);
  for (const one of document.getAnimations()) {
    if (Number(one.effect?.getComputedTiming().duration) > 10) found.push("an animation runs");
  }
  return [...new Set(found)].slice(0, 12);
}"""
# What a state looks like when colours are taken away: lines, words, signs.
LOOK = """(one) => {
  const signs = (each) => [...each.querySelectorAll("use")]
    .map((use) => (use.getAttribute("href") ?? "").split("#")[1]).join(" ");
  const lines = (each, part) => {
    const s = getComputedStyle(each, part);
    return [s.borderTopStyle, s.borderTopWidth, s.borderBottomWidth, s.borderBottomStyle,
      s.borderInlineStartWidth, s.borderBottomColor, s.outlineStyle, s.outlineWidth,
      s.textDecorationLine, s.textDecorationThickness, s.fontWeight, s.content].join(" ");
  };
  return [lines(one), lines(one, "::before"), lines(one, "::after"), signs(one)].join(" | ");
}"""
WORDS = "(one) => one.textContent.trim().replace(/[\\d\\s%]+/g, ' ')"


@pytest.fixture
def facts(world):
    return furnish(world)


def moving(page):
    """Return what moves on a page."""
    return page.evaluate(MOVING)


def test_nothing_moves_for_who_asks_for_less_motion(world, open_as, facts):
    look_round(world, open_as, facts, moving, staff=False, reduced_motion="reduce")


@pytest.mark.slow
def test_nothing_moves_on_pages_of_staff_either(world, open_as, facts):
    look_round(world, open_as, facts, moving, staff=True, reduced_motion="reduce", viewport=DESK)


def test_nothing_moves_in_answer_to_the_reader(world, open_as, facts):
    person = open_as(world.learner, reduced_motion="reduce")
    page = person.page
    page.add_init_script(
        "addEventListener('pagereveal', (e) => { self.turned = Boolean(e.viewTransition); })"
    )
    person.go("/")
    page.locator("nav[aria-label] a[href='/help']").first.click()
    page.wait_for_url("**/help*")
    assert page.evaluate("self.turned") is not True
    person.go(f"/attempts/{facts['open']}")
    page.locator("#question-1 label").first.click()
    page.locator("main summary").first.click()
    assert moving(page) == []
    expect(page.locator("#question-1 .saved")).to_have_attribute("data-state", "saved")


def told_apart(page, one, other):
    """Say whether two parts of a page differ without their colours."""
    both = [page.locator(selector).first for selector in (one, other)]
    return both[0].evaluate(LOOK) != both[1].evaluate(LOOK)


def test_states_are_told_apart_in_forced_colours(world, open_as, facts):
    person = open_as(world.learner, forced_colors="active", viewport=DESK)
    page = person.go(f"/attempts/{facts['open']}")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    page.locator("#question-1 label").first.click()
    expect(page.locator("#question-1 .saved")).to_have_attribute("data-state", "saved")
    item = "#question-1 .option"
    assert told_apart(page, f"{item}:has(:checked)", f"{item}:not(:has(:checked))")
    assert told_apart(page, "#question-1 .saved", "#question-2 .saved")
    page.locator("main a[href], main summary").first.focus()
    nav = "nav.sitenav a"
    person.go("/")
    assert told_apart(page, f"{nav}[aria-current=page]", f"{nav}:not([aria-current])")
    lang = "form.languages button"
    assert told_apart(page, f"{lang}[aria-current]", f"{lang}:not([aria-current])")
    for selector in ("main .button", ".card", "progress"):
        if not page.locator(selector).count():
            continue
        edge = page.locator(selector).first.evaluate(
            "(one) => { const s = getComputedStyle(one);"
            " return s.borderTopStyle !== 'none' && parseFloat(s.borderTopWidth) > 0; }"
        )
        assert edge, f"{selector} has no edge in forced colours"


def test_cells_and_verdicts_say_their_state_without_colour(world, open_as, facts):
    """Each state of a cell, a badge, an answer or a verdict has its own sign or words."""
    person = open_as(None, forced_colors="active", viewport=DESK)
    page = person.go("/gallery")
    for selector, states in {
        ".cell": ["done", "open", "todo", "late", "failed", "locked"],
        ".badge": ["success", "warning", "danger", "info", "waiting", "locked"],
        ".notice": ["success", "warning", "danger", "info"],
        ".verdict": ["best", "acceptable", "mistake", "red_line"],
    }.items():
        there = [one for one in states if page.locator(f"main {selector}.{one}").count()]
        assert len(there) > 2, f"the gallery shows only {there} of {selector}"
        looks = {
            one: (
                page.locator(f"main {selector}.{one}").first.evaluate(LOOK),
                page.locator(f"main {selector}.{one}").first.evaluate(WORDS),
            )
            for one in there
        }
        alike = [pair for pair in combinations(there, 2) if looks[pair[0]] == looks[pair[1]]]
        assert not alike, f"{selector}: {alike} look alike in forced colours"
    cell = "main .cell"
    kinds = ["done", "open", "todo", "late", "failed", "locked"]
    signs = {kind: page.locator(f"{cell}.{kind}").first.evaluate(LOOK) for kind in kinds}
    assert len(set(signs.values())) == len(kinds), "two states of a cell have the same sign"


@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_focus_is_seen_in_forced_colours_too(world, open_as, facts, forced):
    person = open_as(world.learner, forced_colors=forced)
    for path in ("/", f"/attempts/{facts['open']}"):
        page = person.go(path)
        for _key in range(12):
            page.keyboard.press("Tab")
            line = page.evaluate(
                """() => { const one = document.activeElement;
                if (one === document.body) return [["solid", 9]];
                const around = one.closest("label") ?? one;
                return [one, around].map((each) => getComputedStyle(each))
                  .map((s) => [s.outlineStyle, parseFloat(s.outlineWidth)]); }"""
            )
            assert any(style != "none" and width >= 2 for style, width in line), (path, line)
