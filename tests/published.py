"""Courses for tests: as few as they need, for all of them take long to publish."""

from __future__ import annotations

from functools import cache

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

COURSES = ("c1", "c2")


@cache
def content() -> Loaded:
    """The files, not checked: tests of the content do that."""
    return _read(Reader(ROOT))


@cache
def compiled(course_id: str) -> CompiledCourse:
    """A course as it would be published."""
    return compile_course(content(), course_id)


def publish(*course_ids: str) -> None:
    """Publish courses, and all programmes."""
    with scope.everything("publishing"):
        now = clock.now()
        plans = [plan(content(), compiled(one)) for one in course_ids]
        publish_plans(plans, by=None, now=now)
        publish_programmes(programme_data(content()), by=None, now=now)
        db.session.commit()
