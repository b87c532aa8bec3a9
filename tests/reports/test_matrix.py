from __future__ import annotations

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event, select

from app import clock
from app.access.policy import Role
from app.accounts.models import SignInCode
from app.assessment.models import Response
from app.catalogue.queries import item_versions
from app.db import db
from app.enrolment import queries
from app.reports.cohort_figures import is_behind


@pytest.fixture
def statements(world):
    """Count the SQL statements of one visit."""

    def counted(fetch) -> int:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            seen.append(statement)

        with world.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert fetch().status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])

    return counted


def member(world, person) -> int:
    with world.inside():
        return queries.enrolment_of(world.cohort.id, person.id).id


def test_the_matrix_takes_as_many_statements_for_25_learners_as_for_5(world, visit, statements):
    def fill(count: int) -> None:
        with world.inside():
            for number in range(count):
                person = world.person(world.border, given_name=f"Пример{'абвгдежзик'[number % 10]}")
                world.enrol(person)
                world.finish_lessons(world.cycle(person))
            db.session.commit()

    def fetch():
        return visit(world.coordinator, "progress.matrix", cohort_id=world.cohort.id)

    fill(3)
    fetch()
    few = statements(fetch)
    fill(20)
    assert statements(fetch) == few
    assert few <= 20


def test_the_matrix_shows_what_each_learner_has_done_and_who_is_behind(world, visit):
    with world.inside():
        cycle = world.cycle(world.learner)
        world.finish_lessons(cycle)
        world.pass_final(cycle)
        offered = world.cohort.courses[0]
        offered.opens_on = date(2024, 1, 1)
        db.session.commit()
    page = visit(world.trainer, "progress.matrix", cohort_id=world.cohort.id)
    rows = {
        name: page.text.partition(f">{name}")[2].partition("</tr>")[0]
        for name in ("Ўласевіч", "Ёлкина")
    }
    assert rows["Ўласевіч"].count('class="cell done"') == len(cycle_columns(world)), rows[
        "Ўласевіч"
    ]
    assert rows["Ёлкина"].count('class="cell done"') == 0
    assert page.text.index("Ёлкина") < page.text.index("Ўласевіч")
    behind = visit(
        world.trainer, "progress.matrix", cohort_id=world.cohort.id, query={"behind": "1"}
    )
    assert "Ёлкина" in behind.text
    assert "Ўласевіч" not in behind.text


def cycle_columns(world) -> list[str]:
    """Lessons, scenarios and the final of the course."""
    with world.inside():
        course = world.cycle(world.learner).edition.outline["course"]
        return [*(one["id"] for one in course["lessons"]), *course["scenarios"], "final"]


def test_nobody_elsewhere_sees_names(world, visit):
    place = {"cohort_id": world.cohort.id}
    one = {**place, "enrolment_id": member(world, world.learner)}
    assert visit(world.elsewhere, "progress.matrix", **place).status_code == 404
    assert visit(world.elsewhere, "progress.learner", **one).status_code == 404
    assert visit(world.elsewhere, "progress.make_code", "POST", **one).status_code == 404
    for who in (world.reviewer, world.learner, world.author):
        assert visit(who, "progress.matrix", **place).status_code == 403
        assert visit(who, "progress.learner", **one).status_code == 403
    assert visit(world.trainer, "progress.make_code", "POST", **one).status_code == 403
    assert (
        visit(world.coordinator, "progress.learner", cohort_id=999, enrolment_id=1).status_code
        == 404
    )


def test_the_page_of_a_learner_holds_results_and_no_answers(world, visit):
    with world.inside():
        cycle = world.cycle(world.learner)
        world.finish_lessons(cycle)
        world.fail_final(cycle)
        db.session.commit()
        hashes = [drawn["hash"] for one in cycle_attempts(cycle) for drawn in one.draw]
        texts = [
            text
            for version in item_versions(hashes).values()
            for language in version.data["text"].values()
            for text in (language["stem"], *(option["text"] for option in language["options"]))
        ]
        ids = [version.item_id for version in item_versions(hashes).values()]
        assert db.session.scalars(select(Response)).first() is not None
    page = visit(
        world.coordinator,
        "progress.learner",
        cohort_id=world.cohort.id,
        enrolment_id=member(world, world.learner),
    )
    assert page.status_code == 200
    assert [text for text in texts if text in page.text] == []
    assert [item for item in ids if item in page.text] == []
    assert "0 из 14" in page.text.replace("\xa0", " ") or "0 of 14" in page.text


def cycle_attempts(cycle):
    from app.assessment.models import Attempt

    return db.session.scalars(select(Attempt).where(Attempt.cycle_id == cycle.id)).all()


