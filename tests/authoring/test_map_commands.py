"""The commands that show coverage and what a lawyer confirms; the stored programmes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from app.catalogue.programmes import programmes, store_programmes
from app.content.load import load
from app.content.programmes import programme_data
from app.db import db

pytestmark = pytest.mark.databases("sqlite")  # the commands ask no database
TREE = Path(__file__).parents[1] / "content" / "tree"


@pytest.fixture
def run(app, monkeypatch):
    """Run a content command over the small tree."""
    monkeypatch.setitem(app.config, "AVRR", replace(app.config["AVRR"], content_root=TREE))
    return lambda *words: app.test_cli_runner().invoke(args=["content", *words])


def lines_of(result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_the_map_is_a_table_for_people_and_rows_for_machines(run):
    table = run("coverage", "t1")
    assert table.exit_code == 0, table.output
    words = [line.split() for line in table.output.splitlines()]
    assert words[0] == ["T1", "Test", "course"]
    assert ["non-refoulement", "1", "1-1", "4", "6"] in words
    assert ["guidance", "–", "–", "1", "–"] in words
    assert ["1", "1-1", "4", "6", "6", "2"] in words
    rows = lines_of(run("coverage", "--json"))
    assert [row.get("right") for row in rows[:3]] == [
        "non-refoulement",
        "confidentiality",
        "guidance",
    ]
    assert (rows[3]["objective"], rows[3]["draw"]) == (1, 2)
    assert rows[0]["taught"] == ["1-1"]
    assert {row["course"] for row in rows} == {"t1"}


def test_the_lawyer_sees_each_statement_with_its_place_and_words(run):
    shown = run("lawyer", "t1").output
    for text in (
        "T1: national law as of 2023-05-17, review due 2027-05-01, Юридическая служба",
        "To be confirmed by a lawyer",
        "cat-1984: Конвенция против пыток",
        "art. 3(1) [V*] Nobody is sent to a place where torture awaits.",
        "by-law: Закон страны, version of 2023-05-17",
        "Not verified, so hedged",
        "t1 lesson 1-1 s2 ru (courses/t1/lessons/1-1.ru.md:",
        "[дата подлежит подтверждению]",
    ):
        assert text in shown
    assert "lesson 1-1 s2 be" not in shown
    every = run("lawyer", "--language", "all").output
    assert all(f"lesson 1-1 s2 {lang} (" in every for lang in ("en", "ru", "be"))


def test_the_report_is_one_object_for_each_use(run):
    rows = lines_of(run("lawyer", "--json", "--language", "be"))
    assert rows[0] | {"section": "courses", "course": "t1", "as_of": "2023-05-17"} == rows[0]
    uses = [row for row in rows if row["section"] == "unverified"]
    assert [row["fact"] for row in uses] == ["accession"]
    assert uses[0]["use"]["path"] == "courses/t1/lessons/1-1.be.md"


@pytest.mark.parametrize("command", ["coverage", "lawyer"])
def test_a_course_that_is_not_there_is_refused(run, command):
    refused = run(command, "c9")
    assert refused.exit_code == 1
    assert 'There is no course "c9". Courses: t1.' in refused.output


@pytest.mark.databases("sqlite", "postgres")
def test_programmes_are_stored_once_changed_in_place_and_deleted(world):
    [one] = programme_data(load(TREE))
    two = one | {"id": "second"}
    writes: list[str] = []

    def note(*args):
        writes.append(args[2])

    with world.inside():
        store_programmes([])
        assert store_programmes([one, two]) == 2
        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", note)
        assert store_programmes([one, two]) == 0
        db.session.commit()
        event.remove(db.engine, "before_cursor_execute", note)
        assert [text.split()[0] for text in writes if "programme" in text] == ["SELECT"]
        assert store_programmes([two, one | {"hours": "9.9"}]) == 2
        assert [(row.id, row.data["hours"]) for row in programmes()] == [
            ("second", "0.3"),
            ("border", "9.9"),
        ]
        assert store_programmes([two]) == 1
        assert [row.id for row in programmes()] == ["second"]
