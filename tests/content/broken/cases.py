"""Scenarios with one thing broken at a time."""

from __future__ import annotations

from tests.content.broken.places import CASE

ROWS = [
    (CASE, "next: n2", "next: n9", "unknown-next", "n9"),
    (CASE, "next: n2", "next: n1", "unreachable", "id: n2"),
    (CASE, "next: done", "next: n3", "dead-end", "id: n1"),
    (CASE, "next: n2", "next: n3", "best-path", "nodes:"),
    (CASE, "verdict: best", "verdict: acceptable", "best", "id: n1"),
    (CASE, "if: threat", "if: nothing", "unknown-fact", "nothing"),
    (CASE, "reveals: [threat]", "reveals: [nothing]", "unknown-fact", "nothing"),
    (CASE, "        reveals: [threat]\n", "", "hidden-fact", "id: threat"),
    (CASE, "next: n1", "next: n2", "red-line-next", "next: n2"),
    (CASE, "state: {trust", "state: {mood", "value", "mood"),
    (CASE, "id: done", "id: n1", "repeated-id", "id: n1"),
    (CASE, '        repair: {en: "Ask again."', '        # {en: "', "repair-missing", "id: send"),
    (CASE, '        sources: ["cat-1984 art. 3(1)"]\n', "", "choice-source", "id: ask"),
]
