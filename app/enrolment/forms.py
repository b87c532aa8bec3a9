"""Forms of cohorts: shape and cleaning only."""

from __future__ import annotations

from datetime import date

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, EmailField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.text import squeeze
from app.ui.forms import Form, options
from app.ui.forms import lazy as _l

FIRST_YEAR, LAST_YEAR = 2020, 2100
ALL_ROWS, GOOD_ROWS = "all", "good"


def trimmed(value: str | None) -> str:
    """Filter: text with single spaces and none around."""
    return squeeze(value or "")


class DaysForm(Form):
    """The first and the last day of a course, both inclusive."""

    opens_on = DateField(_l("First day"), [InputRequired()])
    closes_on = DateField(
        _l("Last day"),
        [InputRequired()],
        description=_l("The whole day counts, in the time zone of the agency."),
    )

    @property
    def days(self) -> tuple[date, date]:
        """The two days of a form that was found right."""
        first, last = self.opens_on.data, self.closes_on.data
        if first is None or last is None:
            raise ValueError("the form was not validated")
        return first, last

    def validate_opens_on(self, field: DateField) -> None:
        """Refuse a day that is surely a slip of the pen."""
        _sensible(field.data)

    def validate_closes_on(self, field: DateField) -> None:
        """Refuse a last day before the first one."""
        _sensible(field.data)
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_l("The last day is before the first day."))


class CohortForm(DaysForm):
    """A new cohort. The agencies and courses to choose from are set by the view."""

    agency = SelectField(_l("Agency"), [InputRequired()])
    name = StringField(
        _l("Name of the cohort"),
        [DataRequired(), Length(max=100)],
        [trimmed],
        description=_l("As you speak of it, for example: Autumn, group 2."),
    )
    course = SelectField(_l("Course"), [InputRequired()])


class UploadForm(Form):
    """A list of people."""

    roster = FileField(
        _l("List of people"),
        [FileRequired(_l("Choose a file."))],
        description=_l("At most 10,000 rows."),
    )


class DecisionForm(Form):
    """What to do with a list that was looked at."""

    choice = RadioField(
        _l("What shall be enrolled?"),
        [InputRequired()],
        choices=options(
            [
                (ALL_ROWS, _l("All rows, or nothing if one of them cannot be enrolled")),
                (GOOD_ROWS, _l("Only the good rows; the others are left out")),
            ]
        ),
    )
    namesakes = BooleanField(
        _l("The namesakes are different people: add them too"),
        description=_l("Compare the service numbers first."),
    )


class PersonForm(Form):
    """One person: by number alone if known here, else with the names."""

    service_number = StringField(_l("Service number"), [DataRequired(), Length(max=40)], [trimmed])
    surname = StringField(_l("Surname"), [Length(max=80)], [trimmed])
    given_name = StringField(_l("Name"), [Length(max=80)], [trimmed])
    patronymic = StringField(_l("Patronymic"), [Length(max=80)], [trimmed])
    surname_latin = StringField(
        _l("Latin surname"),
        [Length(max=80)],
        [trimmed],
        description=_l("As in the passport; it is printed on the certificate."),
    )
    given_name_latin = StringField(_l("Latin name"), [Length(max=80)], [trimmed])
    email = EmailField(_l("E-mail"), [Length(max=254)], [trimmed])
    unit = StringField(_l("Unit"), [Length(max=120)], [trimmed])
    rank_band = StringField(_l("Rank"), [Length(max=60)], [trimmed])
    namesakes = BooleanField(_l("This is another person of the same name"))


def _sensible(day: date | None) -> None:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_l("Check the year."))
