from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.models import Membership, Person
from app.audit.models import AuditEvent
from app.db import db
from app.enrolment import queries
from app.enrolment.commands import group
from app.enrolment.models import Cohort, Enrolment, ImportPreview
from tests.enrolment.lists import PEOPLE, roster

TODAY = date.today()  # noqa: DTZ011 - only to be near the cohort's days
NEW = {
    "name": "Зимний набор",
    "course": "c1",
    "opens_on": TODAY.isoformat(),
    "closes_on": (TODAY + timedelta(days=30)).isoformat(),
}


@pytest.fixture
def load(world, visit):
    """Load a file as the coordinator; returns the page with the verdicts and its id."""

    def upload(data: bytes, who=None):
        who = who or world.coordinator
        files = {"roster": (BytesIO(data), "list.csv")}
        sent = visit(who, "enrolment.import_people", "POST", files, cohort_id=world.cohort.id)
        assert sent.status_code == 302, sent.text
        preview_id = sent.location.rpartition("/")[2]
        return visit(who, "enrolment.import_preview", **where(world, preview_id)), preview_id

    return upload


def where(world, preview_id):
    return {"cohort_id": world.cohort.id, "preview_id": preview_id}


def decide(visit, world, preview_id, **choice):
    return visit(
        world.coordinator, "enrolment.import_commit", "POST", choice, **where(world, preview_id)
    )


def enrolled(world) -> list[str]:
    with world.inside():
        found = queries.enrolments(world.cohort.id)
        return sorted(one.person.surname for one in found)


BEFORE = ["Ёлкина", "Ўласевіч"]


def test_a_coordinator_makes_a_cohort_and_changes_its_days(world, visit):
    agency = str(world.border.id)
    made = visit(
        world.coordinator, "enrolment.new_cohort", "POST", {**NEW, "agency": agency}, follow=True
    )
    assert "Зимний набор" in made.text
    with world.inside():
        cohort = db.session.scalars(select(Cohort).where(Cohort.name == "Зимний набор")).one()
        offered = cohort.courses[0]
        assert (cohort.agency_id, cohort.time_zone) == (world.border.id, "Europe/Minsk")
        assert offered.opens_on.isoformat() == NEW["opens_on"]
        place = {"cohort_id": cohort.id, "course_id": "c1"}
    assert visit(world.coordinator, "enrolment.edit_course", **place).status_code == 200
    days = {"opens_on": NEW["opens_on"], "closes_on": NEW["opens_on"]}
    visit(world.coordinator, "enrolment.edit_course", "POST", days, **place)
    with world.inside():
        assert queries.cohort(place["cohort_id"]).courses[0].closes_on == TODAY
    empty = visit(world.coordinator, "enrolment.cohort", cohort_id=place["cohort_id"])
    assert f"/cohorts/{place['cohort_id']}/import" in empty.text


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"closes_on": "2024-01-01"}, "Зимний набор"),
        ({"opens_on": "никогда"}, "Зимний набор"),
        ({"opens_on": "0001-01-01"}, "Зимний набор"),
        ({"name": "Осенний набор"}, "Осенний набор"),
        ({"name": " "}, NEW["closes_on"]),
        ({"course": "c99"}, "Зимний набор"),
    ],
)
def test_a_wrong_cohort_is_refused_and_the_form_is_kept(world, visit, change, kept):
    data = {**NEW, "agency": str(world.border.id), **change}
    answer = visit(world.coordinator, "enrolment.new_cohort", "POST", data)
    assert answer.status_code == 422
    assert f'value="{kept}"' in answer.text
    with world.inside():
        assert len(queries.cohorts()) == 1


def test_an_agency_outside_the_grant_cannot_be_chosen(world, visit):
    data = {**NEW, "agency": str(world.police.id)}
    assert visit(world.coordinator, "enrolment.new_cohort", "POST", data).status_code == 422


def test_a_coordinator_elsewhere_finds_nothing_of_the_cohort(world, visit, load):
    _page, preview_id = load(roster(*PEOPLE))
    with world.inside():
        member = queries.enrolments(world.cohort.id)[0].id
    place = {"cohort_id": world.cohort.id}
    pages = [
        ("enrolment.cohort", "GET", place),
        ("enrolment.edit_course", "GET", {**place, "course_id": "c1"}),
        ("enrolment.edit_course", "POST", {**place, "course_id": "c1"}),
        ("enrolment.import_people", "GET", place),
        ("enrolment.import_people", "POST", place),
        ("enrolment.import_preview", "GET", where(world, preview_id)),
        ("enrolment.import_commit", "POST", where(world, preview_id)),
        ("enrolment.import_errors", "GET", where(world, preview_id)),
        ("enrolment.add_person", "GET", place),
        ("enrolment.remove", "POST", {**place, "enrolment_id": member}),
    ]
    found = {
        (endpoint, method): visit(world.elsewhere, endpoint, method, **values).status_code
        for endpoint, method, values in pages
    }
    assert set(found.values()) == {404}, found
    assert "Осенний набор" not in visit(world.elsewhere, "enrolment.cohorts").text


def test_a_trainer_sees_the_cohort_and_changes_nothing(world, visit):
    page = visit(world.trainer, "enrolment.cohort", cohort_id=world.cohort.id)
    assert page.status_code == 200
    assert "/remove" not in page.text
    assert "/import" not in page.text
    for endpoint in ("enrolment.import_people", "enrolment.add_person"):
        assert visit(world.trainer, endpoint, cohort_id=world.cohort.id).status_code == 403
    assert visit(world.trainer, "enrolment.new_cohort").status_code == 403


