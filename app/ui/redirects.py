"""Where a request may be sent next: only to a page of this program."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed


def local_path(target: str | None, fallback: str = "/") -> str:
    """Return `target` when it is a path on this host, else `fallback`.

    Browsers read a backslash as a slash and drop control characters, so neither may occur.
    """
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return fallback
    if any(ch <= " " or ch == "\x7f" for ch in target):
        return fallback
    try:
        parts = urlsplit(target)
    except ValueError:
        return fallback
    return fallback if parts.scheme or parts.netloc else target


def can_be_opened(path: str | None = None) -> bool:
    """Whether a path, by default this request's, is no address that only takes what is sent.

    One that is not there at all can be opened: it says so again.
    """
    if path is None and request.method in ("GET", "HEAD"):
        return not isinstance(request.routing_exception, MethodNotAllowed)
    try:
        current_app.url_map.bind("").match(path or request.path, method="GET")
    except MethodNotAllowed:
        return False
    except HTTPException:
        return True
    return True


def page_before() -> str:
    """Return the page of this program from which the reader came, else the home page."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return "/"
    if parts.netloc != request.host or parts.path == request.path:
        return "/"
    path = local_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return path if can_be_opened(unquote(parts.path)) else "/"
