"""Rights and objectives with one thing broken at a time."""

from __future__ import annotations

from tests.content.broken.places import COURSE

RIGHTS = "courses/rights.yaml"
TAGS = "rights: [non-refoulement, confidentiality]"
MORE = """objectives:
  - {id: 2, level: apply, competence: K1, text: {en: More., ru: Ещё., be: Яшчэ.}}"""

ROWS = [
    (COURSE, TAGS, "rights: [nobody]", "unknown-right", "nobody"),
    (COURSE, TAGS, "rights: [non-refoulement]", "right-untested", '"1-1"'),
    (COURSE, TAGS, TAGS[:-1] + ", guidance]", "right-untaught", "guidance"),
    (COURSE, "objectives:", MORE, "objective-untested", "id: 2"),
    (RIGHTS, "[cat-1984]", "[]", "right-source", "id: non-refoulement"),
    (RIGHTS, "[cat-1984]", "[cat-2084]", "citation", "cat-2084"),
    (RIGHTS, "by-law art. 4", "by-law art. 99", "citation", "art. 99"),
    (RIGHTS, "id: guidance", "id: confidentiality", "repeated-id", "id: confidentiality"),
    (RIGHTS, "ru: Руководство", 'ru: "[[hedge:x]]"', "mark-in-title", "hedge"),
]
