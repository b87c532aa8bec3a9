"""AVRR Academy: courses, cohorts, assessment and certificates for assisted voluntary return.

This module stays light: `python3 -m app` runs before anything is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Config


def create_app(config: Config | None = None) -> Flask:
    """Build the Flask application from `config`, or from the environment.

    Raises `app.config.ConfigError` with every fault at once when the settings are wrong.
    """
    from app import cli
    from app.web import build_app

    app = build_app(config)
    cli.register(app)
    return app
