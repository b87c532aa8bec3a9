"""Compiling: the same files give the same edition, another text another hash."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.content.edition import ContentBroken, canonical, compile_course, digest
from app.content.load import load
from app.content.loaded import Loaded
from app.content.problems import Problem

Edit = Callable[[str, str, str], Path]
SEED = 7
SAMPLES = 25


def test_an_edition_is_plain_data_and_always_the_same(valid: Loaded, root: Path) -> None:
    first, second = compile_course(valid, "t1"), compile_course(load(root), "t1")
    assert json.loads(canonical(first.data)) == first.to_json() == second.to_json()
    assert first.content_hash == second.content_hash == digest(first.data)


def test_an_edition_holds_the_whole_course(valid: Loaded) -> None:
    data = compile_course(valid, "t1").data
    assert data["minutes"] == {"lessons": 10, "scenarios": 5, "final": 3, "total": 18}
    assert data["hours"] == "0.3"
    assert list(data["items"]) == [
        *(f"t1-f-{number}" for number in range(1, 7)),
        "t1-r-1",
        "t1-r-2",
        "t1-p-1",
        "t1-d-1",
        "t1-d-2",
        "t1-s-1",
    ]
    assert data["rules"]["diagnostic"] == {"minutes": 10, "cut_score": "0.8", "skips": ["1-1"]}
    assert data["rules"]["refresher"] == {"minutes": 20, "months_after": [6]}
    asked = data["lessons"]["1-1"]["be"]["screens"][2]["parts"][-1]
    assert asked["prompt"] == {
        "lesson": "1-1",
        "text": "Што вы зменіце?",
        "hint": "Адна малая справа.",
    }
    assert data["rules"]["final"]["items"] == 2
    assert data["rules"]["final"]["wait_hours"] == {"2": 24}
    assert [law["key"] for law in data["national_law"]["entries"]] == ["by-law"]
    assert data["scenarios"]["t1-1a"]["best_path"] == ["n1", "n2", "n3"]
    assert set(data["lessons"]["1-1"]) == set(data["aids"]["j1"]) == {"en", "ru", "be"}
    assert data["glossary"]["refugee"]["be"]["confirmed"] is False


def test_an_item_carries_its_key_and_the_sources_of_each_option(valid: Loaded) -> None:
    item = compile_course(valid, "t1").data["items"]["t1-f-1"]
    assert (item["use"], item["key"], item["option_ids"]) == ("final", "a", ["a", "b", "c"])
    options = item["text"]["be"]["options"]
    assert [one["pinpoint"] for one in options[0]["references"]] == ["арт.\u00a03(1)"]
    assert options[1]["references"] == []


def test_broken_content_is_not_compiled(valid: Loaded) -> None:
    broken = replace(valid, problems=(Problem("x", 1, "screen-order", {"found": "none"}),))
    with pytest.raises(ContentBroken):
        compile_course(broken, "t1")


def test_a_changed_item_changes_its_own_hash_only(valid: Loaded, edit: Edit) -> None:
    root = edit("quizzes/t1/objective-1.yaml", "Таково правило.", "Так велит правило.")
    before = compile_course(valid, "t1").data["items"]
    after = compile_course(load(root), "t1").data["items"]
    changed = [one for one in before if before[one]["hash"] != after[one]["hash"]]
    assert changed == ["t1-f-1"]


def _texts(data: object, at: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*at, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*at, number))
    else:
        yield at


def test_the_hash_changes_when_any_value_changes(valid: Loaded) -> None:
    compiled = compile_course(valid, "t1")
    places = list(_texts(compiled.data))
    for place in random.Random(SEED).sample(places, SAMPLES):
        copy = json.loads(canonical(compiled.data))
        inner = copy
        for part in place[:-1]:
            inner = inner[part]
        inner[place[-1]] = "changed"
        assert digest(copy) != compiled.content_hash, place


@pytest.mark.parametrize(
    ("path", "old"),
    [
        ("courses/t1/course.yaml", "Коротко."),
        ("courses/t1/course.yaml", "valid_months: 24"),
        ("courses/t1/lessons/1-1.be.md", "Першы ўрок"),
        ("courses/t1/lessons/1-1.en.md", "What holds"),
        ("courses/t1/aids/j1.ru.md", "Опасность"),
        ("courses/t1/scenarios/1a.yaml", "Яна чакае."),
        ("courses/t1/scenarios/1a.yaml", "minutes: 5"),
        ("courses/glossary.yaml", "Хто баіцца"),
        ("courses/sources.yaml", "Конвенция против пыток"),
        ("quizzes/t1/recall.yaml", "Because of the rule."),
    ],
)
def test_the_hash_changes_with_every_kind_of_file(
    valid: Loaded, edit: Edit, path: str, old: str
) -> None:
    new = old.replace("24", "25").replace(": 5", ": 6")
    root = edit(path, old, new if new != old else f"{old} 1")
    assert compile_course(load(root), "t1").content_hash != compile_course(valid, "t1").content_hash
