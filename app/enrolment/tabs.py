"""The parts of a cohort's pages, by what the signed-in person may do with it."""

from __future__ import annotations

from typing import TypedDict

from flask import request, url_for
from flask_babel import gettext as _

from app.access.policy import Permission
from app.access.web import current_actor
from app.enrolment.models import Cohort, CohortCourse
from app.ui.babel import current_language


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


def course_tabs(cohort: Cohort, current: CohortCourse | None) -> list[Tab]:
    """Return this page about each course of the cohort; empty when there is only one."""
    found = sorted(cohort.courses, key=lambda one: (one.opens_on, one.course_id))
    if len(found) < 2:
        return []
    language = current_language().code
    return [
        Tab(
            label=one.course.title(language),
            url=url_for(request.endpoint or "", cohort_id=cohort.id, course=one.course_id),
            current=one is current,
        )
        for one in found
    ]
