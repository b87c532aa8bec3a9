"""Notes and bookmarks: nobody but their writer finds them, and no device overwrites another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from app import clock
from app.access import scope
from app.accounts import services as accounts
from app.audit.models import AuditEvent
from app.catalogue.models import EditionPage
from app.db import db
from app.enrolment import services as enrolment
from app.enrolment.models import Cycle
from app.learning import notes
from app.learning.models import LessonBookmark, LessonNote
from app.learning.notes import Conflict, Refused, Saved

C1 = {"course_id": "c1"}
SCREEN = {**C1, "lesson": "1-1", "screen": 3}
SCRIPT = {"Accept": "application/json"}
TEXT = "Спросить, понятен ли язык.\nПозвать переводчика до начала."


@pytest.fixture
def learner(world):
    """The learner in the middle of the course."""
    with world.inside():
        world.cycle(world.learner)
        world.cycle(world.second_learner)
        db.session.commit()
    return world.learner


def write(visit, who, text, base="", headers=None, **values):
    data = {"text": text, "base": base}
    where = {**SCREEN, **values}
    return visit(who, "notes.note", "POST", data=data, headers=headers, **where)


def stored(world):
    with world.inside():
        return [(one.screen, one.text, one.revision) for one in notes.notes_of(world.learner.id)]


def test_a_note_is_written_changed_and_deleted_by_pages_alone(world, visit, learner):
    response = write(visit, learner, TEXT)
    assert response.status_code == 303
    assert response.location.endswith("/courses/c1/1-1#s3")
    page = visit(learner, "notes.note", **SCREEN).text
    assert TEXT in page
    base = page.split('name="base"')[1].split('value="')[1].split('"')[0]
    write(visit, learner, "Другой текст", base)
    assert stored(world) == [(3, "Другой текст", 2)]
    note_id = base.split(".")[0]
    assert "Другой текст" in visit(learner, "notes.delete", public_id=note_id).text
    visit(learner, "notes.delete", "POST", public_id=note_id)
    assert stored(world) == []


def test_an_empty_text_deletes_the_note(world, visit, learner):
    base = write(visit, learner, TEXT, headers=SCRIPT).json["base"]
    assert write(visit, learner, " \r\n ", base, headers=SCRIPT).json == {"text": "", "base": ""}
    assert stored(world) == []


def test_a_lesson_shows_its_reader_what_they_put_there_and_nobody_else(visit, learner, world):
    write(visit, learner, "<b>важно</b>")
    visit(learner, "notes.bookmark", "POST", data={"on": "1"}, **{**SCREEN, "screen": 5})
    own = visit(learner, "learning.lesson", lesson="1-1", **C1).text
    other = visit(world.second_learner, "learning.lesson", lesson="1-1", **C1).text
    assert "&lt;b&gt;важно&lt;/b&gt;</div>" in own
    assert own.count('aria-pressed="true"') == 1
    assert 'aria-pressed="true"' in own.split("/screens/5/bookmark")[1].split("</button>")[0]
    assert "важно" not in other
    assert 'aria-pressed="true"' not in other


def test_a_lesson_page_costs_two_statements_and_one_more_for_own_notes(world, visit, learner):
    seen = []

    def count(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "ROLLBACK", "COMMIT")):
            seen.append(statement)

    def statements():
        visit(learner, "learning.lesson", lesson="1-1", **C1)
        with world.app.app_context():
            event.listen(db.engine, "before_cursor_execute", count)
        seen.clear()
        visit(learner, "learning.lesson", lesson="1-1", **C1)
        with world.app.app_context():
            event.remove(db.engine, "before_cursor_execute", count)
        return len(seen)

    visit(learner, "notes.bookmark", "POST", data={"on": "1"}, **SCREEN)
    assert statements() == 2
    for screen in (1, 2, 3):
        write(visit, learner, TEXT, screen=screen)
    assert statements() == 3


def test_neither_staff_nor_other_learners_see_a_note(world, visit, learner):
    write(visit, learner, TEXT)
    visit(learner, "notes.bookmark", "POST", data={"on": "1"}, **SCREEN)
    with world.inside():
        public_id = notes.notes_of(learner.id)[0].public_id
        everyone = frozenset({world.ministry.id, world.border.id, world.outpost.id})
        staff = ("coordinator", "second_coordinator", "trainer", "reviewer", "admin", "author")
        others = [getattr(world, name) for name in (*staff, "second_learner", "stranger")]
    for who in others:
        assert visit(who, "notes.delete", public_id=public_id).status_code == 404
        assert visit(who, "notes.delete", "POST", public_id=public_id).status_code == 404
        assert "Спросить" not in visit(who, "notes.mine").text
        assert "Спросить" not in visit(who, "notes.download").text
    with world.app.app_context(), scope.agencies(everyone):
        for model in (LessonNote, LessonBookmark):
            assert db.session.scalar(select(func.count()).select_from(model)) == 0
        with pytest.raises(scope.ScopeError):
            _bookmark_of(learner, world)
    assert len(stored(world)) == 1


def _bookmark_of(learner, world):
    row = LessonBookmark(
        person_id=learner.id,
        agency_id=world.border.id,
        course_id="c1",
        lesson="1-2",
        screen=1,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()


def test_nothing_about_notes_stands_in_the_audit(world, visit, learner):
    visit(learner, "notes.mine")
    with world.inside():
        before = db.session.scalar(select(func.count()).select_from(AuditEvent))
    write(visit, learner, TEXT)
    visit(learner, "notes.bookmark", "POST", data={"on": "1"}, **SCREEN)
    visit(learner, "notes.delete_all", "POST")
    with world.inside():
        assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_a_second_device_is_shown_both_texts_and_may_join_them(world, visit, learner):
    base = write(visit, learner, "С телефона", headers=SCRIPT).json["base"]
    reply = write(visit, learner, "С компьютера", headers=SCRIPT)
    assert (reply.status_code, reply.json["text"]) == (409, "С телефона")
    page = write(visit, learner, "С компьютера")
    assert page.status_code == 409
    assert "С телефона</div>" in page.text
    assert "С компьютера</textarea>" in page.text
    assert stored(world) == [(3, "С телефона", 1)]
    data = {"text": "С компьютера", "base": base, "theirs": "С телефона", "join": "1"}
    visit(learner, "notes.note", "POST", data=data, **SCREEN)
    assert stored(world) == [(3, "С телефона\n\nС компьютера", 2)]


def test_the_same_text_twice_is_saved_once_and_is_no_conflict(world, visit, learner):
    for _try in (1, 2):
        assert write(visit, learner, TEXT + "  \r\n", headers=SCRIPT).json["text"] == TEXT
    assert stored(world) == [(3, TEXT, 1)]


def test_a_note_written_anew_is_not_overwritten_from_an_old_page(world, learner):
    with world.inside():
        cycle, now = world.cycle(learner), clock.now()

        def save(text, base):
            outcome = notes.save_note(cycle, "1-1", 3, text, base=base, now=now)
            db.session.flush()
            return outcome

        old = save("Первая", "")
        assert isinstance(old, Saved)
        assert save("", old.base) == Saved("", "")
        new = save("Вторая", "")
        assert isinstance(new, Saved)
        assert save("С открытой страницы", old.base) == Conflict("Вторая", new.base)
        assert save("", old.base) == Conflict("Вторая", new.base)
        save("", new.base)
        assert save("С открытой страницы", new.base).text == "С открытой страницы"


def test_two_devices_at_once_make_one_note_and_a_conflict(world, learner, monkeypatch):
    with world.inside():
        cycle, now = world.cycle(learner), clock.now()
        first = notes.save_note(cycle, "1-1", 3, "Первый", base="", now=now)
        db.session.flush()
        found, asked = notes._locked, []

        def late(*place):
            asked.append(place)
            return found(*place) if len(asked) > 1 else None

        monkeypatch.setattr(notes, "_locked", late)
        second = notes.save_note(cycle, "1-1", 3, "Второй", base="", now=now)
        assert isinstance(first, Saved)
        assert second == Conflict("Первый", first.base)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Паспорт MP 1234567 проверить", "document"),
        ("Звонить +375 29 123-45-67", "phone"),
        ("я" * (notes.MAX_CHARACTERS + 120), "long"),
    ],
)
def test_a_refused_text_comes_back_whole_with_the_reason(world, visit, learner, text, kind):
    page = write(visit, learner, text)
    assert page.status_code == 422
    assert f"{text}</textarea>" in page.text
    assert 'aria-invalid="true"' in page.text
    reply = write(visit, learner, text, headers=SCRIPT)
    assert (reply.status_code, reply.json["error"]) == (422, kind)
    assert reply.json["message"] in page.text
    assert stored(world) == []


def test_the_longest_note_is_kept_and_one_more_character_is_not(world, learner):
    with world.inside():
        cycle, now = world.cycle(learner), clock.now()
        longest = "я" * notes.MAX_CHARACTERS
        saved = notes.save_note(cycle, "1-1", 1, longest, base="", now=now)
        assert isinstance(saved, Saved)
        more = notes.save_note(cycle, "1-1", 1, longest + "ю", base=saved.base, now=now)
        assert more == Refused("long", 1)


def test_text_is_kept_without_control_characters_and_with_its_lines():
    assert notes.tidy("\r\n a\x07б\r\nв \r\r\n\tг\ud800 \n") == "aб\nв\n\n\tг"


def test_a_bookmark_is_put_and_taken_off_twice(world, visit, learner):
    for on, kept in (("1", 1), ("1", 1), ("0", 0), ("0", 0)):
        reply = visit(learner, "notes.bookmark", "POST", data={"on": on}, headers=SCRIPT, **SCREEN)
        assert reply.status_code == 204
        with world.inside():
            assert len(notes.bookmarks_of(learner.id)) == kept
    back = visit(learner, "notes.bookmark", "POST", data={"on": "1"}, **SCREEN)
    assert back.location.endswith("/courses/c1/1-1#s3")
    assert visit(learner, "notes.bookmark", "POST", data={"on": "2"}, **SCREEN).status_code == 400


@pytest.mark.parametrize("wrong", [{"screen": 0}, {"screen": 99}, {"lesson": "9-9"}])
def test_what_is_no_screen_of_the_own_course_is_not_found(world, visit, learner, wrong):
    where = {**SCREEN, **wrong}
    assert visit(learner, "notes.note", **where).status_code == 404
    assert visit(learner, "notes.note", "POST", data={"text": "а"}, **where).status_code == 404
    reply = visit(learner, "notes.bookmark", "POST", data={"on": "1"}, **where)
    assert reply.status_code == 404
    assert visit(world.stranger, "notes.note", **SCREEN).status_code == 404


def test_the_list_has_everything_in_the_order_of_the_course(world, visit, learner):
    assert "notebook-pen" in visit(learner, "notes.mine").text
    write(visit, learner, "Вторая запись", screen=4)
    write(visit, learner, "Первая запись", screen=2)
    write(visit, learner, "Третья запись", lesson="1-2", screen=1)
    visit(learner, "notes.bookmark", "POST", data={"on": "1"}, **{**SCREEN, "screen": 4})
    page = visit(learner, "notes.mine").text
    places = [page.index(text) for text in ("Первая запись", "Вторая запись", "Третья запись")]
    assert places == sorted(places)
    assert 'href="/courses/c1/1-1#s4"' in page
    assert 'action="/courses/c1/1-1/screens/4/bookmark?back=notes"' in page


def test_the_text_file_opens_in_old_editors(visit, learner):
    write(visit, learner, TEXT)
    response = visit(learner, "notes.download")
    assert response.data.startswith(b"\xef\xbb\xbf")
    text = response.data.decode("utf-8-sig")
    assert TEXT.replace("\n", "\r\n") in text
    assert "\n" not in text.replace("\r\n", "")
    assert response.headers["Cache-Control"] == "no-store"


def test_a_renewed_course_keeps_the_notes_even_of_a_screen_that_is_gone(world, visit, learner):
    write(visit, learner, "Остаётся")
    write(visit, learner, "Экрана больше нет", screen=4)
    with world.inside():
        _renew(world, learner)
        body = select(EditionPage).where(EditionPage.kind == "lesson", EditionPage.slug == "1-1")
        shortest = min(len(page.body["screens"]) for page in db.session.scalars(body))
        note = notes.note_beside(learner.id, "c1", "1-1", 4)
        note.screen = shortest + 7
        db.session.commit()
    assert "Остаётся" in visit(learner, "learning.lesson", lesson="1-1", **C1).text
    page = visit(learner, "notes.mine").text
    assert "Экрана больше нет" in page
    assert f"#s{shortest + 7}" not in page


def _renew(world, learner):
    """Begin the same course once more in another cohort."""
    now = clock.now()
    cohort = enrolment.create_cohort(world.border, "Повторный набор", by=None, now=now)
    first = world.cycle(learner)
    offered = enrolment.add_course(
        cohort,
        world.cohort.courses[0].course,
        opens_on=first.opens_on,
        closes_on=first.closes_on + timedelta(days=90),
        by=None,
        now=now,
    )
    member = enrolment.enrol(cohort, learner, by=None, now=now)
    cycle = enrolment.begin_cycle(member, offered, now=now + timedelta(days=1))
    db.session.commit()
    assert cycle.id != first.id


def test_a_learner_deletes_all_and_only_the_own(world, visit, learner):
    write(visit, learner, TEXT)
    write(visit, world.second_learner, "Чужая")
    visit(learner, "notes.bookmark", "POST", data={"on": "1"}, **SCREEN)
    assert visit(learner, "notes.delete_all").status_code == 200
    assert len(stored(world)) == 1
    visit(learner, "notes.delete_all", "POST")
    with world.inside():
        assert [one.text for one in db.session.scalars(select(LessonNote))] == ["Чужая"]
        assert notes.bookmarks_of(learner.id) == []


def test_notes_of_people_who_left_are_erased_after_a_while(world, visit, learner):
    write(visit, learner, TEXT)
    write(visit, world.second_learner, "Остаётся")
    with world.inside():
        now = clock.now()
        accounts.deactivate(
            world.learner, by=world.admin, now=now, root_agency_id=world.border.root_id
        )
        db.session.flush()
        assert notes.forget_notes_of_leavers(now + notes.LEAVERS_KEPT - timedelta(hours=1)) == 0
        assert notes.forget_notes_of_leavers(now + notes.LEAVERS_KEPT) == 1
        assert notes.forget_notes(world.second_learner.id) == 1
        assert notes.forget_notes(world.second_learner.id) == 0


def test_a_note_belongs_to_the_agency_of_the_cycle(world, visit, learner):
    write(visit, learner, TEXT)
    with world.inside():
        cycle = db.session.scalars(select(Cycle).where(Cycle.person_id == learner.id)).one()
        assert notes.notes_of(learner.id)[0].agency_id == cycle.agency_id


def test_the_script_is_told_when_the_session_has_ended(visit, learner):
    assert write(visit, None, TEXT, headers=SCRIPT).status_code == 401
    state = visit(learner, "notes.note", headers=SCRIPT, **SCREEN).json
    assert (state["text"], state["base"]) == ("", "")
    assert state["token"]
    page = visit(learner, "learning.lesson", lesson="1-1", **C1).text
    assert f'data-reader="{state["reader"]}"' in page
