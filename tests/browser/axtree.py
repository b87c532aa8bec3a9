"""What a screen reader is told: the accessibility tree of Chromium as lines of role and name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

CONTROLS = {
    "button",
    "checkbox",
    "combobox",
    "DisclosureTriangle",
    "link",
    "listbox",
    "menuitem",
    "option",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
}
LANDMARKS = {
    "banner",
    "complementary",
    "contentinfo",
    "form",
    "main",
    "navigation",
    "region",
    "search",
}
TOLD = CONTROLS | LANDMARKS | {"alert", "dialog", "heading", "progressbar", "status", "table"}


@dataclass(frozen=True)
class Node:
    """A part of the page as a screen reader knows it."""

    role: str
    name: str
    level: int | None
    words: tuple[str, ...]  # words for the state, such as "checked" or "current"

    def __str__(self) -> str:
        role = f"{self.role} {self.level}" if self.level else self.role
        return " ".join(part for part in (role, self.name, *self.words) if part)


def tree(page: Page) -> list[Node]:
    """Return all that is told of a page, in the order in which it is read."""
    session = page.context.new_cdp_session(page)
    raw = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    nodes = {one["nodeId"]: one for one in raw}
    found: list[Node] = []
    waiting = [raw[0]["nodeId"]]
    while waiting:
        one = nodes[waiting.pop()]
        waiting += [each for each in reversed(one.get("childIds", [])) if each in nodes]
        if not one.get("ignored"):
            found.append(_node(one))
    return [one for one in found if one.role in TOLD or (one.role == "group" and one.name)]


def _node(raw: dict[str, Any]) -> Node:
    facts = {one["name"]: one["value"].get("value") for one in raw.get("properties", [])}
    role = raw["role"]["value"]
    name = " ".join(str(raw.get("name", {}).get("value", "")).split())
    return Node(
        role,
        name,
        facts.get("level") if role == "heading" else None,
        tuple(
            word
            for word in ("checked", "disabled", "required")
            if facts.get(word) in (True, "true")
        ),
    )
