"""Attempts as they are stored: begun once, answered in order, sealed, graded, replayed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import scope
from app.assessment import queries, services
from app.assessment.models import Attempt, LateResponse, Response, Result
from app.assessment.services import Conflict, Saved, Sealed
from app.audit.models import AuditEvent
from app.audit.services import broken_chains
from app.catalogue.models import EditionItem, ItemVersion
from app.catalogue.queries import item_versions
from app.db import db
from app.enrolment.rules import closing_moment


def begin(world, now=None):
    """Begin an attempt of the learner; only inside."""
    return services.start_attempt(world.cycle(world.learner), language="ru", now=now or clock.now())


def answer(attempt, position, option, base=0, now=None):
    return services.save_answer(
        attempt, position=position, base_revision=base, option_ids=[option], now=now or clock.now()
    )


def key(attempt, position):
    drawn = attempt.draw[position - 1]["hash"]
    return item_versions([drawn])[drawn].data["key"]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def in_threads(world, work, times):
    """Do `work` at once from several threads, each in a transaction of its own."""

    def one(_number):
        with world.inside():
            try:
                found = work()
                db.session.commit()
                return found
            finally:
                db.session.remove()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_twenty_starts_at_once_open_one_attempt(world):
    with world.inside():
        cycle_id = world.cycle(world.learner).id
        db.session.commit()

    def start():
        cycle = queries.cycle_with_person(cycle_id)
        return services.start_attempt(cycle, language="ru", now=clock.now()).public_id

    assert len(set(in_threads(world, start, 20))) == 1
    with world.inside():
        assert count(Attempt) == 1


def test_submits_at_once_give_one_result_and_one_event(world):
    with world.inside():
        public_id = begin(world).public_id
        learner_id = world.learner.id
        db.session.commit()

    def submit():
        attempt = queries.attempt(public_id)
        person = db.session.get(type(world.learner), learner_id)
        result = services.submit(attempt, by=person, now=clock.now())
        return result.right_count, result.graded_at

    assert len(set(in_threads(world, submit, 6))) == 1
    with world.inside():
        assert count(Result) == 1
        events = db.session.scalars(select(AuditEvent).where(AuditEvent.subject_type == "attempt"))
        [event] = events
        assert (event.action, event.subject_id, event.detail) == (
            "attempt.submitted",
            public_id,
            {},
        )
        assert broken_chains() == {}


def test_two_clients_interleaved_the_newer_answer_stands_and_the_older_is_told(world):
    with world.inside():
        attempt = begin(world)
        first, second = attempt.draw[0]["options"][:2]
        assert answer(attempt, 1, first) == Saved(1)
        assert answer(attempt, 1, second, base=1) == Saved(2)
        assert answer(attempt, 1, first, base=1) == Conflict(2, (second,))
        assert answer(attempt, 1, first) == Conflict(2, (second,))
        assert answer(attempt, 1, first, base=2) == Saved(3)
        log = queries.answer_log(attempt.id)[1]
        assert [(one.revision, one.option_ids) for one in log] == [
            (1, (first,)),
            (2, (second,)),
            (3, (first,)),
        ]


def test_an_answer_sent_again_after_a_lost_reply_is_stored_once(world):
    with world.inside():
        attempt = begin(world)
        option = attempt.draw[0]["options"][0]
        assert [answer(attempt, 1, option), answer(attempt, 1, option)] == [Saved(1), Saved(1)]
        assert count(Response) == 1


@pytest.mark.parametrize(("position", "option"), [(0, "a"), (15, "a"), (1, "zz"), (-1, "a")])
def test_an_answer_to_nothing_is_refused(world, position, option):
    with world.inside():
        attempt = begin(world)
        with pytest.raises(ValueError, match="no such option"):
            answer(attempt, position, option)
        assert count(Response) == 0


def test_an_answer_after_the_seal_is_kept_apart_and_not_graded(world):
    with world.inside():
        attempt = begin(world)
        result = services.submit(attempt, by=world.learner, now=clock.now())
        assert answer(attempt, 1, key(attempt, 1)) == Sealed("submitted")
        assert (count(Response), count(LateResponse), count(Attempt)) == (0, 1, 1)
        assert services.regrade(attempt).right == result.right_count == 0


def test_the_sweep_counts_what_was_saved_and_not_what_came_too_late(world):
    with world.inside():
        attempt = begin(world)
        for position in range(1, 15):
            answer(attempt, position, key(attempt, position))
        wrong = next(o for o in attempt.draw[0]["options"] if o != key(attempt, 1))
        end = attempt.closes_at
        assert services.seal_due(end - timedelta(seconds=1)) == 0
        assert answer(attempt, 1, wrong, base=1, now=end) == Sealed("closed")
        assert services.seal_due(end + timedelta(hours=3)) == 1
        assert services.seal_due(end + timedelta(hours=3)) == 0
        result = queries.result_of(attempt.id)
        assert (result.right_count, result.passed) == (14, True)
        assert (attempt.sealed_at, attempt.seal_reason) == (end, "closed")


def test_nothing_begins_when_the_course_is_closed(world):
    with world.inside():
        cycle = world.cycle(world.learner)
        end = closing_moment(cycle.closes_on, cycle.time_zone)
        with pytest.raises(services.AttemptRefused) as refusal:
            services.start_attempt(cycle, language="ru", now=end)
        assert (refusal.value.reason, refusal.value.until) == ("closed", end)
        last = begin(world, now=end - timedelta(seconds=1))
        assert last.closes_at == end


def test_three_attempts_a_wait_and_a_further_one(world):
    with world.inside():
        cycle = world.cycle(world.learner)
        world.fail_final(cycle)
        world.fail_final(cycle)
        with pytest.raises(services.AttemptRefused) as refusal:
            begin(world)
        sealed_at = queries.attempts(cycle.id)[-1].sealed_at
        assert (refusal.value.reason, refusal.value.until) == (
            "waiting",
            sealed_at + timedelta(hours=24),
        )
        later = refusal.value.until
        third = begin(world, now=later)
        services.submit(third, by=world.learner, now=later)
        with pytest.raises(services.AttemptRefused, match="used_up"):
            begin(world, now=later)
        facts = {"reason": "Погас свет во время попытки", "now": later}
        with pytest.raises(services.GrantRefused, match="own"):
            services.grant_attempt(cycle, by=world.learner, **facts)
        given = services.grant_attempt(cycle, by=world.trainer, **facts)
        assert services.grant_attempt(cycle, by=world.coordinator, **facts) is given
        assert queries.grants_by_cycle([cycle.id]) == {cycle.id: 1}
        assert begin(world, now=later).number == 4


def test_a_later_attempt_draws_unseen_items_first(world):
    with world.inside():
        cycle = world.cycle(world.learner)
        world.fail_final(cycle)
        world.fail_final(cycle)
        first, second = (
            {item["item"] for item in attempt.draw}
            for attempt in db.session.scalars(select(Attempt).order_by(Attempt.number))
        )
        assert not first & second


def test_a_passed_learner_needs_no_further_attempt(world):
    with world.inside():
        cycle = world.cycle(world.learner)
        assert world.pass_final(cycle).passed
        with pytest.raises(services.AttemptRefused, match="passed"):
            begin(world)
        with pytest.raises(services.GrantRefused, match="passed"):
            services.grant_attempt(cycle, reason="x" * 10, by=world.trainer, now=clock.now())


def test_replay_equals_what_is_stored_and_finds_and_mends_what_does_not(world):
    with world.inside():
        world.pass_final(world.cycle(world.learner))
        world.fail_final(world.cycle(world.second_learner))
        assert services.replay_all() == []
        result = db.session.scalars(select(Result).where(Result.passed.is_(False))).one()
        result.passed = True
        db.session.flush()
        assert services.replay_all() == [result.attempt.public_id]
        assert services.recompute(now=clock.now()) == [result.attempt.public_id]
        assert result.passed is False
        assert services.replay_all() == []


def test_an_edited_item_changes_no_attempt_that_was_drawn_before(world):
    with world.inside():
        cycle = world.cycle(world.learner)
        attempt = begin(world)
        drawn = [dict(item) for item in attempt.draw]
        right = key(attempt, 1)
        answer(attempt, 1, right)
        edited = dict(db.session.get(ItemVersion, drawn[0]["hash"]).data)
        edited["key"] = next(o for o in edited["option_ids"] if o != right)
        db.session.add(ItemVersion(hash="0" * 64, item_id=drawn[0]["item"], data=edited))
        db.session.flush()
        row = db.session.get(EditionItem, (cycle.edition_id, drawn[0]["item"]))
        row.item_hash = "0" * 64
        db.session.flush()
        db.session.expire(attempt)
        assert attempt.draw == drawn
        assert services.submit(attempt, by=world.learner, now=clock.now()).right_count == 1


def test_a_learner_in_their_own_scope_needs_no_other(world):
    with world.inside():
        cycle_id, learner_id = world.cycle(world.learner).id, world.learner.id
        db.session.commit()
    with world.app.app_context(), scope.own(learner_id):
        cycle = queries.cycle_with_person(cycle_id)
        attempt = services.start_attempt(cycle, language="be", now=clock.now())
        answer(attempt, 1, key(attempt, 1))
        person = cycle.enrolment.person
        assert services.submit(attempt, by=person, now=clock.now()).right_count == 1
    with world.app.app_context(), scope.own(learner_id + 1):
        assert queries.attempt(attempt.public_id) is None
