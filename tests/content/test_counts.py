"""What is counted of a course."""

from __future__ import annotations

from fractions import Fraction

from app.content.counts import counts, level_shares
from app.content.load import load
from app.content.loaded import Loaded
from tests.content.conftest import Edit


def test_parts_items_and_open_places_are_counted(valid: Loaded) -> None:
    found = counts(valid, "t1")
    assert (found.lessons, found.scenarios, found.aids, found.minutes) == (1, 1, 1, 18)
    assert found.items == {"final": 6, "recall": 2, "practice": 1, "diagnostic": 2, "refresher": 1}
    assert found.red_lines == 6


def test_marks_and_citations_are_no_words(valid: Loaded, edit: Edit) -> None:
    before = counts(valid, "t1").words["be"]
    line = "Што вы зменіце?"
    told = "[[hedge:Што вы]] [[lang:ru|зменіце]] [@cat-1984 art. 3(1)]?"
    after = counts(load(edit("courses/t1/journal.yaml", line, f"'{told}'")), "t1").words["be"]
    assert after == before


def test_a_hedge_more_is_one_more_statement_to_settle(valid: Loaded, edit: Edit) -> None:
    told = "{{aid:j1}}\n\n[[hedge:это уточняется]] [@cat-1984 #accession]"
    after = counts(load(edit("courses/t1/lessons/1-1.ru.md", "{{aid:j1}}", told)), "t1")
    before = counts(valid, "t1")
    assert (after.hedges, after.attributions) == (before.hedges + 1, before.attributions)


def test_shares_are_of_final_items_alone(valid: Loaded, edit: Edit) -> None:
    assert level_shares(valid, ["t1"]) == {"understand": 0, "apply": 1, "analyse": 0}
    harder = load(edit("quizzes/t1/objective-1.yaml", "level: apply", "level: evaluate"))
    assert level_shares(harder, ["t1"])["analyse"] == Fraction(1, 6)
    assert level_shares(valid, []) == {"understand": 0, "apply": 0, "analyse": 0}
