"""What learners write beside a lesson."""

from __future__ import annotations

from wtforms import HiddenField, TextAreaField

from app.ui.forms import Form
from app.ui.forms import lazy as _l


class NoteForm(Form):
    """A note; `base` names the state of the note that was read before it was written."""

    text = TextAreaField(_l("My note"))
    base = HiddenField()
