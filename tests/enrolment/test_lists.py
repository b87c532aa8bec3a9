"""Long lists of cohorts and learners: narrowed, in order, in parts, and acts on chosen rows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import event, select

from app import clock
from app.audit.models import AuditEvent
from app.catalogue.models import Course
from app.certificates import services as certificates
from app.db import db
from app.enrolment import cohort_list, queries, services
from app.enrolment.rules import matches
from tests.enrolment.lists import PEOPLE, roster

STRANGE = {"sort": "-nothing", "state": "'--", "way": "boss", "agency": "9999", "page": "-7e9"}


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


def fill(world, count: int) -> None:
    with world.inside():
        for number in range(count):
            letter = "АБВГДЕЁЖІЎ"[number % 10]
            world.enrol(world.person(world.border, f"{letter}ровер", given_name=f"Имя{letter}"))
        db.session.commit()


def names(page) -> list[str]:
    return re.findall(r"<th scope=\"row\"[^>]*>.*?<a [^>]*>([^<]+)</a>", page.text, re.DOTALL)


def people(visit, world, **query):
    return visit(world.coordinator, "enrolment.cohort", query=query, cohort_id=world.cohort.id)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", True),
        ("уласевич", True),
        ("Ўла пример", True),
        ("влас", False),
        ("ЕЛКИН", False),
        ("обр-1001", True),
        ("«»", True),
    ],
)
def test_a_search_takes_any_keyboard(text, found):
    assert matches(text, "Ўласевіч Пример Вымышленович", "ОБР-1001") is found


def test_learners_come_in_parts_of_fifty_by_our_alphabet(world, visit, statements):
    fill(world, 4)
    people(visit, world)
    few = statements(lambda: people(visit, world))
    fill(world, 56)
    assert statements(lambda: people(visit, world)) == few
    first, second = names(people(visit, world)), names(people(visit, world, page="2"))
    shown = [one for one in first + second if one.endswith("Вымышленович")]
    assert len(shown) == 62
    surnames = [one.split()[0] for one in shown]
    place = surnames.index("Ёлкина")
    assert surnames[place - 1 : place + 2] == ["Еровер", "Ёлкина", "Ёровер"]
    assert surnames[-1] == "Ўровер"
    turned = names(people(visit, world, sort="-name"))
    assert turned[1].split()[0] == "Ўровер"


def test_the_list_of_learners_is_narrowed_by_name_number_and_way_in(world, visit):
    with world.inside():
        newcomer = world.person(world.border, "Навічка")
        newcomer.password_hash = None
        world.enrol(newcomer)
        number = newcomer.service_number
        db.session.commit()
    for query in ({"q": "навичка"}, {"q": number}, {"way": "none"}):
        found = people(visit, world, **query)
        assert "Навічка" in found.text
        assert "Ёлкина" not in found.text
    assert "Навічка" not in people(visit, world, way="password").text
    assert "Ёлкина" in people(visit, world, **STRANGE).text
    trainers = visit(
        world.trainer, "enrolment.cohort", query={"way": "none"}, cohort_id=world.cohort.id
    )
    assert "Ёлкина" in trainers.text  # who may not invite is not told who has a password
    assert 'name="row"' not in trainers.text


def test_cohorts_stand_by_urgency_and_say_how_many_have_a_certificate(world, visit, statements):
    def cohort(name: str, opens: int, closes: int) -> None:
        now = clock.now()
        today = clock.local_day(now, "Europe/Minsk")
        made = services.create_cohort(world.border, name, by=None, now=now)
        services.add_course(
            made,
            db.session.get_one(Course, "c1"),
            opens_on=today + timedelta(days=opens),
            closes_on=today + timedelta(days=closes),
            by=None,
            now=now,
        )

    with world.inside():
        done = world.cycle(world.learner)
        world.finish_lessons(done)
        world.pass_final(done)
        certificates.issue(done, by=world.coordinator, now=clock.now())
        services.create_cohort(world.border, "Без курса", by=None, now=clock.now())
        for number, days in enumerate([(-9, -2), (5, 30), (-20, 2), (-300, -200)]):
            cohort(f"Набор {number}", *days)
        db.session.commit()

    def fetch(**query):
        return visit(world.coordinator, "enrolment.cohorts", query=query)

    page = fetch()
    few = statements(fetch)
    assert names(page) == ["Набор 2", "Осенний набор", "Набор 1", "Набор 0", "Набор 3", "Без курса"]
    assert "1 из 2" in page.text.replace("\xa0", " ")
    assert names(fetch(state="closed")) == ["Набор 0", "Набор 3"]
    assert names(fetch(state="open")) == ["Набор 2", "Осенний набор"]
    assert names(fetch(q="без")) == ["Без курса"]
    assert names(fetch(sort="-name"))[0] == "Осенний набор"
    assert len(names(fetch(**STRANGE))) == 6
    assert names(visit(world.elsewhere, "enrolment.cohorts", query={"q": "набор"})) == []
    with world.inside():
        for number in range(60):
            cohort(f"Смена {number}", -1, 40)
        db.session.commit()
    assert statements(fetch) == few
    assert len(names(fetch(page="2"))) == 16


def chosen(world, *surnames) -> list[int]:
    with world.inside():
        found = queries.enrolments(world.cohort.id)
        return [one.id for one in found if one.person.surname in surnames]


def act(visit, world, who=None, **data):
    return visit(
        who or world.coordinator,
        "enrolment.act_on_chosen",
        "POST",
        data,
        cohort_id=world.cohort.id,
    )


def test_chosen_learners_leave_only_after_a_second_look_and_can_come_back(world, visit):
    rows = chosen(world, "Ўласевіч", "Ёлкина")
    asked = act(visit, world, row=rows, act="remove")
    assert asked.status_code == 200
    assert "Ўласевіч" in asked.text
    assert chosen(world, "Ўласевіч", "Ёлкина") == rows
    for _time in range(2):
        assert act(visit, world, row=rows, act="remove", sure="yes").status_code == 302
    assert chosen(world, "Ўласевіч", "Ёлкина") == []
    with world.inside():
        left = select(AuditEvent).where(AuditEvent.action == "enrolment.left")
        assert len(db.session.scalars(left).all()) == 2


def test_nothing_is_done_without_a_choice_an_act_or_the_right(world, visit):
    rows = chosen(world, "Ўласевіч")
    assert act(visit, world, act="remove", sure="yes").status_code == 302
    assert act(visit, world, row=["x", 10**6], act="remove", sure="yes").status_code == 302
    assert act(visit, world, row=rows, act="everything", sure="yes").status_code == 400
    assert act(visit, world, world.trainer, row=rows, act="remove").status_code == 403
    assert act(visit, world, world.elsewhere, row=rows, act="remove").status_code == 404
    with world.inside():
        other = services.create_cohort(world.border, "Другой", by=None, now=clock.now()).id
        db.session.commit()
    elsewhere = visit(
        world.coordinator,
        "enrolment.act_on_chosen",
        "POST",
        {"row": rows, "act": "remove", "sure": "yes"},
        cohort_id=other,
    )
    assert elsewhere.status_code == 302
    assert chosen(world, "Ўласевіч") == rows


def test_codes_for_chosen_learners_are_asked_for_on_the_page_of_slips(world, visit):
    rows = chosen(world, "Ўласевіч")
    sent = act(visit, world, row=rows, act="codes")
    assert sent.location.endswith(f"/slips?enrolment={rows[0]}")
    page = visit(
        world.coordinator, "slips.slips", query={"enrolment": rows}, cohort_id=world.cohort.id
    )
    assert re.findall(r'value="([0-9a-f]{32})"[^>]* checked', page.text) == [
        world.learner.public_id
    ]
    assert "Ёлкина" not in page.text
    strange = visit(
        world.coordinator,
        "slips.slips",
        query={**STRANGE, "enrolment": ["x"]},
        cohort_id=world.cohort.id,
    )
    assert "Ёлкина" in strange.text


def test_after_an_import_the_page_leads_on_to_one_time_codes(world, visit):
    place = {"cohort_id": world.cohort.id}
    before = visit(world.coordinator, "enrolment.cohort", **place).text
    files = {"roster": (BytesIO(roster(*PEOPLE)), "list.csv")}
    sent = visit(world.coordinator, "enrolment.import_people", "POST", files, **place)
    preview = sent.location.rpartition("/")[2]
    done = visit(
        world.coordinator,
        "enrolment.import_commit",
        "POST",
        {"choice": "all"},
        preview_id=preview,
        follow=True,
        **place,
    )
    link = f'class="button secondary" href="/cohorts/{world.cohort.id}/slips"'
    assert (link in before, link in done.text) == (False, True)


def test_a_preview_shows_the_worst_rows_first_and_can_be_narrowed(world, visit):
    place = {"cohort_id": world.cohort.id}
    rows = [
        (f"СП-{7100 + at}", f"Новый{'абвгд'[at % 5]}", f"Имя{'абвгд'[at // 15]}", "", "", "")
        for at in range(60)
    ]
    broken = ("СП-7200", "", "Безфамильный", "", "", "")
    files = {"roster": (BytesIO(roster(*rows, broken)), "list.csv")}
    sent = visit(world.coordinator, "enrolment.import_people", "POST", files, **place)
    where = {**place, "preview_id": sent.location.rpartition("/")[2]}

    def shown(**query) -> list[str]:
        page = visit(world.coordinator, "enrolment.import_preview", query=query, **where)
        return re.findall(r"СП-7\d\d\d", page.text)

    assert shown()[0] == "СП-7200"
    assert len(shown()) == 50
    assert len(shown(page="2")) == 11
    assert shown(verdict="error") == ["СП-7200"]
    assert "СП-7200" not in shown(verdict="new")
    assert shown(verdict="nonsense", page="zwei") == shown()


def test_a_day_of_a_course_that_is_not_open_yet_is_its_first_one(world):
    with world.inside():
        offered = world.cohort.courses[0]
        offered.opens_on, offered.closes_on = date(2030, 1, 10), date(2030, 2, 1)
        now = clock.now().replace(year=2030, month=1, day=1, hour=12)  # noon: one day everywhere
        (line,) = cohort_list.lines([world.cohort], {}, language="ru", now=now)
        assert (line.state, line.days) == ("before", 9)
        db.session.rollback()
