"""Where a request may be sent next: only to a page of this program."""

from __future__ import annotations

from urllib.parse import urlsplit


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
