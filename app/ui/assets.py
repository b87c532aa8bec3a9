"""Addresses of own static files, with a query that changes when the file does."""

from __future__ import annotations

import json
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import has_request_context, request, url_for

STATIC = Path(__file__).with_name("static")
STYLES = Path(__file__).with_name("styles")
COMMENT = r"(?>/\*.*?\*/)"  # atomic, so that it never runs on to the end of the next one
BETWEEN = rf"(?:\s|{COMMENT})"
SQUEEZED = re.compile(
    rf"""\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|{BETWEEN}*([{{}};]){BETWEEN}*|{BETWEEN}+""", re.S
)

SHEETS = tuple(one.stem for one in sorted(STYLES.iterdir()))


def sheet(name: str) -> str:
    """Return a style sheet, squeezed: `styles/<name>.css`, or the parts of `styles/<name>/`.

    Raises `LookupError` when there is no such sheet.
    """
    if name not in SHEETS:
        raise LookupError(name)
    return _sheet(name)


@cache
def _sheet(name: str) -> str:
    return squeeze(written(name))


def written(name: str) -> str:
    """Return a style sheet as its parts were written."""
    parts = sorted((STYLES / name).glob("*.css")) or [STYLES / f"{name}.css"]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def squeeze(css: str) -> str:
    """Return the same rules without comments and indentation; strings and escapes are kept."""
    return SQUEEZED.sub(_squeezed, css).strip()


def _squeezed(found: re.Match[str]) -> str:
    text = found[0]
    if text[0] in "\\\"'":
        return text
    if found[1]:
        return found[1]
    is_space = re.sub(COMMENT, "", text, flags=re.S)
    return " " if is_space else "/**/"  # a bare comment parts two words without a space


@cache
def version(name: str) -> str:
    """Return a short fingerprint of the static file or style sheet (`css/<sheet>.css`) `name`."""
    if name.startswith("css/"):
        data = sheet(name.removeprefix("css/").removesuffix(".css")).encode()
    else:
        data = (STATIC / name).read_bytes()
    return sha256(data).hexdigest()[:12]


@cache
def icon_sheet() -> str:
    """Return the name of the icon sheet, as the list of vendored files has it."""
    text = (STATIC / "vendor" / "vendor.json").read_text(encoding="utf-8")
    files: list[str] = list(json.loads(text)["files"])
    return "vendor/" + next(name for name in files if name.endswith("icons.svg"))


@cache
def _address(name: str, root: str) -> str:
    """Return the address of a static file below `root`; a page asks for a dozen of them."""
    if name.startswith("css/"):
        sheet_name = name.removeprefix("css/").removesuffix(".css")
        address = url_for("ui.styles", name=sheet_name, v=version(name))
    else:
        address = url_for("ui.static", filename=name, v=version(name))
    return f"{root}{address.removeprefix(root)}"


def static_url(name: str) -> str:
    """Return the address of a static file or style sheet. What it gives may be cached for ever."""
    return _address(name, request.script_root if has_request_context() else "")


def icon_url(name: str) -> str:
    """Return the address of one icon in the sheet."""
    return f"{static_url(icon_sheet())}#{name}"
