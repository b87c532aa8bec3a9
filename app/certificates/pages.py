"""The blueprint, and what its pages share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort
from flask_babel import gettext as _

from app import clock
from app.access.policy import Actor
from app.access.web import current_actor
from app.certificates import queries, rules, services
from app.certificates.forms import reason_words
from app.certificates.models import Certificate
from app.certificates.rules import Printed, State
from app.certificates.serial import shown as in_groups_of
from app.clock import local_day
from app.enrolment import outcomes
from app.paper.names import disposition

bp = Blueprint("certificates", __name__, template_folder="templates")
bp.record_once(lambda state: outcomes.register(state.app, queries.certified_by_cohort))


@dataclass(frozen=True)
class Shown:
    """A certificate as a page shows it; `printed` is None when it was erased."""

    row: Certificate
    printed: Printed | None
    state: State
    issued_on: date
    changed_on: date | None

    @property
    def serial(self) -> str:
        """The serial as it stands in addresses."""
        return self.row.serial

    @property
    def groups(self) -> str:
        """The serial as it is printed."""
        return in_groups_of(self.row.serial)

    @property
    def in_force(self) -> bool:
        """Whether it is neither revoked nor replaced."""
        return self.row.state == rules.VALID

    @property
    def reason(self) -> str:
        """Why it lost its force, in the language of the page."""
        return reason_words(self.row.reason_code)


def shown(certificate: Certificate) -> Shown:
    """Return a certificate as it is today."""
    zone, changed_at = certificate.time_zone, certificate.changed_at
    today = local_day(clock.now(), zone)
    return Shown(
        certificate,
        services.printed_fields(certificate),
        rules.state_of(certificate.state, certificate.expires_on, today),
        local_day(certificate.issued_at, zone),
        local_day(changed_at, zone) if changed_at else None,
    )


def of_cohort(cohort_id: int, serial: str) -> Certificate:
    """Return a certificate of a cohort in scope, or answer 404."""
    certificate = queries.certificate(serial) or abort(404)
    if queries.cohort_of(certificate) != cohort_id:
        abort(404)
    return certificate


def actor() -> Actor:
    """Return who acts; only for views that require sign-in."""
    return current_actor() or abort(401)


def unprintable_text(code_points: tuple[str, ...]) -> str:
    """Return the sentence for a name that no face can print."""
    return _(
        "The name has characters that cannot be printed: %(characters)s. "
        "Correct the name in the record.",
        characters=", ".join(code_points),
    )


def pdf_response(certificate: Certificate) -> Response:
    """Return a certificate as a download; 404 when it was withdrawn or its print erased."""
    if certificate.state != rules.VALID:
        abort(404)
    printed = services.printed_fields(certificate) or abort(404)
    response = Response(services.renderer()(printed), mimetype="application/pdf")
    response.headers["Content-Disposition"] = disposition(
        rules.file_name(printed), rules.ascii_file_name(printed)
    )
    return response
