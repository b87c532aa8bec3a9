"""Whatever is touched is big enough for a thumb: 44 by 44 px on a phone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE
from tests.browser.rounds import look_round
from tests.browser.tour import furnish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]

# A target is what answers a touch: the element with its label, and what a style adds around it
# (::before, ::after). A link in a sentence may be as small as the line, but its middle keeps 12 px
# from other targets (WCAG 2.5.8); one that is broken over lines or stands between words is such.
SMALL = """(within) => {
  const LEAST = 44, found = [];
  const all = [...document.querySelectorAll(
    "a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], "
    + "[role=link], [role=tab], [role=menuitem], [role=switch], [role=checkbox]")]
    .filter((one) => one.closest(within) && !one.disabled
      && one.checkVisibility({ visibilityProperty: true })
      && !one.closest(".visually-hidden, .skip, [inert]"));
  const name = (one) => one.tagName.toLowerCase() + (one.id ? "#" + one.id : "")
    + [...one.classList].map((each) => "." + each).join("") + " «"
    + (one.innerText || one.ariaLabel || one.name || "").trim().replace(/\\s+/g, " ").slice(0, 40)
    + "» in " + [one.parentElement, one.parentElement.parentElement]
      .map((each) => each.tagName.toLowerCase()
        + [...each.classList].map((word) => "." + word).join("")).join(" of ");
  const labels = (one) => one.matches("input[type=radio], input[type=checkbox], input[type=file]")
    ? [...(one.labels ?? [])] : [];
  const union = (boxes) => boxes.reduce((a, b) => ({
    left: Math.min(a.left, b.left), right: Math.max(a.right, b.right),
    top: Math.min(a.top, b.top), bottom: Math.max(a.bottom, b.bottom) }));
  const area = (one) => union([one, ...labels(one)].map((each) => each.getBoundingClientRect()));
  const belongs = (at, one) => at && (one.contains(at) || labels(one).some((l) => l.contains(at)));
  // What the pointer meets, so that a wider ::after counts.
  const reach = (one) => {
    one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = area(one);
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    const far = (dx, dy) => {
      let step = 0;
      while (step < LEAST && belongs(document.elementFromPoint(x + dx * (step + 1),
        y + dy * (step + 1)), one)) step += 1;
      return step;
    };
    return { width: far(-1, 0) + far(1, 0) + 1, height: far(0, -1) + far(0, 1) + 1 };
  };
  const inSentence = (one) => {
    if (one.tagName !== "A" || getComputedStyle(one).display !== "inline") return false;
    let block = one.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    let words = "";
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const holder = walk.currentNode.parentElement;
      if (!holder.closest("a, button, .visually-hidden")) words += walk.currentNode.data;
    }
    return /\\p{L}{2,}/u.test(words);
  };
  const middles = all.map((one) => {
    const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
    return { one, x: (box.left + box.right) / 2 + scrollX, y: (box.top + box.bottom) / 2 + scrollY,
             wide: box.width, high: box.height };
  });
  for (const one of all) {
    const box = area(one);
    if (box.right - box.left >= LEAST - .5 && box.bottom - box.top >= LEAST - .5) continue;
    if (inSentence(one)) {
      const own = middles.find((each) => each.one === one);
      if (own.wide >= 24 && own.high >= 24) continue;
      const close = middles.find((each) => each.one !== one && !one.contains(each.one)
        && Math.hypot(each.x - own.x, each.y - own.y) < 24);
      if (close) found.push(`in a sentence, too close to ${name(close.one)}: ${name(one)}`);
      continue;
    }
    const got = reach(one);
    if (got.width < LEAST || got.height < LEAST) {
      found.push(`${Math.round(box.right - box.left)}×${Math.round(box.bottom - box.top)}: `
        + name(one));
    }
  }
  return [...new Set(found)].slice(0, 15);
}"""


@pytest.fixture
def facts(world):
    return furnish(world)


def small(page):
    """Return the targets that are too small, those of the open account menu too."""
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    found = page.evaluate(SMALL, "body")
    menu = page.locator("details.account")
    if menu.count():
        menu.evaluate("(one) => { one.open = true; }")
        found += [one for one in page.evaluate(SMALL, "details.account") if one not in found]
    return found


@pytest.mark.parametrize(
    "staff", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["learners", "staff"]
)
def test_every_target_is_big_enough_for_a_thumb(world, open_as, facts, staff):
    look_round(world, open_as, facts, small, staff=staff, viewport=PHONE, reduced_motion="reduce")


@pytest.mark.slow
def test_every_target_of_every_lesson_is_big_enough(world, open_as, facts):
    look_round(
        world,
        open_as,
        facts,
        small,
        staff=False,
        every=True,
        viewport={"width": 320, "height": 640},
        reduced_motion="reduce",
    )
