from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.rules import name_key
from app.enrolment.reading import Line
from app.enrolment.rows import Known, Register, Verdict, clean, judge

NOBODY = Register({})


def row(number="100", surname="Образцов", name="Пётр", at=2, **cells):
    return clean(
        Line(at, {"service_number": number, "surname": surname, "given_name": name, **cells})
    )


def verdicts(*candidates, register=NOBODY):
    return [one.verdict for one in judge(candidates, register)]


@pytest.mark.parametrize("name", ["Ўладзімір", "Мар'яна", "Мар’яна", "О. Петрова-Ли", "Ёў"])
def test_names_of_officers_are_taken(name):
    assert row(name=name).faults == ()


@pytest.mark.parametrize("name", ["=1+1", "+А", "@А", "А;Б", "Пётр1", "?????", "-", "<b>А</b>"])
def test_signs_that_names_do_not_have_are_refused(name):
    assert [note.code for note in row(name=name).faults] == ["name_marks"]


@pytest.mark.parametrize("number", ["=1+1", "1,00E+05", "@1", "+5", "-", "№ 5", "../1"])
def test_a_formula_is_no_service_number(number):
    assert [note.code for note in row(number=number).faults] == ["number"]


def test_a_dash_for_the_patronymic_means_none():
    assert row(patronymic="-")["patronymic"] == ""


def test_look_alike_letters_in_one_word_are_warned_of():
    found = row(surname="Образцoв", surname_latin="Абразцоў")  # a Latin o; Cyrillic for Latin
    assert [note.facts for note in found.warnings] == [{"word": "Образцoв"}]
    assert [note.code for note in found.faults] == ["not_latin"]


def test_every_row_gets_its_verdict():
    register = Register(
        people={
            "1": Known(1, here=True, name_key=name_key("Образцов", "Пётр", "")),
            "2": Known(2, here=True, enrolled=True, name_key="x", short_name="Иная А."),
            "3": Known(3, here=False),
            "4": Known(4, here=True, active=False),
        },
        emails=frozenset({"a@post.example"}),
        names={name_key("Ёлкина", "Анна", ""): ["1"]},
    )
    found = judge(
        [
            row("1"),
            row("2"),
            row("3"),
            row("4"),
            row("5", "Ёлкина", "Анна"),
            row("6", email="A@post.example"),
            row("7", email="b@post.example"),
            row("8", "Иной", email="b@post.example"),
            row("7", "Другой"),
            row("9", ""),
        ],
        register,
    )
    assert [(one.verdict.value, *(note.code for note in one.notes)) for one in found] == [
        ("enrol",),
        ("enrolled", "other_name"),
        ("elsewhere",),
        ("error", "inactive"),
        ("namesake", "namesake"),
        ("error", "email_taken"),
        ("new",),
        ("error", "same_email"),
        ("duplicate", "same_number"),
        ("error", "missing"),
    ]


def test_a_broken_row_does_not_take_the_number_of_a_good_one():
    assert verdicts(row("5", ""), row("5", at=3)) == [Verdict.ERROR, Verdict.NEW]


def test_two_people_of_one_name_in_a_list_are_pointed_out():
    found = judge([row("5"), row("6", at=3)], NOBODY)
    assert [(note.code, note.facts) for note in found[1].notes] == [("same_name", {"row": 2})]


@given(st.lists(st.tuples(st.integers(1, 5), st.text(max_size=5)), max_size=12))
def test_no_two_rows_enrol_one_number(rows):
    found = judge([row(str(number), name) for number, name in rows], NOBODY)
    taken = [one.candidate.number for one in found if not one.is_problem]
    assert len(taken) == len(set(taken))
