"""The hands of somebody who has no mouse: Tab, Enter, Space, arrows and letters."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Person
from tests.browser.words import ru

FOCUSED = """() => {
  const one = document.activeElement, around = one.closest("label") ?? one;
  const box = one.getBoundingClientRect();
  const lines = [one, around].map((each) => getComputedStyle(each))
    .filter((style) => style.outlineStyle !== "none")
    .map((style) => parseFloat(style.outlineWidth));
  // The button of a field for dates is the browser's own, and so is its line.
  if (one.type === "date" && !one.matches(":focus")) lines.push(2);
  return { name: (one.innerText || one.value || one.id || one.tagName).trim().slice(0, 40),
           body: one === document.body, line: Math.max(0, ...lines),
           seen: box.width > 0 && box.height > 0 };
}"""
AROUND = 10  # px around an element in which its focus may be drawn
LINEAR = [
    share / 12.92 if (share := step / 255) <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
    for step in range(256)
]


class Keys:
    """One pair of hands on one page."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page

    def to(self, target: Locator | str, *, back: bool = False, limit: int = 150) -> None:
        """Press Tab until one of the targets has the focus; all on the way must show it."""
        wanted = self.page.locator(target) if isinstance(target, str) else target
        wanted.first.wait_for(state="attached")
        for _key in range(limit):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            at = self.page.evaluate(FOCUSED)
            if not at["body"]:
                assert at["seen"], f"the focus is on something unseen: {at}"
                assert at["line"] >= 2, f"the focus is not to be seen: {at}"
            if wanted.evaluate_all("(all) => all.includes(document.activeElement)"):
                return
        raise AssertionError(f"Tab does not reach {target}")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def act(self, label: str, role: str = "button", within: str = "main") -> None:
        """Go to a button or link with a Russian label, and press Enter."""
        part = self.page.locator(within)
        self.to(part.get_by_role(role, name=ru(label), exact=True))  # type: ignore[arg-type]
        self.press("Enter")

    def write(self, target: str, text: str) -> None:
        """Go to a field and type; what it held is replaced."""
        self.to(target)
        self.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, target: str, value: str) -> None:
        """Go to a list and walk to a value with the arrows."""
        self.to(target)
        field = self.page.locator(target).first
        self.press("Home")
        for _step in range(200):
            if field.input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{target} has no {value}")

    def day(self, target: str, day: Any) -> None:
        """Go to a field for a date and type its figures, in the order of the browser."""
        self.to(target)
        field = self.page.locator(target).first
        for order in ("%d%m%Y", "%m%d%Y"):
            self.press("ArrowLeft", "ArrowLeft")
            self.page.keyboard.type(day.strftime(order))
            if field.input_value() == day.isoformat():
                return
        raise AssertionError(f"{target} takes no typed day: {field.input_value()!r}")


def _luminance(pixel: Any) -> float:
    red, green, blue = (LINEAR[part] for part in pixel[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pixels(picture: bytes) -> Iterator[tuple[int, ...]]:
    raw = Image.open(io.BytesIO(picture)).convert("RGB").tobytes()
    return (tuple(raw[at : at + 3]) for at in range(0, len(raw), 3))


def changed_area(page: Page) -> dict[str, Any]:
    """Measure the focus as WCAG 2.4.13 does, by pictures with and without it.

    Returns `area`, the number of pixels whose contrast between both states is at least 3:1, and
    `least`, the area of a line of 2 px around the element, its label included.
    """
    box = page.evaluate(
        """() => { const one = document.activeElement;
        const part = one.closest("label") ?? one, box = part.getBoundingClientRect();
        self.focused = one;
        return { x: box.x, y: box.y, width: box.width, height: box.height,
          sheet: [innerWidth, innerHeight],
          name: (one.innerText || one.value || one.id).trim().slice(0, 40) }; }"""
    )
    wide, high = box.pop("sheet")
    left, top = max(0, box["x"] - AROUND), max(0, box["y"] - AROUND)
    clip = {
        "x": left,
        "y": top,
        "width": min(wide, box["x"] + box["width"] + AROUND) - left,
        "height": min(high, box["y"] + box["height"] + AROUND) - top,
    }
    with_focus = page.screenshot(clip=clip, caret="hide")  # type: ignore[arg-type]
    page.evaluate("self.focused.blur()")
    without = page.screenshot(clip=clip, caret="hide")  # type: ignore[arg-type]
    page.evaluate("self.focused.focus({ focusVisible: true, preventScroll: true })")
    area = 0
    for after, before in zip(_pixels(with_focus), _pixels(without), strict=True):
        if after != before:
            one, other = sorted((_luminance(after), _luminance(before)))
            area += (other + 0.05) / (one + 0.05) >= 3
    return {
        "name": box["name"],
        "area": area,
        "least": round(4 * (box["width"] + box["height"])),
    }
