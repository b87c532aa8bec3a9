"""What a reader of reports chooses."""

from __future__ import annotations

from wtforms import DateField, SelectField
from wtforms.validators import Optional

from app.ui.forms import Form
from app.ui.forms import lazy as _l


class FilterForm(Form):
    """Which course, as at which day; both may be left out. Sent in the address."""

    course = SelectField(_l("Course"), [Optional()])
    as_at = DateField(_l("As at"), [Optional()], description=_l("Today or an earlier day."))