def test_a_learner_without_a_cycle_and_an_empty_cohort_have_pages(world, visit):
    one = {"cohort_id": world.cohort.id, "enrolment_id": member(world, world.learner)}
    assert visit(world.coordinator, "progress.learner", **one).status_code == 200
    with world.inside():
        for enrolment in queries.enrolments(world.cohort.id):
            enrolment.left_at = enrolment.enrolled_at
        db.session.commit()
    empty = visit(world.coordinator, "progress.matrix", cohort_id=world.cohort.id)
    assert f"/cohorts/{world.cohort.id}/import" in empty.text


def test_a_one_time_link_is_shown_once_and_never_for_staff(world, visit):
    one = {"cohort_id": world.cohort.id, "enrolment_id": member(world, world.learner)}
    page = visit(world.coordinator, "progress.make_code", "POST", **one)
    assert "http://academy.test/enter/" in page.text
    with world.inside():
        code = db.session.scalars(select(SignInCode)).one()
        assert code.person_id == world.learner.id
        world.grant(world.learner, Role.TRAINER, world.border)
        db.session.commit()
    assert visit(world.coordinator, "progress.make_code", "POST", **one).status_code == 403
    assert visit(world.coordinator, "progress.learner", **one).status_code == 200


def matrix_names(visit, world, who=None, **query) -> list[str]:
    page = visit(
        who or world.coordinator, "progress.matrix", query=query, cohort_id=world.cohort.id
    )
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>(\S+)', page.text)


def test_the_matrix_shows_first_who_is_stuck_then_who_is_behind(world, visit):
    with world.inside():
        world.cohort.courses[0].opens_on = date(2024, 1, 1)
        stuck = world.person(world.border, "Ясень")
        world.enrol(stuck)
        cycle = world.cycle(stuck)
        world.finish_lessons(cycle)
        for days in (9, 6, 3):
            result = world.fail_final(cycle)
            result.attempt.sealed_at = clock.now() - timedelta(days=days)
            db.session.flush()
            world.finish_lessons(cycle)
        done = world.cycle(world.learner)
        world.finish_lessons(done)
        world.pass_final(done)
        early = world.person(world.border, "Абрамов")
        world.enrol(early)
        db.session.commit()
    assert matrix_names(visit, world) == ["Ясень", "Абрамов", "Ёлкина", "Ўласевіч"]
    by_name = ["Абрамов", "Ёлкина", "Ўласевіч", "Ясень"]
    assert matrix_names(visit, world, sort="name") == by_name
    assert matrix_names(visit, world, status="failed") == ["Ясень"]
    assert matrix_names(visit, world, status="complete") == ["Ўласевіч"]
    assert matrix_names(visit, world, q="уласевич") == ["Ўласевіч"]
    assert matrix_names(visit, world, behind="1", q="абрам") == ["Абрамов"]
    assert matrix_names(visit, world, behind="1", status="complete") == []
    strange = {"sort": "-age", "status": "fine", "behind": "2", "page": "last", "course": "c9"}
    assert len(matrix_names(visit, world, **strange)) == 4


def test_a_matrix_comes_in_parts_of_fifty_that_keep_the_filter(world, visit):
    with world.inside():
        for number in range(60):
            world.enrol(world.person(world.border, f"Участник{'абвгд'[number % 5]}"))
        db.session.commit()
    page = visit(
        world.coordinator,
        "progress.matrix",
        query={"q": "участник", "page": "2"},
        cohort_id=world.cohort.id,
    )
    assert page.text.count('<th scope="row"') == 10
    assert "page=1" in page.text
    assert "q=%D1%83" in page.text


def test_the_page_of_a_learner_tells_what_happened_the_latest_first(world, visit):
    with world.inside():
        cycle = world.cycle(world.learner)
        world.finish_lessons(cycle)
        world.pass_final(cycle)
        db.session.commit()
        enrolment_id = cycle.enrolment_id
    visit(world.coordinator, "ui.set_language", "POST", {"lang": "en"})
    page = visit(
        world.coordinator,
        "progress.learner",
        cohort_id=world.cohort.id,
        enrolment_id=enrolment_id,
    ).text
    told = page[page.index('class="timeline"') :]
    words = ["Attempt 1 was handed in: passed.", "The course was begun.", "Enrolled in the cohort."]
    assert [told.index(one) for one in words] == sorted(told.index(one) for one in words)


DAYS = {"opens_on": date(2026, 1, 1), "closes_on": date(2026, 1, 30)}


@pytest.mark.parametrize(
    ("done", "status", "today", "behind"),
    [
        (0, "not_started", date(2026, 1, 10), False),  # less than a third is gone
        (0, "not_started", date(2026, 1, 11), True),
        (4, "in_progress", date(2026, 1, 11), False),
        (4, "in_progress", date(2026, 1, 30), True),
        (9, "passed", date(2026, 1, 31), True),
        (0, "failed", date(2026, 1, 1), True),
        (10, "complete", date(2026, 3, 1), False),
    ],
)
def test_behind_is_who_has_done_less_than_the_days_ask(done, status, today, behind):
    states = [SimpleNamespace(of=10, done=done)]
    assert is_behind(states, status, today=today, **DAYS) is behind
