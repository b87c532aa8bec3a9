"""Commands that look at the content files and change nothing."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.console import JSON_OPTION, say


def register(group: AppGroup) -> None:
    """Add the commands of this module to `group`."""
    for command in (content_check,):
        group.add_command(command)


@click.command("check")
@JSON_OPTION
@with_appcontext
def content_check(as_json: bool) -> None:
    """Check all course files; exit 1 when one has an error."""
    from app.content.load import load

    problems = load(current_app.config["AVRR"].content_root).problems
    for problem in problems:
        words = {"message": problem.message, "hint": problem.hint, "severity": problem.severity}
        say(problem.format(), as_json=as_json, **asdict(problem), **words)
    errors = sum(problem.severity == "error" for problem in problems)
    say(
        f"{errors} errors, {len(problems) - errors} warnings.",
        as_json=as_json,
        errors=errors,
        warnings=len(problems) - errors,
    )
    if errors:
        sys.exit(1)
