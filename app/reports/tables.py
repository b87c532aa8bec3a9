"""The completion report as it is told: rows that passed the gate, and the words around them.

Page, XLSX and CSV print the same `Report`; none of them sees a figure that was not let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from itertools import groupby
from typing import Literal

from flask_babel import gettext as _

from app.accounts.models import Agency
from app.reports import rules
from app.reports.queries import CohortFigures


class Mark(Enum):
    """What stands where no figure can: `HIDDEN` by the gate, `NO_DATA` for a share of nobody."""

    HIDDEN = "◊"
    NO_DATA = "–"


Value = int | Fraction | Mark
Level = Literal["total", "agency", "cohort"]


@dataclass(frozen=True)
class Row:
    """A line of the report. `cells` are `rules.COLUMNS`, then pass rate and completion."""

    level: Level
    agency: str
    cohort: str
    cells: tuple[Value, ...]

    @property
    def name(self) -> str:
        """What the line is about."""
        return self.cohort if self.level == "cohort" else self.agency


@dataclass(frozen=True)
class Section:
    """The agencies of one course that are told under the same thresholds."""

    course_id: str
    course: str
    inside: bool
    thresholds: rules.Thresholds
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Report:
    """Completion by agency and cohort on `day`, counted at the moment `at`."""

    day: date
    at: datetime
    sections: tuple[Section, ...]


def report(
    figures: Sequence[CohortFigures],
    *,
    day: date,
    at: datetime,
    language: str,
    is_inside: Callable[[Agency], bool],
    inside_thresholds: rules.Thresholds = rules.INSIDE_AGENCY,
    beyond_thresholds: rules.Thresholds = rules.BEYOND_AGENCY,
) -> Report:
    """Let `figures` through the gate and name them in `language`.

    `is_inside` says of which agencies the reader sees the learners by name. The two kinds of
    agencies never share a total: known figures would give the hidden ones away.
    """
    sections = []
    for _course_id, of_course in groupby(figures, key=lambda each: each.course.id):
        members = list(of_course)
        for inside in (True, False):
            chosen = [each for each in members if is_inside(each.agency) is inside]
            if chosen:
                thresholds = inside_thresholds if inside else beyond_thresholds
                sections.append(_section(chosen, inside, thresholds, language))
    return Report(day, at, tuple(sections))


def _section(
    figures: Sequence[CohortFigures],
    inside: bool,
    thresholds: rules.Thresholds,
    language: str,
) -> Section:
    names: list[tuple[Level, str, str]] = []
    agencies: list[rules.Node] = []
    for agency, cohorts in groupby(figures, key=lambda each: each.agency):
        members = list(cohorts)
        name = agency.name(language)
        names.append(("agency", name, ""))
        names += [("cohort", name, each.cohort.name) for each in members]
        agencies.append(rules.total([rules.Node(each.counts) for each in members]))
    root = agencies[0]
    if len(agencies) > 1:
        root = rules.total(agencies)
        names.insert(0, ("total", _("All agencies"), ""))
    shown = rules.disclose(root, thresholds)
    course = figures[0].course
    return Section(
        course.id,
        f"{course.code}. {course.title(language)}",
        inside,
        thresholds,
        tuple(Row(*words, _cells(counts)) for words, counts in zip(names, shown, strict=True)),
    )


def _cells(counts: Iterable[int | None]) -> tuple[Value, ...]:
    told: list[Value] = [Mark.HIDDEN if n is None else n for n in counts]
    pass_rate = _share(told[rules.PASSED], told[rules.ATTEMPTED])
    return (*told, pass_rate, _share(told[rules.COMPLETED], told[rules.LEARNERS]))


def _share(part: Value, whole: Value) -> Value:
    if not isinstance(part, int) or not isinstance(whole, int):
        return Mark.HIDDEN
    return Fraction(part, whole) if whole else Mark.NO_DATA


def definitions() -> list[tuple[str, str]]:
    """Return the columns of figures in order, each with what it counts."""
    return [
        (
            _("Learners"),
            _(
                "People enrolled in the cohort. Who left is counted where they had begun the "
                "course. Who is in two cohorts is counted in both."
            ),
        ),
        (_("Started"), _("Learners who began the course.")),
        (
            _("Lessons finished"),
            _(
                "Learners who finished all lessons. A lesson that was opened again after a failed "
                "final counts when it is finished again."
            ),
        ),
        (_("Took the final"), _("Learners with at least one graded attempt at the final.")),
        (_("Passed"), _("Learners who passed the final in any attempt.")),
        (
            _("Completed"),
            _("Learners who met every rule of the course: lessons, cases and final test."),
        ),
        (
            _("Certificates"),
            _("Learners with a certificate in force: not expired, revoked or superseded."),
        ),
        (_("Pass rate"), _("Passed, of those who took the final. Rounded down.")),
        (_("Completion"), _("Completed, of all learners. Rounded down.")),
    ]


def legend(thresholds: rules.Thresholds, share_none: str, share_all: str) -> list[tuple[Mark, str]]:
    """Return what each mark means; the shares of none and of all come printed."""
    return [
        (
            Mark.HIDDEN,
            _(
                "Hidden. The group has fewer than %(group)d people; or the figure or its rest "
                "is fewer than %(cell)d people; or it is %(none)s or %(all)s of fewer than "
                "%(mask)d people; or such a figure could be worked out from it.",
                group=thresholds.group,
                cell=thresholds.cell,
                mask=thresholds.mask,
                none=share_none,
                all=share_all,
            ),
        ),
        (Mark.NO_DATA, _("No data: nobody to take a share of.")),
    ]


def audience(inside: bool) -> str:
    """Return whose report a section is."""
    if inside:
        return _("Own agency")
    return _("Oversight")


def attribution() -> str:
    """Return how results are attributed to agencies."""
    return _(
        "Results are counted for the agency and cohort in which they were earned. A transfer to "
        "another agency changes nothing in them."
    )
