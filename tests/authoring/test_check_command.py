"""The check by command: in three languages, strict, for people and for machines."""

from __future__ import annotations

import json

import pytest

from app.authoring import wording
from app.content.load import load

pytestmark = pytest.mark.databases("sqlite")  # the command asks no database
COURSE = "courses/t1/course.yaml"
FINAL = "quizzes/t1/objective-1.yaml"
SAID = {
    "en": '"code" is missing',
    "ru": "нет ключа «code»",
    "be": "Няма «code»",
}


@pytest.fixture
def run(app):
    def act(*words: str):
        return app.test_cli_runner().invoke(args=["content", "check", *words])

    return act


def test_what_has_no_errors_ends_well(run, files):
    assert run().exit_code == 0


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_an_author_reads_the_check_in_their_language(run, files, change, language):
    change(COURSE, "code: T1\n", "")
    answer = run("--language", language)
    assert answer.exit_code == 1
    assert f"{COURSE}:1 {SAID[language]}" in answer.output


def test_a_warning_stops_only_who_is_strict(run, files):
    (files / "quizzes" / "t1" / "more.yml").write_text("x", encoding="utf-8")
    assert (run().exit_code, run("--strict").exit_code) == (0, 1)


def test_a_machine_reads_one_object_a_line(run, files, change):
    change(COURSE, "code: T1\n", "")
    *problems, total = map(json.loads, run("--json", "--language", "ru").output.splitlines())
    [problem] = [one for one in problems if one["code"] == "missing-key"]
    assert problem == {
        "path": COURSE,
        "line": 1,
        "code": "missing-key",
        "severity": "error",
        "subject": "",
        "message": SAID["ru"],
        "hint": problem["hint"],
        "params": {"key": "code"},
    }
    assert total["errors"] >= 1
    assert total["rules"]["missing-key"] == 1


def test_many_problems_are_counted_by_rule(run, files):
    for number in range(21):
        (files / "quizzes" / "t1" / f"{number}.yml").write_text("x", encoding="utf-8")
    assert "stray 21" in run().output.splitlines()[-1]


def test_one_course_is_checked_with_what_all_share(run, files, change):
    for name in ("courses/t1/a.txt", "courses/b.txt", "courses/t2/a.txt"):
        (files / name).parent.mkdir(exist_ok=True)
        (files / name).write_text("x", encoding="utf-8")
    told = run("t1").output
    assert "courses/t1/a.txt" in told
    assert "courses/b.txt" in told
    assert "courses/t2" not in told
    assert run("..").exit_code == run("t9").exit_code == 1


def test_no_message_of_the_check_lacks_a_gap(app):
    from app.content.messages import MESSAGES
    from app.content.problems import Problem

    class Any(dict[str, object]):
        def __missing__(self, key: str) -> str:
            return key

    with app.app_context():
        for language in ("en", "ru", "be"):
            with wording.speaking(language):
                for code in MESSAGES:
                    assert wording.line(Problem("x", 1, code, Any()))


def test_the_tree_of_tests_is_what_the_command_reads(run, files):
    assert f"warnings: {len(load(files).problems)}." in run().output.splitlines()[-1]