def test_a_list_from_excel_is_looked_at_and_enrolled_and_twice_is_safe(world, visit, load):
    data = roster(*PEOPLE, encoding="cp1251")
    page, preview_id = load(data)
    assert "Ўладзімір" in page.text
    assert "CP1251" in page.text
    assert enrolled(world) == BEFORE
    decide(visit, world, preview_id, choice="all")
    assert len(enrolled(world)) == 5
    with world.inside():
        person = db.session.scalars(select(Person).where(Person.surname == "Іваноў")).one()
        home = db.session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
        assert (home.agency_id, home.unit) == (world.border.id, "Застава; 1")
        assert db.session.scalars(select(ImportPreview)).all() == []
        events = db.session.scalars(
            select(AuditEvent).where(AuditEvent.action == "cohort.people_enrolled")
        ).all()
        assert [len(event.detail["registered"]) for event in events] == [3]
        assert "Іваноў" not in str(events[0].detail)
    assert decide(visit, world, preview_id, choice="all").status_code == 302
    _page, again = load(data)
    decide(visit, world, again, choice="all")
    assert len(enrolled(world)) == 5
    with world.inside():
        assert len(db.session.scalars(select(Person).where(Person.surname == "Іваноў")).all()) == 1


def test_a_broken_row_stops_all_or_is_left_out(world, visit, load):
    page, preview_id = load(roster(*PEOPLE, ("СП-7009", "", "Безфамильный", "", "", "=1+1")))
    assert "СП-7009" in page.text
    refused = decide(visit, world, preview_id, choice="all")
    assert refused.status_code == 422
    assert enrolled(world) == BEFORE
    errors = visit(world.coordinator, "enrolment.import_errors", **where(world, preview_id))
    assert errors.data.startswith(b"\xef\xbb\xbf")
    assert "СП-7009;;Безфамильный" in errors.data.decode()
    assert ";'=1+1;" in errors.data.decode()
    decide(visit, world, preview_id, choice="good")
    assert len(enrolled(world)) == 5


def test_a_number_of_another_agency_is_in_use_and_nothing_more_is_said(world, visit, load):
    number = world.stranger.service_number
    page, preview_id = load(roster((number, "Иная", "Анна", "", "", "")))
    assert "Посторонняя" not in page.text
    assert "Миграция" not in page.text
    decide(visit, world, preview_id, choice="good")
    assert enrolled(world) == BEFORE
    data = {"service_number": number}
    added = visit(
        world.coordinator, "enrolment.add_person", "POST", data, cohort_id=world.cohort.id
    )
    assert added.status_code == 422
    assert "Посторонняя" not in added.text


def test_namesakes_are_added_only_when_somebody_says_they_are_others(world, visit, load):
    namesake = ("СП-7020", "Ўласевіч", "Пример", "Вымышленович", "", "")
    _page, preview_id = load(roster(namesake))
    assert decide(visit, world, preview_id, choice="all").status_code == 422
    assert enrolled(world) == BEFORE
    decide(visit, world, preview_id, choice="all", namesakes="y")
    assert enrolled(world) == sorted([*BEFORE, "Ўласевіч"])


def test_a_learner_is_removed_and_comes_back_by_the_number_alone(world, visit):
    place = {"cohort_id": world.cohort.id}
    with world.inside():
        member = queries.enrolment_of(world.cohort.id, world.learner.id).id
    for _time in range(2):
        visit(world.coordinator, "enrolment.remove", "POST", **place, enrolment_id=member)
    assert enrolled(world) == ["Ёлкина"]
    data = {"service_number": world.learner.service_number.lower()}
    visit(world.coordinator, "enrolment.add_person", "POST", data, **place)
    with world.inside():
        assert db.session.get(Enrolment, member).left_at is None
    unknown = visit(
        world.coordinator, "enrolment.add_person", "POST", {"service_number": "СП-7999"}, **place
    )
    assert unknown.status_code == 422


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"", "фамилия;имя\nА;Б".encode()])
def test_a_file_that_cannot_be_read_keeps_the_page(world, visit, data):
    files = {"roster": (BytesIO(data), "list.csv")}
    place = {"cohort_id": world.cohort.id}
    answer = visit(world.coordinator, "enrolment.import_people", "POST", files, **place)
    assert answer.status_code == 422


def test_a_list_is_thrown_away_by_hand_or_after_a_day(world, visit, load):
    _page, first = load(roster(*PEOPLE))
    decide(visit, world, first, discard="yes")
    _page, old = load(roster(*PEOPLE))
    with world.inside():
        db.session.scalars(select(ImportPreview)).one().created_at = clock.now() - timedelta(days=2)
        db.session.commit()
    _page, new = load(roster(*PEOPLE))
    with world.inside():
        assert db.session.scalars(select(ImportPreview.public_id)).all() == [new]
    gone = visit(world.coordinator, "enrolment.import_preview", **where(world, old))
    assert gone.status_code == 302
    assert enrolled(world) == BEFORE


def test_commands_list_cohorts_and_enrol_from_a_file(world, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(roster(*PEOPLE, ("СП-1", "", "Без", "", "", "")))
    runner = world.app.test_cli_runner()
    arguments = ["enrol-from-file", str(world.cohort.id), str(path)]
    assert runner.invoke(group, arguments).exit_code == 1
    assert enrolled(world) == BEFORE
    done = runner.invoke(group, [*arguments, "--only-good", "--json"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        0,
        '{"added": 3, "enrolled": 0, "unchanged": 0, "left_out": 1}',
    )
    assert "Осенний набор" in runner.invoke(group, ["list"]).output
    assert len(enrolled(world)) == 5
