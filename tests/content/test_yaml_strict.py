"""Strict YAML: no surprises, and errors that name the line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.yaml_strict import MAX_DEPTH, MAX_DIGITS, StrictYamlError, load, locate

TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x4FF, exclude_characters="\x7f"))
TEXT = TEXT.filter(lambda text: not any(0x7F <= ord(char) <= 0x9F for char in text))
NUMBERS = st.integers(1 - 10 ** (MAX_DIGITS - 1), 10**MAX_DIGITS - 1)
JSON = st.recursive(
    st.booleans() | NUMBERS | TEXT,
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
    ("text", "line", "code"),
    [
        ("a: 1\na: 2", 2, "yaml-repeated-key"),
        ("x:\n  - b: 1\n    b: 2", 3, "yaml-repeated-key"),
        ("a: &x 1", 1, "yaml-anchor"),
        ("a: 1\nb: *x", 2, "yaml-anchor"),
        ("a: !!python/object/apply:os.system [x]", 1, "yaml-tag"),
        ("a: 1\nb: !other x", 2, "yaml-tag"),
        ("a: !!int 3", 1, "yaml-tag"),
        ("a: !<!x", 1, "yaml"),
        ("? [a]\n: b", 1, "yaml-key"),
        ("true: x", 1, "yaml-key"),
        ("a: 1\nb: [\n\nc: 1", 2, "yaml-bracket"),
        ("a: 1\nb: {c: 1\n", 2, "yaml-bracket"),
        ("a: 1\n---\nb: 2", 2, "yaml-several"),
        ("я: 1\nb: \x00", 2, "character"),
        ("a:\n\tb: 1", 2, "yaml-tab"),
        ("a:\n  b: 1\n\tc: 1", 3, "yaml-tab"),
        ("a: |\n  b\n\tc", 3, "yaml-tab"),
        ("a:\n    b: 1\n  c: 2", 3, "yaml-indent"),
        ("a: 'it's'", 1, "yaml-indent"),
        ("a: 'x\nb: 1\nc: 2", 1, "yaml-quote"),
        ('a: 1\nb: "x\nc: 2', 2, "yaml-quote"),
        ("a: b: c", 1, "yaml-colon"),
        ("a: 1\n  b: 2", 2, "yaml-colon"),
        ("a: 1\nb\nc: 2", 3, "yaml-no-colon"),
        ("a: - b", 1, "yaml-dash"),
        ('a: "\\q"', 1, "yaml-escape"),
        ("a: @x", 1, "yaml-start"),
        ("%FOO\na: 1", 1, "yaml-start"),
        ("a: 12345678901", 1, "yaml-number"),
        ("a: |0\n x", 1, "yaml"),
        (f"a: {'[' * MAX_DEPTH}{']' * MAX_DEPTH}", 1, "yaml-deep"),
        ("- " * 1000 + "x", 1, "yaml-deep"),
        ("[" * 100_000, 1, "yaml-deep"),
    ],
)
def test_what_is_not_strict_is_refused_with_its_line(text: str, line: int, code: str) -> None:
    with pytest.raises(StrictYamlError) as refused:
        load(text)
    assert (refused.value.line, refused.value.code) == (line, code)


def test_an_alias_bomb_is_refused_before_anything_is_built() -> None:
    levels = [f"l{one}: &l{one} [{', '.join([f'*l{one - 1}'] * 9)}]" for one in range(1, 30)]
    with pytest.raises(StrictYamlError) as refused:
        load("\n".join(["l0: &l0 x", *levels]))
    assert (refused.value.line, refused.value.code) == (1, "yaml-anchor")


def test_a_place_is_found_again_and_unknown_parts_are_skipped() -> None:
    text = "a:\n  - b: 1\n  - b: 2\n    c: 3\n"
    assert locate(text, ("a", 1, "tagged", "c")) == 4
    assert locate(text, ("a", 1, "missing")) == 3
    assert locate(text, ()) == 1
