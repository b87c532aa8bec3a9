"""Reports: one set of figures on page, XLSX and CSV, and nobody pointed at."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, datetime, timedelta
from fractions import Fraction

import html5lib
import openpyxl
import pytest
from sqlalchemy import event

from app import clock
from app.access.policy import Role
from app.accounts.models import Agency
from app.assessment.models import Attempt, Result
from app.audit.models import AuditEvent
from app.catalogue.models import Course
from app.certificates import queries as certificates
from app.certificates.models import Certificate
from app.db import db
from app.enrolment import services as enrolment
from app.enrolment.models import Cohort, Cycle, Enrolment
from app.learning import queries as learning
from app.learning.models import LessonFinish, ScenarioRun
from app.reports import export, queries, rules
from app.reports.tables import Mark
from tests.world import ZONE

NS = "{http://www.w3.org/1999/xhtml}"
HIDDEN, NONE = Mark.HIDDEN.value, Mark.NO_DATA.value


class Maker:
    """Writes cohorts and what their learners did straight into the tables."""

    def __init__(self, world, now: datetime) -> None:
        self.world, self.now = world, now
        self.expected: dict[str, list[int]] = {}

    def cohort(self, agency: Agency, name: str):
        cohort = enrolment.create_cohort(agency, name, by=None, now=self.now - timedelta(days=20))
        today = clock.local_day(self.now, ZONE)
        enrolment.add_course(
            cohort,
            db.session.get_one(Course, "c1"),
            opens_on=today - timedelta(days=15),
            closes_on=today + timedelta(days=30),
            by=None,
            now=self.now,
        )
        self.expected[name] = [0] * len(rules.COLUMNS)
        return cohort

    def learners(self, cohort, *, started=0, lessons=0, attempted=0, passed=0, certified=0, idle=0):
        """Add learners by the furthest step that they reached."""
        steps = [idle, started, lessons, attempted, passed, certified]
        for furthest, count in enumerate(steps):
            for _ in range(count):
                self.learner(cohort, furthest)

    def learner(self, cohort, furthest: int, days_ago: float = 5):
        at = self.now - timedelta(days=days_ago)
        person = self.world.person(cohort.agency)
        member = enrolment.enrol(cohort, person, by=None, now=at)
        reached = [True, furthest >= 1, furthest >= 2, furthest >= 3, *[furthest >= 4] * 2]
        for column, counts in enumerate([*reached, furthest >= 5]):
            self.expected[cohort.name][column] += counts
        if furthest >= 1:
            cycle = enrolment.begin_cycle(member, cohort.courses[0], now=at)
            self._steps(cycle, furthest, at)
        return member

    def _steps(self, cycle, furthest: int, at: datetime) -> None:
        owner = {"cycle_id": cycle.id, "agency_id": cycle.agency_id, "person_id": cycle.person_id}
        course = cycle.edition.outline["course"]
        if furthest >= 2:
            for lesson in course["lessons"]:
                db.session.add(LessonFinish(**owner, lesson=lesson["id"], round=1, finished_at=at))
            for scenario in course["scenarios"]:
                db.session.add(
                    ScenarioRun(**owner, scenario_id=scenario, started_at=at, ended_at=at)
                )
        if furthest >= 3:
            attempt = Attempt(
                **owner,
                number=1,
                seed="s",
                language="ru",
                draw=[],
                started_at=at,
                closes_at=at + timedelta(days=1),
                sealed_at=at,
                seal_reason="submitted",
            )
            db.session.add(attempt)
            db.session.flush()
            db.session.add(
                Result(
                    attempt_id=attempt.id,
                    agency_id=cycle.agency_id,
                    person_id=cycle.person_id,
                    right_count=14 if furthest >= 4 else 3,
                    drawn_count=14,
                    red_lines_right=furthest >= 4,
                    passed=furthest >= 4,
                    objectives={},
                    graded_at=at,
                )
            )
        if furthest >= 5:
            db.session.add(
                Certificate(
                    **owner,
                    serial=f"serial-{cycle.id}",
                    course_id=cycle.course_id,
                    edition_id=cycle.edition_id,
                    issued_at=at,
                    time_zone=ZONE,
                    print_hash="0",
                )
            )
        db.session.flush()


def page_rows(response) -> list[list[str]]:
    tree = html5lib.parse(response.text)
    found = []
    for row in tree.iter(f"{NS}tr"):
        cells = [e for e in row if e.tag in (f"{NS}th", f"{NS}td")]
        if row[0].get("scope") == "row":
            found.append([_shown(c) for c in cells] + [_shown(c, share=True) for c in cells])
            found[-1] = [text for text in found[-1] if text is not None]
    return found


def _shown(cell, share: bool = False) -> str | None:
    """Return what a reader sees in a cell: its figure, or the share under it."""
    under = [e for e in cell.iter(f"{NS}span") if e.get("class") == "hint"]
    if share and not under:
        return None
    rest = {e for span in under for e in span.iter()}
    elements = rest if share else set(cell.iter()) - rest
    texts = [e.text or "" for e in cell.iter() if e in elements and _is_seen(e)]
    return "".join(texts).strip().replace("\N{NO-BREAK SPACE}", "")


def _is_seen(element) -> bool:
    return element.get("class") != "visually-hidden"


def xlsx_rows(response) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(response.data)).active
    found = []
    for row in sheet.iter_rows(min_row=6):
        values = [cell.value for cell in row]
        if values[4] is None:
            break
        found.append(
            [values[3] or values[2]]
            + [
                f"{round(cell.value * 100)}%" if cell.number_format == "0%" else str(cell.value)
                for cell in row[4:]
            ]
        )
    return found[1:] if found and found[0][1] in ("Learners", "Слушатели") else found


def csv_rows(response, delimiter=";") -> list[list[str]]:
    text = response.data.decode("utf-8-sig")
    blocks = text.split("\r\n\r\n")
    table = list(csv.reader(io.StringIO(blocks[1]), delimiter=delimiter))
    return [[row[3] or row[2], *row[4:]] for row in table[1:]]


def export_of(visit, who, kind: str, **data):
    endpoint = "reports.export" if kind == "xlsx" else "reports.export_csv"
    return visit(who, endpoint, method="POST", data=data)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_page_xlsx_and_csv_say_the_same_and_the_query_counts_right(visit, world, seed):
    chance = random.Random(seed)
    now = clock.now()
    with world.inside():
        maker = Maker(world, now)
        for number in range(chance.randint(2, 5)):
            agency = chance.choice([world.border, world.outpost, world.police])
            cohort = maker.cohort(agency, f"Набор {number}")
            for _ in range(chance.choice([0, 2, 8, 14])):
                maker.learner(cohort, chance.randint(0, 5))
        db.session.commit()
        counted = queries.completion(clock.now(), clock.local_day(now, ZONE))
        found = {each.cohort.name: list(each.counts) for each in counted}
        assert {name: found[name] for name in maker.expected} == maker.expected
    for who in (world.reviewer, world.coordinator):
        page = page_rows(visit(who, "reports.overview"))
        assert page
        assert xlsx_rows(export_of(visit, who, "xlsx")) == page
        assert csv_rows(export_of(visit, who, "csv")) == page


def test_a_reviewer_sees_the_cohort_of_24_but_not_the_one_of_7(visit, world):
    with world.inside():
        maker = Maker(world, clock.now())
        maker.learners(
            maker.cohort(world.border, "Большой набор"),
            idle=3,
            started=4,
            attempted=5,
            certified=12,
        )
        maker.learners(maker.cohort(world.police, "Малый набор"), started=3, attempted=4)
        for gone in (world.learner, world.second_learner):
            member = enrolment.queries.enrolment_of(world.cohort.id, gone.id)
            enrolment.leave(member, by=None, now=clock.now())
        db.session.commit()
    rows = {row[0]: row[1:] for row in page_rows(visit(world.reviewer, "reports.overview"))}
    assert rows["Большой набор"] == ["24", "21", "17", "17", "12", "12", "12", "70%", "50%"]
    assert rows["Осенний набор"] == ["0"] * 7 + [NONE] * 2
    assert set(rows["Малый набор"]) == {HIDDEN}
    assert set(rows["Служба «Миграция» (вымышленная)"]) == {HIDDEN}
    assert {cells[0] for name, cells in rows.items() if cells[0] != HIDDEN} == {"24", "0"}
    text = visit(world.reviewer, "reports.overview").text
    assert "31" not in [row[1] for row in page_rows(visit(world.reviewer, "reports.overview"))]
    assert "Малый набор" in text


def test_a_coordinator_sees_only_the_own_agency_and_smaller_groups(visit, world):
    with world.inside():
        maker = Maker(world, clock.now())
        maker.learners(maker.cohort(world.border, "Чужой набор"), idle=24)
        maker.learners(maker.cohort(world.police, "Свой набор"), idle=3, started=4)
        db.session.commit()
    rows = page_rows(visit(world.elsewhere, "reports.overview"))
    assert [row[:3] for row in rows] == [
        ["Служба «Миграция» (вымышленная)", "7", "4"],
        ["Свой набор", "7", "4"],
    ]


def test_who_has_no_report_role_is_refused(visit, world):
    for who in (world.learner, world.trainer, world.author):
        assert visit(who, "reports.overview").status_code == 403
        assert export_of(visit, who, "xlsx").status_code == 403
    assert visit(None, "reports.overview").status_code == 302


def test_an_earlier_day_reads_the_same_after_a_transfer_and_after_new_results(visit, world):
    now = clock.now()
    earlier = clock.local_day(now, ZONE) - timedelta(days=2)
    with world.inside():
        maker = Maker(world, now)
        cohort = maker.cohort(world.police, "Набор")
        maker.learners(cohort, idle=6, certified=6)
        mover_id, cohort_id = maker.learner(cohort, 4).id, cohort.id
        db.session.commit()
    query = {"as_at": earlier.isoformat(), "course": "c1"}
    before = page_rows(visit(world.elsewhere, "reports.overview", query=query))
    with world.inside():
        enrolment.leave(db.session.get_one(Enrolment, mover_id), by=None, now=clock.now())
        maker.learner(db.session.get_one(Cohort, cohort_id), 5, days_ago=0)
        db.session.commit()
    assert page_rows(visit(world.elsewhere, "reports.overview", query=query)) == before
    assert before[-1][:6] == ["Набор", "13", "7", "7", "7", HIDDEN]
    today = page_rows(visit(world.elsewhere, "reports.overview"))
    assert today[-1][1:5] == ["14", "8", "8", "8"]


def test_a_certificate_revoked_later_was_in_force_before(world):
    now = clock.now()
    with world.inside():
        maker = Maker(world, now)
        cohort = maker.cohort(world.police, "Набор")
        maker.learner(cohort, 5, days_ago=6)
        row = db.session.query(Certificate).one()
        row.state, row.changed_at = "revoked", now - timedelta(days=2)
        db.session.commit()
        today = clock.local_day(now, ZONE)

        def certified(days_ago: int) -> int:
            at, day = now - timedelta(days=days_ago), today - timedelta(days=days_ago)
            by_name = {each.cohort.name: each.counts for each in queries.completion(at, day)}
            return by_name["Набор"][rules.CERTIFIED]

        assert [certified(days) for days in (9, 4, 0)] == [0, 1, 0]


def test_what_the_services_record_is_what_the_report_counts(world):
    with world.inside():
        for person, take in (
            (world.learner, world.pass_final),
            (world.second_learner, world.fail_final),
        ):
            cycle = world.cycle(person)
            world.finish_lessons(cycle)
            take(cycle)
        now = clock.now()
        (figures,) = queries.completion(now, clock.local_day(now, ZONE), "c1")
        assert figures.counts == (2, 2, 2, 2, 1, 1, 0)
        cycles = db.session.query(Cycle).order_by(Cycle.id).all()
        facts = learning.facts(cycles)
        assert [learning.is_complete(one, facts[one.id]) for one in cycles] == [True, False]


def test_certificates_counted_today_are_those_in_force(world):
    now = clock.now()
    with world.inside():
        maker = Maker(world, now)
        maker.learners(maker.cohort(world.police, "Набор"), passed=2, certified=5)
        for row in db.session.query(Certificate).limit(2):
            row.state, row.changed_at = "revoked", now - timedelta(hours=1)
        db.session.flush()
        ids = [cycle.id for cycle in db.session.query(Cycle)]
        counted = queries.completion(now, clock.local_day(now, ZONE))
        assert sum(each.counts[rules.CERTIFIED] for each in counted) == 3
        assert len(certificates.in_force_by_cycle(ids)) == 3


def test_who_left_without_beginning_is_not_counted(world):
    now = clock.now()
    with world.inside():
        maker = Maker(world, now)
        cohort = maker.cohort(world.police, "Набор")
        for furthest in (0, 3):
            enrolment.leave(maker.learner(cohort, furthest), by=None, now=now)
        db.session.commit()
        (figures,) = [
            each
            for each in queries.completion(clock.now(), clock.local_day(now, ZONE))
            if each.cohort.id == cohort.id
        ]
        assert figures.counts == (1, 1, 1, 1, 0, 0, 0)


def test_the_number_of_statements_does_not_grow_with_learners(world):
    with world.inside():
        maker = Maker(world, clock.now())
        cohort = maker.cohort(world.police, "Набор")
        day = clock.local_day(clock.now(), ZONE)

        def statements() -> int:
            seen: list[str] = []

            def note(_c, _cursor, text, *_rest):
                seen.append(text)

            db.session.expire_all()
            event.listen(db.engine, "before_cursor_execute", note)
            queries.completion(clock.now(), day)
            event.remove(db.engine, "before_cursor_execute", note)
            return len(seen)

        maker.learner(cohort, 5)
        db.session.flush()
        few = statements()
        maker.learners(cohort, idle=2, lessons=2, passed=3, certified=4)
        maker.learner(maker.cohort(world.border, "Второй"), 4)
        assert statements() == few <= 12


def test_a_day_to_come_or_no_day_is_refused_with_words(visit, world):
    tomorrow = clock.local_day(clock.now(), ZONE) + timedelta(days=1)
    for wrong in (tomorrow.isoformat(), "вчера"):
        for answer in (
            visit(world.reviewer, "reports.overview", query={"as_at": wrong}),
            export_of(visit, world.reviewer, "xlsx", as_at=wrong),
        ):
            assert answer.status_code == 422
            assert 'href="#as_at"' in answer.text
    assert visit(world.reviewer, "reports.overview", query={"course": "x"}).status_code == 422


def test_before_any_course_opened_the_page_says_so(visit, world):
    answer = visit(world.reviewer, "reports.overview", query={"as_at": "2020-01-01"})
    assert answer.status_code == 200
    assert not page_rows(answer)


def test_an_export_is_named_dated_explained_and_written_to_the_audit_log(visit, world):
    answer = export_of(visit, world.coordinator, "xlsx")
    day = clock.local_day(clock.now(), ZONE).isoformat()
    disposition = answer.headers["Content-Disposition"]
    assert f'filename="completion-{day}.xlsx"' in disposition
    assert "filename*=UTF-8''" in disposition
    assert disposition.isascii()
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert HIDDEN in texts
    with world.inside():
        rows = db.session.query(AuditEvent).filter_by(action="report.exported").all()
        assert [(row.detail["as_at"], row.detail["format"]) for row in rows] == [(day, "xlsx")]


def test_figures_of_agencies_with_and_without_names_share_no_total(visit, world):
    with world.inside():
        maker = Maker(world, clock.now())
        maker.learners(maker.cohort(world.police, "Набор"), idle=7)
        world.grant(world.coordinator, Role.REVIEWER, world.police)
        db.session.commit()
    rows = page_rows(visit(world.coordinator, "reports.overview"))
    assert [row[0] for row in rows] == [
        "Служба «Граница» (вымышленная)",
        "Осенний набор",
        "Служба «Миграция» (вымышленная)",
        "Набор",
    ]


def test_text_in_a_csv_never_becomes_a_formula():
    sheet = export.Sheet("=1+1", [], ["@a"], [["+x", 3, Fraction(2, 3), Mark.HIDDEN]], [("-n", "")])
    rows = list(csv.reader(export.csv_file(sheet, locale="ru").decode("utf-8-sig").splitlines()))
    assert rows[0] == ["'=1+1"]
    assert rows[2:4] == [["'@a"], [f"'+x;3;66%;{HIDDEN}"]]
    assert rows[-1] == ["'-n;"]
    english = export.csv_file(sheet, locale="en_GB")
    assert english.startswith(b"\xef\xbb\xbf")
    assert "'+x,3,66%" in english.decode()


def test_text_in_a_workbook_never_becomes_a_formula_or_a_link():
    sheet = export.Sheet("=1+1", [], ["a"], [["=cmd|' /C calc'!A0"], ["https://a.test"]], [])
    made_at = datetime.combine(date(2026, 5, 5), datetime.min.time())
    page = openpyxl.load_workbook(io.BytesIO(export.xlsx(sheet, made_at=made_at))).active
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} == {"s"}
    assert not page._hyperlinks
