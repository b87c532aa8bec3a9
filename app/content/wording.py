"""The few words that rendering adds to a text, in each language."""

from __future__ import annotations

BOX_TITLES: dict[str, dict[str, str]] = {
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
