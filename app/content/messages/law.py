"""What the check says of dates of the law."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "law-overdue": warning(
        N_("the review of national law was due on %(due)s"),
        N_("let the legal service read it again, then move the date"),
    ),
    "law-future": error(
        N_('state of the law "%(found)s" lies after today'), N_("name the version that was read")
    ),
    "law-order": error(
        N_("review due on %(due)s, state of the law of %(as_of)s"),
        N_("the review comes after the state it looks at"),
    ),
    "no-such-day": error(N_('"%(found)s" is no day'), N_("year, month and day: 2027-05-17")),
    "context-future": error(
        N_('the context box says "%(found)s", which lies after today'),
        N_("give the month the facts were read in"),
    ),
}
