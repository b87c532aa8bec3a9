"""What the check says of scenarios."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "unknown-next": error(N_('"%(id)s" is neither a node nor an ending')),
    "unknown-fact": error(N_('fact "%(id)s" does not exist')),
    "hidden-fact": warning(N_('no choice reveals fact "%(id)s"')),
    "unreachable": error(N_('"%(id)s" cannot be reached')),
    "dead-end": error(N_('no ending can be reached from "%(id)s"')),
    "choices": error(N_("%(count)s choices"), N_("write two to four")),
    "best": error(N_("%(count)s best choices on the best path"), N_("exactly one")),
    "best-path": error(N_("the best path has %(count)s decisions"), N_("at least three")),
    "red-line-next": error(
        N_('a red-line choice leads to "%(id)s"'), N_("it returns to its own node")
    ),
    "repair-missing": error(N_("no repair"), N_("say how to put it right")),
    "choice-source": warning(N_("a rule without a source")),
}
