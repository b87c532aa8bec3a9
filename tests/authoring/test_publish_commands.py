"""Publishing by command: the difference first, then all courses or none, and the way back."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine

from app import clock
from app.accounts.models import Approval
from app.audit.models import AuditEvent
from app.authoring import publishing
from app.authoring.proposals import PUBLISH
from app.catalogue import queries
from app.catalogue.models import Course, Edition, EditionPage, ItemVersion
from app.db import db
from app.enrolment import services as enrolment
from tests.world import ZONE

COURSE = "courses/t1/course.yaml"
LESSON = "courses/t1/lessons/1-1.ru.md"
FINAL = "quizzes/t1/objective-1.yaml"
SHARE = ('"0.8"', '"0.9"')


@pytest.fixture
def run(world):
    def act(*words: str):
        return world.app.test_cli_runner().invoke(args=["content", *words])

    return act


@contextmanager
def writes():
    """Collect the statements that change rows."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.split()[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def lines(answer) -> list[dict]:
    return [json.loads(line) for line in answer.output.splitlines()]


def current(world, course: str = "t1") -> int | None:
    with world.inside():
        edition = queries.current_edition(course)
        return edition.number if edition else None


def acts(world, *names: str) -> list[str]:
    with world.inside():
        query = select(AuditEvent.action).where(AuditEvent.action.in_(names))
        return list(db.session.scalars(query.order_by(AuditEvent.id)))


def test_an_unchanged_tree_touches_no_row(run, world, files):
    with writes() as first:
        assert run("publish").exit_code == 0
    assert first
    with writes() as found:
        answer = run("publish")
    assert (answer.output, found) == ("t1: edition 1 unchanged.\n", [])


@pytest.mark.databases("sqlite")  # all courses are published: that takes its time
def test_the_real_courses_published_again_touch_no_row(run):
    run("publish")
    with writes() as found:
        answer = run("publish", "--json")
    assert found == []
    assert {one["state"] for one in lines(answer)} == {"unchanged"}


def test_the_difference_is_shown_before_it_is_published(run, world, files, change):
    run("publish")
    change(COURSE, *SHARE)
    change(FINAL, "        key: true\n", "")
    change(FINAL, "      - id: b\n", "      - id: b\n        key: true\n")
    change(
        FINAL,
        'text: {en: "Send away"',
        'sources: ["cat-1984 art. 3(1)"]\n        text: {en: "Send away"',
    )
    with writes() as found:
        shown = run("publish", "--dry-run", "--language", "ru")
    assert (shown.exit_code, found, current(world)) == (0, [], 1)
    first, *rest = shown.output.splitlines()
    assert first.startswith("t1: ")
    assert "t1-f-1" in first
    assert any("0.8 → 0.9" in line for line in rest)
    *told, done = lines(run("publish", "--json"))
    assert told[0]["act"] == "key"
    assert (told[0]["before"], told[0]["after"]) == ("a", "b")
    assert (done["edition"], done["new"]) == (2, True)
    assert current(world) == 2


@pytest.mark.databases("sqlite")
def test_an_item_that_goes_asks_for_its_id_to_be_retired(run, files, change):
    run("publish")
    text = (files / FINAL).read_text(encoding="utf-8")
    last = text.rindex("  - id: t1-f-6")
    (files / FINAL).write_text(text[:last] + text[last:].replace("t1-f-6", "t1-f-7"), "utf-8")
    assert "courses/t1/retired.yaml" in run("publish", "--dry-run").output
    (files / "courses/t1/retired.yaml").write_text("ids: [t1-f-6]\n", encoding="utf-8")
    assert "courses/t1/retired.yaml" not in run("publish", "--dry-run").output


def two_courses(files) -> None:
    """Add a second course, a copy of the first with ids of its own."""
    for old, new in (("courses/t1", "courses/t2"), ("quizzes/t1", "quizzes/t2")):
        shutil.copytree(files / old, files / new)
        for path in [*(files / new).rglob("*.yaml"), *(files / new).rglob("*.md")]:
            text = path.read_text(encoding="utf-8").replace("t1", "t2").replace("T1", "T2")
            path.write_text(text, encoding="utf-8")


@pytest.mark.databases("sqlite")
def test_an_error_in_one_course_publishes_none(run, world, files, change):
    two_courses(files)
    change("courses/t2/course.yaml", '"0.8"', '"8"')
    for words in (("publish",), ("publish", "t1"), ("publish", "--dry-run")):
        answer = run(*words)
        assert answer.exit_code == 1
        assert "courses/t2/course.yaml:" in answer.output
    assert (current(world, "t1"), current(world, "t2")) == (None, None)


