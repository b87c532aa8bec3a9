"""How pages look for this reader: theme, contrast, size and spacing of text, motion.

A visitor's choices stay in the session. Those of a signed-in person are kept with the person, so
that they follow to another device and leave a shared one at sign-out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from flask import current_app, session
from markupsafe import Markup
from wtforms import RadioField
from wtforms.validators import InputRequired

from app.ui.forms import Form, options
from app.ui.forms import lazy as _l

SESSION_KEY = "view"
PERSON_DISPLAY = "ui.person_display"
KEEP_DISPLAY = "ui.keep_display"

# The first choice of each is the default, of which nothing is written.
CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("device", "light", "dark"),
    "contrast": ("usual", "high"),
    "text": ("usual", "large", "largest"),
    "spacing": ("usual", "wide"),
    "motion": ("device", "none"),
}
DEFAULTS = {name: values[0] for name, values in CHOICES.items()}


class DisplayForm(Form):
    """All choices of how pages look."""

    theme = RadioField(
        _l("Colours"),
        [InputRequired()],
        choices=options(
            [
                ("device", _l("As this device is set")),
                ("light", _l("Light")),
                ("dark", _l("Dark, for night shifts")),
            ]
        ),
    )
    contrast = RadioField(
        _l("Contrast"),
        [InputRequired()],
        choices=options([("usual", _l("As designed")), ("high", _l("High: black and white"))]),
    )
    text = RadioField(
        _l("Size of the text"),
        [InputRequired()],
        choices=options(
            [("usual", _l("Usual")), ("large", _l("Large")), ("largest", _l("Largest"))]
        ),
    )
    spacing = RadioField(
        _l("Space between letters, words and lines"),
        [InputRequired()],
        choices=options([("usual", _l("Usual")), ("wide", _l("Wide"))]),
    )
    motion = RadioField(
        _l("Motion"),
        [InputRequired()],
        choices=options([("device", _l("As this device is set")), ("none", _l("No motion"))]),
    )

    def choices_made(self) -> dict[str, str]:
        """Return what was chosen; only after validation."""
        return {name: cast(str, self[name].data) for name in CHOICES}


def parse(text: str | None) -> dict[str, str]:
    """Return the choices of a text such as `theme=dark;text=large`; unknown parts are ignored."""
    found = dict(DEFAULTS)
    for part in (text or "").split(";"):
        name, _equals, value = part.partition("=")
        if value in CHOICES.get(name, ()):
            found[name] = value
    return found


def write(choices: Mapping[str, str]) -> str:
    """Return the text that `parse` reads; what is as by default is left out."""
    return ";".join(
        f"{name}={choices[name]}"
        for name in CHOICES
        if choices.get(name, DEFAULTS[name]) in CHOICES[name][1:]
    )


def current_choices() -> dict[str, str]:
    """Return the choices of this reader: those of the signed-in person, else of the session."""
    kept: Callable[[], str | None] = current_app.extensions.get(PERSON_DISPLAY, lambda: None)
    return parse(kept() or session.get(SESSION_KEY))


def keep_choices(choices: Mapping[str, str]) -> None:
    """Keep the choices with the signed-in person, or for this session."""
    keep_for_person: Callable[[str], bool] = current_app.extensions.get(
        KEEP_DISPLAY, lambda _text: False
    )
    text = write(choices)
    if keep_for_person(text) or not text:
        session.pop(SESSION_KEY, None)
    else:
        session[SESSION_KEY] = text


def html_attributes() -> Markup:
    """Return the attributes of `<html>` that differ from the default, each with a space before."""
    made = current_choices()
    return Markup("").join(
        Markup(' data-{}="{}"').format(name, made[name])
        for name in CHOICES
        if made[name] != DEFAULTS[name]
    )


def color_scheme() -> str:
    """Return the colour schemes that this page can be drawn in, for browsers before any style."""
    theme = current_choices()["theme"]
    return "light dark" if theme == DEFAULTS["theme"] else theme
