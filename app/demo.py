"""The demo: two services that do not see each other, and cohorts at every stage.

Everything goes through the services the pages use, so the demo cannot hold what a real
installation could not. People and progress are the same each time; seeds and serials are
random as always. Never loaded in production.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from app import clock
from app.access import scope
from app.access.policy import Role
from app.accounts import services as accounts
from app.accounts.models import Agency, Person
from app.assessment import services as assessment
from app.audit import services as audit
from app.authoring.publishing import publish_all
from app.catalogue import queries as catalogue
from app.catalogue.models import Course
from app.catalogue.programmes import programmes
from app.certificates import services as certificates
from app.config import ROOT
from app.console import refuse, say
from app.db import db
from app.demo_data import PEOPLE, Sample
from app.enrolment import services as enrolment
from app.enrolment.models import Cohort, Cycle
from app.enrolment.queries import enrolment_of
from app.learning import services as learning
from app.serving import DEMO_LOADED, holds_demo, serve

PASSWORD = "rubezh-porog-2026"  # noqa: S105 - printed at start, never in production
ZONE = "Europe/Minsk"
COURSE = "c1"
HIRED = date(2019, 9, 2)
STAFF = (
    ("координатор службы «Рубеж»", "R-100", "border", Role.COORDINATOR, "border"),
    ("второй координатор «Рубежа»", "R-101", "border", Role.COORDINATOR, "border"),
    ("тренер службы «Рубеж»", "R-102", "border", Role.TRAINER, "border"),
    ("координатор службы «Порог»", "P-100", "migration", Role.COORDINATOR, "migration"),
    ("наблюдатель министерства", "M-100", "ministry", Role.REVIEWER, "ministry"),
    ("администратор", "M-101", "ministry", Role.ADMIN, None),
    ("второй администратор", "M-102", "ministry", Role.ADMIN, None),
    ("автор курсов", "M-103", "ministry", Role.AUTHOR, None),
)
SIGN_INS = (
    ("слушатель, середина курса", "R-201"),
    ("слушатель, ещё не начал", "R-224"),
    ("слушатель с сертификатом", "R-202"),
    *((title, number) for title, number, *_ in STAFF),
)

demo = AppGroup("demo", help="The demo with fictional people.")


def register(app: Flask) -> None:
    """Add the commands to `app`."""
    app.cli.add_command(demo)


@demo.command("load")
def load_command() -> None:
    """Load the demo into an empty database; a second time does nothing."""
    load()


@demo.command("sign-ins")
def sign_ins_command() -> None:
    """Print who can sign in to the demo."""
    print_sign_ins()


@demo.command("serve")
def serve_command() -> None:
    """Migrate, publish, load the demo and serve it."""
    if current_app.config["PRODUCTION"]:
        refuse("This is production: use flask serve, the demo is never loaded here.")
    upgrade(directory=str(ROOT / "migrations"))
    publish_all()
    load()
    host, port = "127.0.0.1", int(os.environ.get("PORT", "8000"))
    print_sign_ins()
    say(f"Open http://{host}:{port} – Ctrl+C stops.")
    sys.stdout.flush()
    with db.engine.connect():
        pass
    db.session.remove()
    serve(current_app._get_current_object(), host=host, port=port, threads=4)  # type: ignore[attr-defined]


def print_sign_ins() -> None:
    """Print the demo's sign-ins."""
    say("Demo sign-ins (fictional people). Password for all: " + PASSWORD)
    for title, number in SIGN_INS:
        say(f"  {number:<7}{title}")


def load() -> None:
    """Load the demo, unless it is there."""
    if current_app.config["PRODUCTION"]:
        refuse("This is production: the demo is never loaded here.")
    with scope.everything("demo"):
        if holds_demo():
            say("The demo is loaded already.")
            return
        now = clock.now()
        Demo(now).build()
        audit.record(DEMO_LOADED, "installation", 0, by=None, at=now)
        db.session.commit()
    say(f"Demo loaded: {len(PEOPLE)} fictional people.")


