"""Issue, correct, revoke and forget, on both databases."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import scope
from app.accounts.models import Person
from app.accounts.services import NotApprovable
from app.audit.models import AuditEvent
from app.audit.services import broken_chains
from app.certificates import queries, services
from app.certificates.models import Certificate
from app.db import db
from app.enrolment.models import Cycle
from app.paper.faces import UnprintableName


def completed(world, person) -> Cycle:
    cycle = world.cycle(person)
    world.finish_lessons(cycle)
    world.pass_final(cycle)
    return cycle


def issued(world, person) -> Certificate:
    return services.issue(completed(world, person), by=world.coordinator, now=clock.now())


def revoked(world, certificate, reason="issued_in_error") -> None:
    now = clock.now()
    approval = services.request_revocation(
        certificate, reason_code=reason, by=world.coordinator, now=now
    )
    services.decide_revocation(approval, approved=True, by=world.second_coordinator, now=now)


def test_a_certificate_needs_every_rule_and_says_which_is_missing(world):
    with world.inside():
        cycle = world.cycle(world.learner)
        with pytest.raises(services.NotEligible) as nothing:
            services.issue(cycle, by=world.coordinator, now=clock.now())
        assert [state.rule for state in nothing.value.states] == ["lessons", "scenarios", "final"]
        world.finish_lessons(cycle)
        with pytest.raises(services.NotEligible) as final:
            services.issue(cycle, by=world.coordinator, now=clock.now())
        assert [s.rule for s in final.value.states if not s.met] == ["final"]
        assert queries.ledger() == []


def test_issuing_twice_gives_one_certificate_with_a_snapshot_and_an_event(world):
    with world.inside():
        first = issued(world, world.learner)
        again = services.issue(world.cycle(world.learner), by=world.coordinator, now=clock.now())
        assert again is first
        printed = services.printed_fields(first)
        edition = world.cycle(world.learner).edition
        assert (printed.surname, printed.cohort) == ("Ўласевіч", "Осенний набор")
        assert printed.minutes == edition.outline["minutes"]["total"]
        assert (printed.edition, printed.pilot) == (edition.number, edition.is_pilot)
        assert services.was_certified(first, printed)
        events = db.session.scalars(select(AuditEvent.action)).all()
        assert events.count("certificate.issued") == 1
        assert broken_chains() == {}


def test_two_at_once_get_the_same_certificate(world):
    with world.inside():
        cycle_id = completed(world, world.learner).id
        db.session.commit()
    serials, faults, start = [], [], threading.Barrier(2)

    def run() -> None:
        try:
            with world.app.app_context(), scope.everything("test"):
                start.wait(10)
                cycle = db.session.get_one(Cycle, cycle_id)
                serials.append(services.issue(cycle, by=None, now=clock.now()).serial)
                db.session.commit()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    assert len(serials) == 2
    assert len(set(serials)) == 1
    with world.inside():
        assert [row.serial for row in queries.ledger()] == serials[:1]


def test_a_name_that_cannot_be_printed_is_refused_and_nothing_changes(world):
    with world.inside():
        cycle = completed(world, world.learner)
        world.learner.surname = "Ковал漢"
        with pytest.raises(UnprintableName) as refusal:
            services.issue(cycle, by=world.coordinator, now=clock.now())
        assert refusal.value.code_points == ("U+6F22",)
        assert queries.ledger() == []


def test_all_of_a_cohort_are_issued_or_explained_and_the_second_time_is_safe(world):
    with world.inside():
        completed(world, world.learner)
        world.cycle(world.second_learner)
        now = clock.now()
        report = services.issue_all(world.cohort, "c1", by=world.coordinator, now=now)
        assert [one.person_id for one in report.issued] == [world.learner.id]
        assert [person.id for person, _states in report.not_eligible] == [world.second_learner.id]
        again = services.issue_all(world.cohort, "c1", by=world.coordinator, now=now)
        assert (again.issued, len(again.already)) == ([], 1)


def test_a_corrected_name_gets_a_new_serial_and_the_old_row_stays(world):
    with world.inside():
        old = issued(world, world.learner)
        with pytest.raises(services.NothingToCorrect):
            services.supersede(
                old, reason_code="error_in_name", by=world.coordinator, now=clock.now()
            )
        db.session.get_one(Person, old.person_id).surname = "Уласевіч"
        later = clock.now() + timedelta(days=3)
        new = services.supersede(old, reason_code="error_in_name", by=world.coordinator, now=later)
        db.session.commit()
        assert (old.state, old.superseded_by_id) == ("superseded", new.id)
        assert services.printed_fields(old).surname == "Ўласевіч"
        assert services.printed_fields(new).surname == "Уласевіч"
        assert (new.cycle_id, new.expires_on) == (old.cycle_id, old.expires_on)
        assert services.was_certified(new, services.printed_fields(new))
        with pytest.raises(services.NotInForce):
            services.supersede(old, reason_code="name_changed", by=world.coordinator, now=later)


def test_a_revocation_takes_two_people_and_is_not_undone_by_issuing(world):
    with world.inside():
        certificate = issued(world, world.learner)
        now = clock.now()
        approval = services.request_revocation(
            certificate, reason_code="issued_in_error", by=world.coordinator, now=now
        )
        with pytest.raises(NotApprovable):
            services.decide_revocation(approval, approved=True, by=world.coordinator, now=now)
        assert certificate.state == "valid"
        services.decide_revocation(approval, approved=True, by=world.second_coordinator, now=now)
        assert (certificate.state, certificate.reason_code) == ("revoked", "issued_in_error")
        with pytest.raises(services.Withheld):
            services.issue(world.cycle(world.learner), by=world.coordinator, now=now)
        with pytest.raises(services.NotInForce):
            services.request_revocation(
                certificate, reason_code="other", by=world.coordinator, now=now
            )


def test_after_a_wrong_name_was_revoked_the_result_still_earns_a_certificate(world):
    with world.inside():
        first = issued(world, world.learner)
        revoked(world, first, "error_in_name")
        second = services.issue(world.cycle(world.learner), by=world.coordinator, now=clock.now())
        assert (first.state, second.state) == ("revoked", "valid")
        assert first.serial != second.serial


def test_an_erased_print_leaves_a_hash_that_still_proves_it(world):
    with world.inside():
        certificate = issued(world, world.learner)
        printed = services.printed_fields(certificate)
        services.forget(certificate, by=world.admin, now=clock.now())
        services.forget(certificate, by=world.admin, now=clock.now())
        db.session.commit()
        assert services.printed_fields(certificate) is None
        assert certificate.state == "valid"
        assert services.was_certified(certificate, printed)


def test_a_certificate_lasts_as_many_months_as_the_edition_says(world):
    with world.inside():
        certificate = issued(world, world.learner)
        printed = services.printed_fields(certificate)
        assert printed.valid_until == certificate.expires_on.isoformat()
        months = world.cycle(world.learner).edition.outline["rules"]["valid_months"]
        assert int(printed.valid_until[:4]) - int(printed.completed_on[:4]) == months // 12


def test_the_commands_print_one_line_and_refuse_with_one(world):
    with world.inside():
        serial = issued(world, world.learner).serial
        db.session.commit()
        people = {
            name: getattr(world, name).service_number
            for name in ("coordinator", "second_coordinator", "elsewhere")
        }
    run = world.app.test_cli_runner().invoke
    verified = run(args=["certificates", "verify", serial.lower()])
    assert (verified.exit_code, "valid, fields as certified" in verified.output) == (0, True)
    wrong = run(args=["certificates", "verify", serial[:-1]])
    assert (wrong.exit_code, "mistyped" in wrong.output) == (1, True)
    ask = ["certificates", "revoke", serial, "--reason", "other", "--asked-by"]
    alone = [*ask, people["coordinator"], "--approved-by", people["coordinator"]]
    foreign = [*ask, people["coordinator"], "--approved-by", people["elsewhere"]]
    both = [*ask, people["coordinator"], "--approved-by", people["second_coordinator"]]
    assert [run(args=args).exit_code for args in (alone, foreign, both, both)] == [1, 1, 0, 1]
    ledger = run(args=["certificates", "ledger", "--json"]).output.splitlines()
    assert len(ledger) == 1
    assert '"state": "revoked"' in ledger[0]
    issue = run(args=["certificates", "issue", "999", "c1"])
    assert issue.exit_code == 1
