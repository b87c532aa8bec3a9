"""What commands print: one line a result, for people or for machines."""

from __future__ import annotations

import json
import sys
from typing import Any, NoReturn

import click

JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


def say(text: str, *, as_json: bool = False, **facts: Any) -> None:
    """Print one result line."""
    click.echo(json.dumps(facts, ensure_ascii=False, default=str) if as_json else text)


def refuse(text: str) -> NoReturn:
    """Print why a command did nothing, and end with exit code 1."""
    click.echo(text, err=True)
    sys.exit(1)
