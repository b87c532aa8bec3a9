"""Which parts the help page has, in which order, and which part fits which page."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, url_for

READER_ROLES = "ui.reader_roles"

_LEARNER = (
    "sign-in",
    "lessons",
    "cases",
    "find-again",
    "final-test",
    "certificate",
    "lost-link",
    "shared-phone",
    "language",
    "who-sees",
    "no-real-cases",
)
_COORDINATOR = ("import", "deadlines", "slips", "further-attempts", "revoke")
GROUPS = {
    "learner": _LEARNER,
    "coordinator": _COORDINATOR,
    "reviewer": ("figures",),
    "author": ("writing", "translating", "publishing"),
    "all": ("barrier",),
}

# Whose work a group is about. A trainer and an admin do parts of what a coordinator does.
_WHOSE = {
    "coordinator": {"coordinator", "trainer", "admin"},
    "reviewer": {"reviewer"},
    "author": {"author"},
}

_OF_ENDPOINT = {
    "accounts.sign_in": "sign-in",
    "accounts.enter": "sign-in",
    "accounts.set_password": "sign-in",
    "accounts.account": "shared-phone",
    "learning.lesson": "lessons",
    "learning.check": "lessons",
    "learning.aid": "lessons",
    "learning.scenario": "cases",
    "assessment.grant": "further-attempts",
    "authoring_health.translations": "translating",
    "authoring_health.translation": "translating",
    "authoring_health.reviews": "translating",
    "certificates.mine": "certificate",
    "certificates.revoke": "revoke",
    "certificates.revocations": "revoke",
    "certificates.correct": "revoke",
    "certificates.cohort": "revoke",
    "enrolment.import_people": "import",
    "enrolment.import_preview": "import",
    "enrolment.add_person": "import",
    "enrolment.cohort": "import",
    "enrolment.new_cohort": "deadlines",
    "enrolment.edit_course": "deadlines",
    "enrolment.cohorts": "deadlines",
    "progress.matrix": "further-attempts",
    "progress.learner": "further-attempts",
    "ui.display": "language",
    "ui.accessibility": "barrier",
}
_OF_BLUEPRINT = {
    "assessment": "final-test",
    "authoring": "publishing",
    "authoring_health": "writing",
    "authoring_map": "writing",
    "authoring_preview": "writing",
    "certificates": "certificate",
    "reports": "figures",
    "slips": "slips",
    "notes": "find-again",
    "search": "find-again",
}


def section_for(endpoint: str | None) -> str:
    """Return the id of the section of the help page that fits this endpoint, or nothing."""
    if endpoint is None:
        return ""
    found = _OF_ENDPOINT.get(endpoint)
    return found or _OF_BLUEPRINT.get(endpoint.partition(".")[0], "")


def ordered_sections() -> list[tuple[str, tuple[str, ...]]]:
    """Return the groups of the help page with their sections, the reader's own work first."""
    roles: Callable[[], frozenset[str]] = current_app.extensions.get(READER_ROLES, frozenset)
    held = roles()
    return sorted(GROUPS.items(), key=lambda one: not _WHOSE.get(one[0], set()) & held)


def address(endpoint: str) -> str:
    """Return the address of a page without arguments, or nothing where the page is not there."""
    return url_for(endpoint) if endpoint in current_app.view_functions else ""
