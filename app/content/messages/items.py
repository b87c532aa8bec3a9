"""What the check says of items."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "options": error(N_("%(count)s options"), N_("write three or four")),
    "keys": error(N_("%(count)s keys but type is single"), N_("mark one option with key: true")),
    "key-source": error(N_("the key has no source"), N_("cite the rule it rests on")),
    "use": error(
        N_('use "%(found)s"'), N_("final, recall, practice, diagnostic or refresher, once")
    ),
    "key-longest": warning(
        N_("the key is the longest option (%(lang)s)"), N_("shorten it or lengthen another")
    ),
    "key-longest-bank": error(
        N_("the key is the longest option in %(count)s of %(total)s items (%(lang)s)"),
        N_("at most two in five; look at %(ids)s"),
    ),
    "key-place": warning(
        N_("the key is written in place %(place)s in %(count)s of %(total)s items"),
        N_("spread the keys over all places; look at %(ids)s"),
    ),
    "key-place-kept": warning(
        N_("the key is shown in place %(place)s in %(count)s of %(total)s items with keep_order"),
        N_("let the order be mixed where nature does not give one; look at %(ids)s"),
    ),
    "of-the-above": error(
        N_('the option says "%(found)s"'),
        N_("options are shown in mixed order: say what is meant, or leave the option out"),
    ),
    "options-alike": error(
        N_('says the same as option "%(first)s"'), N_("write another mistake that officers make")
    ),
    "absolute-word": warning(
        N_('only this option says "%(found)s"'),
        N_("such a word gives the option away; say what exactly is done, or when"),
    ),
    "stem-negative": warning(
        N_('the question asks for what is wrong: "%(found)s"'),
        N_("ask for what is right, or set the negation in bold: **not**"),
    ),
    "stems-negative": error(
        N_("%(count)s of %(total)s questions ask for what is wrong (%(lang)s)"),
        N_("at most one in twenty; turn round %(ids)s"),
    ),
    "stem-copied": warning(
        N_('a sentence of the lesson: "%(found)s"'),
        N_("put the rule into a situation that the lesson does not have"),
    ),
    "retired-id": error(
        N_('the id "%(id)s" is retired'), N_("ids are never used again: take a new one")
    ),
    "stem-long": warning(N_("the stem has %(count)s words"), N_("at most 60")),
    "review-missing": warning(
        N_("rests on national law without national_law_review"), N_("add the date")
    ),
}