class Demo:
    """Builds the demo at a moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = clock.local_day(now, ZONE)
        self.people = iter(PEOPLE)
        self.password_hash = accounts.hash_password(PASSWORD)
        self.agencies: dict[str, Agency] = {}
        self.staff: dict[str, Person] = {}

    def build(self) -> None:
        """Make agencies, staff and cohorts."""
        self._agencies()
        for _title, number, home, role, at in STAFF:
            self.staff[number] = self._employ(number, home, role, at)
        self._running_cohort()
        self._finished_cohort()
        self._coming_cohort()
        self._small_cohort()

    def _agencies(self) -> None:
        forest = (
            ("ministry", None, "МИН", "Министерство охраны рубежей", "Міністэрства аховы рубяжоў",
             "Ministry of Frontiers"),
            ("border", "ministry", "РУБ", "Пограничная служба «Рубеж»",
             "Пагранічная служба «Рубеж»", "Border Service Rubezh"),
            ("lake", "border", "РУБ-1", "Застава «Озеро»", "Застава «Возера»", "Post Lake"),
            ("forest", "border", "РУБ-2", "Застава «Лес»", "Застава «Лес»", "Post Forest"),
            ("migration", "ministry", "ПОР", "Служба миграции «Порог»",
             "Служба міграцыі «Парог»", "Migration Service Porog"),
            ("institute", None, "УЧБ", "Учебный центр «Север»", "Навучальны цэнтр «Поўнач»",
             "Training Centre North"),
        )  # fmt: skip
        for key, parent, code, ru, be, en in forest:
            self.agencies[key] = accounts.create_agency(
                code=code,
                names={
                    "ru": f"{ru} (вымышлено)",
                    "be": f"{be} (выдумана)",
                    "en": f"{en} (fictional)",
                },
                time_zone=ZONE,
                parent=self.agencies[parent] if parent else None,
                by=None,
                now=self.now,
            )

    def _employ(self, number: str, home: str, role: Role, at: str | None) -> Person:
        person = self._person(number, self.agencies[home], next(self.people))
        accounts.grant_role(
            person,
            role,
            agency=self.agencies[at] if at else None,
            valid_from=HIRED,
            requested_by=None,
            approved_by=None,
            now=self.now,
        )
        return person

    def _person(self, number: str, agency: Agency, sample: Sample) -> Person:
        person = accounts.register_person(
            agency=agency,
            service_number=number,
            **sample._asdict(),
            starts_on=HIRED,
            by=None,
            now=self.now,
        )
        person.password_hash = self.password_hash
        return person

    def _cohort(self, agency: str, name: str, opens: int, closes: int) -> Cohort:
        """Make a cohort whose course opens and closes so many days from today."""
        when = self.now + timedelta(days=min(opens, 0) - 3)
        cohort = enrolment.create_cohort(self.agencies[agency], name, by=None, now=when)
        enrolment.add_course(
            cohort,
            db.session.get_one(Course, COURSE),
            opens_on=self.today + timedelta(days=opens),
            closes_on=self.today + timedelta(days=closes),
            by=None,
            now=when,
        )
        return cohort

    def _path(self, cohort: Cohort, programme_id: str) -> None:
        """Give a cohort the rest of a programme, each course four weeks after the one before."""
        path = next(one for one in programmes() if one.id == programme_id)
        last = max(one.closes_on for one in cohort.courses)
        for at, step in enumerate(path.data["courses"]):
            course = db.session.get(Course, step["course"])
            if course and course.id != COURSE and not step["optional"]:
                enrolment.add_course(
                    cohort,
                    course,
                    opens_on=self.today - timedelta(days=7),
                    closes_on=last + timedelta(days=28 * at),
                    by=None,
                    now=cohort.created_at,
                )

    def _learners(self, cohort: Cohort, agency: str, numbers: Iterator[str]) -> list[Person]:
        learners = [
            self._person(number, self.agencies[agency], next(self.people)) for number in numbers
        ]
        for learner in learners:
            enrolment.enrol(cohort, learner, by=None, now=cohort.created_at)
        return learners

    def _running_cohort(self) -> None:
        """Cohort of 24 in the middle of its course."""
        cohort = self._cohort("border", "Осень 2026, «Рубеж»", -21, 24)
        self._path(cohort, "border")
        numbers = (f"R-{201 + at}" for at in range(24))
        samples = self._shared(24)
        learners = [
            self._person(number, self.agencies["lake" if at % 2 else "forest"], sample)
            for at, (number, sample) in enumerate(zip(numbers, samples, strict=True))
        ]
        for learner in learners:
            enrolment.enrol(cohort, learner, by=None, now=cohort.created_at)
        self._lessons(cohort, learners[0], days_ago=6, count=2, screen=3)
        for at, learner in enumerate(learners[1:9], start=1):
            cycle = self._all_lessons(cohort, learner, days_ago=18)
            self._final(cycle, days_ago=11, wrong=at % 3)
            if at <= 6:
                certificates.issue(
                    cycle, by=self.staff["R-100"], now=self.now - timedelta(days=10 - at)
                )
        for learner in learners[9:12]:
            self._final(self._all_lessons(cohort, learner, days_ago=14), days_ago=5, wrong=5)
        twice = self._all_lessons(cohort, learners[12], days_ago=14)
        self._final(twice, days_ago=4, wrong=4)
        self._final(twice, days_ago=0, wrong=6)
        self._thrice(self._all_lessons(cohort, learners[13], days_ago=15))
        for at, learner in enumerate(learners[14:22]):
            self._lessons(cohort, learner, days_ago=9, count=at % 5, screen=1 + at % 4)

    def _finished_cohort(self) -> None:
        """Cohort of 12 whose course is over, all certified but one."""
        cohort = self._cohort("border", "Весна 2026, застава «Озеро»", -200, -140)
        learners = self._certified(cohort, "lake", [f"R-{301 + at}" for at in range(12)])
        self._lessons(cohort, learners[-1], days_ago=170, count=3, screen=2)

    def _coming_cohort(self) -> None:
        """Cohort of 4 whose course opens next month."""
        cohort = self._cohort("border", "Зима 2027, застава «Лес»", 28, 70)
        self._learners(cohort, "forest", (f"R-{401 + at}" for at in range(4)))

    def _small_cohort(self) -> None:
        """Cohort of 7 in the other service."""
        cohort = self._cohort("migration", "Осень 2026, «Порог»", -15, 10)
        self._path(cohort, "migration")
        learners = self._learners(cohort, "migration", (f"P-{201 + at}" for at in range(7)))
        for learner in learners[:3]:
            self._final(self._all_lessons(cohort, learner, days_ago=12), days_ago=6, wrong=1)
        self._final(self._all_lessons(cohort, learners[3], days_ago=12), days_ago=3, wrong=5)
        self._lessons(cohort, learners[4], days_ago=5, count=3, screen=2)

    def _shared(self, count: int) -> list[Sample]:
        return [next(self.people) for _ in range(count)]

    def _certified(self, cohort: Cohort, agency: str, numbers: list[str]) -> list[Person]:
        learners = self._learners(cohort, agency, iter(numbers))
        for learner in learners[:-1]:
            cycle = self._all_lessons(cohort, learner, days_ago=190)
            self._final(cycle, days_ago=180, wrong=2)
            certificates.issue(cycle, by=self.staff["R-100"], now=self.now - timedelta(days=178))
        return learners

    def _begin(self, cohort: Cohort, learner: Person, days_ago: int) -> Cycle:
        member = enrolment_of(cohort.id, learner.id)
        assert member is not None  # noqa: S101 - enrolled just before
        started = self.now - timedelta(days=days_ago)
        return enrolment.begin_cycle(member, cohort.courses[0], now=started)

    def _lessons(
        self, cohort: Cohort, learner: Person, *, days_ago: int, count: int, screen: int
    ) -> None:
        """Finish the first lessons, and stop at a screen of the next."""
        cycle = self._begin(cohort, learner, days_ago)
        lessons = cycle.edition.outline["course"]["lessons"]
        moment = cycle.started_at
        for lesson in lessons[:count]:
            moment += timedelta(hours=9)
            learning.record_place(cycle, lesson["id"], 8, now=moment)
            learning.finish_lesson(cycle, lesson["id"], now=moment)
        learning.record_place(cycle, lessons[count]["id"], screen, now=moment + timedelta(hours=5))

    def _all_lessons(self, cohort: Cohort, learner: Person, *, days_ago: int) -> Cycle:
        """Finish every lesson and scenario."""
        cycle = self._begin(cohort, learner, days_ago)
        moment = cycle.started_at
        for lesson in cycle.edition.outline["course"]["lessons"]:
            moment += timedelta(hours=7)
            learning.record_place(cycle, lesson["id"], 8, now=moment)
            learning.finish_lesson(cycle, lesson["id"], now=moment)
        for scenario in cycle.edition.outline["course"]["scenarios"]:
            moment += timedelta(hours=2)
            self._play(cycle, scenario, moment)
        return cycle

    def _play(self, cycle: Cycle, scenario_id: str, now: datetime) -> None:
        scenario = catalogue.scenario(cycle.edition_id, scenario_id)
        assert scenario is not None  # noqa: S101 - the course lists it
        learning.begin_scenario(cycle, scenario_id, now=now)
        db.session.flush()
        text = scenario.data["text"]["ru"]
        nodes = {node["id"]: node for node in text["nodes"]}
        here, step = scenario.data["start"], 1
        while here in nodes:
            choice = next(c for c in nodes[here]["choices"] if c["verdict"] == "best")
            learning.choose(
                cycle, scenario, step=step, node_id=here, choice_id=choice["id"], now=now
            )
            db.session.flush()
            here, step = choice["next"], step + 1

    def _final(self, cycle: Cycle, *, days_ago: int, wrong: int) -> None:
        """Take the final with so many wrong answers, red lines last to be wrong."""
        moment = self.now - timedelta(days=days_ago, minutes=50)
        attempt = assessment.start_attempt(cycle, language="ru", now=moment)
        drawn = list(enumerate(attempt.draw, start=1))
        versions = catalogue.item_versions([item["hash"] for _, item in drawn])
        drawn.sort(key=lambda each: versions[each[1]["hash"]].data["red_line"])
        for at, (position, item) in enumerate(drawn):
            data = versions[item["hash"]].data
            others = [option for option in data["option_ids"] if option != data["key"]]
            assessment.save_answer(
                attempt,
                position=position,
                base_revision=0,
                option_ids=[others[at % len(others)] if at < wrong else data["key"]],
                now=moment + timedelta(minutes=2 * at),
            )
        assessment.submit(attempt, by=cycle.enrolment.person, now=moment + timedelta(minutes=40))
        db.session.flush()

    def _thrice(self, cycle: Cycle) -> None:
        """Fail all three attempts, reading the weak lessons again in between."""
        for days_ago in (8, 6, 3):
            self._final(cycle, days_ago=days_ago, wrong=6)
            for lesson in cycle.edition.outline["course"]["lessons"]:
                learning.finish_lesson(
                    cycle, lesson["id"], now=self.now - timedelta(days=days_ago - 1)
                )
