"""Serials, states, days, names and the seal of the printed fields."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates import rules, serial
from app.certificates.rules import State, state_of
from app.certificates.serial import ALPHABET, LENGTH, Mistyped, check_character, parse, shown
from tests.certificates.samples import KEY, printed

bodies = st.text(st.sampled_from(ALPHABET), min_size=LENGTH - 1, max_size=LENGTH - 1)
serials = bodies.map(lambda body: body + check_character(body))
days = st.dates(date(2020, 1, 1), date(2060, 12, 31))
names = st.text(st.characters(codec="utf-8"), max_size=30)


@given(serials)
def test_a_serial_is_read_back_however_it_is_typed(number):
    cyrillic = number.translate(str.maketrans("ABEKMHPCTYX013", "АВЕКМНРСТУХОІЗ"))
    spaced = f"  {shown(number).replace('-', ' – ').lower()} "
    address = f"https://academy.example/verify/{number}"
    assert [parse(t) for t in (number, shown(number), cyrillic, spaced, address)] == [number] * 5


@given(serials, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_noticed(number, at, other):
    wrong = number[:at] + other + number[at + 1 :]
    if wrong != number:
        with pytest.raises(Mistyped, match="check"):
            parse(wrong)


@given(serials, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_any_two_exchanged_characters_are_noticed(number, first, second):
    letters = list(number)
    letters[first], letters[second] = letters[second], letters[first]
    wrong = "".join(letters)
    if wrong != number:
        with pytest.raises(Mistyped, match="check"):
            parse(wrong)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("", "empty"), (" - ", "empty"), ("Ж" * LENGTH, "character"), ("0" * 19, "length")],
)
def test_a_text_that_is_no_serial_says_why(typed, fault):
    with pytest.raises(Mistyped, match=fault):
        parse(typed)


@given(names)
def test_reading_a_serial_never_fails_otherwise(text):
    with suppress(Mistyped):
        assert len(parse(text)) == LENGTH


def test_a_serial_has_at_least_eighty_random_bits():
    assert len(ALPHABET) ** serial.RANDOM_LENGTH >= 2**80
    assert len({serial.new_serial() for _ in range(50)}) == 50
    assert all(parse(one) == one for one in [serial.new_serial() for _ in range(50)])


@given(days, days)
def test_the_last_day_is_still_valid_and_the_next_is_not(until, today):
    expected = State.VALID if today <= until else State.EXPIRED
    assert state_of("valid", until, today) == expected
    assert state_of("valid", None, today) == State.VALID


@given(st.sampled_from(["revoked", "superseded"]), st.none() | days, days)
def test_a_certificate_that_lost_its_force_never_becomes_valid_or_expired(stored, until, today):
    assert state_of(stored, until, today) == stored


@given(days, st.integers(0, 120))
def test_months_are_added_to_the_same_day_or_the_last_of_the_month(day, months):
    later = rules.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (
        later.day < day.day and (later + timedelta(days=1)).month != later.month
    )


@given(names, names, names, st.booleans(), st.integers(0, 900))
def test_printed_fields_come_back_from_json_with_the_same_hash(a, b, c, pilot, minutes):
    fields = replace(printed(), surname=a, given_name=b, cohort=c, pilot=pilot, minutes=minutes)
    again = rules.Printed.from_json(fields.to_json())
    assert again == fields
    assert rules.print_hash(again, KEY) == rules.print_hash(fields, KEY)


def test_a_changed_field_or_another_key_gives_another_hash():
    seal = rules.print_hash(printed(), KEY)
    assert rules.is_what_was_printed(printed(), KEY, seal)
    assert not rules.is_what_was_printed(replace(printed(), minutes=1), KEY, seal)
    assert not rules.is_what_was_printed(printed(), rules.hash_key("another secret"), seal)


@pytest.mark.parametrize("typed", ["кавалевич", " КАВАЛЕВИЧ ", "Kavalevich", "Kавалевич"])
def test_a_surname_matches_in_either_script(typed):
    assert rules.surname_matches(typed, printed())


@pytest.mark.parametrize("typed", ["", "-", "Кавалев", "Александра"])
def test_another_surname_does_not_match(typed):
    assert not rules.surname_matches(typed, replace(printed(), surname_latin=""))


def test_a_file_name_is_readable_and_has_the_serial():
    fields = printed()
    assert rules.file_name(fields) == f"Кавалевич_А_С_C1_{fields.serial}.pdf"
    assert rules.ascii_file_name(fields) == f"Kavalevich_A_C1_{fields.serial}.pdf"
    cyrillic = replace(fields, surname_latin="", given_name_latin="")
    assert rules.ascii_file_name(cyrillic) == f"Kavalevich_A_C1_{fields.serial}.pdf"


@given(names, names)
def test_no_name_breaks_a_file_name(surname, latin):
    fields = replace(printed(), surname=surname, surname_latin=latin)
    assert not set('/\\:*?"<>|\r\n\x00') & set(rules.file_name(fields))
    ascii_name = rules.ascii_file_name(fields)
    assert ascii_name.isascii()
    assert not set('/\\"\r\n; ') & set(ascii_name)
    assert fields.serial in ascii_name
