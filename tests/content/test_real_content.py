"""The courses that are shipped load without an error and compile."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.content.edition import compile_course
from app.content.load import load
from app.content.loaded import Loaded

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> Loaded:
    """The content at the root of the project."""
    return load(ROOT)


def test_the_content_has_no_errors(real: Loaded) -> None:
    errors = [problem.format() for problem in real.problems if problem.severity == "error"]
    assert errors == []


def test_every_course_compiles(real: Loaded) -> None:
    assert real.courses
    for course_id in real.courses:
        assert len(compile_course(real, course_id).content_hash) == 64
