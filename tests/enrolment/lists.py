"""Made-up lists of people as a spreadsheet would write them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

HEADERS = {
    "ru": ("Табельный номер", "Фамилия", "Имя", "Отчество", "Эл. почта", "Подразделение"),
    "be": ("Табельны нумар", "Прозвішча", "Імя", "Імя па бацьку", "Эл. пошта", "Падраздзяленне"),
    "en": ("Service number", "Surname", "Name", "Patronymic", "E-mail", "Unit"),
}
PEOPLE = (
    ("СП-7001", "Іваноў", "Ўладзімір", "Пятровіч", "u.ivanou@post.example", "Застава; 1"),
    ("СП-7002", "Ёлкина", "Мар'яна", "", "", 'Пост "Север"'),
    ("СП-7003", "Прыклад-Узорны", "Янка", "Вымышленович", "", "Смена,\nночь"),
)


def table(rows: Iterable[Sequence[str]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """Return rows as the bytes of a CSV file."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def roster(
    *people: Sequence[str], language: str = "ru", delimiter: str = ";", encoding: str = "utf-8"
) -> bytes:
    """Return a list with a header in a language."""
    return table([HEADERS[language], *people], delimiter, encoding)
