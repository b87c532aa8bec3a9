"""Every page that can be opened, by who opens it, in a world where each has something to show."""

from __future__ import annotations

from dataclasses import dataclass

from app import clock
from app.access.policy import Role
from app.accounts import admin_services, services
from app.assessment import services as assessment
from app.catalogue import queries as catalogue
from app.certificates import services as certificates
from app.db import db
from app.enrolment import importing
from app.enrolment.reading import read
from app.learning import services as learning
from tests.enrolment.lists import PEOPLE, roster
from tests.world import World

# Endpoints that a browser gets but nobody reads as a page.
NO_PAGES = {
    "certificates.archive",
    "certificates.cohort_download",
    "certificates.download",
    "enrolment.import_errors",
    "favicon",
    "healthz",
    "readyz",
    "ui.static",
}


@dataclass(frozen=True)
class Stop:
    """A page on a tour: the endpoint, and the address with example values."""

    endpoint: str
    path: str


Tours = dict[str, list[Stop]]


def furnish(world: World) -> dict[str, object]:
    """Give every page something to show; return the values that addresses need."""
    facts: dict[str, object] = {}
    with world.inside():
        now, learner, second = clock.now(), world.learner, world.second_learner
        cycle = world.cycle(learner)
        outline = cycle.edition.outline["course"]
        facts |= {"lessons": [one["id"] for one in outline["lessons"]]}
        facts |= {"scenarios": outline["scenarios"], "aids": outline["aids"]}
        learning.record_place(cycle, outline["lessons"][0]["id"], 8, now=now)
        learning.finish_lesson(cycle, outline["lessons"][0]["id"], now=now)
        learning.record_place(cycle, outline["lessons"][1]["id"], 3, now=now)
        page = catalogue.page(cycle.edition_id, "lesson", outline["lessons"][0]["id"], "ru")
        assert page is not None
        parts = [part for screen in page.body["screens"] for part in screen["parts"]]
        facts["item"] = next(part["id"] for part in parts if part["type"] in ("recall", "practice"))
        _play(cycle, outline["scenarios"][0], now)
        facts["open"] = assessment.start_attempt(cycle, language="ru", now=now).public_id

        world.finish_lessons(done := world.cycle(second))
        facts["passed"] = world.pass_final(done).attempt.public_id
        facts["serial"] = certificates.issue(done, by=world.coordinator, now=now).serial

        failing = world.person(world.border, "Повторова")
        world.enrol(failing)
        again = world.cycle(failing)
        world.finish_lessons(again)
        facts["failed"] = world.fail_final(again).attempt.public_id
        facts |= {"failing": failing, "cycle": again.id, "enrolment": again.enrolment_id}
        facts |= {"cohort": world.cohort.id, "person": learner.public_id}
        facts["agency"] = world.border.id

        certificates.request_revocation(
            certificates_of(done.id), reason_code="error", by=world.coordinator, now=now
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
        facts["code"] = services.issue_code(
            newcomer, by=world.admin, now=now, root_agency_id=world.border.root_id
        )
        db.session.flush()
        facts["preview"] = kept.public_id
        db.session.commit()
        db.session.refresh(failing)
        db.session.expunge(failing)
    return facts
