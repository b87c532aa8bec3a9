"""Read a list of people from the bytes of a CSV file, however a spreadsheet wrote it. Pure.

Nothing is guessed silently: an encoding that has lost letters, a workbook or a missing column
is refused with what was found, and the page shows every row as it was read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from app.enrolment.decoding import Unreadable, decode
from app.text import skeleton, squeeze

MAX_ROWS = 10_000
MAX_RECORD_LINES = 20
DELIMITERS = (";", ",", "\t", "|")
FIELDS = (
    "service_number",
    "surname",
    "given_name",
    "patronymic",
    "surname_latin",
    "given_name_latin",
    "email",
    "unit",
    "rank_band",
)
REQUIRED = ("service_number", "surname", "given_name")
FORMULA_MARKS = frozenset("=+-@\t\r")
_SAMPLE_RECORDS = 50

_HEADERS = {
    "service_number": (
        "service number|service no|personnel number|personnel no|number|no|id|"
        "табельный номер|табельный №|табельный|таб номер|таб №|служебный номер|личный номер|номер|"
        "табельны нумар|табельны №|табельны|таб нумар|службовы нумар|асабісты нумар|нумар|№"
    ),
    "surname": "surname|last name|family name|фамилия|прозвішча",
    "given_name": "name|given name|first name|имя|імя|імя уласнае|собственное имя",
    "patronymic": "patronymic|middle name|father's name|отчество|імя па бацьку|па бацьку",
    "surname_latin": (
        "latin surname|surname latin|surname in latin|surname in latin script|last name latin|"
        "фамилия латиницей|фамилия латинскими буквами|фамилия лат|фамилия latin|"
        "прозвішча лацінкай|прозвішча лацінскімі літарамі|прозвішча лац"
    ),
    "given_name_latin": (
        "latin name|name latin|name in latin|name in latin script|latin given name|"
        "given name latin|first name latin|имя латиницей|имя латинскими буквами|имя лат|"
        "имя latin|імя лацінкай|імя лацінскімі літарамі|імя лац"
    ),
    "email": (
        "email|e mail|mail|work email|email address|почта|электронная почта|эл почта|"
        "адрес электронной почты|рабочая почта|пошта|электронная пошта|эл пошта|"
        "адрас электроннай пошты"
    ),
    "unit": (
        "unit|post|department|подразделение|отдел|застава|пост|часть|падраздзяленне|аддзел|частка"
    ),
    "rank_band": (
        "rank band|rank|rank group|звание|категория|группа званий|категория звания|"
        "званне|катэгорыя|група званняў|катэгорыя звання"
    ),
}
_FIELD_BY_HEADER = {
    skeleton(name): field for field, names in _HEADERS.items() for name in names.split("|")
}

_SEPARATOR_LINE = re.compile(r'"?sep=(?P<mark>[;,\t|])"?\s*$', re.IGNORECASE)


@dataclass(frozen=True)
class Record:
    """One row as it was read. `row` counts from 1 as a spreadsheet does, the header included.

    `broken` says that a quotation mark was not closed and the cells cannot be told apart.
    """

    row: int
    cells: tuple[str, ...]
    broken: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Line:
    """A row by what its cells mean. `extra` counts filled cells beyond the last header."""

    row: int
    cells: Mapping[str, str]
    broken: bool = False
    extra: int = 0


@dataclass(frozen=True)
class Reading:
    """A file as it was read. `columns` are the headers by what they mean, `unused` the others."""

    encoding: str
    delimiter: str
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    lines: tuple[Line, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain data; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reading:
        """Return the reading that `to_json` wrote."""
        return cls(
            data["encoding"],
            data["delimiter"],
            data["columns"],
            tuple(data["unused"]),
            tuple(Line(**line) for line in data["lines"]),
        )


def read(data: bytes) -> Reading:
    """Return the list in `data`. Raises `Unreadable`."""
    text, encoding = decode(data)
    delimiter, text = sniff(text)
    found = [record for record in records(text, delimiter) if not record.is_blank]
    if not found:
        raise Unreadable("empty")
    header = tuple(squeeze(cell) for cell in found[0].cells)
    fields = _fields(header)
    if len(found) == 1:
        raise Unreadable("no_rows")
    if len(found) - 1 > MAX_ROWS:
        raise Unreadable("rows", count=len(found) - 1, limit=MAX_ROWS)
    named = list(zip(header, fields, strict=True))
    return Reading(
        encoding=encoding,
        delimiter=delimiter,
        columns={field: name for name, field in named if field},
        unused=tuple(name for name, field in named if name and not field),
        lines=tuple(_line(record, fields) for record in found[1:]),
    )


def _line(record: Record, fields: Sequence[str | None]) -> Line:
    if record.broken:
        return Line(record.row, {}, broken=True)
    cells = zip(fields, record.cells, strict=False)
    filled = [at for at, cell in enumerate(record.cells, start=1) if cell.strip()]
    return Line(
        record.row,
        {field: squeeze(unguarded(cell)) for field, cell in cells if field},
        extra=max(0, max(filled, default=0) - len(fields)),
    )


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_MARKS else cell


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet shows as text and never runs."""
    return f"'{cell}" if cell[:1] in FORMULA_MARKS else cell


def to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as a spreadsheet opens them: UTF-8 with its mark, semicolons, no formulas."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def sniff(text: str) -> tuple[str, str]:
    """Return the delimiter and the text without a `sep=` line.

    The one under which most headers are known wins, then the one that gives the most rows of one
    width.
    """
    first, _, rest = text.partition("\n")
    if named := _SEPARATOR_LINE.match(first.rstrip("\r")):
        return named["mark"], rest
    return max(DELIMITERS, key=lambda mark: _consistency(text, mark)), text


def _consistency(text: str, delimiter: str) -> tuple[int, float, int]:
    sample: list[Record] = []
    for record in records(text, delimiter):
        if not record.is_blank:
            sample.append(record)
        if len(sample) == _SAMPLE_RECORDS:
            break
    if not sample:
        return 0, 0.0, 0
    header = sample[0].cells
    known = sum(field_of(cell) is not None for cell in header)
    alike = sum(len(record.cells) == len(header) for record in sample) / len(sample)
    return known, alike if len(header) > 1 else 0.0, len(header)


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Yield every row of `text`, blank ones too. A quotation mark left open breaks its row only."""
    lines = list(StringIO(text, newline=""))
    at, row = 0, 0
    while at < len(lines):
        row += 1
        reader = csv.reader(
            iter(lines[at : at + MAX_RECORD_LINES]), delimiter=delimiter, strict=True
        )
        try:
            cells = tuple(next(reader))
        except csv.Error:
            yield Record(row, (lines[at].rstrip("\r\n"),), broken=True)
            at += 1
        else:
            yield Record(row, cells)
            at += reader.line_num


def field_of(header: str) -> str | None:
    """Return what a header in Russian, Belarusian or English means, or None."""
    key = skeleton(header)
    return _FIELD_BY_HEADER.get(key) if key else None


def _fields(columns: Sequence[str]) -> tuple[str | None, ...]:
    fields = tuple(field_of(name) for name in columns)
    missing = [field for field in REQUIRED if field not in fields]
    if missing:
        raise Unreadable("columns", missing=missing, found=[name for name in columns if name])
    known = [field for field in fields if field is not None]
    for field in known:
        if known.count(field) > 1:
            named = [name for name, one in zip(columns, fields, strict=True) if one == field]
            raise Unreadable("column_twice", field=field, found=named)
    return fields
