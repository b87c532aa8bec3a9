"""Commands: one line a result, JSON for machines, exit code 1 on refusal."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app import clock, create_app
from app.accounts.models import Person
from app.assessment.models import Result
from app.audit.models import AuditEvent
from app.certificates import services as certificates
from app.certificates.models import Certificate
from app.config import ConfigError
from app.db import db
from app.serving import check_ready
from tests.app.stage import Stage
from tests.conftest import test_config

PLAIN = (
    ("audit", "verify"),
    ("certificates", "ledger"),
    ("cohort", "list"),
    ("content", "check"),
    ("content", "publish"),
    ("content", "status"),
    ("doctor",),
    ("grade", "recompute"),
)


def run(app, *words: str):
    return app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def stage(world) -> Stage:
    return Stage(world)


def test_each_result_is_a_line_for_people_and_an_object_for_machines(stage, world):
    serial = stage.common["serial"]
    for words in (*PLAIN, ("certificates", "verify", serial)):
        told, machine = run(world.app, *words), run(world.app, *words, "--json")
        assert (told.exit_code, machine.exit_code) == (0, 0), (words, told.output, machine.output)
        lines = machine.output.splitlines()
        assert lines, words
        assert len(lines) == len(told.output.splitlines()), words
        assert all(isinstance(json.loads(line), dict) for line in lines), words


def test_jobs_say_what_they_did(stage, world):
    done = run(world.app, "jobs", "work", "--once")
    assert done.exit_code == 0
    assert done.output.splitlines()[0] == "seal attempts whose time is over: 0"


def test_publishing_twice_changes_nothing(app):
    assert "edition 1 unchanged." in run(app, "content", "publish").output


@pytest.fixture
def broken_tree(few_courses: Path, tmp_path: Path) -> Path:
    for folder in ("courses", "quizzes"):
        shutil.copytree(few_courses / folder, tmp_path / folder)
    (tmp_path / "courses" / "c1" / "lessons" / "1-3.be.md").unlink()
    quiz = tmp_path / "quizzes" / "c1" / "recall.yaml"
    quiz.write_text(quiz.read_text(encoding="utf-8").replace("level:", "lvel:", 1), "utf-8")
    return tmp_path


@pytest.mark.databases("sqlite")  # no row is read
def test_content_with_faults_is_named_by_file_and_line_and_not_published(app, broken_tree):
    settings = replace(app.config["AVRR"], content_root=broken_tree)
    other = create_app(settings)
    checked = run(other, "content", "check")
    assert checked.exit_code == 1
    assert "1-3.be.md" in checked.output
    assert "quizzes/c1/recall.yaml:" in checked.output
    assert str(broken_tree) not in checked.output
    *problems, total = map(json.loads, run(other, "content", "check", "--json").output.splitlines())
    assert total["errors"] == sum(one["severity"] == "error" for one in problems) >= 2
    assert run(other, "content", "publish").exit_code == 1
    assert "edition 1," in run(app, "content", "status").output
    with other.app_context():
        db.engine.dispose()


def test_only_a_certificate_that_is_valid_verifies(stage, world):
    serial = stage.common["serial"]
    assert run(world.app, "certificates", "verify", serial).exit_code == 0
    for typed in ("0" * 16, "nothing", serial[:-1] + ("0" if serial[-1] != "0" else "1")):
        answer = run(world.app, "certificates", "verify", typed)
        assert answer.exit_code == 1, answer.output
        assert len(answer.output.splitlines()) == 1
    with world.inside():
        certificate = db.session.scalars(select(Certificate)).one()
        request = certificates.request_revocation(
            certificate, reason_code="other", by=world.coordinator, now=clock.now()
        )
        certificates.decide_revocation(request, approved=True, by=world.admin, now=clock.now())
        db.session.commit()
    answer = run(world.app, "certificates", "verify", serial, "--json")
    assert answer.exit_code == 1
    assert json.loads(answer.output)["state"] == "revoked"


def test_a_tampered_record_and_a_tampered_result_are_refused(stage, world):
    with world.inside():
        db.session.execute(
            update(AuditEvent).where(AuditEvent.sequence == 3).values(action="nothing.happened")
        )
        db.session.execute(update(Result).values(right_count=Result.right_count - 1))
        db.session.commit()
    for words, said in (
        (("audit", "verify"), "broken at event 3"),
        (("grade", "recompute"), stage.common["public_id"]),
        (("doctor",), "broken_audit_chains: 2"),
    ):
        answer = run(world.app, *words)
        assert answer.exit_code == 1, words
        assert said in answer.output
    for words in (("audit", "verify"), ("grade", "recompute")):
        lines = run(world.app, *words, "--json").output.splitlines()
        assert lines
        assert all(json.loads(line) for line in lines)


def test_the_demo_is_loaded_once_and_kept_out_of_production(app):
    first = run(app, "demo", "load")
    assert first.exit_code == 0, first.output
    assert first.output.startswith("Demo loaded")

    def people() -> int:
        with app.app_context():
            return db.session.scalar(select(func.count()).select_from(Person)) or 0

    before = people()
    second = run(app, "demo", "load")
    assert (second.exit_code, second.output) == (0, "The demo is loaded already.\n")
    assert people() == before > 30
    for words in (("audit", "verify"), ("grade", "recompute")):
        assert run(app, *words).exit_code == 0

    url = app.config["AVRR"].database_url
    facts = {"mode": "production", "base_url": "https://academy.example"}
    production = create_app(test_config(url, **facts))
    for words in (("demo", "load"), ("demo", "serve"), ("serve",)):
        refused = run(production, *words)
        assert refused.exit_code == 1, words
        assert refused.output.strip()
    with pytest.raises(ConfigError, match="DATABASE_URL"):
        check_ready(production)
    with production.app_context():
        db.engine.dispose()
    assert people() == before


def test_production_refuses_a_database_without_tables(tmp_path):
    facts = {"mode": "production", "base_url": "https://academy.example"}
    production = create_app(test_config(f"sqlite:///{tmp_path / 'empty.sqlite3'}", **facts))
    with pytest.raises(ConfigError, match="db upgrade"):
        check_ready(production)
    with production.app_context():
        db.engine.dispose()
