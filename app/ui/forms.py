"""The base of all forms. Only here the untyped form library is touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from flask import request
from flask_babel import get_domain, lazy_gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its types

if TYPE_CHECKING:
    import wtforms
    from markupsafe import Markup
    from wtforms.form import BaseForm

    class FlaskForm(wtforms.Form):
        """What the untyped base adds to a typed form; only the type checker reads it."""

        def is_submitted(self) -> bool:
            """Say whether this request sends the form."""
            ...

        def validate_on_submit(self) -> bool:
            """Say whether this request sends the form and all of it is right."""
            ...

        def hidden_tag(self, *fields: str) -> Markup:
            """Return the hidden fields, the CSRF token among them."""
            ...

    BaseMeta = wtforms.meta.DefaultMeta
else:
    from flask_wtf import FlaskForm

    BaseMeta = FlaskForm.Meta


def lazy(text: str) -> str:
    """Return `text` for a label or a message of a form, translated when the page is written.

    Import it as `_l`, under which the sentences are collected. To the types it is a plain text,
    as the form library expects.
    """
    return cast(str, lazy_gettext(text))


_l = lazy


def options(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the choices of a select or radio field, as the form library wants them."""
    return [cast("tuple[str, str]", SelectChoice(value, label)) for value, label in pairs]


def ngettext(singular: str, plural: str) -> tuple[str, str]:
    """Mark a pair of sentences for the catalogues."""
    return singular, plural


# What the form library says by itself. Listed here, these sentences enter our catalogues: the
# library has none in Belarusian.
BUILT_IN = (
    _l("This field is required."),
    _l("Invalid input."),
    _l("Invalid email address."),
    _l("Invalid URL."),
    _l("Invalid UUID."),
    _l("Invalid IP address."),
    _l("Invalid Mac address."),
    _l("Invalid field name '%s'."),
    _l("Field must be equal to %(other_name)s."),
    _l("Number must be at least %(min)s."),
    _l("Number must be at most %(max)s."),
    _l("Number must be between %(min)s and %(max)s."),
    _l("Date must be at least %(min)s."),
    _l("Date must be at most %(max)s."),
    _l("Date must be between %(min)s and %(max)s."),
    _l("Field must be between %(min)d and %(max)d characters long."),
    _l("Invalid value, must be one of: %(values)s."),
    _l("Invalid value, can't be any of: %(values)s."),
    _l("This field cannot be edited."),
    _l("This field is disabled and cannot have a value."),
    _l("Invalid CSRF Token."),
    _l("CSRF token missing."),
    _l("CSRF failed."),
    _l("CSRF token expired."),
    _l("Invalid Choice: could not coerce."),
    _l("Choices cannot be None."),
    _l("Not a valid choice."),
    _l("Invalid choice(s): one or more data inputs could not be coerced."),
    _l("Not a valid datetime value."),
    _l("Not a valid date value."),
    _l("Not a valid time value."),
    _l("Not a valid week value."),
    _l("Not a valid integer value."),
    _l("Not a valid decimal value."),
    _l("Not a valid float value."),
    _l("File does not have an approved extension: {extensions}"),
    _l("File does not have an approved extension."),
    ngettext(
        "Field must be at least %(min)d character long.",
        "Field must be at least %(min)d characters long.",
    ),
    ngettext(
        "Field cannot be longer than %(max)d character.",
        "Field cannot be longer than %(max)d characters.",
    ),
    ngettext(
        "Field must be exactly %(max)d character long.",
        "Field must be exactly %(max)d characters long.",
    ),
    ngettext(
        "'%(value)s' is not a valid choice for this field.",
        "'%(value)s' are not valid choices for this field.",
    ),
)


class Translations:
    """Speaks for the form library from our own catalogues."""

    def gettext(self, string: str) -> str:
        """Return `string` in the language of the page; the library fills the gaps."""
        return str(get_domain().get_translations().gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the form of the sentence that suits `n`; the library fills the gaps."""
        return str(get_domain().get_translations().ngettext(singular, plural, n))


class Form(FlaskForm):
    """A form with a CSRF token, whose messages are in the language of the page."""

    class Meta(BaseMeta):
        """Settings of all forms."""

        def get_translations(self, form: object) -> Translations:
            """Return what speaks for the form library in this request."""
            return Translations()

        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            """Return what a form sent; JSON is none, and could hold what is no text."""
            return None if request.is_json else super().wrap_formdata(form, formdata)
