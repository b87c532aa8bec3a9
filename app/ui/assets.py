"""Addresses of own static files, with a query that changes when the file does."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import has_request_context, request, url_for

STATIC = Path(__file__).with_name("static")


@cache
def version(name: str) -> str:
    """Return a short fingerprint of the static file `name`."""
    return sha256((STATIC / name).read_bytes()).hexdigest()[:12]


@cache
def icon_sheet() -> str:
    """Return the name of the icon sheet, as the list of vendored files has it."""
    text = (STATIC / "vendor" / "vendor.json").read_text(encoding="utf-8")
    files: list[str] = list(json.loads(text)["files"])
    return "vendor/" + next(name for name in files if name.endswith("icons.svg"))


@cache
def _address(name: str, root: str) -> str:
    """Return the address of a static file below `root`; a page asks for a dozen of them."""
    return f"{root}{url_for('ui.static', filename=name, v=version(name)).removeprefix(root)}"


def static_url(name: str) -> str:
    """Return the address of the file `name` in `app/ui/static`. It may be cached for ever."""
    return _address(name, request.script_root if has_request_context() else "")


def icon_url(name: str) -> str:
    """Return the address of one icon in the sheet."""
    return f"{static_url(icon_sheet())}#{name}"
