"""Why the final may not begin, in words that say the way out."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from app.ui.format import moment


def sentence(reason: str, until: datetime | None, zone: str) -> str:
    """Return the sentence for a refusal; `until` is printed on the clock of `zone`."""
    if reason in ("wait", "waiting") and until is not None:
        when = moment(until, zone)
        return _("You can try again from %(moment)s. Use the time to read.", moment=when)
    if reason == "closed" and until is not None:
        when = moment(until, zone)
        return _("The course closed at %(moment)s. Ask your coordinator.", moment=when)
    sentences = {
        "lessons": _("Finish the lessons first. The list shows which ones are left."),
        "scenarios": _("Play every case to its end first. The list shows which ones are left."),
        "passed": _("You have passed the final test. There is nothing to repeat."),
        "ask": _("All attempts are used. Talk with your trainer, who can give you a further one."),
        "left": _("You are no longer in this cohort. Ask your coordinator."),
    }
    sentences["used_up"] = sentences["ask"]
    return sentences.get(reason, _("The final test cannot begin now. Ask your coordinator."))
