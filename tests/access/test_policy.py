"""Roles are compared in one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.policy import ROLE_PERMISSIONS, Actor, Grant, Permission, Role

paths = st.lists(st.integers(1, 4), max_size=3).map(lambda ids: "/" + "".join(f"{i}/" for i in ids))
grants = st.lists(st.builds(Grant, st.sampled_from(Role), paths), max_size=5).map(tuple)


@given(grants=grants, permission=st.sampled_from(Permission), path=paths)
def test_a_grant_reaches_its_own_subtree_and_nothing_else(grants, permission, path):
    expected = any(
        permission in ROLE_PERMISSIONS[g.role] and path.startswith(g.agency_path) for g in grants
    )
    assert Actor(1, grants).may(permission, path) == expected


@given(grants=grants, permission=st.sampled_from(Permission))
def test_a_longer_list_of_grants_never_takes_a_permission_away(grants, permission):
    some = Actor(1, grants[:-1])
    assert not some.may(permission) or Actor(1, grants).may(permission)


@given(grants=grants, permission=st.sampled_from(Permission))
def test_the_paths_of_a_permission_do_not_overlap(grants, permission):
    found = Actor(1, grants).paths(permission)
    assert not any(a != b and a.startswith(b) for a in found for b in found)


@pytest.mark.parametrize(
    ("role", "never"),
    [
        (Role.REVIEWER, {Permission.NAMED_PROGRESS, Permission.COHORT_EDIT, Permission.ENROL}),
        (Role.AUTHOR, {Permission.NAMED_PROGRESS, Permission.REPORT_VIEW}),
        (Role.ADMIN, {Permission.GRANT_ATTEMPT, Permission.CERTIFICATE_ISSUE}),
        (Role.TRAINER, {Permission.COHORT_EDIT, Permission.CERTIFICATE_ISSUE}),
        (Role.COORDINATOR, {Permission.ROLE_GRANT, Permission.AGENCY_EDIT}),
    ],
)
def test_a_role_never_holds_what_the_design_forbids(role, never):
    assert not ROLE_PERMISSIONS[role] & never
