"""A small world for tests, made through the services: agencies, people, a cohort."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask import Flask, has_app_context
from flask.testing import FlaskClient

from app import clock
from app.access import scope
from app.access.policy import Role
from app.accounts import services as accounts
from app.accounts.models import Agency, Person
from app.accounts.sign_in import SEEN
from app.catalogue.models import Course
from app.db import db
from app.enrolment import services as enrolment
from app.enrolment.models import Cohort, Cycle, Enrolment
from app.enrolment.queries import enrolment_of
from app.ui import assets, first_visit

PASSWORD = "ясная-ночь-на-посту"
ZONE = "Europe/Minsk"


@cache
def password_hash() -> str:
    """Hash of the password of everybody here; hashing is slow on purpose."""
    return accounts.hash_password(PASSWORD)


class World:
    """Named rows. Inside `with world.inside():` they are live; outside they are snapshots."""

    def __init__(self, app: Flask, kept: bytes | None = None) -> None:
        self.app = app
        self._ids: dict[str, tuple[type, int]] = {}
        self._snapshots: dict[str, Any] = {}
        self._clients: dict[int | None, FlaskClient] = {}
        self._numbers = 1000
        if kept:  # the rows are there already
            self._ids, self._snapshots, self._numbers = pickle.loads(kept)  # noqa: S301 - our own
            return
        with self.inside():
            self._agencies()
            self._people()
            self._cohort()
            db.session.commit()
            self._snapshot()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._ids:
            raise AttributeError(name)
        if has_app_context() and scope.current() is not None:
            model, key = self._ids[name]
            return db.session.get(model, key)
        return self._snapshots[name]

    def kept(self) -> bytes:
        """Return what has to be known of the rows to have this world again."""
        return pickle.dumps((self._ids, self._snapshots, self._numbers))

    @contextmanager
    def inside(self) -> Iterator[World]:
        """Open the application and the scope of everything; rows are live in here."""
        with self.app.app_context(), scope.everything("test"):
            yield self

    def client(self, who: Any = None) -> FlaskClient:
        """Return a browser in which `who` is signed in; None is nobody."""
        key = who.id if who is not None else None
        if key not in self._clients:
            self._clients[key] = self.new_client(who)
        return self._clients[key]

    def new_client(self, who: Any = None) -> FlaskClient:
        """Return another browser of `who`; it has been here, so pages link to their style."""
        client = self.app.test_client()
        client.set_cookie(first_visit.COOKIE, assets.version(first_visit.SHEET))
        if who is not None:
            with self.inside():
                person = db.session.get(Person, who.id)
                assert person is not None
                now = clock.now()
                token = accounts.open_session(person, device="test", hours=12, now=now)
                db.session.commit()
            with client.session_transaction() as session:
                session["_user_id"] = token
                session["_fresh"] = True
                session[SEEN] = int(now.timestamp())
        return client

    def address(self, endpoint: str, **values: Any) -> str:
        """Return the path of an endpoint."""
        adapter = self.app.url_map.bind("localhost")
        return adapter.build(endpoint, values)

    def person(self, agency: Agency, surname: str = "Образцов", **facts: Any) -> Person:
        """Register a person of `agency`; only inside."""
        self._numbers += 1
        person = accounts.register_person(
            agency=agency,
            service_number=facts.pop("service_number", f"ОБР-{self._numbers}"),
            surname=surname,
            given_name=facts.pop("given_name", "Пример"),
            patronymic=facts.pop("patronymic", "Вымышленович"),
            surname_latin=facts.pop("surname_latin", "Abraztsou"),
            given_name_latin=facts.pop("given_name_latin", "Pryklad"),
            starts_on=facts.pop("starts_on", date(2020, 1, 1)),
            by=None,
            now=clock.now(),
            **facts,
        )
        person.password_hash = password_hash()
        db.session.flush()
        return person

    def grant(self, person: Person, role: Role, agency: Agency | None) -> None:
        """Give a role; only inside."""
        accounts.grant_role(
            person,
            role,
            agency=agency,
            valid_from=date(2020, 1, 1),
            requested_by=None,
            approved_by=None,
            now=clock.now(),
        )

    def enrol(self, person: Person, cohort: Cohort | None = None) -> Enrolment:
        """Enrol a person, by default in the cohort of border; only inside."""
        return enrolment.enrol(cohort or self.cohort, person, by=None, now=clock.now())

    def cycle(self, person: Any) -> Cycle:
        """Begin the cycle of course c1 of a person in the cohort, or return it; only inside."""
        member = enrolment_of(self.cohort.id, person.id)
        assert member is not None
        cycle = enrolment.begin_cycle(member, self.cohort.courses[0], now=clock.now())
        db.session.flush()
        return cycle

    def finish_lessons(self, cycle: Cycle) -> None:
        """Record all lessons and scenarios of a cycle as finished; only inside."""
        from app.learning.models import LessonFinish, ScenarioRun

        owner = {"agency_id": cycle.agency_id, "person_id": cycle.person_id, "cycle_id": cycle.id}
        now = clock.now()
        outline = cycle.edition.outline["course"]
        for lesson in outline["lessons"]:
            done = db.session.query(LessonFinish).filter_by(cycle_id=cycle.id, lesson=lesson["id"])
            db.session.add(
                LessonFinish(**owner, lesson=lesson["id"], round=done.count() + 1, finished_at=now)
            )
        for scenario in outline["scenarios"]:
            db.session.add(ScenarioRun(**owner, scenario_id=scenario, started_at=now, ended_at=now))
        db.session.flush()

    def pass_final(self, cycle: Cycle) -> Any:
        """Take the final and answer everything right; only inside."""
        return self._take(cycle, right=True)

    def fail_final(self, cycle: Cycle) -> Any:
        """Take the final and answer everything wrong; only inside."""
        return self._take(cycle, right=False)

    def _take(self, cycle: Cycle, *, right: bool) -> Any:
        from app.assessment import services
        from app.catalogue.queries import item_versions

        now = clock.now()
        attempt = services.start_attempt(cycle, language="ru", now=now)
        versions = item_versions([drawn["hash"] for drawn in attempt.draw])
        for position, drawn in enumerate(attempt.draw, start=1):
            key = versions[drawn["hash"]].data["key"]
            wrong = next(o for o in versions[drawn["hash"]].data["option_ids"] if o != key)
            services.save_answer(
                attempt,
                position=position,
                base_revision=0,
                option_ids=[key if right else wrong],
                now=now,
            )
        result = services.submit(attempt, by=cycle.enrolment.person, now=clock.now())
        db.session.flush()
        return result

    def _agencies(self) -> None:
        def add(name: str, code: str, title: str, parent: Agency | None) -> Agency:
            names = {"ru": title, "be": title, "en": f"{code} (fictional)"}
            agency = accounts.create_agency(
                code=code, names=names, time_zone=ZONE, parent=parent, by=None, now=clock.now()
            )
            self._ids[name] = (Agency, agency.id)
            return agency

        ministry = add("ministry", "MIN", "Ведомство (вымышленное)", None)
        border = add("border", "BRD", "Служба «Граница» (вымышленная)", ministry)
        add("outpost", "BRD-1", "Застава 1 (вымышленная)", border)
        add("police", "POL", "Служба «Миграция» (вымышленная)", ministry)

    def _people(self) -> None:
        staff = {
            "coordinator": (self.border, "Координатова", Role.COORDINATOR, self.border),
            "second_coordinator": (self.border, "Запасная", Role.COORDINATOR, self.border),
            "elsewhere": (self.police, "Соседова", Role.COORDINATOR, self.police),
            "trainer": (self.border, "Тренеров", Role.TRAINER, self.border),
            "reviewer": (self.ministry, "Обзорова", Role.REVIEWER, self.ministry),
            "admin": (self.ministry, "Админова", Role.ADMIN, None),
            "second_admin": (self.ministry, "Второва", Role.ADMIN, None),
            "author": (self.ministry, "Авторова", Role.AUTHOR, None),
        }
        for name, (home, surname, role, agency) in staff.items():
            person = self.person(home, surname)
            self.grant(person, role, agency)
            self._ids[name] = (Person, person.id)
        for name, home, surname in (
            ("learner", self.border, "Ўласевіч"),
            ("second_learner", self.border, "Ёлкина"),
            ("stranger", self.police, "Посторонняя"),
        ):
            self._ids[name] = (Person, self.person(home, surname).id)

    def _cohort(self) -> None:
        now = clock.now()
        cohort = enrolment.create_cohort(self.border, "Осенний набор", by=None, now=now)
        self._ids["cohort"] = (Cohort, cohort.id)
        today = clock.local_day(now, ZONE)
        enrolment.add_course(
            cohort,
            db.session.get_one(Course, "c1"),
            opens_on=today - timedelta(days=7),
            closes_on=today + timedelta(days=30),
            by=None,
            now=now,
        )
        for person in (self.learner, self.second_learner):
            enrolment.enrol(cohort, person, by=None, now=now)

    def _snapshot(self) -> None:
        for name, (model, key) in self._ids.items():
            row = db.session.get(model, key)
            db.session.refresh(row)
            self._snapshots[name] = row
        db.session.expunge_all()
