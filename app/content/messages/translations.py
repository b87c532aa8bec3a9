"""What the check says of translations."""

from __future__ import annotations

from app.content.messages.message import N_, warning

MESSAGES = {
    "translation-stale": warning(
        N_('source sentence "%(sentence)s" (%(source)s): new or changed since the translation'),
        N_(
            "translate it again, then flask content translated %(course)s"
            ' --part "%(part)s" --language %(lang)s'
        ),
    ),
    "translation-gone": warning(
        N_('near "%(sentence)s" (%(source)s) a source sentence was taken out'),
        N_(
            "take it out here, too, then flask content translated %(course)s"
            ' --part "%(part)s" --language %(lang)s'
        ),
    ),
    "translation-unrecorded": warning(
        N_("no record of what was translated, parts: %(count)s (%(parts)s)"),
        N_("compare them with the source, then flask content translated %(course)s --all"),
    ),
}
