"""Pages stay readable at 400 % zoom and with wider text, and nothing sticky hides the focus."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE
from tests.browser.rounds import look_round
from tests.browser.tour import furnish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
# The distances of WCAG 1.4.12, in the words of a reader's own style sheet.
SPACED = """
  * { line-height: 1.5 !important; letter-spacing: .12em !important;
      word-spacing: .16em !important; }
  p { margin-block-end: 2em !important; }
"""
# Text that is cut off, stands outside the page, or is printed over other text. What is meant
# only for screen readers, waits outside until it has the focus, or scrolls in a frame of its own
# is left out.
FLAWS = """() => {
  const found = [], root = document.documentElement, width = root.clientWidth;
  const name = (one) => one.tagName.toLowerCase() + (one.id ? "#" + one.id : "")
    + [...one.classList].map((each) => "." + each).join("")
    + " «" + one.textContent.trim().replace(/\\s+/g, " ").slice(0, 40) + "»";
  if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth - width} px too wide`);
  const unseen = new Map();
  const aside = (one) => {
    if (!one || one === document.body) return false;
    if (!unseen.has(one)) {
      const small = one.offsetWidth <= 1 && one.offsetHeight <= 1;
      unseen.set(one, one.matches(".skip, svg, [aria-hidden=true]") || small
        || getComputedStyle(one).clipPath.startsWith("inset(50%") || aside(one.parentElement));
    }
    return unseen.get(one);
  };
  const drawn = [];
  for (const one of document.body.querySelectorAll("*")) {
    if (!one.checkVisibility({ visibilityProperty: true }) || aside(one)) continue;
    const style = getComputedStyle(one), told = one.innerText?.trim();
    const cut = (way) => ["hidden", "clip"].includes(style[way]);
    if (told && cut("overflowX") && one.scrollWidth > one.clientWidth + 1
        || told && cut("overflowY") && one.scrollHeight > one.clientHeight + 1) {
      const kids = [...one.querySelectorAll("*")].filter((kid) => !aside(kid));
      const box = one.getBoundingClientRect();
      if ([...kids, one].some((kid) => [...kid.childNodes].some((text) => {
        if (text.nodeType !== 3 || !text.data.trim()) return false;
        const range = document.createRange();
        range.selectNodeContents(text);
        return [...range.getClientRects()].some((part) => part.right > box.right + 1
          || part.bottom > box.bottom + 1 || part.left < box.left - 1 || part.top < box.top - 1);
      }))) found.push(`cut off: ${name(one)}`);
    }
    if (one.closest("option, select, textarea, dialog:not([open])")) continue;
    // A table may scroll in its frame (1.4.10); so may a menu on a phone, but not under zoom.
    const frame = one.closest(innerHeight < 480 ? ".table-scroll" : ".table-scroll, nav");
    const texts = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    for (const text of texts) {
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        if (box.width < 2 || box.height < 2) continue;
        if (!frame && (box.left < -1 || box.right > width + 1)) {
          found.push(`outside the page: ${name(one)}`);
        }
        drawn.push({ one, frame, top: box.top, bottom: box.bottom,
                     left: box.left, right: box.right });
      }
    }
  }
  const floats = (one) => {
    for (let each = one; each; each = each.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(each).position)) return true;
    }
    return false;
  };
  drawn.sort((a, b) => a.top - b.top);
  for (let i = 0; i < drawn.length; i += 1) {
    for (let j = i + 1; j < drawn.length && drawn[j].top < drawn[i].bottom; j += 1) {
      const a = drawn[i], b = drawn[j];
      if (a.one === b.one) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const least = Math.min(a.bottom - a.top, b.bottom - b.top);
      if (wide > 2 && high > least * .4 && !floats(a.one) && !floats(b.one)) {
        found.push(`printed over each other: ${name(a.one)} and ${name(b.one)}`);
      }
    }
  }
  return [...new Set(found)].slice(0, 12);
}"""
# The share of the height that stays covered when one scrolls.
COVER = """async () => {
  const high = innerHeight, root = document.documentElement;
  scrollTo(0, Math.max(0, (root.scrollHeight - high) / 2));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const parts = [...document.body.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return ["fixed", "sticky"].includes(style.position) && one.checkVisibility()
      && style.pointerEvents !== "none" && !one.closest(".table-scroll, dialog, .skip")
      && box.width > innerWidth / 3 && box.bottom > 0 && box.top < high
      && (box.top <= 1 || box.bottom >= high - 1);
  });
  const outer = parts.filter((one) => !parts.some((other) => other !== one && other.contains(one)));
  const share = outer.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0) / high;
  return { share, parts: outer.map((one) => one.className || one.tagName) };
}"""
# How much of the focused element other things hide: of 15 points in the part on screen.
HIDDEN = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const label = one.matches("input[type=radio], input[type=checkbox]") && one.closest("label");
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const told = (one.innerText || one.value || one.id || one.tagName).trim().slice(0, 40);
  if (one === document.body) return null;
  let points = 0, hidden = 0;
  for (const x of [.1, .3, .5, .7, .9]) for (const y of [.15, .5, .85]) {
    const at = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
    points += 1;
    const cover = at && !one.contains(at) && !at.contains(one) && !label?.contains?.(at);
    if (cover && getComputedStyle(at).display !== "inline") {
      for (let each = at; each; each = each.parentElement) {
        if (["fixed", "sticky"].includes(getComputedStyle(each).position)) { hidden += 1; break; }
      }
    }
  }
  const whole = box.top >= -1 && box.bottom <= innerHeight + 1;
  return { told, out: right <= left || bottom <= top, points, hidden,
           whole: whole || box.height > innerHeight };
}"""


@pytest.fixture
def facts(world):
    return furnish(world)


def spaced(page):
    """Return the flaws with the reader's own distances, and those without."""
    found = page.evaluate(FLAWS)
    page.add_style_tag(content=SPACED)
    found += [f"{flaw} (text spaced)" for flaw in page.evaluate(FLAWS) if flaw not in found]
    cover = page.evaluate(COVER)
    if cover["share"] > 0.3:
        found.append(f"{cover['share']:.0%} of the height is covered by {cover['parts']}")
    return found


@pytest.mark.parametrize(
    "staff", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["learners", "staff"]
)
def test_no_text_is_lost_at_400_percent_or_with_wider_text(world, open_as, facts, staff):
    look_round(world, open_as, facts, spaced, staff=staff, viewport=ZOOMED, bypass_csp=True)


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 1024}], ids=["360", "1280"])
def test_no_text_is_lost_with_wider_text_on_any_page(world, open_as, facts, viewport):
    look_round(world, open_as, facts, spaced, every=True, viewport=viewport, bypass_csp=True)


def test_the_word_of_a_lost_link_leaves_room_to_read(world, open_as, facts):
    person = open_as(world.learner, viewport=ZOOMED, reduced_motion="reduce")
    person.expected = ("ERR_INTERNET_DISCONNECTED",)
    for path in ("/", f"/courses/c1/{facts['lessons'][1]}", f"/attempts/{facts['open']}"):
        page = person.go(path)
        person.context.set_offline(True)
        page.locator("p[data-connection]").wait_for(state="visible")
        cover = page.evaluate(COVER)
        person.context.set_offline(False)
        assert cover["share"] <= 0.3, f"{path}: {cover}"


@pytest.mark.parametrize("viewport", [ZOOMED, PHONE], ids=["zoomed", "phone"])
def test_nothing_sticky_hides_the_focus(world, open_as, facts, viewport):
    person = open_as(world.learner, viewport=viewport, reduced_motion="reduce")
    exam = f"/attempts/{facts['open']}"
    wrong = []
    for path in ("/", f"/courses/c1/{facts['lessons'][1]}", exam):
        page = person.go(path)
        for way in ("Tab", "Shift+Tab"):
            for _key in range(60):
                page.keyboard.press(way)
                at = page.evaluate(HIDDEN)
                if at is None:  # round the end, through the browser's own bars
                    continue
                lost = at["out"] or at["hidden"] == at["points"]
                if lost or (path == exam and (at["hidden"] or not at["whole"])):
                    wrong.append(f"{path} {way}: {at}")
    assert not wrong, "\n" + "\n".join(wrong)
