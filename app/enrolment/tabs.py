"""The parts of a cohort's pages, by what the signed-in person may do with it."""

from __future__ import annotations

from typing import TypedDict

from flask import request, url_for
from flask_babel import gettext as _

from app.access.policy import Permission
from app.access.web import current_actor
from app.enrolment.models import Cohort


class Tab(TypedDict):
    """A link to one part."""

    label: str
    url: str
    current: bool


def may(permission: Permission, cohort: Cohort) -> bool:
    """Whether the signed-in person holds `permission` for the agency of the cohort."""
    actor = current_actor()
    return actor is not None and actor.may(permission, cohort.agency.path)


def cohort_tabs(cohort: Cohort) -> list[Tab]:
    """Return the parts of a cohort that the signed-in person may open."""
    parts = [
        (Permission.COHORT_VIEW, _("Overview"), "enrolment.cohort"),
        (Permission.NAMED_PROGRESS, _("Progress"), "progress.matrix"),
        (Permission.ENROL, _("Enrol from a list"), "enrolment.import_people"),
        (Permission.INVITE, _("One-time codes"), "slips.slips"),
        (Permission.CERTIFICATE_ISSUE, _("Certificates"), "certificates.cohort"),
    ]
    return [
        Tab(
            label=label,
            url=url_for(endpoint, cohort_id=cohort.id),
            current=request.endpoint == endpoint,
        )
        for permission, label, endpoint in parts
        if may(permission, cohort)
    ]
