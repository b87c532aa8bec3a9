"""The words of the pages, as the catalogue has them, so that tests find what a reader sees."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations, translation
from typing import Any

from app.translations import FOLDER


@cache
def _catalogue(language: str) -> NullTranslations:
    return translation("messages", FOLDER, [language])


def ru(text: str, **gaps: Any) -> str:
    """Return a text of the interface in Russian."""
    found = _catalogue("ru").gettext(text)
    return found % gaps if gaps else found


def ru_count(one: str, many: str, count: int) -> str:
    """Return a text with a number in Russian."""
    return _catalogue("ru").ngettext(one, many, count) % {"num": count}
