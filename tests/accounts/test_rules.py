"""Numbers, codes and passwords."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import rules


@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=4))
def test_an_accepted_password_is_long_enough_varied_and_holds_no_own_word(password, own):
    if rules.password_fault(password, own_words=tuple(own)) is None:
        assert rules.PASSWORD_MIN <= len(password) <= rules.PASSWORD_MAX
        assert len(set(password.casefold())) >= 4
        assert not any(len(w) >= 4 and w.casefold() in password.casefold() for w in own)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("коротко", "short"),
        ("х" * 129, "long"),
        ("йцукенгшщз", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("ясная-ВЛАСЕВИЧ-ночь", "own"),
        ("ясная-ночь-на-посту", None),
    ],
)
def test_a_password_fault_has_a_name(password, fault):
    assert rules.password_fault(password, own_words=("Власевич",)) == fault


@given(st.text(rules.CODE_ALPHABET, min_size=12, max_size=12))
def test_a_typed_code_is_read_however_it_is_spaced_and_cased(code):
    shown = rules.shown_code(code)
    assert rules.normal_code(shown) == code
    assert rules.normal_code(f" {shown.lower().replace('-', ' – ')} ") == code


def test_a_code_typed_with_cyrillic_look_alikes_is_the_same_code():
    assert rules.normal_code("АВЕК-2345-ТХУМ") == "ABEK2345TXYM"


@given(st.text(max_size=40))
def test_a_stored_service_number_is_its_own_normal_form(text):
    once = rules.normal_service_number(text)
    assert rules.normal_service_number(once) == once


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/130.0 Mobile Safari/537.36",
         "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko Firefox/132.0", "Firefox, Windows"),
        ("curl/8", ""),
    ],
)  # fmt: skip
def test_a_device_is_named_without_keeping_its_full_description(user_agent, name):
    assert rules.device_name(user_agent) == name
