"""Which languages there are, and which one this request speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from gettext import NullTranslations

from babel import negotiate_locale
from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import get_domain, get_locale

SESSION_KEY = "lang"
PERSON_LANGUAGE = "ui.person_language"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface: its code in addresses, and how its own readers name it."""

    code: str
    name: str
    short: str
    locale: str


LANGUAGES = (
    Language("ru", "Русский", "Рус", "ru"),
    Language("be", "Беларуская", "Бел", "be"),
    Language("en", "English", "Eng", "en_GB"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
DEFAULT = BY_CODE["ru"]


def select_locale() -> str:
    """Return the locale of this request: chosen, then the person's, then the browser's.

    English is British, since dates of `en` alone are American. Outside a request it is the default.
    """
    if not has_request_context():
        return DEFAULT.locale
    person_language: Callable[[], str | None] = current_app.extensions.get(
        PERSON_LANGUAGE, lambda: None
    )
    for code in (session.get(SESSION_KEY), person_language()):
        if code in BY_CODE:
            return BY_CODE[code].locale
    return best_match(list(request.accept_languages.values())).locale


def best_match(tags: list[str]) -> Language:
    """Return the language that suits the tags of an Accept-Language header, best first."""
    code = negotiate_locale([tag for tag in tags if tag != "*"], list(BY_CODE), sep="-")
    return BY_CODE.get(code or "", DEFAULT)


def current_language() -> Language:
    """Return the language in which this page is written."""
    locale = get_locale()
    return BY_CODE.get(locale.language, DEFAULT) if locale else DEFAULT


def install_in_templates(app: Flask) -> None:
    """Let templates find the catalogue once a request; a page asks for dozens of texts."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue().gettext(text),
        lambda one, many, n: _catalogue().ngettext(one, many, n),
        newstyle=True,
    )


def _catalogue() -> NullTranslations:
    key = current_language().code
    found: tuple[str, NullTranslations] | None = g.get("catalogue")
    if found is None or found[0] != key:
        found = (key, get_domain().get_translations())
        g.catalogue = found
    return found[1]
