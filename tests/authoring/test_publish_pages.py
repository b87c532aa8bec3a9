"""The content page: what publishing would change, and two people who agree to it."""

from __future__ import annotations

import re
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from app.accounts.models import Approval
from app.audit import services as audit
from app.audit.models import AuditEvent
from app.authoring import tree
from app.authoring.proposals import PUBLISH
from app.catalogue import queries
from app.catalogue.models import Edition
from app.catalogue.programmes import programmes
from app.db import db
from tests.authoring.test_publish_commands import begin, edition_of

COURSE = "courses/t1/course.yaml"
SHARE = ('"0.8"', '"0.9"')
PUBLISH_URL = "/admin/content/t1/publish"
FORM = re.compile(r'action="/admin/content/t1/publish".*?name="hash" value="([0-9a-f]{64})"', re.S)


@pytest.fixture
def page(visit, world):
    """The content page as an author sees it."""

    def show(who=None) -> str:
        answer = visit(who or world.author, "authoring.content")
        assert answer.status_code == 200
        return answer.text

    return show


@pytest.fixture
def post(world):
    def act(who, address: str, **fields):
        return world.client(who).post(address, data=fields, follow_redirects=True)

    return act


def hash_on(page: str) -> str:
    found = FORM.search(page)
    assert found, "no button to publish"
    return found[1]


def number(world) -> int | None:
    with world.inside():
        edition = queries.current_edition("t1")
        return edition.number if edition else None


def proposals_of(world) -> list[Approval]:
    with world.inside():
        query = select(Approval).where(Approval.action == PUBLISH).order_by(Approval.id)
        return list(db.session.scalars(query))


def test_where_there_is_one_desk_an_author_publishes_at_once(world, files, page, post, change):
    first = hash_on(page())
    for _ in range(2):  # a second press of the button does no harm
        assert post(world.author, PUBLISH_URL, hash=first).status_code == 200
    assert number(world) == 1
    change(COURSE, *SHARE)
    shown = page()
    assert "0.8 → 0.9" in shown
    post(world.author, PUBLISH_URL, hash=hash_on(shown))
    assert number(world) == 2
    with world.inside():
        assert queries.current_edition("t1").published_by_id == world.author.id
    post(world.author, "/admin/content/t1/go-back", edition="1")
    assert number(world) == 1


def test_what_has_changed_since_the_page_was_shown_is_not_published(
    world, files, page, post, change
):
    shown = hash_on(page())
    change(COURSE, *SHARE)
    post(world.author, PUBLISH_URL, hash=shown)
    assert number(world) is None


@pytest.mark.databases("sqlite")
def test_files_with_errors_are_told_and_cannot_be_published(world, files, page, post, change):
    shown = hash_on(page())
    change(COURSE, *("code: T1", "code:"))
    text = page()
    assert f"{COURSE}:2" in text
    assert not FORM.search(text)
    post(world.author, PUBLISH_URL, hash=shown)
    post(world.author, "/admin/content/publish-programmes", hash="0" * 64)
    assert number(world) is None


@pytest.mark.databases("sqlite")
def test_a_changed_key_is_said_aloud(world, files, page, post, change):
    post(world.author, PUBLISH_URL, hash=hash_on(page()))
    final = "quizzes/t1/objective-1.yaml"
    change(final, "        key: true\n", "")
    change(final, "      - id: b\n", "      - id: b\n        key: true\n")
    change(
        final,
        '        text: {en: "Send',
        '        sources: ["cat-1984 art. 3(1)"]\n        text: {en: "Send',
    )
    assert 'class="notice danger"' in page()


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("address", ["publish", "go-back"])
def test_a_course_that_nobody_knows_is_not_found(world, files, address):
    answer = world.client(world.author).post(f"/admin/content/x9/{address}", data={"hash": "0"})
    assert answer.status_code == 404


def test_programmes_are_published_from_the_page(world, files, page, post):
    found = re.search(r'publish-programmes".*?value="([0-9a-f]{64})"', page(), re.S)
    assert found
    post(world.author, "/admin/content/publish-programmes", hash=found[1])
    with world.inside():
        assert [one.id for one in programmes()] == ["border"]
    assert "publish-programmes" not in page()


