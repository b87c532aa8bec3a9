"""Files that are no YAML, or hold values of another kind than the format asks for."""

from __future__ import annotations

from tests.content.broken.places import AID, CASE, COURSE, FINAL, GLOSSARY, LESSON, RECALL, REGISTER

TITLE = "title: Первый урок"
OWNER = "owner: {en: Legal service, ru: Юридическая служба, be: Юрыдычная служба}"

# (file, old, new, code, text that stands on the line of the problem)
ROWS = [
    (COURSE, "  as_of:", "\tas_of:", "yaml-tab", "as_of"),
    (COURSE, "  as_of:", "    as_of:", "yaml-indent", "owner:"),
    (COURSE, "code: T1", "code: 'T1", "yaml-quote", "code:"),
    (COURSE, "roles: [X]", "roles: [X", "yaml-bracket", "roles:"),
    (COURSE, "code: T1", "code: T1: X", "yaml-colon", "code:"),
    (COURSE, "code: T1", "code T1", "yaml-no-colon", "title:"),
    (COURSE, "roles: [X]", "roles: - X", "yaml-dash", "roles:"),
    (COURSE, "code: T1", 'code: "T\\1"', "yaml-escape", "code:"),
    (COURSE, "code: T1", "code: @T1", "yaml-start", "code:"),
    (COURSE, "code: T1", "code: !t T1", "yaml-tag", "code:"),
    (COURSE, "minutes: 10", "minutes: 10000000000000", "yaml-number", "minutes"),
    (COURSE, "roles: [X]", f"roles: {'[' * 50}X{']' * 50}", "yaml-deep", "roles:"),
    (COURSE, "code: T1", "code: T1\ntrue: x", "yaml-key", "true: x"),
    (COURSE, "code: T1", "code: |0\n  T1", "yaml", "code:"),
    (COURSE, "code: T1", "code: T1\n---", "yaml-several", "---"),
    (COURSE, "code: T1", "code: T\x07", "character", "code:"),
    (COURSE, "code: T1", "code:", "value-empty", "code:"),
    (COURSE, "code: T1", 'code: ""', "value-empty", "code:"),
    (COURSE, "code: T1", "code: 1", "value-text", "code: 1"),
    (COURSE, "roles: [X]", "roles: X", "value-list", "roles:"),
    (COURSE, "minutes: 10", "minutes: ten", "value-number", "ten"),
    (COURSE, 'as_of: "2023-05-17"', "as_of: 17.05.2023", "value-day", "as_of"),
    (COURSE, OWNER, "owner: Legal service", "value-keys", "owner:"),
    (COURSE, "level: apply", "level: grasp", "value-choice", "grasp"),
    (COURSE, "glossary: [refugee]", "glossary: [Refugee]", "value-id", "glossary:"),
    (CASE, "minutes: 5", "minutes: 0", "value-low", "minutes: 0"),
    (FINAL, "key: true", 'key: "yes"', "value-switch", "key:"),
    (REGISTER, "https://undocs.org/A/RES/39/46", "[x]", "value-text", "[x]"),
    (GLOSSARY, "number: 20", "number: -3", "value-low", "-3"),
    (LESSON, TITLE, "title: Урок: первый", "yaml-colon", "title:"),
    (LESSON, TITLE, "\ttitle: x", "yaml-tab", "title:"),
    (AID, "---", "", "front-matter", ""),
    (RECALL, "t1-r-1", "t1_r_1", "value-id", "t1_r_1"),
]
