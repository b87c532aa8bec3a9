"""What one message of the check is made of."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Message(NamedTuple):
    """Severity, message and hint of one code."""

    severity: Literal["error", "warning"]
    text: str
    hint: str = ""


def N_(text: str) -> str:  # noqa: N802
    """Mark `text` for the translation catalogue."""
    return text


def error(text: str, hint: str = "") -> Message:
    """Return a message that stops publishing."""
    return Message("error", text, hint)


def warning(text: str, hint: str = "") -> Message:
    """Return a message that stops nothing."""
    return Message("warning", text, hint)
