"""What the check says, in the language of who reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask_babel import force_locale
from flask_babel import gettext as _

from app.content.problems import Problem
from app.ui.babel import BY_CODE

LANGUAGE_OPTION = click.option(
    "--language",
    type=click.Choice(sorted(BY_CODE)),
    default="en",
    show_default=True,
    help="Language of what is said.",
)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside the block."""
    with force_locale(BY_CODE[language].locale):
        yield


def message(problem: Problem) -> str:
    """Return what is wrong, in the language in force."""
    return _filled(problem.template, problem)


def hint(problem: Problem) -> str:
    """Return what to do, in the language in force; may be empty."""
    return _filled(problem.hint_template, problem)


def subject(problem: Problem) -> str:
    """Return which item or case is meant; the names of keys are the same in every language."""
    kind, _quote, name = problem.subject.removesuffix('"').partition(' "')
    if kind == "item" and name:
        return _('item "%(id)s"', id=name)
    return _('case "%(id)s"', id=name) if kind == "scenario" and name else problem.subject


def _filled(template: str, problem: Problem) -> str:
    return str(_(template)) % problem.params if template else ""


def line(problem: Problem) -> str:
    """Return a problem as one line: place, subject, message, hint."""
    what = f"{subject(problem)}: {message(problem)}" if problem.subject else message(problem)
    if problem.severity == "warning":
        what = _("warning: %(what)s", what=what)
    told = f"{problem.path}:{problem.line} {what}"
    return f"{told} – {hint(problem)}" if problem.hint_template else told


def total(errors: int, warnings: int) -> str:
    """Return how many problems there are, in one sentence."""
    return _("Errors: %(errors)s, warnings: %(warnings)s.", errors=errors, warnings=warnings)
