"""Commands: parse, open a scope, call a service, commit, print one line; exit 1 on refusal."""

from __future__ import annotations

import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from app.access import scope
from app.console import JSON_OPTION, refuse, say
from app.db import db

audit = AppGroup("audit", help="The record of who did what.")
i18n = AppGroup("i18n", help="Translations of the interface.")
grade = AppGroup("grade", help="Grades, computed again.")
jobs = AppGroup("jobs", help="Work outside requests.")


def register(app: Flask) -> None:
    """Add all commands to `app`."""
    from app import demo
    from app.accounts.commands import group as people
    from app.authoring import check_commands, map_commands, publish_commands, record_commands
    from app.authoring.group import content
    from app.certificates.commands import group as certificates
    from app.enrolment.commands import enrol_from_file
    from app.enrolment.commands import group as cohort

    for group in (content, audit, i18n, grade, jobs, people, certificates, cohort):
        app.cli.add_command(group)
    people.add_command(enrol_from_file, "import")
    for module in (check_commands, publish_commands, record_commands, map_commands):
        module.register(content)
    app.cli.add_command(serve_command)
    app.cli.add_command(doctor)
    demo.register(app)


@audit.command("verify")
@JSON_OPTION
def audit_verify(as_json: bool) -> None:
    """Check every audit chain; exit 1 when one is broken."""
    from app.audit.services import broken_chains

    broken = broken_chains()
    for root, sequence in broken.items():
        say(
            f"chain {root} is broken at event {sequence}.",
            as_json=as_json,
            chain=root,
            event=sequence,
        )
    if broken:
        sys.exit(1)
    say("All audit chains hold.", as_json=as_json, broken=0)


@i18n.command("update")
def i18n_update() -> None:
    """Bring the catalogues in line with the code and list what lacks a translation."""
    from app.translations import update_all

    missing = update_all()
    for language, texts in missing.items():
        for text in texts:
            say(f"{language}: {text}")
        say(f"{language}: {len(texts)} texts lack a translation.")


@i18n.command("compile")
def i18n_compile() -> None:
    """Compile the translations of the interface."""
    from app.translations import compile_all

    say(f"{compile_all()} catalogues compiled.")


@grade.command("recompute")
@JSON_OPTION
def grade_recompute(as_json: bool) -> None:
    """Grade every sealed attempt again; exit 1 when a stored result differs."""
    from app.assessment.services import replay_all

    with scope.everything("grading again"):
        differing = replay_all()
    for attempt_id in differing:
        say(f"attempt {attempt_id} differs from its stored result.", as_json=as_json, id=attempt_id)
    if differing:
        sys.exit(1)
    say("Every stored result is what grading gives.", as_json=as_json, differing=0)


@jobs.command("work")
@click.option("--once", is_flag=True, help="Run each job a single time and stop.")
def jobs_work(once: bool) -> None:
    """Run the jobs each minute."""
    from app.serving import work

    for name, count in work(current_app._get_current_object(), once=once).items():  # type: ignore[attr-defined]
        say(f"{name}: {count}")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--threads", default=4, show_default=True)
@with_appcontext
def serve_command(host: str, port: int, threads: int) -> None:
    """Serve for real, with waitress; run flask db upgrade before."""
    from app.config import ConfigError
    from app.serving import serve

    db.session.remove()
    try:
        serve(current_app._get_current_object(), host=host, port=port, threads=threads)  # type: ignore[attr-defined]
    except ConfigError as error:
        refuse(str(error))


@click.command("doctor")
@JSON_OPTION
@with_appcontext
def doctor(as_json: bool) -> None:
    """Look at this installation and say what is wrong; exit 1 when something is."""
    from app.audit.services import broken_chains
    from app.catalogue.queries import courses

    findings = {
        "database": db.engine.dialect.name,
        "courses": len(courses()),
        "broken_audit_chains": len(broken_chains()),
    }
    for name, value in findings.items():
        say(f"{name}: {value}", as_json=as_json, **{name: value})
    if findings["broken_audit_chains"] or not findings["courses"]:
        refuse("Publish the courses (flask content publish) or look at flask audit verify.")
