"""What people send about attempts."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import Field, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from app.assessment.services import Sent
from app.text import personal_data_fault, squeeze
from app.ui.forms import Form
from app.ui.forms import lazy as _l

REASON_MIN, REASON_MAX = 10, 500
NUMBER_DIGITS = 6


def no_personal_data(_form: object, field: Field) -> None:
    """Refuse a text that holds a document or phone number."""
    match personal_data_fault(field.data or ""):
        case "document":
            raise ValidationError(
                _l("This looks like a document number. Take it out and say the reason without it.")
            )
        case "phone":
            raise ValidationError(
                _l("This looks like a phone number. Take it out and say the reason without it.")
            )


class GrantForm(Form):
    """The reason for a further attempt."""

    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(), Length(min=REASON_MIN, max=REASON_MAX), no_personal_data],
        filters=[lambda text: squeeze(text) if text else text],
        description=_l(
            "At least ten characters. Write no names, document numbers or phone numbers. "
            "Example: the power failed during the last attempt."
        ),
    )


def sent_answers(form: Mapping[str, str], count: int) -> list[Sent]:
    """Return the answered items of the page without a script: `q-3` on the base `base-3`."""
    return [
        Sent(position, _number(form.get(f"base-{position}", "")), (chosen,))
        for position in range(1, count + 1)
        if (chosen := form.get(f"q-{position}"))
    ]


def _number(text: str) -> int:
    """Return a revision as sent; what is not one fits no answer."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS else -1
