"""What is stored follows from what was recorded: grades, completion, the audit, certificates."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from sqlalchemy import select, update

from app import clock
from app.assessment import services as assessment
from app.assessment.models import Attempt, Result
from app.audit import services as audit
from app.audit.models import AuditEvent
from app.catalogue.queries import item_versions
from app.certificates import services as certificates
from app.certificates.models import Certificate
from app.db import db
from app.enrolment.models import Cycle
from app.learning import queries as learning
from app.learning import rules
from tests.app.stage import Stage


def take(cycle: Cycle, chance: random.Random, skill: float) -> Result:
    """Take a final: change some answers, leave some out, hand it in."""
    now = clock.now()
    attempt = assessment.start_attempt(cycle, language=chance.choice(["ru", "be", "en"]), now=now)
    versions = item_versions([drawn["hash"] for drawn in attempt.draw])
    for position, drawn in enumerate(attempt.draw, start=1):
        if chance.random() < 0.1:
            continue
        for revision in range(chance.choice([1, 1, 2])):
            key = versions[drawn["hash"]].data["key"]
            option = key if chance.random() < skill else chance.choice(drawn["options"])
            assessment.save_answer(
                attempt, position=position, base_revision=revision, option_ids=[option], now=now
            )
    return assessment.submit(attempt, by=cycle.enrolment.person, now=clock.now())


@pytest.fixture
def busy(world):
    """A world in which much has happened: attempts of every kind, certificates, requests."""
    Stage(world)
    chance = random.Random(2026)
    with world.inside():
        for _ in range(8):
            person = world.person(world.border)
            world.enrol(person)
            cycle = world.cycle(person)
            world.finish_lessons(cycle)
            if not take(cycle, chance, chance.choice([0.5, 1.0])).passed:
                take(cycle, chance, 1.0)
        certificates.issue_all(world.cohort, "c1", by=world.coordinator, now=clock.now())
        db.session.commit()
    return world


def test_every_grade_replays_and_a_tampered_one_is_found_and_mended(busy):
    with busy.inside():
        results = db.session.scalars(select(Result).order_by(Result.attempt_id)).all()
        assert len(results) > 8
        assert {result.passed for result in results} == {True, False}
        assert assessment.replay_all() == []
        changes = (
            {"passed": ~Result.passed},
            {"right_count": Result.right_count - 1},
            {"objectives": {"1": [0, 99]}},
        )
        tampered = []
        for result, change in zip(results, changes, strict=False):
            tampered.append(db.session.get_one(Attempt, result.attempt_id).public_id)
            row = Result.attempt_id == result.attempt_id
            db.session.execute(
                update(Result)
                .where(row)
                .values(**change)
                .execution_options(synchronize_session=False)
            )
        db.session.expire_all()
        assert assessment.replay_all() == tampered
        assert assessment.recompute(now=clock.now()) == tampered
        assert assessment.replay_all() == []


def test_completion_computed_again_is_what_certificates_were_issued_on(busy):
    with busy.inside():
        cycles = db.session.scalars(select(Cycle).order_by(Cycle.id)).all()
        facts = learning.facts(cycles)
        certified = set(db.session.scalars(select(Certificate.cycle_id)))
        assert {c.id for c in cycles if learning.is_complete(c, facts[c.id])} == certified
        assert 0 < len(certified) < len(cycles)
        for cycle in cycles:
            states = rules.completion(cycle.edition.outline, facts[cycle.id])
            assert states == rules.completion(cycle.edition.outline, facts[cycle.id])
            assert all(state.met == (state.done == state.of) for state in states)
            final = next(state for state in states if state.rule == "final")
            best = [a for a in facts[cycle.id].attempts if a.passed]
            assert final.met == bool(best)
            for attempt in best:
                assert Fraction(attempt.right, attempt.drawn) >= Fraction(8, 10)
                assert attempt.red_lines_right


def test_the_chain_of_a_busy_world_holds_and_names_nobody(busy):
    with busy.inside():
        assert audit.broken_chains() == {}
        events = db.session.scalars(select(AuditEvent)).all()
        assert len({event.action for event in events}) > 10
        told = " ".join(f"{event.subject_id} {event.actor} {event.detail}" for event in events)
        people = (busy.learner, busy.coordinator, busy.trainer, busy.admin)
        for person in people:
            for name in (person.surname, person.service_number, person.surname_latin):
                assert name not in told
        event = next(e for e in events if e.action == "certificate.issued")
        root = event.root_agency_id
        at = event.sequence
        db.session.execute(
            update(AuditEvent)
            .where(AuditEvent.root_agency_id == root, AuditEvent.sequence == at)
            .values(actor="nobody")
        )
        assert audit.broken_chains() == {root: at}


def test_the_same_facts_give_the_same_certificate_each_time_it_is_asked_for(busy, visit):
    with busy.inside():
        certificate = db.session.scalars(
            select(Certificate).where(Certificate.person_id == busy.learner.id)
        ).one()
        printed = certificates.printed_fields(certificate)
        assert certificates.was_certified(certificate, printed)
        first = certificates.renderer()(printed)
        place = {"cohort_id": busy.cohort.id, "serial": certificate.serial}
    own = visit(busy.learner, "certificates.download", serial=place["serial"])
    theirs = visit(busy.coordinator, "certificates.cohort_download", **place)
    assert own.data == theirs.data == first
    assert first.startswith(b"%PDF-")
