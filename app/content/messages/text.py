"""What the check says of one text."""

from __future__ import annotations

from app.content.messages.message import N_, error

MESSAGES = {
    "raw-html": error(N_('raw HTML "%(found)s"'), N_("use Markdown")),
    "link": error(
        N_('link or address "%(found)s"'), N_("cite the register; it holds the addresses")
    ),
    "image": error(N_("image"), N_("describe it in words; images are not supported yet")),
    "attribute-list": error(
        N_('attribute list "%(found)s"'), N_("only screen headings take a class")
    ),
    "code-block": error(N_("code"), N_("take the backquotes out")),
    "heading": error(
        N_('heading "%(found)s"'), N_("the title stands in the front matter; use ## and ###")
    ),
    "admonition": error(N_('box "%(found)s"'), N_("use red-line, case, job-aid, context or note")),
    "unknown-mark": error(
        N_('unknown mark "%(found)s"'), N_("use hedge, attributed, term or empty")
    ),
    "open-mark": error(
        N_('mark "%(found)s" is not closed in its paragraph'), N_("close it with ]]")
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
        N_('directive "%(found)s"'), N_("one to a line: {{recall:id}}, practice, scenario, aid")
    ),
}
