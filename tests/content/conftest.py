"""A small valid tree of content, and copies of it with one thing broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.content.load import load
from app.content.loaded import Loaded
from tests.content.recording import record

TREE = Path(__file__).parent / "tree"
Edit = Callable[[str, str, str], Path]


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree, with a record that its translations are of its present texts."""
    copied = Path(shutil.copytree(TREE, tmp_path_factory.mktemp("recorded") / "tree"))
    record(copied)
    return copied


@pytest.fixture(scope="session")
def valid(recorded: Path) -> Loaded:
    """The tree as it is."""
    return load(recorded)


@pytest.fixture
def root(recorded: Path, tmp_path: Path) -> Path:
    """A copy of the tree that a test may change."""
    return Path(shutil.copytree(recorded, tmp_path / "tree"))


def replace_in(path: Path, old: str, new: str) -> None:
    """Replace the first `old` by `new` in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def edit(root: Path) -> Edit:
    """Replace the first `old` by `new` in a file of the copy; returns the root.

    The translations count as made from the text as changed.
    """

    def change(path: str, old: str, new: str) -> Path:
        replace_in(root / path, old, new)
        if not path.endswith("/translated.yaml"):
            record(root)
        return root

    return change
