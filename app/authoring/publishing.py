"""Publish what the files hold."""

from __future__ import annotations

from flask import current_app

from app import clock
from app.access import scope
from app.catalogue.services import publish
from app.console import refuse, say
from app.content.edition import compile_course
from app.content.load import load
from app.db import db


def publish_all(*, as_json: bool = False) -> None:
    """Publish every course; refuses when a file has an error."""

    loaded = load(current_app.config["AVRR"].content_root)
    if errors := [p for p in loaded.problems if p.severity == "error"]:
        refuse("\n".join(problem.format() for problem in errors))
    with scope.everything("publishing"):
        for course_id in sorted(loaded.courses):
            edition, new = publish(compile_course(loaded, course_id), by=None, now=clock.now())
            db.session.commit()
            state = "published" if new else "unchanged"
            say(
                f"{course_id}: edition {edition.number} {state}.",
                as_json=as_json,
                course=course_id,
                edition=edition.number,
                new=new,
            )
