"""Forms of sign-in, the own account and administration: shape and cleaning only."""

from __future__ import annotations

import re
from datetime import date

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    PasswordField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from app.access.policy import Role
from app.accounts.rules import PASSWORD_MAX
from app.text import squeeze
from app.ui.babel import LANGUAGES
from app.ui.forms import Form, options
from app.ui.forms import lazy as _l

IDENTIFIER_MAX = 254
FIRST_YEAR, LAST_YEAR = 2020, 2100
NAME = [InputRequired(), Length(max=80)]
LATIN = re.compile(r"[A-Za-z][A-Za-z '\-]*")


def trimmed(value: str | None) -> str:
    """Filter: text with single spaces and none around."""
    return squeeze(value or "")


class SignInForm(Form):
    """Number or address, and password."""

    identifier = StringField(
        _l("Service number or e-mail"), [InputRequired(), Length(max=IDENTIFIER_MAX)], [trimmed]
    )
    password = PasswordField(_l("Password"), [InputRequired(), Length(max=PASSWORD_MAX)])
    shared = BooleanField(
        _l("This is a shared device"),
        description=_l("You are signed out when the browser closes. Sign out yourself as well."),
    )


class EnterForm(Form):
    """A one-time code, typed or brought by a link."""

    code = StringField(
        _l("Code from your slip"),
        [InputRequired(), Length(max=40)],
        [trimmed],
        description=_l("Capital and small letters are the same; dashes may be left out."),
    )
    shared = BooleanField(
        _l("This is a shared device"),
        description=_l("You are signed out when the browser closes. Sign out yourself as well."),
    )


class FirstPasswordForm(Form):
    """A new password, after entering by a code."""

    new = PasswordField(
        _l("New password"),
        [InputRequired()],
        description=_l(
            "At least 10 characters. Three or four words in a row are easy to remember. "
            "It must not contain your name or number. You may paste it."
        ),
    )
    again = PasswordField(_l("New password again"), [InputRequired()])

    def validate_again(self, field: Field) -> None:
        """Refuse a slip of the finger."""
        if self.new.data != field.data:
            raise ValidationError(str(_l("The two passwords differ. Type both again.")))


class PasswordForm(FirstPasswordForm):
    """A new password, with the present one."""

    current = PasswordField(_l("Present password"), [InputRequired(), Length(max=PASSWORD_MAX)])


class RenameForm(Form):
    """The names of an agency."""

    name_ru = StringField(_l("Name in Russian"), [InputRequired(), Length(max=160)], [trimmed])
    name_be = StringField(_l("Name in Belarusian"), [InputRequired(), Length(max=160)], [trimmed])
    name_en = StringField(_l("Name in English"), [InputRequired(), Length(max=160)], [trimmed])


class AgencyForm(RenameForm):
    """A new agency below another one; parent 0 is none."""

    parent = SelectField(_l("Belongs to"), [InputRequired()], coerce=int)
    code = StringField(
        _l("Short code"),
        [
            InputRequired(),
            Length(max=20),
            Regexp(r"[A-Za-z0-9\-]+$", message=_l("Use Latin letters, digits and dashes only.")),
        ],
        [trimmed],
        description=_l("Latin letters, digits and dashes, for example PT-4."),
    )


class CorrectForm(Form):
    """Names and address of a person, as in the service record."""

    surname = StringField(_l("Surname"), NAME, [trimmed])
    given_name = StringField(_l("Given name"), NAME, [trimmed])
    patronymic = StringField(_l("Patronymic"), [Optional(), Length(max=80)], [trimmed])
    surname_latin = StringField(
        _l("Surname in Latin letters"),
        [Optional(), Length(max=80)],
        [trimmed],
        description=_l("The certificate shows it."),
    )
    given_name_latin = StringField(
        _l("Given name in Latin letters"), [Optional(), Length(max=80)], [trimmed]
    )
    email = EmailField(
        _l("Work e-mail"),
        [
            Optional(),
            Length(max=IDENTIFIER_MAX),
            Regexp(r"[^@\s]+@[^@\s]+$", message=_l("Type an address such as name@example.org.")),
        ],
        [trimmed],
    )

    def validate_surname_latin(self, field: Field) -> None:
        """Latin letters only."""
        _latin(field)

    def validate_given_name_latin(self, field: Field) -> None:
        """Latin letters only."""
        _latin(field)


class PersonForm(CorrectForm):
    """A new person."""

    agency = SelectField(_l("Agency"), [InputRequired()], coerce=int)
    service_number = StringField(
        _l("Service number"),
        [
            InputRequired(),
            Length(max=40),
            Regexp(r".*\w", message=_l("Type the number with its letters and digits.")),
        ],
        [trimmed],
    )
    language = SelectField(
        _l("Language"),
        [InputRequired()],
        choices=options((each.code, each.name) for each in LANGUAGES),
    )


def _latin(field: Field) -> None:
    if field.data and not LATIN.fullmatch(field.data):
        raise ValidationError(str(_l("Use Latin letters, spaces, dashes and apostrophes only.")))


def _sensible(day: date | None) -> None:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(str(_l("Check the year.")))


class TransferForm(Form):
    """The agency a person goes to."""

    agency = SelectField(_l("New agency"), [InputRequired()], coerce=int)


ROLES = options(
    (
        (Role.TRAINER.value, _l("Trainer")),
        (Role.COORDINATOR.value, _l("Coordinator")),
        (Role.REVIEWER.value, _l("Reviewer")),
        (Role.AUTHOR.value, _l("Author")),
        (Role.ADMIN.value, _l("Admin")),
    )
)


class GrantForm(Form):
    """A role asked for; agency 0 is every agency."""

    service_number = StringField(
        _l("Service number of the person"), [InputRequired(), Length(max=40)], [trimmed]
    )
    role = SelectField(_l("Role"), [InputRequired()], choices=ROLES)
    agency = SelectField(
        _l("Agency"),
        [InputRequired()],
        coerce=int,
        description=_l("The role holds for all agencies below it too."),
    )
    valid_from = DateField(_l("First day"), [InputRequired()])
    last_day = DateField(
        _l("Last day"), [Optional()], description=_l("Leave it empty for a role without an end.")
    )

    def validate_valid_from(self, field: Field) -> None:
        """Refuse a day that is surely a slip of the pen."""
        _sensible(field.data)

    def validate_last_day(self, field: Field) -> None:
        """The last day is not before the first."""
        _sensible(field.data)
        first: date | None = self.valid_from.data
        if first and field.data and field.data < first:
            raise ValidationError(str(_l("The last day is before the first day.")))
