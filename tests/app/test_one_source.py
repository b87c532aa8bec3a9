"""Every figure has one source (I11): all pages and files say the same of every learner."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import html5lib
import pytest
from sqlalchemy import select

from app import clock
from app.assessment.services import AttemptRefused
from app.catalogue.models import Course, Edition
from app.certificates import services as certificates
from app.db import db
from app.enrolment import services as enrolment
from app.learning import services as learning
from app.learning.services import FinalRefused
from app.reports import rules
from app.reports.tables import Mark
from tests.reports.test_reports import csv_rows, export_of, page_rows, xlsx_rows
from tests.world import ZONE

NS = "{http://www.w3.org/1999/xhtml}"
COHORT = "Пробный набор"
LEARNERS = 22
OF = re.compile(r"(\d+) of (\d+)")


@dataclass(frozen=True)
class Seen:
    """What a page says of a learner: how much is done, and whether all of it is."""

    lessons: int
    scenarios: int
    passed: bool
    certified: bool
    complete: bool


@pytest.fixture
def english(world) -> Callable:
    """Fetch a page in English, as an element tree."""

    def fetch(who, endpoint: str, **values):
        client = world.client(who)
        client.post("/language", data={"lang": "en"})
        response = client.get(world.address(endpoint, **values))
        assert response.status_code == 200, endpoint
        return html5lib.parse(response.text)

    return fetch


def make(world, chance: random.Random) -> tuple[int, dict[int, object]]:
    """Make a cohort whose learners stand anywhere; returns its id and people by enrolment."""
    now = clock.now()
    cohort = enrolment.create_cohort(world.border, COHORT, by=None, now=now)
    today = clock.local_day(now, ZONE)
    days = {"opens_on": today, "closes_on": today.replace(year=today.year + 1, day=1)}
    enrolment.add_course(cohort, db.session.get_one(Course, "c1"), **days, by=None, now=now)
    people = {}
    for _ in range(LEARNERS):
        person = world.person(world.border)
        member = enrolment.enrol(cohort, person, by=None, now=now)
        people[member.id] = person
        if chance.random() < 0.9:
            walk(world, enrolment.begin_cycle(member, cohort.courses[0], now=now), chance)
    db.session.commit()
    for person in people.values():
        db.session.refresh(person)
        db.session.expunge(person)
    return cohort.id, people


def walk(world, cycle, chance: random.Random) -> None:
    """Do a random share of the course."""
    now = clock.now()
    db.session.flush()
    if chance.random() < 0.75:
        world.finish_lessons(cycle)
    else:
        for lesson in cycle.edition.outline["course"]["lessons"]:
            if chance.random() < 0.5:
                learning.record_place(cycle, lesson["id"], 1, now=now)
                if chance.random() < 0.6:
                    learning.finish_lesson(cycle, lesson["id"], now=now)
    try:
        for _ in range(chance.choice([0, 1, 1, 2])):
            learning.start_final(cycle, language="ru", now=clock.now())
            if chance.random() < 0.15:
                return
            (world.pass_final if chance.random() < 0.6 else world.fail_final)(cycle)
    except (FinalRefused, AttemptRefused):
        pass
    try:
        if chance.random() < 0.7:
            certificates.issue(cycle, by=None, now=clock.now())
    except certificates.NotEligible:
        pass


def text_of(element) -> str:
    return " ".join("".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())


def classed(tree, name: str) -> list:
    return [e for e in tree.iter() if isinstance(e.tag, str) and e.get("class") == name]


def on_matrix(tree) -> dict[int, Seen]:
    found = {}
    for row in tree.iter(f"{NS}tr"):
        links = [e.get("href") for e in row.iter(f"{NS}a") if "/learners/" in e.get("href", "")]
        if not links:
            continue
        cells = [
            e.get("class") == "cell done"
            for e in row.iter(f"{NS}span")
            if (e.get("class") or "").startswith("cell ")
        ]
        *parts, passed, certified = cells
        found[int(links[0].rpartition("/")[2])] = Seen(
            sum(parts[:-2]), sum(parts[-2:]), passed, certified, "Completed" in text_of(row)
        )
    return found


def on_learner_page(tree) -> Seen:
    lessons, scenarios = (int(e.get("value")) for e in list(tree.iter(f"{NS}progress"))[:2])
    badges = [text_of(e) for e in classed(tree, "badge success")]
    return Seen(
        lessons,
        scenarios,
        "passed" in badges,
        bool(re.search(r"Issued", text_of(tree))),
        "Completed" in badges,
    )


def on_own_pages(english, person) -> tuple[Seen, int | None]:
    """What the learner's course page and certificates say, and the count of the home page."""
    course = english(person, "learning.course", course_id="c1")
    heads = [text_of(e) for e in classed(course, "stage-head")]
    lessons, scenarios = (OF.search(head).group(1) for head in heads)
    done = [text_of(e) for e in course.iter(f"{NS}li") if e.get("class") == "done"]
    home = english(person, "learning.home")
    bars = [int(e.get("value")) for e in home.iter(f"{NS}progress")]
    bars += [int(one) for one in re.findall(r"(\d+) of \d+ done", text_of(home))]
    assert len(set(bars)) <= 1, "two figures on one page"
    badges = {text_of(e) for e in classed(home, "badge success")}
    serials = [
        e
        for e in english(person, "certificates.mine").iter(f"{NS}a")
        if (e.get("href") or "").endswith(".pdf")
    ]
    seen = Seen(
        int(lessons),
        int(scenarios),
        any(line.startswith("Final test") for line in done),
        bool(serials),
        "Completed" in badges,
    )
    return seen, bars[0] if bars else None


