"""What the check says of coverage of rights."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "right-source": error(
        N_('right "%(id)s" has no source'), N_("list the places of the register that speak of it")
    ),
    "unknown-right": error(
        N_('right "%(id)s" is not in courses/rights.yaml'), N_("add it there or correct the tag")
    ),
    "right-untaught": warning(
        N_('no lesson of objective %(objective)s cites a source of the right "%(id)s"'),
        N_("cite one or take the tag out"),
    ),
    "right-untested": warning(
        N_('lesson %(lesson)s teaches the right "%(id)s", and no final item asks about it'),
        N_("cite its source in a final item, or tag the objective"),
    ),
    "objective-untested": error(
        N_("objective %(id)s is scored and has no final item"),
        N_("write items for it, or say scored: false"),
    ),
}
