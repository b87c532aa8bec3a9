"""What the pages of authors share."""

from __future__ import annotations

from flask import Blueprint, abort
from flask_babel import gettext as _

from app.access.policy import Permission
from app.access.web import current_actor
from app.authoring import tree
from app.content.loaded import Loaded
from app.db import db

bp = Blueprint("authoring", __name__, url_prefix="/admin/content", template_folder="templates")


def may_publish() -> bool:
    """Whether who is signed in may publish: courses belong to every agency at once."""
    actor = current_actor()
    return actor is not None and actor.may(Permission.CONTENT_PUBLISH, "/")


def publisher_only() -> None:
    """Refuse who may publish for some agencies only."""
    if not may_publish():
        abort(403)


def files_read(course_id: str = "") -> Loaded:
    """Read the files and compile a course; whoever is saving an answer need not wait for that.

    Ends the transaction it was called in, so that there is none while the files are read.
    """
    db.session.rollback()
    loaded = tree.tree()
    if course_id in loaded.courses and not loaded.has_errors:
        tree.compiled(course_id)
    return loaded


def other_person_needed() -> str:
    """Return what is said when a request cannot be decided by who tries to."""
    return _("It was decided already, or somebody else than you has to decide it.")
