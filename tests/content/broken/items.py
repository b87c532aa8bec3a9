"""Items with one thing broken at a time, and banks with items added that spoil the whole."""

from __future__ import annotations

from tests.content.broken.places import CASE, FINAL

_ITEM = """  - id: t1-f-{id}
    lesson: "1-1"
    objective: 1
    level: apply
    red_line: true
    type: single
    keep_order: {kept}
    stem: {{en: "{stem}", ru: "Что теперь?", be: "Што цяпер?"}}
    options:
      - id: a
        key: true
        sources: ["cat-1984 art. 3(1)"]
        text: {{en: "{key}", ru: "Спросить", be: "Спытаць"}}
        rationale: {{en: "The rule.", ru: "Правило.", be: "Правіла."}}
      - id: b
        text: {{en: "Go away", ru: "Отправить", be: "Адправіць"}}
        rationale: {{en: "The rule.", ru: "Правило.", be: "Правіла."}}
      - id: c
        text: {{en: "Phone", ru: "Позвонить", be: "Пазваніць"}}
        rationale: {{en: "The rule.", ru: "Правило.", be: "Правіла."}}
"""


def _more(count: int, stem: str = "And now?", key: str = "Ask", kept: str = "false") -> str:
    """Return the head of the items with some added in front."""
    added = (_ITEM.format(id=90 + n, stem=stem, key=key, kept=kept) for n in range(count))
    return "items:\n" + "".join(added)


_COPIED = "Вы бережёте границу и бережёте правило, оба сразу и для всех, кто к вам идёт сейчас."

# (file, old, new, code, text that stands on the line of the problem)
ROWS = [
    (FINAL, "Ask first", "Ask first and then wait", "key-longest", "options:"),
    (FINAL, "Сначала спросить", "Сначала спросить самому", "key-longest", "options:"),
    (FINAL, "Спачатку спытаць", "Спачатку спытаць самому", "key-longest", "options:"),
    (FINAL, "items:\n", _more(5, key="Ask him first of all"), "key-longest-bank", "options:"),
    (FINAL, "items:\n", _more(12), "key-place", "options:"),
    (FINAL, "items:\n", _more(5, kept="true"), "key-place-kept", "options:"),
    (FINAL, "Send away", "All of the above", "of-the-above", "All of"),
    (FINAL, "Отправить обратно", "Всё перечисленное", "of-the-above", "Всё"),
    (FINAL, "Адправіць яго прэч", "Нічога з пералічанага", "of-the-above", "Нічога"),
    (FINAL, "Send away", "Ask the first!", "options-alike", "Ask the"),
    (FINAL, "Отправить обратно", "**Сначала** спросить", "options-alike", "**Сначала**"),
    (FINAL, "Адправіць яго прэч", "Спачатку — спытаць", "options-alike", "Спачатку — "),
    (FINAL, "Send away", "Never wait", "absolute-word", "Never"),
    (FINAL, "Отправить обратно", "Всегда ждать", "absolute-word", "Всегда"),
    (FINAL, "Адправіць яго прэч", "Чакаць толькі калі позна", "absolute-word", "толькі"),
    (FINAL, "What do you do first?", "What should you not do?", "stem-negative", "should"),
    (FINAL, "Что вы сделаете сначала?", "Чего делать нельзя?", "stem-negative", "нельзя"),
    (FINAL, "Што вы зробіце спачатку?", "Што тут не патрэбна?", "stem-negative", "патрэбна"),
    (FINAL, "items:\n", _more(2, stem="What may you **not** do?"), "stems-negative", "stem:"),
    (FINAL, "Человек боится.", _COPIED, "stem-copied", "бережёте"),
    (FINAL, "id: t1-f-1", "id: t1-f-0", "retired-id", "id: t1-f-0"),
    (CASE, "id: t1-1a", "id: t1-1z", "retired-id", "id: t1-1z"),
]