def test_a_fault_half_way_publishes_none(run, world, files, monkeypatch):
    two_courses(files)
    publish, done = publishing.publish, []

    def fail_at_the_second(*args, **facts):
        done.append(args)
        if len(done) == 2:
            raise RuntimeError("a power cut")
        return publish(*args, **facts)

    monkeypatch.setattr(publishing, "publish", fail_at_the_second)
    assert isinstance(run("publish").exception, RuntimeError)
    with world.inside():
        assert db.session.scalar(select(func.count()).where(Course.id.in_(["t1", "t2"]))) == 0
        query = select(func.count()).where(ItemVersion.item_id.like("t1-%"))
        assert db.session.scalar(query) == 0


@pytest.mark.databases("sqlite")
def test_one_course_can_be_published_alone(run, world, files):
    two_courses(files)
    assert run("publish", "t2").exit_code == 0
    assert (current(world, "t1"), current(world, "t2")) == (None, 1)
    assert run("publish", "t9").exit_code == 1


def test_going_back_is_for_new_learners_and_the_files_bring_the_newer_edition_back(
    run, world, files, change
):
    run("publish")
    cycle = begin(world)
    change(COURSE, *SHARE)
    run("publish")
    assert edition_of(world, cycle) == 1
    answer = run("rollback", "t1", "--to", "1")
    assert (answer.exit_code, current(world)) == (0, 1)
    with writes() as found:
        assert run("rollback", "t1", "--to", "1").exit_code == 0
    assert found == []
    assert edition_of(world, begin(world, "second_learner")) == 1
    answer = run("publish")
    assert "edition 2 current again" in answer.output
    with world.inside():
        numbers = [one.number for one in queries.editions("t1")]
        assert (numbers, queries.current_edition("t1").number) == ([2, 1], 2)
    assert edition_of(world, cycle) == 1
    told = acts(world, "edition.rolled_back", "edition.published")[-4:]
    rolled = "edition.rolled_back"
    assert told == ["edition.published", "edition.published", rolled, "edition.published"]


def begin(world, who: str = "learner") -> int:
    """Let somebody begin course t1 in the cohort; return the cycle."""
    with world.inside():
        now = clock.now()
        today = clock.local_day(now, ZONE)
        offered = enrolment.add_course(
            world.cohort,
            db.session.get_one(Course, "t1"),
            opens_on=today,
            closes_on=today + timedelta(days=9),
            by=None,
            now=now,
        )
        member = enrolment.enrol(world.cohort, getattr(world, who), by=None, now=now)
        cycle = enrolment.begin_cycle(member, offered, now=now)
        db.session.commit()
        return cycle.id


def edition_of(world, cycle_id: int) -> int:
    from app.enrolment.models import Cycle

    with world.inside():
        return db.session.get_one(Cycle, cycle_id).edition.number


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("words", [("t1", "--to", "9"), ("t9", "--to", "1")])
def test_there_is_no_way_back_to_what_never_was(run, files, words):
    run("publish")
    assert run("rollback", *words).exit_code == 1


@pytest.mark.usefixtures("production")
def test_in_production_a_command_only_proposes(run, world, files):
    assert "--by" in run("publish").output
    for nobody in ("0", world.learner.service_number, world.coordinator.service_number):
        assert run("publish", "--by", nobody).exit_code == 1
    for _ in range(2):
        answer = run("publish", "--by", world.author.service_number)
        assert (answer.exit_code, current(world)) == (0, None)
    with world.inside():
        asked = db.session.scalars(select(Approval).where(Approval.action == PUBLISH)).all()
        assert [one.payload["course"] for one in asked if one.payload["course"] != "*"] == ["t1"]
    assert acts(world, "edition.publish.requested")


def test_somebody_who_may_publish_stands_behind_an_edition_if_named(run, world, files):
    assert run("publish", "--by", world.author.service_number).exit_code == 0
    with world.inside():
        assert queries.current_edition("t1").published_by_id == world.author.id


def test_an_edition_comes_back_from_the_database_as_it_was_compiled(run, world, files):
    run("publish")
    with world.inside():
        from app.authoring import tree

        edition = queries.current_edition("t1")
        assert queries.edition_data(edition) == tree.compiled("t1").data
        assert db.session.query(EditionPage).filter_by(edition_id=edition.id).count() > 0
        assert db.session.query(Edition).filter_by(course_id="t1").count() == 1
