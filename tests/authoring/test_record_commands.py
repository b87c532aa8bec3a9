"""Commands that record reviews and translations."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import clock, create_app
from tests.conftest import test_config
from tests.content.conftest import replace_in

LESSON = "courses/t1/lessons/1-1.ru.md"
TRANSLATED = "courses/t1/translated.yaml"
REVIEWS = "courses/t1/reviews.yaml"
Run = Callable[..., Result]


@pytest.fixture
def files(recorded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(recorded, tmp_path / "tree"))


@pytest.fixture
def run(files: Path) -> Run:
    app: Flask = create_app(test_config("sqlite://", content_root=files))

    def invoke(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=["content", *words])

    return invoke


def change(files: Path, path: str, old: str, new: str) -> None:
    replace_in(files / path, old, new)


def test_what_was_translated_is_recorded_and_then_not_stale(run: Run, files: Path):
    change(files, LESSON, "### Опасность", "### Угроза")
    assert run("stale").output.splitlines() == [
        line.format(at=_line(files, "### Угроза"))
        for line in (
            "be courses/t1/lessons/1-1.be.md:22: new: Угроза (courses/t1/lessons/1-1.ru.md:{at})",
            "en courses/t1/lessons/1-1.en.md:22: new: Угроза (courses/t1/lessons/1-1.ru.md:{at})",
        )
    ]
    done = run("translated", "t1", "--part", "lesson 1-*", "--language", "be")
    assert (done.exit_code, done.output[:27]) == (0, "lesson 1-1, be: recorded, s")
    [task] = [json.loads(line) for line in run("stale", "t1", "--json").output.splitlines()]
    assert (task["language"], task["sentence"], task["kind"]) == ("en", "Угроза", "new")
    run("translated", "t1", "--all")
    assert run("stale").output == "t1: nothing to translate.\n"


def _line(files: Path, text: str) -> int:
    return (files / LESSON).read_text(encoding="utf-8").split("\n").index(text) + 1


def test_a_record_that_changes_nothing_does_not_touch_the_file(run: Run, files: Path):
    before = (files / TRANSLATED).stat()
    again = run("translated", "t1", "--all")
    after = (files / TRANSLATED).stat()
    assert (again.exit_code, again.output) == (0, "t1: recorded already.\n")
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert list((files / "courses/t1").glob(".*")) == []


def test_the_first_record_is_written_whole(run: Run, files: Path):
    expected = (files / TRANSLATED).read_bytes()
    (files / TRANSLATED).unlink()
    unrecorded = [json.loads(line) for line in run("stale", "--json").output.splitlines()]
    assert {one["kind"] for one in unrecorded} == {"unrecorded"}
    done = run("translated", "t1", "--all")
    assert len(done.output.splitlines()) == len(unrecorded)
    assert (files / TRANSLATED).read_bytes() == expected


def test_a_part_that_left_the_course_leaves_the_record(run: Run, files: Path):
    change(files, TRANSLATED, "parts:\n", 'parts:\n  "item t1-f-0":\n    be: "00000000"\n')
    assert run("translated", "t1", "--part", "aid j1").output == "t1: recorded already.\n"
    done = run("translated", "t1", "--all")
    assert done.output == "item t1-f-0, be: no longer in the course, taken out.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["translated", "t1"], "--all"),
        (["translated", "t9", "--all"], 'No course "t9"'),
        (["translated", "t1", "--part", "lesson 9-9"], 'No part is called "lesson 9-9"'),
        (["translated", "t1", "--all", "--language", "ru"], "ru is the language"),
        (["stale", "t9"], 'No course "t9"'),
        (["review", "t1", "--office", "iom", "--on", "2026-02-30", "--all"], "is no day"),
        (["review", "t1", "--office", "iom", "--on", "20260220", "--all"], "is no day"),
        (["review", "t1", "--office", "iom", "--on", "2020-02-20"], "--all"),
        (["review", "t9", "--office", "iom", "--on", "2020-02-20", "--all"], 'No course "t9"'),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(run: Run, files: Path, words: list[str], said: str):
    before = {path: path.read_bytes() for path in files.rglob("*.yaml")}
    refused = run(*words)
    assert (refused.exit_code, said in refused.output) == (1, True), refused.output
    assert {path: path.read_bytes() for path in files.rglob("*.yaml")} == before


def test_a_person_is_no_office(run: Run):
    refused = run("review", "t1", "--office", "Mr. Person", "--on", "2020-02-20", "--all")
    assert refused.exit_code == 2
    assert "Offices only" in run("review", "--help").output


def test_a_day_to_come_is_refused(run: Run):
    tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    refused = run("review", "t1", "--office", "legal", "--on", tomorrow, "--all")
    assert (refused.exit_code, "still to come" in refused.output) == (1, True)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (LESSON, "### Опасность", "<b>x</b>"),
        ("courses/t1/lessons/1-1.be.md", "### Небяспека", "[@nothing art. 1]"),
        (TRANSLATED, "parts:", "part:"),
    ],
)
def test_a_text_with_errors_is_not_recorded(run: Run, files: Path, path: str, old: str, new: str):
    change(files, path, old, new)
    before = (files / TRANSLATED).read_bytes()
    refused = run("translated", "t1", "--part", "lesson 1-1")
    assert (refused.exit_code, path in refused.output) == (1, True)
    assert (files / TRANSLATED).read_bytes() == before


def test_a_page_that_is_missing_is_not_recorded(run: Run, files: Path):
    (files / "courses/t1/lessons/1-1.be.md").unlink()
    refused = run("translated", "t1", "--part", "lesson 1-1")
    assert (refused.exit_code, refused.output[:34]) == (1, "lesson 1-1 cannot be read in be. S")


def test_an_error_elsewhere_keeps_no_part_from_being_recorded_and_loses_none(run: Run, files: Path):
    change(files, "quizzes/t1/objective-1.yaml", "course: t1", "course: [")
    change(files, LESSON, "### Опасность", "### Угроза")
    before = (files / TRANSLATED).read_text(encoding="utf-8")
    assert run("translated", "t1", "--all").exit_code == 1
    assert run("translated", "t1", "--part", "lesson *").exit_code == 0
    after = (files / TRANSLATED).read_text(encoding="utf-8")
    assert ('"item t1-f-1"' in after, after != before) == (True, True)


def test_a_review_is_recorded_for_the_text_as_it_is(run: Run, files: Path):
    words = ["review", "t1", "--office", "language", "--on", "2021-03-04"]
    done = run(*words, "--part", "aid j1", "--language", "be", "--language", "en")
    assert done.output.splitlines() == [
        "aid j1, en: read by the office language on 2021-03-04.",
        "aid j1, be: read by the office language on 2021-03-04.",
    ]
    lines = (files / REVIEWS).read_text(encoding="utf-8").splitlines()
    assert [line.partition(" on:")[0] for line in lines[2:]] == [
        '  - {part: "aid j1", language: be, office: language,',
        '  - {part: "aid j1", language: en, office: iom,',
        '  - {part: "aid j1", language: en, office: language,',
        '  - {part: "aid j1", language: en, office: legal,',
    ]
    again = run(*words, "--part", "aid j1", "--language", "be", "--json")
    assert json.loads(again.output) == {"course": "t1", "recorded": 0}


def test_a_text_with_errors_was_not_reviewed(run: Run, files: Path):
    change(files, LESSON, "### Опасность", "<b>x</b>")
    words = ["review", "t1", "--office", "legal", "--on", "2021-03-04", "--part", "lesson 1-1"]
    assert run(*words).exit_code == 1
    assert run(*words, "--language", "be").exit_code == 0


def test_a_file_that_cannot_be_written_is_a_refusal(run: Run, files: Path):
    (files / REVIEWS).with_name(".reviews.yaml.new").mkdir()
    refused = run("review", "t1", "--office", "legal", "--on", "2021-03-04", "--all")
    assert (refused.exit_code, "cannot be written" in refused.output) == (1, True)


def test_machines_get_an_object_for_each_line(run: Run, files: Path):
    (files / TRANSLATED).unlink()
    words = ["review", "t1", "--office", "iom", "--on", "2021-03-04", "--part", "aid *", "--json"]
    for line in run(*words).output.splitlines():
        assert json.loads(line)["office"] == "iom"
    for line in run("translated", "t1", "--all", "--json").output.splitlines():
        assert json.loads(line)["sentences"] > 0
