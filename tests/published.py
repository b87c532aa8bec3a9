"""Courses for tests: a tree with as few of the real ones as they need, and all of them for some.

Reading, checking and publishing all courses takes long, and most tests want one.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

from app import clock
from app.access import scope
from app.authoring.publishing import plan, publish_plans
from app.catalogue.programmes import publish_programmes
from app.config import ROOT
from app.content.edition import CompiledCourse, compile_course
from app.content.files import Reader
from app.content.load import _read
from app.content.loaded import Loaded
from app.content.programmes import programme_data
from app.db import db

COURSES = ("c1",)
_STEP = re.compile(r"^ *- \{course: (\w+).*\}\n", re.M)


def few(folder: Path) -> Path:
    """Copy the content with `COURSES` alone into a folder; return it."""
    for top in ("courses", "quizzes"):
        for path in sorted((ROOT / top).iterdir()):
            if path.name in COURSES:
                shutil.copytree(path, folder / top / path.name)
            elif path.is_file():
                shutil.copy(path, folder / top)
    programmes = folder / "courses" / "programmes.yaml"
    text = programmes.read_text(encoding="utf-8")
    kept = _STEP.sub(lambda step: step[0] if step[1] in COURSES else "", text)
    programmes.write_text(kept, encoding="utf-8")
    return folder


@cache
def content(root: Path = ROOT) -> Loaded:
    """The files, not checked: tests of the content do that."""
    return _read(Reader(root))


@cache
def compiled(course_id: str, root: Path = ROOT) -> CompiledCourse:
    """A course as it would be published."""
    return compile_course(content(root), course_id)


def publish(*course_ids: str, root: Path = ROOT) -> None:
    """Publish courses, and all programmes."""
    with scope.everything("publishing"):
        now = clock.now()
        plans = [plan(content(root), compiled(one, root)) for one in course_ids]
        publish_plans(plans, by=None, now=now)
        publish_programmes(programme_data(content(root)), by=None, now=now)
        db.session.commit()
