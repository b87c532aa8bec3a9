"""What a learner of a cohort meets in a course on a day, by the rules that learners' pages use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app import clock
from app.catalogue.models import Edition
from app.enrolment import queries as enrolment
from app.enrolment.models import Cohort, CohortCourse
from app.enrolment.rules import Window, days_left, window


@dataclass(frozen=True)
class LearnersDay:
    """A day of a cohort in a course; all days are those of the cohort's time zone.

    `edition` is the one that a new cycle begins with today, None before anything is published.
    """

    cohort: Cohort
    offer: CohortCourse
    on: date
    today: date
    edition: Edition | None

    @property
    def window(self) -> Window:
        """Where the day stands to the days the course is open."""
        return window(self.offer.opens_on, self.offer.closes_on, self.on)

    @property
    def days_left(self) -> int:
        """How many days remain after this one."""
        return days_left(self.offer.closes_on, self.on)

    @property
    def published_on(self) -> date | None:
        """The day the edition was published."""
        if self.edition is None:
            return None
        return clock.local_day(self.edition.published_at, self.cohort.time_zone)

    @property
    def is_before_publishing(self) -> bool:
        """Whether the edition was not there yet on the day."""
        return self.published_on is not None and self.on < self.published_on

    @property
    def law_review_due(self) -> date | None:
        """The day by which the edition's statements of national law are read again."""
        if self.edition is None:
            return None
        return date.fromisoformat(self.edition.outline["national_law"]["review_due"])

    @property
    def is_law_overdue(self) -> bool:
        """Whether that day is past."""
        return self.law_review_due is not None and self.law_review_due < self.on


def cohorts_of(course_id: str) -> Sequence[Cohort]:
    """Cohorts in scope that take the course, the newest first."""
    return [one for one in enrolment.cohorts() if _offer(one, course_id)]


def learners_day(
    cohort: Cohort, course_id: str, edition: Edition | None, *, on: date | None, now: datetime
) -> LearnersDay | None:
    """Return what a learner meets `on` a day, by default today; None without the course."""
    offer, today = _offer(cohort, course_id), clock.local_day(now, cohort.time_zone)
    return LearnersDay(cohort, offer, on or today, today, edition) if offer else None


def _offer(cohort: Cohort, course_id: str) -> CohortCourse | None:
    return next((one for one in cohort.courses if one.course_id == course_id), None)
