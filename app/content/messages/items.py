"""What the check says of items."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "options": error(N_("%(count)s options"), N_("write three or four")),
    "keys": error(N_("%(count)s keys but type is single"), N_("mark one option with key: true")),
    "key-source": error(N_("the key has no source"), N_("cite the rule it rests on")),
    "use": error(N_('use "%(found)s"'), N_("final, recall or practice, once")),
    "key-long": warning(
        N_("the key is the longest option by more than 30 %% (%(lang)s)"),
        N_("shorten it or lengthen another"),
    ),
    "stem-long": warning(N_("the stem has %(count)s words"), N_("at most 60")),
    "review-missing": warning(
        N_("rests on national law without national_law_review"), N_("add the date")
    ),
}
