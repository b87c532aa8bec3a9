"""The small tree of content as the files of an application under test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.content.conftest import recorded, replace_in

__all__ = ["recorded"]  # a fixture here, too

Change = Callable[[str, str, str], None]


@pytest.fixture
def files(app: Flask, recorded: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the small tree, which the application takes for its content."""
    root = Path(shutil.copytree(recorded, tmp_path / "tree"))
    settings = app.config["AVRR"]
    app.config["AVRR"] = replace(settings, content_root=root)
    yield root
    app.config["AVRR"] = settings


@pytest.fixture
def change(files: Path) -> Change:
    """Replace the first `old` by `new` in one of the files."""

    def act(name: str, old: str, new: str) -> None:
        replace_in(files / name, old, new)

    return act


@pytest.fixture
def production(app: Flask) -> Iterator[None]:
    """Publishing needs two people, as where real people learn."""
    app.config["PRODUCTION"] = True
    yield
    app.config["PRODUCTION"] = False
