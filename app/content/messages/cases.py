"""What the check says of scenarios."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "unknown-next": error(
        N_('"%(id)s" is neither a node nor an ending'),
        N_("write the id of a node or of an ending"),
    ),
    "unknown-fact": error(
        N_('fact "%(id)s" does not exist'), N_("list it under facts, or mend the name")
    ),
    "hidden-fact": warning(
        N_('no choice reveals fact "%(id)s"'), N_("let a choice reveal it, or remove it")
    ),
    "unreachable": error(N_("cannot be reached: %(ids)s"), N_("lead a choice there, or remove it")),
    "dead-end": error(N_("no ending can be reached from: %(ids)s"), N_("first: %(way)s")),
    "trap": error(
        N_("only through a further mistake is there a way to an ending from: %(ids)s"),
        N_("give a way back by a best or acceptable choice; first: %(way)s"),
    ),
    "choices": error(N_("%(count)s choices"), N_("write two to four")),
    "offered": error(
        N_("%(count)s choices are offered"), N_("two to four have to be open; here: %(way)s")
    ),
    "only-red-lines": error(
        N_("only red lines are offered"), N_("offer a choice that leads on; here: %(way)s")
    ),
    "never": warning(N_("the story never comes to this"), N_("change the condition, or remove it")),
    "extra-open": error(
        N_("this paragraph would always be shown"),
        N_('write "if" or "when", or move it into the text'),
    ),
    "too-many": error(
        N_("the story can stand in more than %(limit)s ways"),
        N_("let fewer facts and states decide where it goes"),
    ),
    "best": error(N_("%(count)s best choices on the best path"), N_("exactly one")),
    "best-path": error(N_("the best path has %(count)s decisions"), N_("at least three")),
    "best-endless": error(
        N_('the best choices lead back to "%(id)s"'), N_("the best path ends at an ending")
    ),
    "red-line-next": error(
        N_('a red-line choice leads to "%(id)s"'), N_("it returns to its own node")
    ),
    "red-line-effect": warning(
        N_('a red-line choice changes nothing, but has "%(key)s"'), N_("remove it")
    ),
    "repair-missing": error(N_("no repair"), N_("say how to put it right")),
    "choice-source": warning(N_("a rule without a source"), N_("name where it comes from")),
}
