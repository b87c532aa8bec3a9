"""Texts broken one at a time: notes, boxes, marks, depth and length."""

from __future__ import annotations

from tests.content.broken.places import AID, FINAL, LESSON, LINE

CONTEXT = '!!! context {} "Контекст"\n    Сведения.\n\n'
LONG = "Слово " * 3_100

# (file, old, new, code, text that stands on the line of the problem)
ROWS = [
    (LESSON, LINE, "Слово[^1] и", "note-missing", "Слово[^1]"),
    (LESSON, LINE, "Слово[^1] и\n\n[^1]:\n\n", "note-missing", "Слово[^1]"),
    (AID, "Вы беражаце", "Слова[^мяжа]", "note-missing", "[^мяжа]"),
    (LESSON, LINE, "[^1]: Сноска.\n\nВы", "note-unused", "[^1]: Сноска"),
    (LESSON, LINE, "А[^1]\n\n[^1]: Раз.\n[^1]: Два.\n\nВы", "note-repeated", "Два"),
    (FINAL, "A man is afraid.", "A man[^1] is afraid.", "note-place", "A man[^1]"),
    (LESSON, LINE, CONTEXT.format("") + LINE, "context-date", "!!! context"),
    (LESSON, LINE, CONTEXT.format("2021-13") + LINE, "context-date", "2021-13"),
    (LESSON, LINE, CONTEXT.format("2021-02-30") + LINE, "context-date", "2021-02-30"),
    (LESSON, "!!! red-line", "!!! red-line 2021", "admonition", "2021"),
    (LESSON, "!!! red-line", '!!! red-line " "', "admonition", '" "'),
    (LESSON, "!!! red-line", '!!! red-line ""', "admonition", '""'),
    (LESSON, LINE, "[[lang:xx|Hello]]", "mark-language", "xx"),
    (LESSON, LINE, "[[lang:en]]", "mark-language", "lang:en"),
    (LESSON, LINE, "> " * 7 + "глубоко\n\nВы", "too-deep", "глубоко"),
    (LESSON, LINE, "- " * 5_000 + "глубоко\n\nВы", "too-deep", "глубоко"),
    (LESSON, LINE, "А\n\n" + " " * 28 + "- глубоко\n\nВы", "too-deep", "глубоко"),
    (LESSON, LINE, LONG, "text-long", "Слово Слово"),
    (LESSON, LINE, "**Вы бережёте", "bold-open", "**Вы"),
]
