"""A small valid tree of content, and copies of it with one thing broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.content.load import load
from app.content.loaded import Loaded

TREE = Path(__file__).parent / "tree"
Edit = Callable[[str, str, str], Path]


@pytest.fixture(scope="session")
def valid() -> Loaded:
    """The tree as it is."""
    return load(TREE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the tree that a test may change."""
    return Path(shutil.copytree(TREE, tmp_path / "tree"))


@pytest.fixture
def edit(root: Path) -> Edit:
    """Replace the first `old` by `new` in a file of the copy; returns the root."""

    def change(path: str, old: str, new: str) -> Path:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
        return root

    return change
