"""The table of all rules in docs/content-format.md, made from the messages of the check.

`.venv/bin/python -m tests.docs.rules` writes it into the document.
"""

from __future__ import annotations

import re

from app.config import ROOT
from app.content.messages import (
    cases,
    courses,
    coverage,
    files,
    forms,
    items,
    language,
    law,
    lessons,
    media,
    reviews,
    text,
    translations,
)
from app.content.messages.message import Message

DOCUMENT = ROOT / "docs" / "content-format.md"
KINDS = {
    "Files and YAML": files.MESSAGES,
    "Texts": text.MESSAGES,
    "Lessons and job aids": lessons.MESSAGES,
    "Pictures, sound and film": media.MESSAGES,
    "Items": items.MESSAGES,
    "Scenarios": cases.MESSAGES,
    "Courses, programmes and the register": courses.MESSAGES,
    "Journals, assignments, surveys and rounds": forms.MESSAGES,
    "Dates of the law": law.MESSAGES,
    "Rights": coverage.MESSAGES,
    "Wording": language.MESSAGES,
    "Translations": translations.MESSAGES,
    "Reviews": reviews.MESSAGES,
}
_GAP = re.compile(r"%\(\w+\)s")
_TABLE = re.compile(r"(?<=tests\.docs\.rules -->\n).*?(?=<!-- end of rules -->)", re.S)


def tables() -> str:
    """Return a table for each kind of rule."""
    return "".join(f"\n### {kind}\n\n{_table(found)}" for kind, found in KINDS.items()) + "\n"


def written(document: str) -> str:
    """Return the tables that stand in the document."""
    found = _TABLE.search(document)
    assert found, "the document has no place for the table of rules"
    return found[0]


def _table(messages: dict[str, Message]) -> str:
    rows = ["| Rule | | Says | Do |", "| --- | --- | --- | --- |"]
    for code, one in messages.items():
        said = (f"`{code}`", one.severity, _cell(one.text), _cell(one.hint))
        rows.append(f"| {' | '.join(said)} |")
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    """Return a message with gaps for what it names, as Markdown that shows it as it is."""
    plain = _GAP.sub("…", text).replace("%%", "%")
    return re.sub(r"([|*_<\[\]])", r"\\\1", plain)


if __name__ == "__main__":
    old = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(_TABLE.sub(lambda _: tables(), old), encoding="utf-8")
