"""The learner's own certificates."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.access.web import learner_view
from app.accounts.sign_in import signed_in
from app.certificates import queries
from app.certificates.pages import bp, pdf_response, shown
from app.ui.babel import current_language


@bp.get("/certificates")
@learner_view
def mine() -> ResponseReturnValue:
    """Show the learner's certificates with the name as it is printed."""
    found = queries.of_learner(signed_in().id)
    return render_template(
        "certificates/mine.html",
        certificates=[shown(certificate) for certificate in found],
        titles=queries.titles(current_language().code),
        person=signed_in(),
    )


@bp.get("/certificates/<serial>.pdf")
@learner_view
def download(serial: str) -> ResponseReturnValue:
    """Send the learner an own certificate."""
    certificate = queries.certificate(serial) or abort(404)
    return pdf_response(certificate)
