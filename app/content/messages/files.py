"""What the check says of files and YAML."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

QUOTE = N_("put the text into quotation marks")

MESSAGES = {
    "missing-file": error(N_("file %(file)s is missing"), N_("write it or take the entry out")),
    "not-listed": warning(N_("no course lists this file"), N_("list it or delete it")),
    "stray": warning(
        N_("no file of this name is read here"), N_("correct the name or delete the file")
    ),
    "not-a-file": error(N_("a folder stands where a file should be"), N_("move or rename it")),
    "outside": error(
        N_("the link leads out of the folder of the content"), N_("put the file itself here")
    ),
    "unreadable": error(N_("the file cannot be read"), N_("look at its rights of access")),
    "file-large": error(
        N_("%(size)s kB, and at most %(limit)s kB are read"),
        N_("divide it, or take out what does not belong into it"),
    ),
    "empty-file": error(N_("the file is empty"), N_("write it or delete it")),
    "encoding": error(
        N_("not UTF-8; it looks like %(found)s"),
        N_("save it again as UTF-8 without a byte order mark"),
    ),
    "bytes": error(
        N_("bytes that are no text in UTF-8"),
        N_("save it again as UTF-8; keep no other files here"),
    ),
    "character": error(N_("invisible or private character %(char)s"), N_("delete it")),
    "front-matter": error(N_("front matter is missing"), N_("begin with ---, title: …, ---")),
    "repeated-id": error(
        N_('id "%(id)s" is used twice, first in %(first)s'), N_("ids are never reused")
    ),
    "folder": error(N_('says course "%(course)s" but lies in "%(folder)s"'), N_("move it")),
    "unknown-course": error(N_('course "%(id)s" does not exist')),
    "missing-key": error(N_('"%(key)s" is missing'), N_("add it; all languages are required")),
    "unknown-key": error(N_('unknown key "%(key)s"'), N_("correct the spelling or delete it")),
    "yaml": error("%(fault)s", N_("see docs/content-format.md")),
    "yaml-tab": error(N_("a tab at the beginning of a line"), N_("indent with spaces")),
    "yaml-indent": error(
        N_("the line does not fit those around it"),
        N_("check its indentation and its quotation marks"),
    ),
    "yaml-quote": error(
        N_("the quotation marks that begin here are not closed"), N_("close them, or take them out")
    ),
    "yaml-bracket": error(
        N_("the brackets that begin here are not closed, or a comma is missing"),
        N_("close them, or write one entry to a line with a hyphen"),
    ),
    "yaml-colon": error(
        N_("a colon or a key where none may stand"),
        N_("put a text with a colon into quotation marks, or check the indentation"),
    ),
    "yaml-no-colon": error(
        N_("a key without a colon, above this line"), N_("write key: value, or indent the text")
    ),
    "yaml-dash": error(
        N_("a hyphen where no list may begin"), N_("begin the list on a new line, indented")
    ),
    "yaml-escape": error(
        N_("a backslash that means nothing"), N_("take it out, or use single quotation marks")
    ),
    "yaml-start": error(N_('a text may not begin with "%(found)s"'), QUOTE),
    "yaml-several": error(N_("a second document begins"), N_("one file holds one; take --- out")),
    "yaml-anchor": error(
        N_('anchor or alias "%(found)s"'), N_("write the text out, or put it into quotation marks")
    ),
    "yaml-tag": error(N_('type "%(found)s"'), N_("put the text into quotation marks")),
    "yaml-deep": error(
        N_("more than %(limit)s lists and keys inside each other"), N_("correct the indentation")
    ),
    "yaml-number": error(N_("number %(found)s is too long"), QUOTE),
    "yaml-key": error(N_("a key is not text"), QUOTE),
    "yaml-repeated-key": error(N_('key "%(key)s" stands twice'), N_("keep one of them")),
    "value": error(N_('"%(key)s": %(fault)s')),
    "value-empty": error(N_('"%(key)s" is empty'), N_("write something, or delete the line")),
    "value-choice": error(N_('"%(key)s" is "%(found)s"'), N_("one of: %(choices)s")),
    "value-text": error(N_('"%(key)s" is not text'), QUOTE),
    "value-id": error(
        N_('"%(key)s" is "%(found)s"'),
        N_("an id has small Latin letters, digits and single hyphens, 60 at most"),
    ),
    "value-day": error(N_('"%(key)s" is "%(found)s"'), N_("write a day as 2026-11-20, quoted")),
    "value-pattern": error(N_('"%(key)s" is "%(found)s"'), N_("see docs/content-format.md")),
    "value-long": error(N_('"%(key)s" is longer than %(limit)s characters')),
    "value-number": error(N_('"%(key)s" is not a whole number'), N_("digits, not quoted")),
    "value-low": error(N_('"%(key)s" is less than %(limit)s')),
    "value-high": error(N_('"%(key)s" is more than %(limit)s')),
    "value-switch": error(
        N_('"%(key)s" is neither true nor false'), N_("write true or false, not quoted")
    ),
    "value-list": error(
        N_('"%(key)s" is not a list'), N_("one entry to a line with a hyphen, or [one, two]")
    ),
    "value-keys": error(
        N_('"%(key)s" has no keys'), N_("write key: value beneath it, indented with spaces")
    ),
}
