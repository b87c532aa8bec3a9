"""Commands that show what the courses teach, and what a lawyer has to confirm."""

from __future__ import annotations

from flask.cli import AppGroup


def register(group: AppGroup) -> None:
    """Add the commands of this module to `group`."""
