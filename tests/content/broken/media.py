"""Pictures, sound and film with one thing broken at a time."""

from __future__ import annotations

import random

from tests.content.broken.places import LESSON, LINE

MEDIA = "courses/t1/media/"
ASK, STEPS, CUES = MEDIA + "ask.yaml", MEDIA + "steps.svg", MEDIA + "ask.ru.vtt"
FIGURE = '![Три круга в ряд](steps.svg "Три шага'
RECT = '<rect width="320"'
LETTERS = "abcdefghijklmnopqrstuvwxyz       "
CHANCE = random.Random(1)
NOISE = "\n\n{{aid:j1}}\n\n".join("".join(CHANCE.choices(LETTERS, k=9_000)) for _ in range(10))
END = "00:00.800 line"
WALK, WALK_1, WALK_2 = MEDIA + "walk.yaml", MEDIA + "walk-1.svg", MEDIA + "walk-2.svg"
CIRCLE = '<circle class="a-rise d-1"'

ROWS = [
    (LESSON, "(steps.svg", "(none.svg", "media-missing", "none.svg"),
    (LESSON, "(steps.svg", "(other.svg", "directives-differ", "## Что верно"),
    (LESSON, "(steps.svg", "(still.webm", "media-kind", "still.webm"),
    (LESSON, "Три круга в ряд", "", "alt-missing", "steps.svg"),
    (LESSON, "Три круга в ряд", "Steps", "alt-missing", "steps.svg"),
    (LESSON, "Три круга в ряд", "steps.svg", "alt-missing", "steps.svg"),
    (LESSON, "Три круга в ряд", "Круг " * 51, "alt-long", "steps.svg"),
    (LESSON, "Три круга в ряд", "Три **круга**", "alt-mark", "steps.svg"),
    (LESSON, "Три круга в ряд", "Три <b>круга", "raw-html", "steps.svg"),
    (LESSON, "Три шага [@cat-1984 art. 3", "Три [@cat-1984 art. 9", "citation", "steps.svg"),
    (LESSON, FIGURE, f"Вот {FIGURE}", "image", "steps.svg"),
    (LESSON, FIGURE, "![Три круга в ряд]( ", "image", "![Три"),
    (LESSON, "{{recording:ask}}", "{{recording:no}}", "unknown-recording", "{{recording:no}}"),
    (LESSON, "{{aid:j1}}\n", "{{aid:j1}}\n\n{{recording:no}}\n", "directives-differ", "## Что"),
    (LESSON, "{{recall:t1-r-2}}", "{{recording:ask}}", "misplaced", "{{recording:ask}}"),
    (LESSON, LINE, NOISE, "lesson-heavy", "---"),
    (ASK, "id: ask", "id: other", "recording-id", "id: other"),
    (ASK, "seconds: 1", "seconds: 181", "recording-long", "seconds: 181"),
    (ASK, "still.webm", "none.webm", "media-missing", "none.webm"),
    (ASK, "still.webm", "steps.svg", "media-kind", "steps.svg"),
    (ASK, "ru: ask.ru.vtt", "ru: none.vtt", "media-missing", "captions:"),
    (ASK, "ru: ask.ru.vtt", "ru: steps.svg", "media-kind", "captions:"),
    (ASK, "poster: poster.png", "poster: none.png", "media-missing", "none.png"),
    (ASK, "poster: poster.png\n", "", "poster-missing", "kind: video"),
    (ASK, "poster_alt:", "# poster_alt:", "alt-missing", "poster: poster.png"),
    (ASK, "ru: Зелёное поле", "ru: poster", "alt-missing", "poster_alt:"),
    (ASK, "ru: Как спросить", 'ru: "Как [@x]"', "mark-in-title", "title:"),
    (ASK, "спытайце. Выслухайце адказ. Потым запішыце яго", "пытанне", "transcript-short", "be: |"),
    (ASK, "Ask first.", "Ask [@cat-1984 art. 3(1)].", "transcript-cite", "en: |"),
    (ASK, "Ask first.", "Ask <b>first.", "raw-html", "Ask <b>"),
    (WALK, "id: walk", "id: other", "recording-id", "id: other"),
    (WALK, "seconds: 12", "seconds: 168", "recording-long", "scenes:"),
    (WALK, "seconds: 12", "seconds: 6", "recording-short", "scenes:"),
    (WALK, "walk-1.svg", "none.svg", "media-missing", "none.svg"),
    (WALK, "walk-1.svg", "poster.png", "media-kind", "poster.png"),
    (WALK, "ru: Круг,", "ru: walk-1,", "alt-missing", "alt:"),
    (WALK, "ru: Сначала спросите.", 'ru: "**Сначала** да"', "mark-in-title", "caption:"),
    (WALK, "ru: Сначала спросите.", "ru: Спросите нелегала.", "forbidden-word", "caption:"),
    (WALK, "ru: Дорога", 'ru: "Как [@x]"', "mark-in-title", "title:"),
    (WALK, "A line leads on. Then listen.", "[@cat-1984 art. 3(1)].", "transcript-cite", "en: |"),
    (
        WALK,
        "en: Ask first.",
        "en: Ask first and wait and look and listen and nod and wait and ask again and wait",
        "transcript-short",
        "en: |",
    ),
    (WALK_1, CIRCLE, f"<text/>{CIRCLE}", "scene-shape", "<text/>"),
    (WALK_1, CIRCLE, f"<defs/>{CIRCLE}", "scene-shape", "<defs/>"),
    (WALK_1, CIRCLE, f"<svg/>{CIRCLE}", "scene-shape", "<svg/>"),
    (WALK_1, CIRCLE, f"words {CIRCLE}", "scene-shape", "words"),
    (WALK_1, CIRCLE, f'{CIRCLE} id="a"', "scene-shape", 'id="a"'),
    (WALK_1, CIRCLE, f'{CIRCLE} tabindex="0"', "scene-shape", "tabindex"),
    (WALK_1, '"#0d5b5b"', '"url(#a)"', "scene-shape", "url("),
    (WALK_1, '"#0d5b5b"', '"&quot;&gt;&lt;b"', "scene-shape", "&quot;"),
    (WALK_1, "a-rise", "a-spin", "scene-motion", "a-spin"),
    (WALK_1, "d-1", "d-9", "scene-motion", "d-9"),
    (CUES, "WEBVTT", "WEBVT", "captions-form", "WEBVT"),
    (CUES, "00:00.400\n", "00:00.4\n", "captions-form", "00:00.4"),
    (CUES, "00:00.400\n", "00:00.000\n", "captions-form", "00:00.000"),
    (CUES, "Сначала спросите.\n", "", "captions-form", "00:00.000"),
    (CUES, "NOTE ru", "STYLE", "captions-form", "STYLE"),
    (CUES, "00:00.000", "00:00.399\nА.\n\n00:00.000", "captions-form", "00:00.399"),
    (CUES, "00:00.000 --> 00:00.400", "00:00.500 --> 00:00.600", "captions-order", "2"),
    (CUES, END, END.replace("0.8", "1.8"), "captions-late", "2"),
    (CUES, "Сначала спросите", "Сначала спросите нелегала", "forbidden-word", "00:00.000"),
    (STEPS, RECT, f"<script/>{RECT}", "svg-unsafe", "<script/>"),
    (STEPS, RECT, f"<style/>{RECT}", "svg-unsafe", "<style/>"),
    (STEPS, RECT, f"<foreignObject/>{RECT}", "svg-unsafe", "<foreignObject/>"),
    (STEPS, RECT, f'<image href="#a"/>{RECT}', "svg-unsafe", "<image"),
    (STEPS, RECT, f"<?xml-stylesheet x?>{RECT}", "svg-unsafe", "<?xml"),
    (STEPS, RECT, f'{RECT} onload="x"', "svg-unsafe", "onload"),
    (STEPS, RECT, f'{RECT} style="fill: red"', "svg-unsafe", "style="),
    (STEPS, 'fill="#f2f6f5"', 'fill="url(https://example.org/a)"', "svg-unsafe", "url("),
    (STEPS, RECT, f'<use href="other.svg#a"/>{RECT}', "svg-unsafe", "<use"),
    (STEPS, "<svg", "<!DOCTYPE svg><svg", "svg-unsafe", "<!DOCTYPE"),
    (STEPS, 'viewBox="0 0 320 120"', "", "svg-size", "<svg"),
    (STEPS, "0 0 320 120", "0 0 1601 120", "picture-wide", "<svg"),
    (STEPS, "</svg>", "", "media-content", ""),
    (STEPS, "<svg", "<html", "media-content", "<html"),
    (STEPS, "</svg>", f"<!-- {'x' * 60_000} --></svg>", "media-heavy", "<svg"),
]
