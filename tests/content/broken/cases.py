"""Scenarios with one thing broken at a time."""

from __future__ import annotations

from tests.content.broken.places import CASE

LATE = "ways: [{when: {unknown: [threat]}, to: n3}]"  # asked after the choice revealed it

ROWS = [
    (CASE, "next: n2", "next: n9", "unknown-next", "n9"),
    (CASE, "next: n2", "next: n1", "unreachable", "id: n2"),
    (CASE, "next: done", "next: n3", "dead-end", "id: n1"),
    (CASE, "next: n2", "next: n3", "best-path", "nodes:"),
    (CASE, "verdict: best", "verdict: acceptable", "best", "id: n1"),
    (CASE, "next: done", "next: n1", "best-endless", "id: n2"),
    (CASE, "verdict: best", "verdict: mistake", "trap", "id: n1"),
    (CASE, "verdict: best", "verdict: red_line", "only-red-lines", "id: n1"),
    (CASE, "next: n2", "when: {known: [threat]}\n        next: n2", "offered", "id: n1"),
    (CASE, "next: n2", "when: {known: [threat]}\n        next: n2", "never", "when: {known"),
    (CASE, "next: n2", f"{LATE}\n        next: n2", "never", LATE),
    (CASE, "next: n1", "reveals: [threat]\n        next: n1", "red-line-effect", "reveals:"),
    (CASE, "next: n2", "when: {known: [x]}\n        next: n2", "unknown-fact", "known: [x]"),
    (CASE, "next: n2", "when: {at_least: {trust: 3}}\n        next: n2", "value-high", "trust: 3"),
    (CASE, "      - if: threat\n        text", "      - text", "extra-open", "You know"),
    (CASE, "if: threat", "if: nothing", "unknown-fact", "nothing"),
    (CASE, "reveals: [threat]", "reveals: [nothing]", "unknown-fact", "nothing"),
    (CASE, "        reveals: [threat]\n", "", "hidden-fact", "id: threat"),
    (CASE, "next: n1", "next: n2", "red-line-next", "next: n2"),
    (CASE, "state: {trust", "state: {mood", "value-choice", "mood"),
    (CASE, "id: done", "id: n1", "repeated-id", "id: n1"),
    (CASE, '        repair: {en: "Ask again."', '        # {en: "', "repair-missing", "id: send"),
    (CASE, '        sources: ["cat-1984 art. 3(1)"]\n', "", "choice-source", "id: ask"),
]