@pytest.mark.usefixtures("production")
class TestTwoPeople:
    def propose(self, world, page, post) -> int:
        post(world.author, PUBLISH_URL, hash=hash_on(page()))
        return proposals_of(world)[-1].id

    def decide(self, world, post, who, proposal: int, answer: str = "approve"):
        return post(who, f"/admin/content/proposals/{proposal}", answer=answer)

    def test_one_proposes_and_another_publishes(self, world, files, page, post):
        proposal = self.propose(world, page, post)
        assert number(world) is None
        assert f"proposals/{proposal}" not in page()  # the author's own
        self.decide(world, post, world.author, proposal)
        assert number(world) is None
        assert f"proposals/{proposal}" in page(world.admin)
        self.decide(world, post, world.admin, proposal)
        assert number(world) == 1
        self.decide(world, post, world.second_admin, proposal)  # decided already
        with world.inside():
            assert queries.current_edition("t1").published_by_id == world.admin.id
            query = select(AuditEvent.action).where(AuditEvent.action.like("edition.%"))
            told = list(db.session.scalars(query.order_by(AuditEvent.id)))[-3:]
            assert told == [
                "edition.publish.requested",
                "edition.publish.approved",
                "edition.published",
            ]
            assert not audit.broken_chains()

    def test_a_proposal_can_be_refused(self, world, files, page, post):
        proposal = self.propose(world, page, post)
        self.decide(world, post, world.admin, proposal, "refuse")
        assert number(world) is None
        assert [one.approved for one in proposals_of(world)] == [False]
        assert self.propose(world, page, post) != proposal

    @pytest.mark.databases("sqlite")
    def test_an_answer_is_yes_or_no(self, world, files, page, post):
        proposal = self.propose(world, page, post)
        assert self.decide(world, post, world.admin, proposal, "perhaps").status_code == 400

    @pytest.mark.databases("sqlite")
    @pytest.mark.parametrize("edit", [SHARE, ("code: T1", "code:")])
    def test_other_files_than_those_proposed_are_not_published(
        self, world, files, page, post, change, edit
    ):
        proposal = self.propose(world, page, post)
        change(COURSE, *edit)
        assert f"proposals/{proposal}" in page(world.admin)
        self.decide(world, post, world.admin, proposal)
        assert number(world) is None
        assert [one.decided_at for one in proposals_of(world)] == [None]
        change(COURSE, *reversed(edit))
        self.decide(world, post, world.admin, proposal)
        assert number(world) == 1

    @pytest.mark.databases("sqlite")
    def test_a_course_that_was_taken_out_meanwhile_is_not_published(self, world, files, page, post):
        import shutil

        proposal = self.propose(world, page, post)
        for folder in ("courses/t1", "quizzes/t1"):
            shutil.rmtree(files / folder)
        (files / "courses/programmes.yaml").unlink(missing_ok=True)
        self.decide(world, post, world.admin, proposal)
        assert number(world) is None

    def test_going_back_takes_two_people_and_nobody_loses_their_edition(
        self, world, files, page, post, change
    ):
        self.decide(world, post, world.admin, self.propose(world, page, post))
        cycle = begin(world)
        change(COURSE, *SHARE)
        self.decide(world, post, world.admin, self.propose(world, page, post))
        assert (number(world), edition_of(world, cycle)) == (2, 1)
        later = begin(world, "second_learner")
        post(world.author, "/admin/content/t1/go-back", edition="1")
        assert number(world) == 2
        asked = proposals_of(world)[-1]
        assert asked.payload["edition"] == 1
        page(world.admin)
        self.decide(world, post, world.author, asked.id)
        assert number(world) == 2
        self.decide(world, post, world.admin, asked.id)
        assert number(world) == 1
        assert (edition_of(world, cycle), edition_of(world, later)) == (1, 2)
        self.decide(world, post, world.admin, self.propose(world, page, post))
        assert number(world) == 2
        with world.inside():
            assert db.session.query(Edition).filter_by(course_id="t1").count() == 2

    def test_programmes_take_two_people_too(self, world, files, page, post):
        with world.inside():
            hash_ = _programmes_hash()
            before = [one.id for one in programmes()]
        for _ in range(2):
            post(world.author, "/admin/content/publish-programmes", hash=hash_)
        [asked] = proposals_of(world)
        page(world.admin)
        self.decide(world, post, world.author, asked.id)
        with world.inside():
            assert [one.id for one in programmes()] == before
        self.decide(world, post, world.admin, asked.id)
        with world.inside():
            assert [one.id for one in programmes()] == ["border"]

    def test_two_proposals_at_once_are_one(self, world, files, page):
        shown, barrier, statuses = hash_on(page()), Barrier(2), []
        clients = [world.new_client(who) for who in (world.author, world.admin)]

        def act(client) -> None:
            barrier.wait()
            statuses.append(client.post(PUBLISH_URL, data={"hash": shown}).status_code)

        threads = [Thread(target=act, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [303, 303]
        assert len(proposals_of(world)) == 1


def _programmes_hash() -> str:
    from app.authoring.publishing import programmes_hash
    from app.content.programmes import programme_data

    return programmes_hash(programme_data(tree.tree()))


def test_two_who_publish_at_once_make_one_edition(world, files, page):
    shown, barrier, statuses = hash_on(page()), Barrier(2), []
    clients = [world.new_client(who) for who in (world.author, world.admin)]

    def act(client) -> None:
        barrier.wait()
        statuses.append(client.post(PUBLISH_URL, data={"hash": shown}).status_code)

    threads = [Thread(target=act, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [303, 303]
    with world.inside():
        assert db.session.query(Edition).filter_by(course_id="t1").count() == 1


@pytest.mark.databases("sqlite")
def test_the_page_is_for_authors_and_admins_and_acts_for_who_serves_everybody(world, files, visit):
    for who in ("learner", "trainer", "coordinator", "reviewer", "stranger"):
        person = getattr(world, who)
        assert visit(person, "authoring.content").status_code == 403
        answer = world.client(person).post(PUBLISH_URL, data={"hash": "0" * 64})
        assert answer.status_code == 403
    assert world.client(None).post(PUBLISH_URL, data={"hash": "0" * 64}).status_code == 302


@pytest.mark.databases("sqlite")
def test_files_are_read_again_only_when_one_has_changed(world, files, change):
    with world.inside():
        first = tree.tree()
        compiled = tree.compiled("t1")
        assert tree.tree() is first
        assert tree.compiled("t1") is compiled
        change(COURSE, *SHARE)
        assert tree.tree() is not first
        assert tree.compiled("t1").content_hash != compiled.content_hash