@pytest.mark.parametrize("seed", [11, 12])
def test_all_pages_and_files_say_the_same_of_every_learner(world, visit, english, seed):
    with world.inside():
        cohort_id, people = make(world, random.Random(seed))
    who = world.coordinator
    matrix = on_matrix(english(who, "progress.matrix", cohort_id=cohort_id))
    assert set(matrix) == set(people)
    with world.inside():
        outline = db.session.scalars(select(Edition).where(Edition.course_id == "c1")).one().outline
        lessons = len(outline["course"]["lessons"])
    begun = attempted = 0
    for key, person in people.items():
        page = english(who, "progress.learner", cohort_id=cohort_id, enrolment_id=key)
        assert on_learner_page(page) == matrix[key]
        own, bar = on_own_pages(english, person)
        assert own == matrix[key]
        if bar is not None:
            assert bar == own.lessons + own.scenarios + own.passed
        begun += "First day" not in text_of(classed(page, "facts")[0])
        attempted += "was handed in" in text_of(page)
    sums = [
        LEARNERS,
        begun,
        sum(seen.lessons == lessons for seen in matrix.values()),
        attempted,
        sum(seen.passed for seen in matrix.values()),
        sum(seen.complete for seen in matrix.values()),
        sum(seen.certified for seen in matrix.values()),
    ]
    assert len(set(matrix.values())) > 4, "a world in which all stand alike proves little"
    page = english(who, "progress.matrix", cohort_id=cohort_id)
    figures = [int(text_of(e)) for e in classed(page, "stat-figure")]
    assert [figures[0], *figures[3:]] == [LEARNERS, sums[4], sums[6]]
    row = next(row for row in page_rows(visit(who, "reports.overview")) if row[0] == COHORT)
    for kind, read in (("xlsx", xlsx_rows), ("csv", lambda sent: csv_rows(sent, ","))):
        assert next(r for r in read(export_of(visit, who, kind)) if r[0] == COHORT) == row
    shown = 0
    for count, cell in zip(sums, row[1 : 1 + len(rules.COLUMNS)], strict=True):
        if cell != Mark.HIDDEN.value:
            shown += 1
            assert int(cell) == count, row
    assert shown >= 2
