"""Lists of administration: their order, their filters, their parts."""

from __future__ import annotations

import html5lib
import pytest
from sqlalchemy import event

from app import clock
from app.access.policy import Role
from app.accounts import services
from app.accounts.models import Agency
from app.accounts.tree import branches, with_those_below
from app.db import db

NS = "{http://www.w3.org/1999/xhtml}"


def heads(response) -> list[str]:
    """Return what names the rows of the tables of a page."""
    tree = html5lib.parse(response.text)
    return [
        " ".join("".join(head.itertext()).split())
        for head in tree.iter(f"{NS}th")
        if head.get("scope") == "row"
    ]


@pytest.fixture
def many(world):
    """Sixty more people of the police."""
    with world.inside():
        for number in range(60):
            world.person(world.police, f"Фамилия{number:02}", service_number=f"Ф-{number:02}")
        db.session.commit()


@pytest.fixture
def statements(world):
    """Count the statements of a request."""

    def count(fetch) -> int:
        seen = []

        def note(*call):
            seen.append(call[2])

        with world.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        fetch()
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    return count


def test_people_stand_in_the_order_of_the_alphabet_in_every_database(world, visit):
    names = ["Ёлкин", "Елкин", "Жук", "Іваноў", "Ўласаў", "Углов", "Фокин"]
    with world.inside():
        for surname in names:
            world.person(world.police, surname)
        db.session.commit()
    shown = [
        name.split()[0] for name in heads(visit(world.admin, "admin.people"))
        if name.split()[0] in names
    ]  # fmt: skip
    assert shown == ["Елкин", "Ёлкин", "Жук", "Іваноў", "Углов", "Ўласаў", "Фокин"]
    turned = heads(visit(world.admin, "admin.people", query={"sort": "-name"}))
    assert turned == heads(visit(world.admin, "admin.people"))[::-1]


def test_people_come_in_parts_of_fifty(world, visit, many):
    asked = {"agency": world.police.id, "sort": "number"}
    first = heads(visit(world.admin, "admin.people", query=asked))
    last = heads(visit(world.admin, "admin.people", query={**asked, "page": 2}))
    beyond = heads(visit(world.admin, "admin.people", query={**asked, "page": 99999}))
    assert len(first) == 50
    assert 10 < len(last) < 50
    assert not set(first) & set(last)
    assert beyond == last


def test_people_are_narrowed_by_agency_with_those_below_and_by_access(world, visit):
    with world.inside():
        newcomer = world.person(world.outpost, "Новичкова")
        newcomer.password_hash = None
        leaver = world.person(world.outpost, "Ушедшая")
        services.deactivate(leaver, by=None, now=clock.now(), root_agency_id=world.border.root_id)
        world.person(world.police, "Дальняя")
        db.session.commit()

    def surnames(**query):
        found = heads(visit(world.admin, "admin.people", query=query))
        return {name.split()[0] for name in found}

    below = surnames(agency=world.border.id)
    assert {"Новичкова", "Ушедшая", world.learner.surname} <= below
    assert "Дальняя" not in below
    assert surnames(agency=world.outpost.id, access="new") == {"Новичкова"}
    assert surnames(agency=world.outpost.id, access="away") == {"Ушедшая"}
    assert surnames(agency=world.police.id, q="даль") == {"Дальняя"}


@pytest.mark.parametrize("endpoint", ["admin.people", "admin.roles", "admin.agencies"])
def test_what_a_list_does_not_know_changes_nothing(world, visit, endpoint):
    odd = {"agency": "-1", "access": "x", "role": "king", "sort": "password_hash", "page": "-7"}
    assert heads(visit(world.admin, endpoint, query=odd)) == heads(visit(world.admin, endpoint))
    assert visit(world.admin, endpoint, query={"agency": "9" * 40, "q": "%_"}).status_code == 200


def test_an_agency_out_of_scope_narrows_nothing(world, visit):
    with world.inside():
        local = world.person(world.police, "Местная")
        world.grant(local, Role.ADMIN, world.police)
        db.session.commit()
        db.session.refresh(local)
        db.session.expunge(local)
    asked = {"agency": world.border.id}
    assert heads(visit(local, "admin.people", query=asked)) == heads(visit(local, "admin.people"))


def test_the_statements_of_a_list_do_not_grow_with_its_rows(world, visit, statements):
    def take(endpoint):
        return statements(lambda: visit(world.admin, endpoint))

    endpoints = ("admin.people", "admin.roles", "admin.agencies")
    take("admin.people")  # signs in
    few = [take(endpoint) for endpoint in endpoints]
    with world.inside():
        for number in range(8):
            person = world.person(world.police, f"Ещё{number}")
            world.grant(person, Role.TRAINER, world.police)
            services.create_agency(
                code=f"P-{number}",
                names={"en": "Post", "ru": f"Пост {number}", "be": "Пост"},
                time_zone="Europe/Minsk",
                parent=world.police,
                by=None,
                now=clock.now(),
            )
        db.session.commit()
    assert [take(endpoint) for endpoint in endpoints] == few
    assert max(few) <= 12


def test_roles_are_narrowed_by_role_agency_and_name(world, visit):
    def names(**query):
        return heads(visit(world.admin, "admin.roles", query=query))

    assert names(role="reviewer") == [world.reviewer.full_name]
    assert world.elsewhere.full_name in names(agency=world.police.id)
    assert world.coordinator.full_name not in names(agency=world.police.id)
    assert names(q=world.reviewer.service_number) == [world.reviewer.full_name]
    assert names(q="Нетова") == []


def test_a_tree_puts_agencies_under_their_own_and_siblings_by_name():
    def agency(number, path, name):
        return Agency(id=number, path=path, code="", name_ru=name, name_en="", name_be="")

    given = [
        agency(12, "/2/12/", "Ёлка"),
        agency(2, "/2/", "Служба"),
        agency(20, "/2/20/", "Елка"),
        agency(1, "/1/", "Школа"),
        agency(9, "/2/12/9/", "Пост"),
    ]
    tree = branches(given, "ru")
    assert [(branch.name, branch.above) for branch in tree] == [
        ("Служба", ()),
        ("Елка", ("Служба",)),
        ("Ёлка", ("Служба",)),
        ("Пост", ("Служба", "Ёлка")),
        ("Школа", ()),
    ]
    assert with_those_below(tree, {2: 1, 9: 4, 12: 2}) == {2: 7, 20: 0, 12: 6, 9: 4, 1: 0}
    assert [branch.depth for branch in branches(given[4:], "ru")] == [0]


def test_an_agency_is_found_by_name_or_code(world, visit):
    found = heads(visit(world.admin, "admin.agencies", query={"q": world.police.code.lower()}))
    assert [name for name in found if world.police.name_ru in name]
    assert not heads(visit(world.admin, "admin.agencies", query={"q": "Нетакой"}))
