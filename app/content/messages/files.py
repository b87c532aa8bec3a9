"""What the check says of files and YAML."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "missing-file": error(N_("file %(file)s is missing"), N_("write it or take the entry out")),
    "not-listed": warning(N_("no course lists this file"), N_("list it or delete it")),
    "encoding": error(N_("not UTF-8 without a byte order mark"), N_("save it as UTF-8")),
    "character": error(N_("invisible or private character %(char)s"), N_("delete it")),
    "yaml": error(N_("%(fault)s"), N_("see docs/content-format.md")),
    "missing-key": error(N_('"%(key)s" is missing'), N_("add it; all languages are required")),
    "unknown-key": error(N_('unknown key "%(key)s"'), N_("correct the spelling or delete it")),
    "value": error(N_('"%(key)s": %(fault)s')),
    "front-matter": error(N_("front matter is missing"), N_("begin with ---, title: …, ---")),
    "repeated-id": error(
        N_('id "%(id)s" is used twice, first in %(first)s'), N_("ids are never reused")
    ),
    "folder": error(N_('says course "%(course)s" but lies in "%(folder)s"'), N_("move it")),
    "unknown-course": error(N_('course "%(id)s" does not exist')),
}
