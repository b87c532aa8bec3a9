"""The difference between two editions names everything that changed, the gravest first."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from app.catalogue.diff import Change, changes
from app.content.edition import canonical, compile_course
from app.content.load import load
from tests.content.conftest import TREE

SEED, SAMPLES = 11, 80
Data = dict[str, Any]


@pytest.fixture(scope="module")
def compiled() -> Data:
    """The edition of the small tree, as it comes back from a database."""
    data: Data = json.loads(canonical(compile_course(load(TREE), "t1").data))
    return data


@pytest.fixture
def data(compiled: Data) -> Data:
    return deepcopy(compiled)


def test_a_first_edition_and_an_equal_one_have_no_changes(compiled: Data) -> None:
    assert changes(None, compiled) == changes(compiled, deepcopy(compiled)) == ()


def _leaves(data: object, at: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    if isinstance(data, dict | list) and data:
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in pairs:
            yield from _leaves(value, (*at, key))
    else:
        yield at


def _other(value: object) -> object:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case dict():
            return {"other": {"en": "x"}}
        case list():
            return ["other"]
    return "other"


def test_whatever_changes_is_named(compiled: Data) -> None:
    places = list(_leaves(compiled))
    chosen = random.Random(SEED).sample(places, SAMPLES)
    for place in [*chosen, *(one for one in places if len(one) < 4)]:
        copy = inner = deepcopy(compiled)
        for part in place[:-1]:
            inner = inner[part]
        inner[place[-1]] = _other(inner[place[-1]])
        if place[-1] == "hash" and place[0] in ("items", "scenarios"):
            continue  # it says only that something else has changed
        assert changes(compiled, copy), place
        assert changes(copy, compiled), place


def test_another_right_answer_is_said_first(compiled: Data, data: Data) -> None:
    item = data["items"]["t1-f-2"]
    item["key"], item["hash"] = "b", "other"
    data["rules"]["final"]["cut_score"] = "0.9"
    assert changes(compiled, data) == (
        Change("item", "key", "t1-f-2", before="a", after="b"),
        Change("rule", "changed", "final.cut_score", before="0.8", after="0.9"),
    )


def test_options_that_change_places_change_the_key(compiled: Data, data: Data) -> None:
    for text in data["items"]["t1-f-2"]["text"].values():
        first, second = text["options"][0], text["options"][1]
        first["text"], second["text"] = second["text"], first["text"]
    assert changes(compiled, data) == (
        Change("item", "key", "t1-f-2", before="a", after="a"),
        Change("item", "changed", "t1-f-2", ("be", "en", "ru")),
    )


def test_a_new_wording_names_its_languages(compiled: Data, data: Data) -> None:
    data["items"]["t1-f-1"]["text"]["be"]["stem"] = "<p>Іншае пытанне.</p>"
    data["lessons"]["1-1"]["ru"]["screens"][0]["title"] = "Иное"
    data["scenarios"]["t1-1a"]["text"]["en"]["intro"] = "<p>Other.</p>"
    data["course"]["objectives"][0]["text"]["en"] = "Other."
    data["glossary"]["refugee"]["ru"]["definition"] = "Иное."
    assert set(changes(compiled, data)) == {
        Change("item", "changed", "t1-f-1", ("be",)),
        Change("lesson", "changed", "1-1", ("ru",)),
        Change("scenario", "changed", "t1-1a", ("en",)),
        Change("objective", "changed", "1", ("en",)),
        Change("term", "changed", "refugee", ("ru",)),
    }


def test_an_item_that_goes_is_lost_unless_its_id_is_retired(compiled: Data, data: Data) -> None:
    del data["items"]["t1-f-3"]
    assert changes(compiled, data) == (Change("item", "lost", "t1-f-3"),)
    assert changes(compiled, data, retired=["t1-f-3"]) == (Change("item", "removed", "t1-f-3"),)
    assert changes(data, compiled) == (Change("item", "new", "t1-f-3"),)


def test_single_values_are_told_before_and_after(compiled: Data, data: Data) -> None:
    data["national_law"] |= {"as_of": "2026-01-01"}
    data["national_law"]["entries"][0]["version"] = "2026-01-01"
    data["review"] = {"state": "closed", "done": 9, "of": 9, "parts": {}}
    data["rules"]["final"]["wait_hours"] = {"2": 48}
    data["minutes"]["total"] = 20
    found = {(one.kind, one.id): (one.before, one.after) for one in changes(compiled, data)}
    assert found.pop(("review", "review"))[1] == "9/9 closed"
    assert found == {
        ("law", "as_of"): ("2023-05-17", "2026-01-01"),
        ("law", "by-law"): ("2023-05-17", "2026-01-01"),
        ("rule", "final.wait_hours.2"): ("24", "48"),
        ("minutes", "minutes"): ("18", "20"),
    }


def test_an_edition_of_an_earlier_form_can_be_compared(compiled: Data, data: Data) -> None:
    data["format"] = 1
    for key in ("media", "recordings"):
        del data[key]
    data["review"] = {"state": "open"}
    del data["rules"]["renewal_opens_days_before"]
    data["course"]["objectives"] = [
        {key: one[key] for key in ("id", "level", "competence", "text")}
        for one in data["course"]["objectives"]
    ]
    kinds = {one.kind for one in changes(data, compiled)}
    assert {"format", "objective"} <= kinds
    assert kinds <= {"format", "objective", "review", "rule", "media", "recording"}
