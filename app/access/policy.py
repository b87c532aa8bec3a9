"""May this person do it: the only place where roles are compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is granted, for an agency and a dated period. Learners need no grant."""

    TRAINER = "trainer"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"
    AUTHOR = "author"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a view asks for."""

    COHORT_VIEW = "cohort.view"
    COHORT_EDIT = "cohort.edit"
    ENROL = "enrolment.edit"
    INVITE = "people.invite"
    GRANT_ATTEMPT = "attempt.grant"
    CERTIFICATE_ISSUE = "certificate.issue"
    CERTIFICATE_REVOKE = "certificate.revoke"
    NAMED_PROGRESS = "progress.named"
    REPORT_VIEW = "report.view"
    CONTENT_VIEW = "content.view"
    CONTENT_PUBLISH = "content.publish"
    AGENCY_EDIT = "agency.edit"
    PEOPLE_EDIT = "people.edit"
    ROLE_GRANT = "role.grant"
    AUDIT_VIEW = "audit.view"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.TRAINER: frozenset(
        {Permission.COHORT_VIEW, Permission.NAMED_PROGRESS, Permission.GRANT_ATTEMPT}
    ),
    Role.COORDINATOR: frozenset(
        {
            Permission.COHORT_VIEW,
            Permission.COHORT_EDIT,
            Permission.ENROL,
            Permission.INVITE,
            Permission.GRANT_ATTEMPT,
            Permission.NAMED_PROGRESS,
            Permission.CERTIFICATE_ISSUE,
            Permission.CERTIFICATE_REVOKE,
            Permission.REPORT_VIEW,
        }
    ),
    Role.REVIEWER: frozenset({Permission.REPORT_VIEW}),
    Role.AUTHOR: frozenset({Permission.CONTENT_VIEW, Permission.CONTENT_PUBLISH}),
    Role.ADMIN: frozenset(
        {
            Permission.AGENCY_EDIT,
            Permission.PEOPLE_EDIT,
            Permission.ROLE_GRANT,
            Permission.AUDIT_VIEW,
            Permission.INVITE,
            Permission.CONTENT_VIEW,
            Permission.CONTENT_PUBLISH,
            Permission.CERTIFICATE_REVOKE,
        }
    ),
}


@dataclass(frozen=True)
class Grant:
    """A role in force today. `agency_path` covers its subtree, `/` covers every agency."""

    role: Role
    agency_path: str


@dataclass(frozen=True)
class Actor:
    """The signed-in person as `access` sees them: an id and the grants in force."""

    person_id: int
    grants: tuple[Grant, ...] = field(default=())

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """Return the agency paths where the actor holds `permission`, outermost only."""
        return _outermost(g.agency_path for g in self.grants if allows(g.role, permission))

    def may(self, permission: Permission, agency_path: str | None = None) -> bool:
        """Whether the actor holds `permission`: for that agency, or anywhere when none is named."""
        paths = self.paths(permission)
        if agency_path is None:
            return bool(paths)
        return any(agency_path.startswith(path) for path in paths)

    def has_role(self, role: Role) -> bool:
        """Whether any grant of `role` is in force."""
        return any(grant.role is role for grant in self.grants)


def allows(role: Role, permission: Permission) -> bool:
    """Whether `role` carries `permission`."""
    return permission in ROLE_PERMISSIONS[role]


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(outer) for outer in kept):
            kept.append(path)
    return tuple(kept)
