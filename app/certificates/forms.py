"""Forms about certificates: shape and cleaning only."""

from __future__ import annotations

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.assessment.forms import no_personal_data
from app.text import squeeze
from app.ui.forms import Form, options
from app.ui.forms import lazy as _l

NOTE_MIN, NOTE_MAX = 10, 500
REVOCATION_WORDS = {
    "error_in_name": _l("The name on it is wrong"),
    "issued_in_error": _l("It was issued by mistake"),
    "result_annulled": _l("The result of the course was annulled"),
    "other": _l("Another reason, kept by the agency"),
}
CORRECTION_WORDS = {
    "error_in_name": _l("The name was spelt wrong"),
    "name_changed": _l("The person has a new name"),
}


def reason_words(code: str | None) -> str:
    """Return the public words for a reason code, empty when there is none."""
    return str({**CORRECTION_WORDS, **REVOCATION_WORDS}.get(code or "", ""))


class SurnameForm(Form):
    """The surname that whoever checks reads on the paper."""

    surname = StringField(
        _l("Surname of the holder"),
        [InputRequired(), Length(max=120)],
        [lambda value: squeeze(value or "")],
        description=_l("As on the certificate, in Cyrillic or Latin letters."),
    )


class RevokeForm(Form):
    """Why a certificate is to be revoked."""

    reason = RadioField(
        _l("Reason"),
        [InputRequired()],
        choices=options(REVOCATION_WORDS.items()),
        description=_l("Everybody who checks the certificate sees the reason."),
    )
    note = TextAreaField(
        _l("For the person who decides: what happened?"),
        [InputRequired(), Length(min=NOTE_MIN, max=NOTE_MAX), no_personal_data],
        [lambda value: squeeze(value or "")],
        description=_l(
            "At least ten characters. Write no names, document numbers or phone numbers."
        ),
    )


class CorrectForm(Form):
    """Why a certificate gets another name."""

    reason = RadioField(_l("Reason"), [InputRequired()], choices=options(CORRECTION_WORDS.items()))
