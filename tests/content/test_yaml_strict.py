"""Strict YAML: no surprises, and errors that name the line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.yaml_strict import StrictYamlError, load, locate

TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x4FF, exclude_characters="\x7f"))
TEXT = TEXT.filter(lambda text: not any(0x7F <= ord(char) <= 0x9F for char in text))
JSON = st.recursive(
    st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@given(value=JSON)
def test_what_is_quoted_comes_back_as_it_was(value: object) -> None:
    assert load(json.dumps(value, ensure_ascii=False)) == value


@given(word=st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,8}", fullmatch=True))
def test_a_bare_word_is_text_unless_true_or_false(word: str) -> None:
    assert load(f"a: {word}") == {"a": {"true": True, "false": False}.get(word, word)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("010", "010"),
        ("1:30", "1:30"),
        ("0x1f", "0x1f"),
        ("1e5", "1e5"),
        ("2027-05-01", "2027-05-01"),
        ("null", "null"),
        ("~", "~"),
        ("-7", -7),
        ("0.8", 0.8),
        ("", None),
    ],
)
def test_only_decimals_and_true_and_false_are_not_text(text: str, value: object) -> None:
    assert load(f"a: {text}") == {"a": value}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\na: 2", 2),
        ("x:\n  - b: 1\n    b: 2", 3),
        ("a: &x 1", 1),
        ("a: 1\nb: *x", 2),
        ("a: !!python/object/apply:os.system [x]", 1),
        ("a: 1\nb: !other x", 2),
        ("? [a]\n: b", 1),
        ("true: x", 1),
        ("a: 1\nb: [", 3),
        ("a: 1\n---\nb: 2", 2),
        ("a: 1\nb: \x00", 2),
    ],
)
def test_what_is_not_strict_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(StrictYamlError) as refused:
        load(text)
    assert refused.value.line == line


def test_a_place_is_found_again_and_unknown_parts_are_skipped() -> None:
    text = "a:\n  - b: 1\n  - b: 2\n    c: 3\n"
    assert locate(text, ("a", 1, "tagged", "c")) == 4
    assert locate(text, ("a", 1, "missing")) == 3
    assert locate(text, ()) == 1
