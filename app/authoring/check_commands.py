"""Commands that look at the content files and change nothing."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

import click
from flask.cli import AppGroup, with_appcontext

from app.authoring import tree, wording
from app.console import JSON_OPTION, refuse, say
from app.content.loaded import Loaded
from app.content.problems import Problem

MANY = 20  # problems from which on the last line counts them by rule


def register(group: AppGroup) -> None:
    """Add the commands of this module to `group`."""
    for command in (content_check,):
        group.add_command(command)


@click.command("check")
@click.argument("course", required=False)
@click.option("--strict", is_flag=True, help="Warnings stop, too.")
@wording.LANGUAGE_OPTION
@JSON_OPTION
@with_appcontext
def content_check(course: str | None, strict: bool, language: str, as_json: bool) -> None:
    """Check the files of COURSE, or all; exit 1 when one has an error."""
    loaded = tree.read()
    problems = _of(course, loaded) if course else loaded.problems
    with wording.speaking(language):
        for problem in problems:
            _say(problem, as_json=as_json)
        errors = sum(problem.severity == "error" for problem in problems)
        _sum_up(problems, errors, as_json=as_json)
    if errors or (strict and problems):
        sys.exit(1)


def _of(course: str, loaded: Loaded) -> Sequence[Problem]:
    """Return the problems of a course and of the files that all courses share."""
    if course not in {path.name for path in loaded.root.glob("courses/*/")}:
        refuse(f'There is no course "{course}".')
    own = (f"courses/{course}/", f"quizzes/{course}/")
    return [
        problem
        for problem in loaded.problems
        if problem.path.startswith(own) or problem.path.count("/") == 1
    ]


def _say(problem: Problem, *, as_json: bool) -> None:
    say(
        wording.line(problem),
        as_json=as_json,
        path=problem.path,
        line=problem.line,
        code=problem.code,
        severity=problem.severity,
        subject=problem.subject,
        message=wording.message(problem),
        hint=wording.hint(problem),
        params=dict(problem.params),
    )


def _sum_up(problems: Sequence[Problem], errors: int, *, as_json: bool) -> None:
    rules = Counter(problem.code for problem in problems).most_common()
    text = wording.total(errors, len(problems) - errors)
    if len(problems) > MANY:
        text = f"{text} {', '.join(f'{code} {count}' for code, count in rules)}."
    say(
        text,
        as_json=as_json,
        errors=errors,
        warnings=len(problems) - errors,
        rules=dict(rules),
    )
