"""Every page that can be opened, by who opens it, in a world where each has something to show."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app import clock
from app.access.policy import Role
from app.accounts import admin_services
from app.accounts import services as accounts
from app.accounts.models import Person
from app.assessment import services as assessment
from app.catalogue import queries as catalogue
from app.certificates import services as certificates
from app.db import db
from app.enrolment import importing
from app.enrolment.models import Cycle
from app.enrolment.reading import read
from app.learning import notes
from app.learning import services as learning
from tests.enrolment.lists import PEOPLE, roster
from tests.world import World

# Endpoints that a browser gets but nobody reads as a page.
NO_PAGES = {
    "authoring_preview.check",  # stands in a frame, and has tests of its own
    "authoring_preview.graph_file",
    "authoring_preview.media",
    "authoring_preview.page",  # stands in a frame, and has tests of its own
    "authoring_preview.version",
    "cards.aid_pdf",
    "cards.card_pdf",
    "certificates.archive",
    "certificates.cohort_download",
    "certificates.download",
    "enrolment.import_errors",
    "favicon",
    "healthz",
    "media.file",
    "notes.download",
    "readyz",
    "search.index",
    "ui.gallery",  # has tests of its own
    "ui.static",
    "ui.styles",
}

AUTHOR_PAGES: list[tuple[str, dict[str, Any]]] = [
    ("authoring_health.overview", {}),
    ("authoring_health.translations", {"course_id": "c1"}),
    ("authoring_health.translation", {"course_id": "c1", "part": "lesson/1-1", "to": "be"}),
    ("authoring_health.reviews", {"course_id": "c1"}),
    ("authoring_map.rights", {}),
    ("authoring_map.lawyer", {}),
    ("authoring_preview.index", {"course_id": "c1"}),
    ("authoring_preview.preview", {"course_id": "c1", "kind": "lesson", "slug": "1-1"}),
    ("authoring_preview.preview", {"course_id": "c1", "kind": "scenario", "slug": "c1-1a"}),
    ("authoring_preview.graph", {"course_id": "c1", "scenario_id": "c1-1a"}),
]

Facts = dict[str, Any]
Tours = dict[str, list[tuple[str, dict[str, Any]]]]


def furnish(world: World) -> Facts:
    """Give every page something to show; return the values that addresses need."""
    with world.inside():
        facts = _learners(world)
        _papers(world, facts)
        db.session.commit()
    return facts


def _learners(world: World) -> Facts:
    """One learner in the middle with an open final, one who passed, one who failed."""
    now = clock.now()
    cycle = world.cycle(world.learner)
    course = cycle.edition.outline["course"]
    first, second = course["lessons"][0]["id"], course["lessons"][1]["id"]
    learning.record_place(cycle, first, 8, now=now)
    learning.finish_lesson(cycle, first, now=now)
    learning.record_place(cycle, second, 3, now=now)
    notes.save_note(cycle, first, 2, "Спросить старшего смены. " * 30, base="", now=now)
    notes.set_bookmark(cycle, first, 3, on=True, now=now)
    page = catalogue.page(cycle.edition_id, "lesson", first, "ru")
    assert page is not None
    parts = [part for screen in page.body["screens"] for part in screen["parts"]]
    _play(cycle, course["scenarios"][0], len(course["scenarios"]) > 1)

    done = world.cycle(world.second_learner)
    world.finish_lessons(done)
    failing = world.person(world.border, "Повторова")
    world.enrol(failing)
    again = world.cycle(failing)
    world.finish_lessons(again)
    return {
        "lessons": [one["id"] for one in course["lessons"]],
        "scenarios": course["scenarios"],
        "aids": course["aids"],
        "item": next(part["id"] for part in parts if part["type"] in ("recall", "practice")),
        "note": notes.notes_of(cycle.person_id)[0].public_id,
        "open": assessment.start_attempt(cycle, language="ru", now=now).public_id,
        "passed": world.pass_final(done).attempt.public_id,
        "failed": world.fail_final(again).attempt.public_id,
        "failing": failing.id,
        "cycle": again.id,
        "enrolment": again.enrolment_id,
        "cohort": world.cohort.id,
        "person": world.learner.public_id,
        "agency": world.border.id,
        "done": done.id,
    }


def _play(cycle: Cycle, scenario_id: str, ended: bool) -> None:
    """Make choices of a scenario: the first, a red line if there is one, and on to the end."""
    now = clock.now()
    scenario = catalogue.scenario(cycle.edition_id, scenario_id)
    assert scenario is not None
    learning.begin_scenario(cycle, scenario_id, now=now)
    db.session.flush()
    nodes = {node["id"]: node for node in scenario.data["text"]["ru"]["nodes"]}
    here, step = scenario.data["start"], 1
    while here in nodes and (ended or step < 2):
        choice = next(one for one in nodes[here]["choices"] if one["verdict"] == "best")
        learning.choose(cycle, scenario, step=step, node_id=here, choice_id=choice["id"], now=now)
        db.session.flush()
        here, step = choice["next"], step + 1


def _papers(world: World, facts: Facts) -> None:
    """A certificate to be revoked, a role asked for, a list to look at, a code to use."""
    now = clock.now()
    done = db.session.get_one(Cycle, facts["done"])
    failing = db.session.get_one(Person, facts["failing"])
    certificate = certificates.issue(done, by=world.coordinator, now=now)
    facts["serial"] = certificate.serial
    certificates.request_revocation(
        certificate, reason_code="issued_in_error", by=world.coordinator, now=now
    )
    admin_services.request_role(
        failing,
        Role.TRAINER,
        agency=world.border,
        valid_from=clock.local_day(now, world.cohort.time_zone),
        valid_to=None,
        by=world.admin,
        now=now,
    )
    rows = roster(*PEOPLE, ("СП-7004", "", "Безымянный", "", "", ""))
    kept = importing.keep(world.cohort, read(rows), by=world.coordinator, now=now)
    newcomer = world.person(world.border, "Новикова")
    newcomer.password_hash = None
    world.enrol(newcomer)
    facts["code"] = accounts.issue_code(
        newcomer, by=world.admin, now=now, root_agency_id=world.border.root_id
    )
    db.session.flush()
    facts["preview"] = kept.public_id


def tours(facts: Facts, *, every: bool = False) -> Tours:
    """Return the pages of each person; `every` adds all lessons, scenarios and aids."""
    course = {"course_id": "c1"}
    cohort = {"cohort_id": facts["cohort"]}
    paper = {**cohort, "serial": facts["serial"]}
    lessons = facts["lessons"] if every else facts["lessons"][:1]
    aids = facts["aids"] if every else facts["aids"][:1]
    scenarios = facts["scenarios"] if every else facts["scenarios"][:2]
    return {
        "nobody": [
            ("learning.home", {}),
            ("accounts.sign_in", {}),
            ("accounts.enter", {}),
            ("accounts.enter", {"code": facts["code"]}),
            ("ui.help", {}),
            ("ui.display", {}),
            ("ui.accessibility", {}),
            ("certificates.verify", {}),
            ("certificates.verify", {"serial": facts["serial"]}),
        ],
        "learner": [
            ("learning.home", {}),
            ("learning.course", course),
            *(("learning.lesson", {**course, "lesson": one}) for one in lessons),
            (
                "learning.check",
                {**course, "lesson": lessons[0], "item_id": facts["item"], "option": "a"},
            ),
            *(("learning.scenario", {**course, "scenario_id": one}) for one in scenarios),
            *(("learning.aid", {**course, "aid": one}) for one in aids),
            *(("cards.card", {**course, "lesson": one}) for one in lessons),
            ("journal.sheet", course),
            ("notes.mine", {}),
            ("notes.note", {**course, "lesson": lessons[0], "screen": 2}),
            ("notes.delete", {"public_id": facts["note"]}),
            ("notes.delete_all", {}),
            ("assessment.attempt", {"public_id": facts["open"]}),
            ("assessment.review", {"public_id": facts["open"]}),
            ("search.search", {}),
            ("search.search", {"q": "возвращение"}),
            ("search.glossary", {}),
            ("certificates.mine", {}),
            ("welcome.tour", {}),
            ("accounts.account", {}),
            ("accounts.set_password", {}),
        ],
        "second_learner": [
            ("notes.mine", {}),
            ("learning.home", {}),
            ("learning.course", course),
            ("assessment.result", {"public_id": facts["passed"]}),
            ("certificates.mine", {}),
        ],
        "failing": [
            ("learning.home", {}),
            ("learning.course", course),
            ("assessment.result", {"public_id": facts["failed"]}),
        ],
        "coordinator": [
            ("learning.home", {}),
            ("enrolment.cohorts", {}),
            ("enrolment.new_cohort", {}),
            ("enrolment.cohort", cohort),
            ("enrolment.edit_course", {**cohort, "course_id": "c1"}),
            ("enrolment.add_person", cohort),
            ("enrolment.import_people", cohort),
            ("enrolment.import_preview", {**cohort, "preview_id": facts["preview"]}),
            ("slips.slips", cohort),
            ("progress.matrix", cohort),
            ("progress.learner", {**cohort, "enrolment_id": facts["enrolment"]}),
            ("assessment.grant", {"cycle_id": facts["cycle"]}),
            ("certificates.cohort", cohort),
            ("certificates.correct", paper),
            ("certificates.revoke", paper),
            ("certificates.revocations", {}),
            ("reports.overview", {}),
            ("welcome.tour", {}),
        ],
        "trainer": [("learning.home", {}), ("welcome.tour", {}), ("progress.matrix", cohort)],
        "reviewer": [
            ("learning.home", {}),
            ("welcome.tour", {}),
            ("search.search", {}),
            ("reports.overview", {}),
        ],
        "author": [("welcome.tour", {}), ("authoring.content", {}), *AUTHOR_PAGES],
        "admin": [
            ("learning.home", {}),
            ("admin.agencies", {}),
            ("admin.agency", {"agency_id": facts["agency"]}),
            ("admin.new_agency", {}),
            ("admin.people", {}),
            ("admin.person", {"public_id": facts["person"]}),
            ("admin.correct", {"public_id": facts["person"]}),
            ("admin.new_person", {}),
            ("admin.roles", {}),
            ("admin.request_role", {}),
            ("audit.log", {}),
            ("audit.check", {"chain": 0}),
            ("welcome.tour", {}),
        ],
        "second_admin": [("admin.roles", {})],
    }


def pages_missing(app: Flask, there: Tours) -> set[str]:
    """Return the endpoints that a browser can open and no tour visits."""
    reached = {endpoint for stops in there.values() for endpoint, _values in stops}
    known = {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.methods and "GET" in rule.methods
    }
    return known - reached - NO_PAGES
