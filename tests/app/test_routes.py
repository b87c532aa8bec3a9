"""Every route by every role: one table of statuses, read line by line and frozen in routes.txt.

Out of scope is 404, in scope but not allowed 403, nobody is sent to sign-in. A POST is sent
without fields, so that 422 and 400 mean: allowed, but say what.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.access.web import PUBLIC, mark_of
from tests.app.stage import ROLES, Stage

TABLE = Path(__file__).with_name("routes.txt")
LAST = {  # acts after which others would find less or more than before
    "learning.begin": 1,
    "enrolment.remove": 1,
    "admin.deactivate": 2,
    "admin.end_role": 2,
    "accounts.end_other_sessions": 3,
    "accounts.sign_out": 4,
}
ANSWERS_ANYWAY = {
    "accounts.enter",  # a code that is wrong is told so on its page
    "assessment.answers",  # asks for JSON first
    "enrolment.import_preview",  # a list that was dealt with leads back to the cohort
    "enrolment.import_commit",
    "enrolment.import_errors",
}
SEE_MOST = ("learner", "coordinator", "author", "admin")
MISSING = ["a row of the table"] * len(ROLES)
Route = tuple[str, str]


def routes(app: Flask) -> list[tuple[Rule, str]]:
    """Every rule with every method: GET first, what takes things away last."""
    found = [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]
    return sorted(found, key=lambda one: (one[1], LAST.get(one[0].endpoint, 0), one[0].rule))


def path(rule: Rule, values: dict[str, object]) -> str:
    built = rule.build({key: values[key] for key in rule.arguments})
    assert built is not None
    return built[1]


def frozen() -> dict[Route, list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    assert rows[0] == ["METHOD", "ROUTE", *ROLES]
    return {(method, rule): statuses for method, rule, *statuses in rows[1:]}


def test_the_table_has_every_route_and_no_other(app: Flask) -> None:
    assert set(frozen()) == {(method, rule.rule) for rule, method in routes(app)}


@pytest.mark.parametrize("role", SEE_MOST)
def test_every_route_answers_a_role_as_the_table_says(world, role: str) -> None:
    assert _wrong_answers(world, role) == []


@pytest.mark.databases("sqlite")  # those above ask for the same rows
@pytest.mark.parametrize("role", [role for role in ROLES if role not in SEE_MOST])
def test_every_route_answers_the_other_roles_as_the_table_says(world, role: str) -> None:
    assert _wrong_answers(world, role) == []


def _wrong_answers(world, role: str) -> list[str]:
    table, column = frozen(), ROLES.index(role)
    stage = Stage(world)
    client = world.client(stage.who(role))
    wrong = []
    for rule, method in routes(world.app):
        response = client.open(path(rule, stage.values(rule.endpoint)), method=method)
        response.close()
        expected = table.get((method, rule.rule), MISSING)[column]
        if str(response.status_code) != expected:
            wrong.append(f"{method} {rule.rule}: {response.status_code}, not {expected}")
        if response.status_code == 302 and role == "anonymous" and rule.endpoint != "favicon":
            assert response.location.startswith("/sign-in"), rule.rule
    return wrong


def test_nobody_gets_json_where_a_script_asks_for_more_than_is_public(world) -> None:
    stage = Stage(world)
    client = world.client(None)
    for rule, method in routes(world.app):
        if mark_of(world.app, rule.endpoint) == PUBLIC:
            continue
        response = client.open(
            path(rule, stage.values(rule.endpoint)),
            method=method,
            headers={"Accept": "application/json"},
        )
        assert (response.status_code, response.mimetype) == (401, "application/json"), rule.rule
        assert response.json["error"] == "signed_out"


@pytest.mark.parametrize("role", ["learner", "coordinator", "admin"])
def test_what_no_row_bears_is_not_found_and_breaks_nothing(world, role: str) -> None:
    stage = Stage(world)
    client = world.client(stage.who(role))
    for rule, method in routes(world.app):
        if rule.endpoint in ANSWERS_ANYWAY:
            continue
        for values in _nobodys(rule, stage.values(rule.endpoint)):
            address = path(rule, values)
            response = client.open(address, method=method)
            allowed = {403, 404}
            allowed |= {400} if "%00" in address else set()
            allowed |= {405} if str(2**31) in address or str(2**70) in address else set()
            assert response.status_code in allowed, f"{method} {address}"


def _nobodys(rule: Rule, good: dict[str, object]) -> Iterator[dict[str, object]]:
    """Values with one gap at a time that nothing bears: unknown, too large, no text at all."""
    for name in sorted(rule.arguments - (rule.defaults or {}).keys()):
        is_number = f"<int:{name}>" in rule.rule
        odd = (987_654, 2**31, 2**70) if is_number else ("nobody", "\0", "ў" * 300)
        yield from ({**good, name: value} for value in odd)


def test_the_client_of_each_role_is_who_it_says(world) -> None:
    stage = Stage(world)
    shown = {role: _name(world.client(stage.who(role))) for role in ROLES[1:]}
    assert len(set(shown.values())) == len(shown)


def _name(client: FlaskClient) -> str:
    page = client.get("/account").text
    return page[page.index("<main") : page.index("</main>")]
