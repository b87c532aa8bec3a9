"""Publishing and records under stress: two at once, files that change meanwhile, odd names."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text

from app import clock
from app.access.policy import Role
from app.accounts.models import Approval
from app.audit.models import AuditEvent
from app.authoring import publishing, records, tree
from app.authoring.changes import told
from app.authoring.proposals import PROGRAMMES, PUBLISH
from app.catalogue import queries
from app.catalogue.diff import Change
from app.catalogue.models import Edition, Programme
from app.db import db
from tests.authoring.test_publish_commands import begin, edition_of, two_courses, writes

COURSE = "courses/t1/course.yaml"
LESSON = "courses/t1/lessons/1-1.ru.md"
SHARE = ('"0.8"', '"0.9"')
CONTENT = "/admin/content"
FORM = r'action="/admin/content/{}/publish".*?name="hash" value="([0-9a-f]{{64}})"'


@pytest.fixture
def run(world):
    def act(*words: str):
        return world.app.test_cli_runner().invoke(args=["content", *words])

    return act


@pytest.fixture
def post(world):
    def act(who, address: str, **fields):
        return world.client(who).post(f"{CONTENT}/{address}", data=fields, follow_redirects=True)

    return act


def page(world, who=None) -> str:
    answer = world.client(who or world.author).get(CONTENT)
    assert answer.status_code == 200
    return answer.text


def hash_on(shown: str, course: str = "t1") -> str:
    found = re.search(FORM.format(course), shown, re.S)
    assert found, "no button to publish"
    return found[1]


def number(world) -> int | None:
    with world.inside():
        edition = queries.current_edition("t1")
        return edition.number if edition else None


def waiting(world) -> list[int]:
    with world.inside():
        query = select(Approval.id).where(Approval.action == PUBLISH, Approval.decided_at.is_(None))
        return list(db.session.scalars(query.order_by(Approval.id)))


def both(*acts) -> None:
    barrier = Barrier(len(acts))

    def begin_together(act) -> None:
        barrier.wait()
        act()

    threads = [Thread(target=begin_together, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class TestTheFilesMeanwhile:
    def test_a_page_shows_one_state_of_the_files(self, world, files, change, monkeypatch):
        compile_course, done = tree.compile_course, []

        def change_first(loaded, course_id):
            if not done:
                done.append(course_id)
                change(COURSE, *SHARE)
            return compile_course(loaded, course_id)

        monkeypatch.setattr(tree, "compile_course", change_first)
        before, after = (hash_on(page(world)) for _ in range(2))
        with world.inside():
            now = compile_course(tree.read(), "t1").content_hash
        assert (before != after, after) == (True, now)

    def test_files_are_looked_at_once_for_a_page(self, world, files, monkeypatch):
        two_courses(files)
        stamps, looked = tree._stamps, []

        def count(root):
            looked.append(root)
            return stamps(root)

        monkeypatch.setattr(tree, "_stamps", count)
        page(world)
        assert len(looked) == 1

    def test_only_the_course_that_was_edited_is_compiled_again(
        self, world, files, change, monkeypatch
    ):
        two_courses(files)
        compile_course, done = tree.compile_course, []

        def note(loaded, course_id):
            done.append(course_id)
            return compile_course(loaded, course_id)

        monkeypatch.setattr(tree, "compile_course", note)
        first = hash_on(page(world)), hash_on(page(world), "t2")
        assert done == ["t1", "t2"]
        change(LESSON, "### Опасность", "### Угроза")
        second = hash_on(page(world)), hash_on(page(world), "t2")
        assert (done, first[1]) == (["t1", "t2", "t1"], second[1])
        assert first[0] != second[0]
        change("courses/glossary.yaml", "refugee", "refugee")  # written anew, so looked at
        os.utime(files / "courses/glossary.yaml", ns=(1, 1))
        page(world)
        assert done[3:] == ["t1", "t2"]

    def test_what_was_compiled_is_not_shown_while_there_are_errors(self, world, files, change):
        two_courses(files)
        page(world)
        change(COURSE, "code: T1", "code:")
        assert "/t2/publish" not in page(world)
        with world.inside(), pytest.raises(ValueError, match="t2"):
            tree.compiled("t2")


class TestWhoElseWrites:
    @pytest.fixture
    def open_while_read(self, monkeypatch) -> list[bool]:
        """Whether a transaction was open each time the files were read or compiled."""
        found: list[bool] = []

        def watched(name: str):
            real = getattr(tree, name)

            def act(*args, **facts):
                found.append(db.session().in_transaction())
                return real(*args, **facts)

            monkeypatch.setattr(tree, name, act)

        watched("load")
        watched("compile_course")
        return found

    def test_nobody_waits_while_files_are_read_for_a_button(
        self, world, files, post, open_while_read
    ):
        with world.inside():
            hash_ = tree.compiled("t1").content_hash
            tree._kept.clear()
            db.session.remove()
        del open_while_read[:]
        post(world.author, "t1/publish", hash=hash_)
        assert (number(world), open_while_read[:2]) == (1, [False, False])

    @pytest.mark.usefixtures("production")
    def test_nobody_waits_while_files_are_read_for_an_approval(
        self, world, files, post, open_while_read
    ):
        post(world.author, "t1/publish", hash=hash_on(page(world)))
        [asked] = waiting(world)
        tree._kept.clear()
        del open_while_read[:]
        post(world.admin, f"proposals/{asked}", answer="approve")
        assert (number(world), open_while_read[:2]) == (1, [False, False])

    def test_nobody_waits_while_a_command_compiles(self, run, world, files, monkeypatch):
        two_courses(files)
        compile_course, found = publishing.compile_course, []

        def watched(loaded, course_id):
            found.append(db.session().in_transaction())
            return compile_course(loaded, course_id)

        monkeypatch.setattr(publishing, "compile_course", watched)
        assert run("publish").exit_code == 0
        assert found == [False, False]


@pytest.mark.usefixtures("production")
class TestProposals:
    def test_what_is_published_already_is_not_proposed_again(self, world, files, post):
        shown = hash_on(page(world))
        post(world.author, "t1/publish", hash=shown)
        post(world.admin, f"proposals/{waiting(world)[0]}", answer="approve")
        answer = post(world.author, "t1/publish", hash=shown)  # from a page left open
        post(world.author, "t1/go-back", edition="1")
        assert (answer.status_code, number(world), waiting(world)) == (200, 1, [])
        with world.inside():
            data = publishing.programme_data(tree.tree())
            publishing.publish_programmes(data, by=None, now=clock.now())
            db.session.commit()
            hash_ = publishing.programmes_hash(data)
        post(world.author, "publish-programmes", hash=hash_)
        assert waiting(world) == []

    def test_a_course_that_has_gone_is_named_in_its_proposal(self, world, files, post):
        post(world.author, "t1/publish", hash=hash_on(page(world)))
        for folder in ("courses/t1", "quizzes/t1"):
            shutil.rmtree(files / folder)
        (files / "courses/programmes.yaml").unlink()
        shown = page(world, world.admin)
        title = re.search(r'<article class="request">.*?<h3[^>]*>(.*?)</h3>', shown, re.S)
        assert title
        assert "t1" in title[1]

    def test_the_number_of_changes_is_that_of_the_list_below(self, world, files, post, change):
        post(world.author, "t1/publish", hash=hash_on(page(world)))
        post(world.admin, f"proposals/{waiting(world)[0]}", answer="approve")
        change(COURSE, *SHARE)
        change(COURSE, "attempts: 3", "attempts: 4")
        post(world.author, "t1/publish", hash=hash_on(page(world)))
        with world.inside():
            [asked] = db.session.scalars(select(Approval).where(Approval.id == waiting(world)[0]))
            asked.payload = {**asked.payload, "changes": 7777}  # of an edition before
            db.session.commit()
        assert "7777" not in page(world, world.admin)

    @pytest.mark.parametrize("end", ["role", "access"])
    def test_who_may_no_longer_publish_decides_nothing(self, world, files, post, end):
        post(world.author, "t1/publish", hash=hash_on(page(world)))
        page(world, world.admin)
        with world.inside():
            if end == "access":
                world.admin.is_active = False
            else:
                from app.accounts.models import RoleGrant

                today = clock.now().date()
                for grant in db.session.scalars(
                    select(RoleGrant).where(RoleGrant.person_id == world.admin.id)
                ):
                    grant.valid_to = today
            db.session.commit()
        post(world.admin, f"proposals/{waiting(world)[0]}", answer="approve")
        assert (number(world), len(waiting(world))) == (None, 1)

    def test_an_author_of_one_agency_sees_and_does_nothing_about_it(self, run, world, files, post):
        with world.inside():
            person = world.person(world.border)
            world.grant(person, Role.AUTHOR, world.border)
            db.session.commit()
            service_number = person.service_number
            db.session.refresh(person)
            db.session.expunge(person)
        shown = hash_on(page(world))
        assert "/t1/publish" not in page(world, person)
        assert post(person, "t1/publish", hash=shown).status_code == 403
        assert post(person, "t1/go-back", edition="1").status_code == 403
        assert post(person, "publish-programmes", hash=shown).status_code == 403
        assert run("publish", "--by", service_number).exit_code == 1
        post(world.author, "t1/publish", hash=shown)
        [asked] = waiting(world)
        assert f"proposals/{asked}" not in page(world, person)
        assert post(person, f"proposals/{asked}", answer="approve").status_code == 403
        assert number(world) is None

    def test_requests_of_other_kinds_are_not_decided_here(self, world, files, post):
        with world.inside():
            other = Approval(
                action="role.grant",
                subject="x",
                payload={"course": "t1"},
                requested_by_id=world.author.id,
                requested_at=clock.now(),
            )
            db.session.add(other)
            db.session.commit()
            other_id = other.id
        for answer in ("approve", "refuse"):
            assert post(world.admin, f"proposals/{other_id}", answer=answer).status_code == 404
        with world.inside():
            assert db.session.get_one(Approval, other_id).decided_at is None

    def test_two_who_approve_at_once_publish_once(self, world, files, post):
        post(world.author, "t1/publish", hash=hash_on(page(world)))
        [asked] = waiting(world)
        clients = [world.new_client(who) for who in (world.admin, world.second_admin)]
        statuses: list[int] = []

        def approve(client):
            address = f"{CONTENT}/proposals/{asked}"
            return lambda: statuses.append(
                client.post(address, data={"answer": "approve"}).status_code
            )

        both(*(approve(client) for client in clients))
        assert statuses == [303, 303]
        with world.inside():
            query = select(AuditEvent.action).where(AuditEvent.action == "edition.publish.approved")
            assert len(db.session.scalars(query).all()) == 1
            assert db.session.query(Edition).filter_by(course_id="t1").count() == 1


class TestTwoAtOnce:
    def test_publishing_and_going_back_leave_one_of_both(self, world, files, post, change):
        post(world.author, "t1/publish", hash=hash_on(page(world)))
        change(COURSE, *SHARE)
        post(world.author, "t1/publish", hash=hash_on(page(world)))
        change(COURSE, *reversed(SHARE))
        change(COURSE, "attempts: 3", "attempts: 4")
        shown, statuses = hash_on(page(world)), list[int]()
        first, second = (world.new_client(who) for who in (world.author, world.admin))

        def act(client, address: str, **fields):
            status = client.post(f"{CONTENT}/{address}", data=fields).status_code
            statuses.append(status)

        both(
            lambda: act(first, "t1/publish", hash=shown),
            lambda: act(second, "t1/go-back", edition="1"),
        )
        assert statuses == [303, 303]
        assert number(world) in (1, 3)
        with world.inside():
            numbers = [one.number for one in queries.editions("t1")]
        assert numbers == [3, 2, 1]

    def test_programmes_published_twice_at_once_are_there_once(self, world, files):
        with world.inside():
            for one in db.session.scalars(select(Programme)):
                db.session.delete(one)
            db.session.commit()
            hash_ = publishing.programmes_hash(publishing.programme_data(tree.tree()))
        statuses: list[int] = []
        clients = [world.new_client(who) for who in (world.author, world.admin)]

        def act(client):
            address = f"{CONTENT}/publish-programmes"
            return lambda: statuses.append(client.post(address, data={"hash": hash_}).status_code)

        both(*(act(client) for client in clients))
        assert statuses == [303, 303]
        with world.inside():
            assert [one.id for one in db.session.scalars(select(Programme))] == ["border"]
            query = select(AuditEvent).where(AuditEvent.action == "programmes.published")
            assert len(db.session.scalars(query).all()) >= 1

    def test_who_begins_a_course_does_not_wait_for_its_publication(self, run, world, files, change):
        run("publish")
        change(COURSE, *SHARE)
        with world.inside():
            publishing.publish_plans(publishing.plans(tree.read()), by=None, now=clock.now())
            if db.engine.dialect.name == "postgresql":  # the other has one writer at a time
                with db.engine.connect() as learner:
                    learner.execute(text("SET lock_timeout = '2s'"))
                    query = (
                        "SELECT 1 FROM course WHERE id = 't1' FOR KEY SHARE"  # as a new row does
                    )
                    assert learner.execute(text(query)).scalar() == 1
            db.session.rollback()
        assert number(world) == 1


def test_a_course_named_twice_is_published_once(run, world, files):
    answer = run("publish", "t1", "t1")
    assert answer.output == "t1: edition 1 published.\n"


def test_an_unchanged_tree_touches_no_row_whatever_its_files_look_like(run, world, files, change):
    run("publish")
    change(COURSE, *SHARE)
    run("publish")
    run("rollback", "t1", "--to", "1")
    change(COURSE, *reversed(SHARE))
    for path in sorted(files.rglob("*.md"), reverse=True):  # written anew, with other line ends
        data = path.read_bytes().replace(b"\n", b"\r\n")
        path.unlink()
        path.write_bytes(data)
        os.utime(path, ns=(1, 1))
    with writes() as found:
        answer = run("publish")
    assert (answer.output, found) == ("t1: edition 1 unchanged.\n", [])


def test_a_lesson_that_was_taken_out_stays_with_who_has_begun(run, world, files, change):
    run("publish")
    cycle = begin(world)
    change(COURSE, '{id: "1-1", minutes: 10', '{id: "1-0", minutes: 10')
    for lang in ("en", "ru", "be"):
        path = files / f"courses/t1/lessons/1-1.{lang}.md"
        path.rename(path.with_name(f"1-0.{lang}.md"))
    change(COURSE, 'skips: ["1-1"]', 'skips: ["1-0"]')
    beside = ("scenarios/*", "assignments", "journal")
    naming = ["quizzes/t1/*.yaml", *(f"courses/t1/{one}.yaml" for one in beside)]
    for path in [one for name in naming for one in files.glob(name)]:
        path.write_text(path.read_text("utf-8").replace('"1-1"', '"1-0"'), "utf-8")
    answer = run("publish")
    assert answer.exit_code == 0, answer.output
    assert edition_of(world, cycle) == 1
    learner = world.client(world.learner)
    assert learner.get("/courses/t1/1-1").status_code == 200
    assert learner.get("/courses/t1/1-0").status_code == 404
    assert learner.get("/courses/t1").status_code == 200
    later = begin(world, "second_learner")
    assert edition_of(world, later) == 2
    assert world.client(world.second_learner).get("/courses/t1/1-0").status_code == 200


@pytest.mark.parametrize("name", [b"\xff", b"a\nb", b"a\x1b[31m"])
@pytest.mark.parametrize("place", ["courses/{}/course.yaml", "courses/t1/media/{}.svg"])
def test_a_name_that_cannot_be_printed_stops_no_page(run, world, files, name, place):
    path = Path(os.fsdecode(os.fsencode(files / place).replace(b"{}", name)))
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((files / COURSE).read_bytes())
    except OSError:
        return  # this file system knows texts only
    for address in ("", "/health", "/coverage", "/lawyer", "/t1/preview", "/t1/translate"):
        assert world.client(world.author).get(f"{CONTENT}{address}").status_code == 200
    answer = run("check")
    assert answer.exception is None
    assert place.format("?" if len(name) == 1 else "a?b").split("?")[0] in answer.output
    assert all(line.isprintable() for line in answer.output.splitlines())


@pytest.mark.parametrize(("escape", "told_as"), [("\\0", "U+0000"), ("\\e", "U+001B")])
def test_an_escape_smuggles_nothing_into_the_database(run, world, files, change, escape, told_as):
    change(COURSE, "code: T1", f'code: "T1{escape}"')
    answer = run("publish")
    assert (answer.exit_code, number(world)) == (1, None)
    assert f"{COURSE}:2" in answer.output
    assert told_as in answer.output


class TestRecords:
    WORDS = ("review", "t1", "--office", "legal", "--on", "2021-03-04", "--part", "aid j1")

    def test_what_somebody_else_has_recorded_meanwhile_is_kept(self, run, files, monkeypatch):
        path = files / "courses/t1/reviews.yaml"
        load, other = records.load, path.read_bytes() + b"# theirs\n"

        def slow(root):
            loaded = load(root)
            path.write_bytes(other)
            return loaded

        monkeypatch.setattr(records, "load", slow)
        answer = run(*self.WORDS)
        assert (answer.exit_code, "again" in answer.output) == (1, True)
        assert path.read_bytes() == other
        assert list(path.parent.glob(".*")) == []

    def test_nothing_is_written_through_a_link(self, run, files, tmp_path):
        outside = tmp_path / "outside.txt"
        outside.write_text("theirs", encoding="utf-8")
        (files / "courses/t1/.reviews.yaml.new").symlink_to(outside)
        assert run(*self.WORDS).exit_code == 1
        assert outside.read_text(encoding="utf-8") == "theirs"

    def test_line_ends_and_a_first_record_are_no_other_content(self, run, files):
        path = files / "courses/t1/reviews.yaml"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert run(*self.WORDS).exit_code == 0
        assert b"\r" not in path.read_bytes()
        path.unlink()
        assert run(*self.WORDS).exit_code == 0


def test_a_difference_is_told_without_words_of_one_language_only(world):
    with world.app.test_request_context():
        told_ = told(
            [
                Change("review", "changed", "review", (), "2/9 open", "9/9 closed"),
                Change("review", "changed", "review", (), "2/9 open", "2/9 open"),
                Change("law", "changed", "by-law", (), "2023-05-17", "2023-05-17"),
            ],
            "t1",
        )
    assert "2/9 → 9/9" in told_[0].text
    assert "open" not in told_[0].text
    assert "→" not in told_[1].text + told_[2].text
    assert PROGRAMMES == "*"
