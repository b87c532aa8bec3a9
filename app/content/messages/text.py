"""What the check says of one text."""

from __future__ import annotations

from app.content.messages.message import N_, error

MESSAGES = {
    "raw-html": error(N_('raw HTML "%(found)s"'), N_("use Markdown")),
    "link": error(
        N_('link or address "%(found)s"'), N_("cite the register; it holds the addresses")
    ),
    "image": error(
        N_("a picture inside a text"),
        N_('give it a line of its own: ![What it shows](file.svg "Caption"); only in lessons'),
    ),
    "attribute-list": error(
        N_('attribute list "%(found)s"'), N_("only screen headings take a class")
    ),
    "code-block": error(N_("code"), N_("take the backquotes out")),
    "heading": error(
        N_('heading "%(found)s"'), N_("the title stands in the front matter; use ## and ###")
    ),
    "admonition": error(
        N_('box "%(found)s"'),
        N_("use on-duty, red-line, case, job-aid, context or note, with a title or none"),
    ),
    "context-date": error(
        N_('box "%(found)s" does not say as of when'),
        N_('write !!! context 2021-12 "Title": year, month or day of the facts'),
    ),
    "note-missing": error(
        N_('footnote "[^%(found)s]" has no text here'),
        N_("write [^%(found)s]: and the text below, in the same part of the screen"),
    ),
    "note-unused": error(
        N_('footnote "[^%(found)s]" is used nowhere'),
        N_("put [^%(found)s] behind a word, or cut it"),
    ),
    "note-repeated": error(
        N_('footnote "[^%(found)s]" has two texts'), N_("give one of them another label")
    ),
    "note-place": error(
        N_('footnote "[^%(found)s]" in a data file'),
        N_("footnotes stand in lessons and job aids; say it in the text"),
    ),
    "too-deep": error(
        N_("more than %(most)s lists, quotes or boxes inside one another"), N_("make it flat")
    ),
    "text-long": error(
        N_("%(count)s characters in one text, at most %(most)s"), N_("split it into screens")
    ),
    "bold-open": error(N_('bold without an end: "%(found)s"'), N_("close it with **")),
    "unknown-mark": error(
        N_('unknown mark "%(found)s"'), N_("use hedge, attributed, term, lang or empty")
    ),
    "mark-language": error(
        N_('"%(found)s" has no language or no words'),
        N_("write [[lang:en|Words]] with en, ru, be, fr, de, es, ar, ckb or fa"),
    ),
    "open-mark": error(
        N_('mark "%(found)s" is not closed in its paragraph'), N_("close it with ]]")
    ),
    "mark-empty": error(
        N_('mark "%(found)s" holds no words'), N_("put it round the words that it speaks of")
    ),
    "mixed-letters": error(
        N_('"%(found)s" has letters of two alphabets'),
        N_("type the word again in one alphabet: a search and a reader's voice miss it so"),
    ),
    "citation-open": error(
        N_('citation "%(found)s" has no end in its paragraph'),
        N_("write it on one line: [@key art. 1]"),
    ),
    "citation": error(
        N_('citation "%(found)s" resolves to no fact'), N_("add the fact to the register: %(near)s")
    ),
    "hedge-missing": error(
        N_('"%(found)s" is UNVERIFIED and nothing says so'),
        N_("write [[hedge:…]] in the same paragraph"),
    ),
    "attribution-missing": error(
        N_('"%(found)s" is second-hand (V2) and nothing says so'),
        N_("write [[attributed:…]] in the same paragraph"),
    ),
    "unknown-term": error(N_('term "%(id)s" is not in the glossary')),
    "undefined-term": error(N_('term "%(id)s" has no definition'), N_("define it in the glossary")),
    "forbidden-word": error(
        N_('"%(found)s" is never said of a person'), N_("say: person in an irregular situation")
    ),
    "mark-in-title": error(N_("mark or citation in a title"), N_("move it to the text")),
    "directive": error(
        N_('directive "%(found)s"'),
        N_("one to a line: {{recall:id}}, practice, scenario, aid, recording, journal"),
    ),
}
