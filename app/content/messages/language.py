"""What the check says of wording."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "voluntariness": error(
        N_('"%(found)s" states voluntariness as a fact'),
        N_("say who assesses it (IOM), or that the person says so"),
    ),
    "promise": warning(
        N_('"%(found)s" promises an outcome'), N_("say what happens next, not how it ends")
    ),
    "term-avoided": warning(
        N_('"%(found)s" is not used for the term'), N_('the glossary says "%(term)s"')
    ),
    "term-form": warning(
        N_('"%(found)s" has no word of the term it links'), N_('show a form of "%(term)s"')
    ),
    "long-sentence": warning(
        N_('a sentence of %(count)s words: "%(start)s"'),
        N_("make two of it; at most %(limit)s words"),
    ),
    "reading-level": warning(
        N_("reading level %(level)s (LIX), more than %(limit)s"),
        N_("shorter sentences and words; the longest sentences stand on lines %(lines)s"),
    ),
}
