"""Texts with one word or sentence that should not stand there."""

from __future__ import annotations

from tests.content.broken.places import AID, CASE, COURSE, FINAL, GLOSSARY, LESSON, LINE

_LONG_RU = "Вот " + "слово " * 30 + "конец. " + LINE
_LONG_EN, _LONG_BE = "So " + "it was " * 18 + "then.", "Вось " + "слова " * 30 + "канец."
_HARD = ("Перенаправление " * 11 + "продолжается. ") * 30 + LINE
_HOME = "Возвращение является добровольным. "

# (file, old, new, code, text that stands on the line of the problem)
ROWS = [
    (LESSON, LINE, _HOME + LINE, "voluntariness", "является"),
    (LESSON, "- [[hedge:", f"- {_HOME}[[hedge:", "voluntariness", "- Возвр"),
    (AID, "Вы беражаце", "Рашэнне добраахвотнае. Вы беражаце", "voluntariness", "Рашэнне"),
    (FINAL, "Because of the rule.", "Her return is voluntary.", "voluntariness", "rationale"),
    (CASE, "She waits.", "She left voluntarily.", "voluntariness", "consequence"),
    (COURSE, "Коротко.", "Подписал — значит добровольно.", "voluntariness", "summary"),
    (GLOSSARY, "Хто баіцца", "Вярнуўся добраахвотна. Хто баіцца", "voluntariness", "Вярнуўся"),
    (CASE, "Please wait.", "We guarantee that.", "promise", "phrase"),
    (CASE, "Подождите.", "Обещаем защиту.", "promise", "phrase"),
    (CASE, "Пачакайце.", "Гарантуем абарону.", "promise", "phrase"),
    (LESSON, LINE, "Пришли лжебеженцы. " + LINE, "term-avoided", "лжебеженцы"),
    (FINAL, "Because of the rule.", "Two fake refugees came.", "term-avoided", "Two fake"),
    (FINAL, "Такое правіла.", "Прыйшлі ілжэбежанцы.", "term-avoided", "Прыйшлі"),
    (LESSON, "[[term:refugee|беженца]]", "[[term:refugee|гостя]]", "term-form", "гостя"),
    (FINAL, "Because of", "[[term:refugee|The guest]] of", "term-form", "The guest"),
    (FINAL, "Такое правіла.", "[[term:refugee|Госць]].", "term-form", "Госць"),
    (LESSON, LINE, _LONG_RU, "long-sentence", "слово"),
    (FINAL, "Because of the rule.", _LONG_EN, "long-sentence", "it was"),
    (FINAL, "Такое правіла.", _LONG_BE, "long-sentence", "слова"),
    (LESSON, LINE, _HARD, "reading-level", "---"),
]
