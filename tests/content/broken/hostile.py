"""Texts that try to get round a rule: other letters, other layout, other places."""

from __future__ import annotations

from tests.content.broken.places import CASE, COURSE, FINAL, GLOSSARY, LESSON, LINE, REGISTER

DRAWING = "courses/t1/media/steps.svg"
CAPTIONS = "courses/t1/media/ask.ru.vtt"
ENGLISH = "courses/t1/lessons/1-1.en.md"

# (file, old, new, code, text that stands on the line of the problem)
ROWS = [
    *(
        (LESSON, LINE, f"{hidden} {LINE}", "forbidden-word", LINE)
        for hidden in (
            "неле\u00adгал",
            "нелега\u0301л",
            "неле**га**л",
            "неле\\гал",
            "нелегальный **мигрант**",
            "нелегальный [@cat-1984 art. 3(1)] мигрант",
            "нелегальные трудовые мигранты",
            "мигранты нелегальные",
            "незаконного мигранта",
            "[[lang:en|illegal migrant]]",
            '"начало. Он нелегал',
            "«начало. Он нелегал",
        )
    ),
    (LESSON, "!!! red-line", '!!! red-line "Нелегал"', "forbidden-word", "Нелегал"),
    (ENGLISH, "# ", "# Illegal economic migrants: ", "forbidden-word", "Illegal"),
    (CAPTIONS, "Сначала спросите.", "Нелегал, спросите.", "forbidden-word", "00:00.000"),
    (
        DRAWING,
        "</svg>",
        "<text>Не\n<tspan>нелегал</tspan></text></svg>",
        "forbidden-word",
        "<tspan>",
    ),
    (REGISTER, "ru: ООН", "ru: Нелегал", "forbidden-word", "Нелегал"),
    (LESSON, LINE, f"нeлeгал {LINE}", "mixed-letters", "нeл"),
    (CASE, "Она ждёт.", "Онa ждёт.", "mixed-letters", "Онa"),
    (FINAL, "A man is afraid.", "A mаn is afraid.", "mixed-letters", "A mаn"),
    (DRAWING, "</svg>", "<text>Онa</text></svg>", "mixed-letters", "Онa"),
    (LESSON, LINE, f"неле\u200bгал {LINE}", "character", "гал"),
    (LESSON, LINE, f"неле\u200dгал {LINE}", "character", "гал"),
    (LESSON, LINE, f"неле\ufeffгал {LINE}", "character", "гал"),
    (LESSON, LINE, f"evil.example.com {LINE}", "link", "evil"),
    (LESSON, LINE, f"ftp://10.0.0.1 {LINE}", "link", "ftp"),
    (LESSON, LINE, f"name@host {LINE}", "link", "name@host"),
    (LESSON, LINE, f"А[^1].\n\n[^1]: на сайте evil.ru\n\n{LINE}", "link", "evil"),
    (CAPTIONS, "Сначала спросите.", "Смотрите t.me", "link", "00:00.000"),
    (DRAWING, "</svg>", "<title>www.evil.example</title></svg>", "link", "<title>"),
    (COURSE, "Коротко.", "Коротко на evil.by.", "link", "evil.by"),
    (LESSON, LINE, f"Дата [@cat-1984\n#accession] {LINE}", "citation-open", "[@cat-1984"),
    (LESSON, LINE, f"Дата [@cat-1984\n\n#accession] {LINE}", "citation-open", "[@cat-1984"),
    (LESSON, LINE, f"Дата [@cat-1984 #access\n\n{LINE}", "citation-open", "[@cat-1984"),
    (LESSON, LINE, f"[[attributed:]] {LINE}", "mark-empty", "attributed:]]"),
    (LESSON, LINE, f"[[hedge: [@cat-1984 #accession] ]] {LINE}", "mark-empty", "[[hedge"),
    (REGISTER, "[undocs.org, example.org]", "[undocs.org, org]", "host-name", "org]"),
    (REGISTER, "//undocs.org", "//evil.com%2f.undocs.org", "host", "evil"),
    (COURSE, '"0.8"', '"1e999999999"', "cut-score", "1e9"),
    (COURSE, "valid_months: 24", "valid_months: 99999", "value-high", "99999"),
    (GLOSSARY, "ru: беженец", f"ru: {'б' * 18_001}", "value-long", "ru:"),
    (LESSON, LINE, "## А\n\nБ\n\n" * 12_000, "text-long", "---"),
    (DRAWING, "</svg>", '<rect fill="ur\\6c(http:x)"/></svg>', "svg-unsafe", "ur\\6c"),
    (DRAWING, "</svg>", "<rect mask=\"image-set('x')\"/></svg>", "svg-unsafe", "image-set"),
    (DRAWING, "</svg>", '<g id="a"><use href="#b"/></g></svg>', "svg-unsafe", "<use"),
    (
        DRAWING,
        "</svg>",
        '<pattern id="a"><rect fill="url(#b)"/></pattern></svg>',
        "svg-unsafe",
        "pattern",
    ),
    (DRAWING, "</svg>", f"{'<g>' * 60}{'</g>' * 60}</svg>", "media-content", "<g>"),
    (DRAWING, 'viewBox="0 0 320 120"', f'viewBox="0 0 {"9" * 400} 1"', "svg-size", "999"),
    (DRAWING, 'viewBox="0 0 320 120"', 'viewBox="0 0 0 0"', "svg-size", "0 0"),
    (CAPTIONS, "00:00.000", f"{'1' * 5_000}:00:00.000", "captions-form", "111"),
]
