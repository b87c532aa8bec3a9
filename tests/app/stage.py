"""One world that every address finds something in: a learner who has done it all, and staff."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app import clock
from app.access.policy import Role
from app.accounts import admin_services
from app.accounts.models import RoleGrant
from app.assessment import services as assessment
from app.authoring import proposals
from app.catalogue.models import EditionItem, EditionPage
from app.certificates import services as certificates
from app.db import db
from app.enrolment import importing
from app.enrolment.queries import enrolment_of
from app.enrolment.reading import read
from app.learning import notes
from tests.enrolment.lists import PEOPLE, roster
from tests.world import World

ROLES = (
    "anonymous",
    "learner",
    "second_learner",
    "stranger",
    "trainer",
    "coordinator",
    "elsewhere",
    "reviewer",
    "author",
    "admin",
    "police_admin",
)


class Stage:
    """The world, and what its addresses name: all of it is the learner's or of border."""

    def __init__(self, world: World) -> None:
        self.world = world
        with world.inside():
            self._build()
            db.session.commit()
            for person in (self.police_admin, self.leaver):
                db.session.refresh(person)
                db.session.expunge(person)

    def who(self, role: str) -> Any:
        """Return the person of a role; None is nobody."""
        if role == "anonymous":
            return None
        return self.police_admin if role == "police_admin" else getattr(self.world, role)

    def values(self, endpoint: str) -> dict[str, Any]:
        """Return what the gaps in the address of an endpoint are filled with."""
        return {**self.common, **self.special.get(endpoint, {})}

    def _build(self) -> None:
        world, now = self.world, clock.now()
        self.police_admin = world.person(world.police, "Отдельная")
        world.grant(self.police_admin, Role.ADMIN, world.police)
        leaver = world.person(world.border, "Уходящая")
        left = world.enrol(leaver)
        world.person(world.border, "Приглашённая", service_number="ОБР-1")
        cycle = world.cycle(world.learner)
        world.finish_lessons(cycle)
        attempt = world.pass_final(cycle).attempt
        certificate = certificates.issue(cycle, by=world.coordinator, now=now)
        second = world.cycle(leaver)
        world.finish_lessons(second)
        self.leaver = leaver
        self.open_attempt = assessment.start_attempt(second, language="ru", now=now).public_id
        outline = cycle.edition.outline
        item = db.session.scalars(
            select(EditionItem.item_id)
            .where(EditionItem.edition_id == cycle.edition_id, EditionItem.use == "recall")
            .order_by(EditionItem.item_id)
        ).first()
        member = enrolment_of(world.cohort.id, world.learner.id)
        preview = importing.keep(world.cohort, read(roster(*PEOPLE)), by=world.coordinator, now=now)
        asked = certificates.request_revocation(
            certificate, reason_code="other", by=world.second_coordinator, now=now
        )
        role = admin_services.request_role(
            world.trainer,
            Role.COORDINATOR,
            agency=world.border,
            valid_from=clock.local_day(now, "Europe/Minsk"),
            valid_to=None,
            by=world.second_admin,
            now=now,
        )
        proposed = proposals.propose_going_back(cycle.edition, by=world.second_admin, now=now)
        notes.save_note(cycle, "1-1", 2, "Вымышленная заметка", base="", now=now)
        note = notes.notes_of(cycle.person_id)[0]
        db.session.flush()
        grant = db.session.scalars(
            select(RoleGrant).where(RoleGrant.person_id == world.trainer.id)
        ).one()
        self.common = {
            "agency_id": world.border.id,
            "aid": db.session.scalars(
                select(EditionPage.slug).where(
                    EditionPage.edition_id == cycle.edition_id, EditionPage.kind == "aid"
                )
            ).first(),
            "cohort_id": world.cohort.id,
            "course_id": "c1",
            "cycle_id": cycle.id,
            "enrolment_id": member.id,
            "filename": "js/page.js",
            "grant_id": grant.id,
            "item_id": item,
            "kind": "lesson",
            "lang": "ru",
            "language": "ru",
            "lesson": outline["course"]["lessons"][0]["id"],
            "name": "app",
            "part": "lesson/1-1",
            "preview_id": preview.public_id,
            "public_id": attempt.public_id,
            "screen": 1,
            "scenario_id": outline["course"]["scenarios"][0],
            "serial": certificate.serial,
            "slug": outline["course"]["lessons"][0]["id"],
            "source": "files",
        }
        person = {"public_id": world.learner.public_id}
        self.special = {
            "accounts.enter": {"code": "00000-00000"},
            "admin.decide_role": {"approval_id": role.id},
            "authoring.decide": {"approval_id": proposed.id},
            "authoring_preview.media": {"name": "who-decides.ru.svg"},
            "certificates.decide_revocation": {"approval_id": asked.id},
            "enrolment.remove": {"enrolment_id": left.id},
            "media.file": {"name": "who-decides.ru.svg"},
            "notes.delete": {"public_id": note.public_id},
            **{
                f"admin.{name}": person
                for name in (
                    "correct",
                    "deactivate",
                    "issue_code",
                    "person",
                    "reactivate",
                    "transfer",
                )
            },
        }
