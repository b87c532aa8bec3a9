"""The command group that all work on content belongs to."""

from __future__ import annotations

from flask.cli import AppGroup

content = AppGroup("content", help="Check and publish courses.")
