"""Reviews: open, reviewed, stale; what the edition says of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.content import LANGUAGES
from app.content.edition import compile_course
from app.content.files import Placed, SourceFile
from app.content.load import load
from app.content.loaded import Loaded
from app.content.model import Reviews
from app.content.parts import parts_of
from app.content.reviews import (
    OFFICES,
    present_records,
    records_of,
    review_data,
    review_state,
    to_yaml,
    with_records,
)
from app.content.yaml_strict import load as parsed

Edit = Callable[[str, str, str], Path]
REVIEWS = "courses/t1/reviews.yaml"
AID = "courses/t1/aids/j1.en.md"
DAY = "2020-01-15"


def reviewed(loaded: Loaded, *offices: str, parts: str = ".*") -> Loaded:
    """The tree as it is when offices have read all parts whose name matches."""
    chosen = [part for name, part in parts_of("t1", loaded).items() if re.fullmatch(parts, name)]
    records = [one for office in offices for one in present_records(chosen, LANGUAGES, office, DAY)]
    placed = Placed(Reviews(reviews=tuple(records)), SourceFile(REVIEWS, to_yaml(records)))
    return replace(loaded, reviews={"t1": placed})


def test_every_part_needs_every_office_in_every_language(valid: Loaded):
    needed = [(one.part, one.lang, one.office) for one in review_state("t1", valid)]
    parts = parts_of("t1", valid)
    assert needed == [(p, lang, office) for p in parts for lang in LANGUAGES for office in OFFICES]


def test_an_edition_is_closed_only_when_every_office_has_read_everything(valid: Loaded):
    total = len(parts_of("t1", valid)) * len(LANGUAGES) * len(OFFICES)
    for offices, state, done in [
        ((), "open", 0),
        (("iom",), "open", total // 3),
        (("iom", "legal"), "open", total * 2 // 3),
        (OFFICES, "closed", total),
    ]:
        data = review_data("t1", reviewed(valid, *offices))
        assert (data["state"], data["done"], data["of"]) == (state, done, total)
    one_left = reviewed(valid, *OFFICES, parts="(?!aid).*")
    assert review_data("t1", one_left)["state"] == "open"


def test_the_edition_names_the_day_of_each_review_that_holds(edit: Edit, valid: Loaded):
    both = {"aid j1": {"en": {"iom": DAY, "legal": DAY}}}
    assert review_data("t1", valid)["parts"] == both
    changed = load(edit(AID, "title: ", "title: New "))
    assert (review_data("t1", changed)["parts"], review_data("t1", changed)["done"]) == ({}, 0)
    states = {one.state for one in review_state("t1", changed) if one.on}
    assert states == {"stale"}


def test_a_new_review_makes_a_new_edition_and_changes_nothing_else(valid: Loaded):
    if valid.has_errors:
        pytest.fail("the tree has errors")
    before, after = compile_course(valid, "t1"), compile_course(reviewed(valid, *OFFICES), "t1")
    assert before.content_hash != after.content_hash
    assert {key for key in before.data if before.data[key] != after.data[key]} == {"review"}  # type: ignore[literal-required]


def test_changed_text_says_which_office_has_to_read_again(edit: Edit):
    problems = load(edit(AID, "title: ", "title: New ")).problems
    found = [(p.path, p.line, p.params["office"]) for p in problems if p.code == "review-stale"]
    assert found == [(REVIEWS, 3, "iom"), (REVIEWS, 4, "legal")]


def test_a_day_to_come_is_an_error_only_when_it_is_known_what_day_it_is(recorded: Path):
    def codes(today: date) -> list[str]:
        return [p.code for p in load(recorded, today=today).problems if p.path == REVIEWS]

    assert codes(date(2020, 1, 15)) == []
    assert codes(date(2020, 1, 14)) == ["review-day", "review-day"]
    assert codes(date.min) == []


def test_a_part_that_is_not_there_is_said_once_however_often_it_was_read(root: Path):
    text = (root / REVIEWS).read_text(encoding="utf-8")
    (root / REVIEWS).write_text(text.replace("aid j1", "aid j9"), encoding="utf-8")
    assert [p.code for p in load(root).problems if p.path == REVIEWS] == ["review-part"]


def test_a_page_that_cannot_be_read_does_not_make_its_review_stale(root: Path):
    (root / AID).unlink()
    assert [p.code for p in load(root).problems if p.path == REVIEWS] == []


def test_a_review_that_is_open_is_no_problem(valid: Loaded):
    assert [p for p in valid.problems if p.code.startswith("review-")] == []


def test_a_later_review_of_the_same_office_stands_for_the_earlier(valid: Loaded):
    [part] = [part for name, part in parts_of("t1", valid).items() if name == "aid j1"]
    old = records_of("t1", valid)
    new = present_records([part], ["en", "be"], "legal", "2021-05-05")
    found = with_records(old, new)
    assert [(one.language, one.office, one.on) for one in found] == [
        ("be", "legal", "2021-05-05"),
        ("en", "iom", DAY),
        ("en", "legal", "2021-05-05"),
    ]
    assert with_records(found, new) == found


def test_the_file_is_sorted_and_reads_back_as_it_was(valid: Loaded):
    records = records_of("t1", valid)
    text = to_yaml(with_records((), reversed(records)))
    assert text == to_yaml(records) == valid.reviews["t1"].file.text
    assert parsed(text) == {"reviews": [one.model_dump() for one in records]}
    assert parsed(to_yaml([])) == {"reviews": []}
