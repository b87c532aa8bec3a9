"""Names compared by their looks, and free text that may hold no numbers of people."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import localised, name_order, personal_data_fault, skeleton, squeeze

TWINS = (
    ("а", "a"),
    ("в", "b"),
    ("е", "e"),
    ("к", "k"),
    ("м", "m"),
    ("н", "h"),
    ("о", "o"),
    ("р", "p"),
    ("с", "c"),
    ("т", "t"),
    ("у", "y"),
    ("х", "x"),
    ("і", "i"),
)
CAPITALS = (
    ("А", "A"),
    ("В", "B"),
    ("Е", "E"),
    ("К", "K"),
    ("М", "M"),
    ("Н", "H"),
    ("О", "O"),
    ("Р", "P"),
    ("С", "C"),
    ("Т", "T"),
    ("Х", "X"),
    ("І", "I"),
)
names = st.text(st.sampled_from("абвгдеёжзійклмнопрстуўфхцчшыьэюяАБВГЎІЁabcxyz'-"), max_size=20)
DATES = st.dates(date(1990, 1, 1), date(2100, 1, 1))
digits = st.text("0123456789", min_size=7, max_size=7)


@given(names, st.lists(st.booleans(), min_size=20, max_size=20))
def test_swapping_letters_that_look_alike_keeps_the_skeleton(name, swaps):
    twins = {**dict(TWINS), **dict(CAPITALS)}
    swapped = "".join(
        twins.get(ch, ch) if swap else ch for ch, swap in zip(name, swaps, strict=False)
    )
    assert skeleton(swapped) == skeleton(name)


@given(st.text(max_size=30))
def test_a_skeleton_does_not_depend_on_case_spaces_or_the_way_letters_are_stored(text):
    assert skeleton(f"  {text}  ") == skeleton(text)
    assert skeleton(unicodedata.normalize("NFD", text)) == skeleton(
        unicodedata.normalize("NFC", text)
    )
    assert skeleton(squeeze(text)) == skeleton(text)


@given(st.text(max_size=40))
def test_squeezing_twice_is_squeezing_once(text):
    once = squeeze(text)
    assert squeeze(once) == once
    assert "\0" not in once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ёлкина", "Елкина"),
        ("Мар'яна", "Мар\u2019яна"),
        ("Прыклад-Узорны", "Прыклад Узорны"),
        ("ІВАНОЎ", "iваноў"),
        ("Сорокин", "Copoкин"),
    ],
)
def test_spellings_of_one_name_have_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


def test_different_names_have_different_skeletons():
    surnames = ("Иванов", "Иванова", "Івановіч", "Петров", "Ёлкин", "Ўласевіч")
    assert len({skeleton(one) for one in surnames}) == len(surnames)


@given(
    st.sampled_from(["", "см. ", "документ ", "(", "№ "]),
    st.text("ABEHKMOPTXАВЕНКМОРТХ", min_size=2, max_size=2),
    st.sampled_from(["", " "]),
    digits,
    st.sampled_from(["", ".", " – потерян", ")"]),
)
def test_a_passport_number_is_found_wherever_it_stands(before, series, gap, number, after):
    assert personal_data_fault(f"{before}{series}{gap}{number}{after}") == "document"


@given(digits, st.sampled_from("ABCHKEMАВСНКЕМ"), st.integers(0, 999), st.integers(0, 9))
def test_a_personal_number_is_found(first, letter, order, check):
    assert personal_data_fault(f"номер {first}{letter}{order:03}PB{check}.") == "document"


@given(
    st.sampled_from(["29", "33", "44", "25"]),
    st.text("0123456789", min_size=7, max_size=7),
    st.sampled_from(
        [
            "+375 {0} {1}-{2}-{3}",
            "+375({0}){1}{2}{3}",
            "+375{0}{1}{2}{3}",
            "80{0}{1}{2}{3}",
            "8 (0{0}) {1}-{2}-{3}",
            "8 0{0} {1} {2} {3}",
        ]
    ),
)
def test_a_phone_number_is_found_however_it_is_written(code, number, shape):
    phone = shape.format(code, number[:3], number[3:5], number[5:])
    assert personal_data_fault(f"Звонить {phone} вечером") == "phone"


@pytest.mark.parametrize(
    "text",
    [
        "Закон № 354-З от 23 июня 2008 года",
        "Кодекс 2010 года, статья 5.3, пункты 1, 2 и 14",
        "С 01.09.2025 по 30.11.2025 болел, две попытки по 14 вопросов",
        "2025-09-01, 2025-11-30",
        "Смена 08:00-20:00, 12 часов, 3 раза",
        "Связь пропала 14.03.2026 в 02:15, ответов 9 из 14",
        "В наборе 24 человека, сдали 17 (71 %), не сдали 7",
        "Постановление № 1234 от 5 мая 2024 г., в редакции № 56 от 7 июня 2025 г.",
        "Приказ ГПК 1000 от 10.10.2010",
        "Болезнь с 12 по 19 мая, справка есть",
        "Технический сбой: сервер не отвечал 45 минут",
        "Ущерб на 1 000 000 рублей, за 2 000 000 не куплено",
        "Выезд в 2026 году, 3 раза по 12 часов",
        "",
    ],
)
def test_ordinary_sentences_with_figures_are_left_alone(text):
    assert personal_data_fault(text) is None


@given(DATES, DATES)
def test_two_dates_in_a_row_are_no_number_of_a_person(first, last):
    for shape in ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"):
        text = f"С {first.strftime(shape)} по {last.strftime(shape)} в отпуске"
        assert personal_data_fault(text) is None


@given(
    st.dictionaries(st.sampled_from(["ru", "be", "en"]), st.text(min_size=1), min_size=1),
    st.sampled_from(["ru", "be", "en"]),
)
def test_a_text_in_another_language_is_marked_and_one_in_the_right_language_is_not(texts, language):
    said = localised(texts, language)
    if language in texts:
        assert said == texts[language]
    else:
        assert said[0] + said[-1] == "[]"
        assert said[1:-1] in texts.values()


def test_names_are_sorted_by_the_russian_and_belarusian_alphabet():
    names = ["Ўласевіч", "Абразцоў", "Ёлкина", "Іваноў", "Жук", "Фокин", "Елкина", "Углов"]
    assert sorted(names, key=name_order) == [
        "Абразцоў", "Елкина", "Ёлкина", "Жук", "Іваноў", "Углов", "Ўласевіч", "Фокин",
    ]  # fmt: skip
