"""Pictures, sound and film of the edition that a learner reads."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access.web import learner_view
from app.catalogue import media
from app.catalogue.models import MediaFile
from app.enrolment import queries as enrolment

bp = Blueprint("media", __name__)

VERSION_DIGITS = 12
FOR_EVER = "private, max-age=31536000, immutable"
PICTURE_CSP = "default-src 'none'; sandbox; frame-ancestors 'none'"
RECORDING_CSP = "default-src 'none'; media-src 'self'; frame-ancestors 'none'"


@bp.get("/courses/<course_id>/media/<name>")
@learner_view
def file(course_id: str, name: str) -> ResponseReturnValue:
    """Send a file of the edition of the learner's cycle, whole or in part."""
    cycle = enrolment.cycle_for(current_user.seat.person_id, course_id) or abort(404)
    return send(media.media(cycle.edition_id, name) or abort(404))


def send(stored: MediaFile) -> Response:
    """Answer with a stored file, to be kept for ever when its version stands in the address."""
    response = Response(mimetype=stored.media_type)
    response.set_etag(stored.hash)
    response.headers["Cache-Control"] = (
        FOR_EVER if request.args.get("v") == stored.hash[:VERSION_DIGITS] else "private, no-cache"
    )
    plays = stored.media_type.startswith(("audio/", "video/"))
    response.headers["Content-Security-Policy"] = RECORDING_CSP if plays else PICTURE_CSP
    if "Range" in request.headers or not request.if_none_match.contains(stored.hash):
        response.set_data(stored.data)
    length = stored.size if plays else None
    response.make_conditional(request, accept_ranges=plays, complete_length=length)
    return response
