"""The few words that rendering adds to a text, in each language."""

from __future__ import annotations

import re
from datetime import date

BOX_TITLES: dict[str, dict[str, str]] = {
    "on-duty": {"en": "On duty", "ru": "На службе", "be": "На службе"},
    "red-line": {"en": "Red line", "ru": "Красная черта", "be": "Чырвоная рыса"},
    "case": {"en": "Case", "ru": "Случай", "be": "Выпадак"},
    "job-aid": {"en": "Job aid", "ru": "Памятка", "be": "Памятка"},
    "context": {"en": "Context", "ru": "Контекст", "be": "Кантэкст"},
    "note": {"en": "Note", "ru": "Обратите внимание", "be": "Звярніце ўвагу"},
}
HEDGE = {"en": "to be confirmed", "ru": "подлежит подтверждению", "be": "падлягае пацвярджэнню"}
SECOND_HAND = {
    "en": "from a secondary account",
    "ru": "по вторичному источнику",
    "be": "паводле другаснай крыніцы",
}
VERSION = {"en": "version of", "ru": "в редакции на", "be": "у рэдакцыі на"}
TABLE = {"en": "Table", "ru": "Таблица", "be": "Табліца"}
EMPTY = {"en": "to be filled in", "ru": "для заполнения", "be": "для запаўнення"}
DEFINITION = {"en": "definition", "ru": "определение", "be": "азначэнне"}
NOTES = {"en": "Notes", "ru": "Примечания", "be": "Заўвагі"}
NOTE = {"en": "note", "ru": "прим.", "be": "заўв."}
BACK = {"en": "Back to the text", "ru": "Вернуться к тексту", "be": "Назад да тэксту"}

_AS_OF = {
    "en": "As of {}",
    "ru": "По состоянию на {}",
    "be": "Станам на {}",
}
_YEAR = {"en": "", "ru": "\u00a0года", "be": "\u00a0года"}
_LONE_YEAR = {"en": "", "ru": "\u00a0год", "be": "\u00a0год"}
_ENGLISH = "January,February,March,April,May,June,July,August,September,October,November,December"
_MONTHS = {  # of a month alone
    "en": _ENGLISH,
    "ru": "январь,февраль,март,апрель,май,июнь,июль,август,сентябрь,октябрь,ноябрь,декабрь",
    "be": (
        "студзень,люты,сакавік,красавік,май,чэрвень,"
        "ліпень,жнівень,верасень,кастрычнік,лістапад,снежань"
    ),
}
_OF_MONTHS = {  # behind a day
    "en": _ENGLISH,
    "ru": "января,февраля,марта,апреля,мая,июня,июля,августа,сентября,октября,ноября,декабря",
    "be": (
        "студзеня,лютага,сакавіка,красавіка,мая,чэрвеня,"
        "ліпеня,жніўня,верасня,кастрычніка,лістапада,снежня"
    ),
}


def as_of(text: str, lang: str) -> str | None:
    """Say as of when, from a year, month or day (`2021`, `2021-12`, `2021-12-05`).

    Returns None when `text` is no such date.
    """
    match = re.fullmatch(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if not match:
        return None
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not month:
        return _AS_OF[lang].format(year + _LONE_YEAR[lang])
    name = (_OF_MONTHS if day else _MONTHS)[lang].split(",")[int(month) - 1]
    number = f"{int(day)}\u00a0" if day else ""
    return _AS_OF[lang].format(f"{number}{name} {year}{_YEAR[lang]}")
