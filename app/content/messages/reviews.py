"""What the check says of reviews."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "review-part": error(
        N_('there is no part "%(part)s"'),
        N_("take the record out, or name a part of the course, such as lesson 1-1"),
    ),
    "review-stale": warning(
        N_("%(part)s, %(lang)s: the text changed since the office %(office)s read it on %(day)s"),
        N_("the office %(office)s has to read it again, then flask content review"),
    ),
    "review-day": error(
        N_('"%(day)s" is no day up to today'), N_("write the day on which the office has read it")
    ),
    "review-twice": error(
        N_("%(part)s, %(lang)s, office %(office)s: recorded twice"), N_("keep the later record")
    ),
}
