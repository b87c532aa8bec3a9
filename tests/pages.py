"""What every HTML page must be: valid, one h1, unique ids, labelled inputs, nothing inline."""

from __future__ import annotations

import html5lib

from app.ui import assets

NS = "{http://www.w3.org/1999/xhtml}"
UNLABELLED_OK = {"hidden", "submit", "button", "image", "reset"}


def faults(text: str) -> list[str]:
    """Return what is wrong with a page, in words."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=True)
    tree = parser.parse(text)
    found = [f"line {where[0]}: {code} {about}" for where, code, about in parser.errors]
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    found += _headings(elements)
    found += _ids(elements)
    found += _labels(elements)
    found += _inline(elements)
    if not (tree.get("lang") or "").strip():
        found.append("the html element has no lang")
    return found


def _headings(elements: list) -> list[str]:
    count = sum(e.tag == f"{NS}h1" for e in elements)
    return [] if count == 1 else [f"{count} h1 elements"]


def _ids(elements: list) -> list[str]:
    ids = [e.get("id") for e in elements if e.get("id") is not None]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    known = set(ids)
    lost = sorted(
        {
            ref
            for e in elements
            for name in ("aria-describedby", "aria-labelledby", "for")
            for ref in (e.get(name) or "").split()
            if ref not in known
        }
    )
    return [f"id {each!r} stands twice" for each in twice] + [f"no id {each!r}" for each in lost]


def _labels(elements: list) -> list[str]:
    labelled = {e.get("for") for e in elements if e.tag == f"{NS}label"}
    inside = {
        id(child) for e in elements if e.tag == f"{NS}label" for child in e.iter() if child is not e
    }
    return [
        f"{e.tag.removeprefix(NS)} {e.get('name')!r} has no label"
        for e in elements
        if e.tag in (f"{NS}input", f"{NS}select", f"{NS}textarea")
        and (e.get("type") or "text") not in UNLABELLED_OK
        and e.get("id") not in labelled
        and id(e) not in inside
        and not e.get("aria-label")
        and not e.get("aria-labelledby")
    ]


def _inline(elements: list) -> list[str]:
    found = []
    for e in elements:
        name = e.tag.removeprefix(NS)
        if e.get("style"):
            found.append(f"inline style on {name}")
        found += [f"inline handler {key} on {name}" for key in e.attrib if key.startswith("on")]
        is_ours = name == "style" and e.text == assets.sheet("app")  # a first visit carries it
        if (name == "style" and not is_ours) or (name == "script" and not e.get("src")):
            found.append(f"inline {name}")
    return found
