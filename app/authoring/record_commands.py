"""Commands that record what was reviewed and what was translated."""

from __future__ import annotations

from flask.cli import AppGroup


def register(group: AppGroup) -> None:
    """Add the commands of this module to `group`."""
