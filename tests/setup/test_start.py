"""`python3 -m app`: what it installs, when, and what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import app.__main__ as start

JOBS = ("setup", "test", "check", "fix", "bench", "flask", "lock")


class Machine:
    """A made-up machine: it records commands instead of running them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.commands: list[tuple[str, ...]] = []
        self.dropped: set[str] = set()
        self.failing = ""

    def run(self, *command: str, without=()) -> int:
        self.commands.append(command)
        self.dropped |= set(without)
        return 1 if self.failing and self.failing in " ".join(command) else 0

    def make_environment(self) -> None:
        start.python().parent.mkdir(parents=True)
        start.python().touch()

    def installs(self) -> list[str]:
        return [command[-1] for command in self.commands if "install" in command]

    def forget(self) -> None:
        self.commands.clear()


@pytest.fixture
def machine(tmp_path, monkeypatch):
    (tmp_path / "app").mkdir()
    (tmp_path / start.RUN_LOCK).write_text("flask==3.1.3\n")
    (tmp_path / start.DEV_LOCK).write_text("flask==3.1.3\npytest==9.2.0\n")
    made_up = Machine(tmp_path)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    for name in ("run", "make_environment"):
        monkeypatch.setattr(start, name, getattr(made_up, name))
    monkeypatch.setattr(start, "become", made_up.run)
    monkeypatch.setattr(start, "missing_groups", list)
    monkeypatch.delenv("CI", raising=False)
    return made_up


def test_the_first_run_installs_the_lock_with_hashes_and_serves(machine):
    assert start.main([]) == 0
    assert machine.installs() == [start.RUN_LOCK]
    assert "--require-hashes" in machine.commands[-2]
    assert machine.commands[-1][-2:] == ("demo", "serve")


def test_a_second_run_installs_nothing(machine):
    start.main(["setup"])
    machine.forget()
    assert start.main(["setup"]) == 0
    assert machine.commands == []


def test_a_changed_lock_is_installed_again(machine):
    start.main(["setup"])
    machine.forget()
    (machine.root / start.RUN_LOCK).write_text("flask==3.1.4\n")
    start.main(["setup"])
    assert machine.installs() == [start.RUN_LOCK]


def test_the_tools_are_installed_only_for_the_jobs_that_need_them(machine):
    start.main(["setup"])
    start.main(["flask", "doctor"])
    assert machine.installs() == [start.RUN_LOCK]
    start.main(["check", "types"])
    assert machine.installs() == [start.RUN_LOCK, start.DEV_LOCK]


def test_the_lock_with_the_tools_serves_the_program_too(machine):
    start.main(["test"])
    machine.forget()
    start.main(["setup"])
    assert machine.commands == []


def test_an_install_that_failed_is_tried_again(machine, capsys):
    machine.failing = "pip install"
    assert start.main(["setup"]) == 1
    assert "network" in capsys.readouterr().err
    machine.failing = ""
    machine.forget()
    assert start.main(["setup"]) == 0
    assert machine.installs() == [start.RUN_LOCK]


@pytest.mark.parametrize("edited", [False, True])
def test_translations_are_compiled_when_missing_or_edited(machine, edited):
    start.main(["setup"])
    machine.forget()
    source = machine.root / "app" / "translations" / "be" / "messages.po"
    source.parent.mkdir(parents=True)
    source.touch()
    if edited:
        source.with_suffix(".mo").touch()
        os.utime(source.with_suffix(".mo"), (1, 1))
    start.main(["setup"])
    assert [command[-2:] for command in machine.commands] == [("i18n", "compile")]


def test_translations_already_compiled_are_left_alone(machine):
    source = machine.root / "app" / "messages.po"
    source.touch()
    os.utime(source, (1, 1))
    source.with_suffix(".mo").touch()
    start.main(["setup"])
    machine.forget()
    start.main(["setup"])
    assert machine.commands == []


def test_a_python_without_ensurepip_is_told_the_debian_package(monkeypatch):
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(start.Refusal, match="python3-venv"):
        start.make_environment()


def test_an_old_python_is_told_so(machine, monkeypatch, capsys):
    monkeypatch.setattr(start, "OLDEST_PYTHON", (99, 0))
    assert start.main(["setup"]) == 1
    assert "Python 99.0 or newer is needed" in capsys.readouterr().err
    assert machine.commands == []


def test_an_unknown_job_is_refused_with_the_list_of_jobs(capsys):
    assert start.main(["deploy"]) == 1
    assert "There is no job 'deploy'." in capsys.readouterr().err


def test_all_adds_the_slow_tests_and_the_rest_goes_to_pytest(machine):
    start.main(["test", "--all", "-k", "grade"])
    assert machine.commands[-1][2:] == ("pytest", "-n", "auto", "--run-all", "-k", "grade")


def test_settings_of_this_machine_do_not_reach_the_tests(machine, monkeypatch):
    for name in ("DATABASE_URL", "PORT", "AVRR_MODE", "FLASK_DEBUG"):
        monkeypatch.setenv(name, "1")
    start.main(["test"])
    assert {"DATABASE_URL", "PORT", "AVRR_MODE", "FLASK_DEBUG"} <= machine.dropped


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("0", 0), ("false", 0), ("1", 1), ("true", 1)])
def test_a_group_that_cannot_run_is_named_and_fails_in_ci(machine, monkeypatch, capsys, ci, code):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(start, "missing_groups", lambda: ["browser tests. Install Chromium."])
    assert start.main(["test"]) == code
    assert "Not run: browser tests. Install Chromium." in capsys.readouterr().out


def test_missing_servers_and_browsers_are_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(start, "find_chromium", lambda: None)
    monkeypatch.setattr(start, "find_postgres", lambda: None)
    browser, postgres = start.missing_groups()
    assert "Chromium" in browser
    assert "PostgreSQL" in postgres


def test_check_runs_every_part_although_one_fails(machine, capsys):
    machine.failing = "mypy"
    assert start.main(["check"]) == 1
    verdicts = capsys.readouterr().out.splitlines()[-5:]
    assert verdicts == [
        "ok      lint: format",
        "ok      lint: code",
        "FAILED  types: mypy",
        "ok      contracts: imports",
        "ok      content: files",
    ]


def test_check_lints_templates_when_there_are_some(machine):
    (machine.root / "app" / "page.html").touch()
    assert start.main(["check", "lint"]) == 0
    assert any("djlint" in command for command in machine.commands)


def test_check_refuses_a_part_it_does_not_know(machine, capsys):
    assert start.main(["check", "spelling"]) == 1
    assert "check knows lint, types, contracts, content, not spelling." in capsys.readouterr().err
    assert machine.commands == []


def test_help_names_every_job():
    shown = subprocess.run(
        [sys.executable, "-m", "app", "--help"],
        cwd=start.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    listed = [line.split()[0] for line in shown.splitlines() if line.startswith("  ")]
    assert listed == list(JOBS)


def test_importing_the_package_imports_no_library():
    code = "import sys, app; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=start.ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"flask", "sqlalchemy", "werkzeug", "jinja2", "pydantic"} & set(loaded)
