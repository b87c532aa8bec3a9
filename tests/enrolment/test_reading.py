from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.enrolment.decoding import Unreadable, likelier_encoding
from app.enrolment.reading import (
    DELIMITERS,
    FIELDS,
    MAX_ROWS,
    Reading,
    guarded,
    read,
    records,
    to_csv,
    unguarded,
)
from tests.enrolment.lists import HEADERS, PEOPLE, roster, table

USED = ("service_number", "surname", "given_name", "patronymic", "email", "unit")
CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n"";,|\t'), max_size=12
)
KOI8_NAMES = (("7001", "Образцов", "Пётр", "Ильич", "", ""), ("7002", "Ёлкина", "Анна", "", "", ""))


def said(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(line.cells[name] for name in USED) for line in reading.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("language", HEADERS)
def test_a_list_is_read_whatever_the_spreadsheet_wrote(delimiter, encoding, language):
    found = read(roster(*PEOPLE, language=language, delimiter=delimiter, encoding=encoding))
    expected = [tuple(" ".join(cell.split()) for cell in person) for person in PEOPLE]
    assert (found.encoding, found.delimiter, said(found)) == (encoding, delimiter, expected)


@pytest.mark.parametrize("encoding", ["koi8_r", "cp866", "iso8859_5", "mac_cyrillic"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_encoding_that_loses_letters_is_refused_by_name(encoding, language):
    people = [
        *KOI8_NAMES,
        ("7003", "ПОКАЗАТЕЛЬНАЯ", "МАРИНА", "", "", ""),
        ("7004", "ПРИМЕРОВ", "ИВАН", "", "", ""),
    ]
    with pytest.raises(Unreadable) as refused:
        read(roster(*people, language=language, encoding=encoding))
    assert refused.value.code == "encoding"
    assert refused.value.facts["found"] in {encoding, "koi8_u"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04 and the rest of a workbook", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
        (b"number;surname;name\n1;A\0;B", "binary"),
        (roster(*PEOPLE, encoding="utf-16-le"), "binary"),
        ("номер;фамилия;имя\n1;Ивано�;П".encode(), "lost_letters"),
        ("номер;фамилия\n1;Образцов".encode(), "columns"),
        ("номер;фамилия;имя;Name\n1;Образцов;Пётр;P".encode(), "column_twice"),
        ("номер;фамилия;имя\n\n".encode(), "no_rows"),
        (table([("№", "фамилия", "имя"), *[("1", "А", "Б")] * (MAX_ROWS + 1)]), "rows"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(data, code):
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == code


def test_a_refusal_lists_the_missing_columns_and_what_was_found():
    with pytest.raises(Unreadable) as refused:
        read("табельный номер;ФИО\n1;Образцов Пётр".encode())
    assert refused.value.facts == {
        "missing": ["surname", "given_name"],
        "found": ["табельный номер", "ФИО"],
    }


def test_the_separator_line_of_a_spreadsheet_is_obeyed():
    found = read("sep=|\r\nномер|фамилия|имя\r\n1|Образцов;x|Пётр\r\n".encode())
    assert (found.delimiter, found.lines[0].cells["surname"]) == ("|", "Образцов;x")


def test_an_open_quotation_mark_breaks_its_own_row_only():
    found = read('номер;фамилия;имя\n1;"Образцов;Пётр\n2;Ёлкина;Анна\n'.encode())
    assert [(line.row, line.broken) for line in found.lines] == [(2, True), (3, False)]
    assert found.lines[1].cells["surname"] == "Ёлкина"


def test_columns_that_mean_nothing_are_named_and_not_kept():
    found = read("номер;фамилия;имя;пароль\n1;Образцов;Пётр;тайна;;\n".encode())
    assert found.unused == ("пароль",)
    assert "тайна" not in str(found.to_json())
    assert Reading.from_json(found.to_json()) == found


@given(st.lists(st.lists(CELLS, min_size=2, max_size=6), min_size=1), st.sampled_from(DELIMITERS))
def test_rows_written_are_read_back(rows, delimiter):
    text = table(rows, delimiter).decode()
    assert [list(record.cells) for record in records(text, delimiter)] == rows


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    with suppress(Unreadable):
        assert read(data).lines


@given(st.lists(st.sampled_from([*"аеиоуынтрсвлкмпдзяьюёўіАЕИОНТРСВЛКМПДЁЎІ ;\n-'"])))
def test_windows_1251_is_not_mistaken_when_letters_are_usual(letters):
    words = "".join(letters).lower()
    assert likelier_encoding(f"Табельный номер;Фамилия;Имя\n{words}".encode("cp1251")) is None


@given(st.text(max_size=20))
def test_a_cell_given_out_and_loaded_again_is_the_same(cell):
    assert unguarded(guarded(cell)) == cell or cell.startswith("'")
    assert guarded(cell)[:1] not in set("=+-@")


def test_rows_given_out_open_in_a_spreadsheet_and_never_run():
    data = to_csv([("Фамилия", "x"), ("=1+1", "@cmd")])
    assert data == "\ufeffФамилия;x\r\n'=1+1;'@cmd\r\n".encode()
    assert set(USED) <= set(FIELDS)
