"""The chain of events, and its page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from app import clock
from app.access.policy import Role
from app.audit import rules, services
from app.audit.models import AuditChain, AuditEvent
from app.db import db


def chain_of(actions):
    links, previous = [], rules.GENESIS
    for number, action in enumerate(actions, start=1):
        event = rules.Event(1, number, action, None, "person", "x", {}, "2026-01-01T00:00:00+00:00")
        digest = rules.event_hash(event, previous)
        links.append(rules.Link(event, previous, digest))
        previous = digest
    return links


@given(st.lists(st.text(max_size=10), min_size=1, max_size=8), st.data())
def test_a_chain_holds_until_any_event_in_it_is_changed_or_removed(actions, data):
    links = chain_of(actions)
    assert rules.first_break(links) is None
    at = data.draw(st.integers(0, len(links) - 1))
    forged = replace(links[at].event, action=links[at].event.action + "!")
    changed = [*links[:at], replace(links[at], event=forged), *links[at + 1 :]]
    assert rules.first_break(changed) == at + 1
    if at < len(links) - 1:
        assert rules.first_break([*links[:at], *links[at + 1 :]]) == at + 1


@pytest.fixture
def root(world):
    with world.inside():
        return world.ministry.root_id


def test_a_changed_or_removed_event_is_found_on_the_page_and_by_the_command(world, visit, root):
    query = {"chain": root}
    with world.inside():
        assert services.broken_chains() == {}
        length = db.session.get(AuditChain, root).length
    assert "ruling success" in visit(world.admin, "audit.check", query=query).text
    with world.inside():
        last = (AuditEvent.root_agency_id == root) & (AuditEvent.sequence == length)
        db.session.execute(delete(AuditEvent).where(last))
        assert services.broken_chains() == {root: length}
        second = (AuditEvent.root_agency_id == root) & (AuditEvent.sequence == 2)
        db.session.execute(update(AuditEvent).where(second).values(action="agency.forged"))
        db.session.commit()
        assert services.broken_chains() == {root: 2}
    assert "ruling danger" in visit(world.admin, "audit.check", query=query).text
    found = world.app.test_cli_runner().invoke(args=["audit", "verify"])
    assert found.exit_code == 1


def test_the_log_pages_back_by_sequence_and_filters_by_act_and_day(world, visit, root):
    with world.inside():
        for number in range(60):
            services.record(
                "sample.act", "sample", number, by=None, at=clock.now(), root_agency_id=root
            )
        db.session.commit()
        newest = db.session.get(AuditChain, root).length
    first = visit(world.admin, "audit.log", query={"chain": root, "action": "sample.act"}).text
    assert f"before={newest - 49}" in first
    older = visit(
        world.admin,
        "audit.log",
        query={"chain": root, "action": "sample.act", "before": newest - 49},
    ).text
    assert older.count('<th scope="row"') == 10
    past = {"chain": root, "until": "2020-01-01"}
    assert "<table" not in visit(world.admin, "audit.log", query=past).text


def test_the_log_holds_no_names(world, visit, root):
    for chain in (0, root):
        shown = visit(world.admin, "audit.log", query={"chain": chain}).text
        shown = shown.replace(world.admin.short_name, "")
        assert world.learner.surname not in shown
        assert world.learner.service_number not in shown


def test_who_holds_a_part_of_the_tree_does_not_see_the_chain_of_the_whole(world, visit, root):
    with world.inside():
        person = world.person(world.police, "Местная")
        world.grant(person, Role.ADMIN, world.police)
        db.session.commit()
        db.session.refresh(person)
        db.session.expunge(person)
    assert visit(person, "audit.log").status_code == 200
    for chain in (0, root):
        for endpoint in ("audit.log", "audit.check"):
            assert visit(person, endpoint, query={"chain": chain}).status_code == 404
