"""The one writer of exported tables: XLSX and CSV of the same sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from urllib.parse import quote

import xlsxwriter
from babel.numbers import get_decimal_symbol
from flask import Response

from app.reports.tables import Mark, Value

Cell = str | Value
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """A table with what must be known to read it: lines above it, notes under it."""

    title: str
    lines: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[tuple[str, str]]


def xlsx(sheet: Sheet, *, made_at: datetime) -> bytes:
    """Return the sheet as a workbook. No text becomes a formula or a link."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": sheet.title, "created": made_at.replace(tzinfo=None)})
    page = book.add_worksheet()
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    share = book.add_format({"num_format": "0%"})
    mark = book.add_format({"align": "right"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, sheet.title, bold)
    for at, line in enumerate(sheet.lines, start=1):
        page.write_string(at, 0, line)
    top = len(sheet.lines) + 2
    for place, label in enumerate(sheet.columns):
        page.write_string(top, place, label, head)
        texts = [row[place] for row in sheet.rows if isinstance(row[place], str)]
        widest = max((len(str(text)) for text in texts), default=0)
        page.set_column(place, place, min(44, max(12, widest + 2)))
    page.repeat_rows(top)
    for at, row in enumerate(sheet.rows, start=top + 1):
        for place, cell in enumerate(row):
            match cell:
                case str():
                    page.write_string(at, place, cell)
                case Mark():
                    page.write_string(at, place, cell.value, mark)
                case Fraction():
                    page.write_number(at, place, whole_percent(cell) / 100, share)
                case _:
                    page.write_number(at, place, cell)
    for at, (name, text) in enumerate(sheet.notes, start=top + len(sheet.rows) + 2):
        page.write_string(at, 0, name, bold)
        page.write_string(at, 1, text)
    book.close()
    return buffer.getvalue()


def csv_file(sheet: Sheet, *, locale: str) -> bytes:
    """Return the sheet as CSV that Excel opens in the language: BOM, and `;` beside a comma."""
    delimiter = ";" if get_decimal_symbol(locale) == "," else ","
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    lines: list[Sequence[Cell]] = [[sheet.title], *([line] for line in sheet.lines), []]
    lines += [sheet.columns, *sheet.rows, [], *sheet.notes]
    writer.writerows([_text(cell) for cell in line] for line in lines)
    return (BOM + buffer.getvalue()).encode()


def whole_percent(share: Fraction) -> int:
    """Return a share in whole per cent, rounded down as on the pages."""
    return share.numerator * 100 // share.denominator


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _text(cell: Cell) -> str:
    match cell:
        case str():
            return guarded(cell)
        case Mark():
            return cell.value
        case Fraction():
            return f"{whole_percent(cell)}%"
        case _:
            return str(cell)


def download(body: bytes, mimetype: str, *, ascii_name: str, name: str) -> Response:
    """Return a file to keep, named in plain letters and in those of the reader (RFC 8187)."""
    response = Response(body, content_type=mimetype)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    return response
