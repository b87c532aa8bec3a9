"""Sample data of the gallery page. All of it is fictional."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

from flask_babel import gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from app.ui.forms import Form, options
from app.ui.forms import lazy as _l


class GalleryForm(Form):
    """A field of every kind."""

    name = StringField(_l("Surname and name"), [InputRequired(), Length(max=120)])
    email = EmailField(_l("Work email"), description=_l("Only if you have one."))
    password = PasswordField(_l("Password"), [InputRequired(), Length(min=10)])
    opens_on = DateField(_l("First day"), [InputRequired()])
    agency = SelectField(
        _l("Agency"),
        [InputRequired()],
        choices=options(
            [
                ("a", _l("Northern Border Group (fictional)")),
                ("b", _l("Migration Office 2")),
            ]
        ),
    )
    language = RadioField(
        _l("Language of the final test"),
        [InputRequired()],
        choices=options(
            [
                ("ru", "Русский"),
                ("be", "Беларуская"),
                ("en", "English"),
            ]
        ),
    )
    roster = FileField(_l("List of officers"), description=_l("CSV, as Excel saves it."))
    reason = TextAreaField(
        _l("Reason"), description=_l("No real names and no document numbers, please.")
    )
    honest = BooleanField(_l("I take the test by myself"), [InputRequired()])


def sample() -> dict[str, object]:
    """Return everything that the gallery page shows."""
    wrong = GalleryForm(
        formdata=MultiDict({"wrong-password": "short", "wrong-opens_on": "yesterday"}),
        prefix="wrong",
        meta={"csrf": False},
    )
    wrong.validate()
    return {
        "form": GalleryForm(formdata=None, prefix="right", meta={"csrf": False}),
        "wrong": wrong,
        "moment_sample": datetime(2027, 5, 5, 20, 59, tzinfo=UTC),
        "date_sample": date(2027, 5, 5),
        "score_sample": Fraction(11, 14),
        "legend": [
            ("done", _("done")),
            ("open", _("in progress")),
            ("todo", _("not begun")),
            ("late", _("late")),
            ("failed", _("not passed")),
            ("locked", _("locked")),
        ],
        "lessons": ["1.1", "1.2", "1.3", "1.4", "1.5"],
        "learners": [
            (_("A. Sample"), ["done", "done", "done", "done", "done"]),
            (_("B. Sample-Longsurname"), ["done", "done", "open", "todo", "todo"]),
            (_("C. Sample"), ["late", "todo", "todo", "todo", "locked"]),
            (_("D. Sample"), ["done", "done", "done", "failed", "locked"]),
        ],
    }
