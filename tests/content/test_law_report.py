"""Dates of the law, and the report of what a lawyer has to confirm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.content.checks.law import is_later
from app.content.law_report import EntryUses, law_report, plain_words
from app.content.load import load
from app.content.loaded import Loaded
from app.content.messages.law import MESSAGES
from tests.content.broken.places import COURSE, FINAL, LESSON, REGISTER

Edit = Callable[[str, str, str], Path]

TODAY = date(2024, 6, 30)  # after every date of the small tree but the review
STEM = '    stem: {en: "A man'
REVIEWED = '    national_law_review: "2024-06-29"\n' + STEM
BOX = '!!! context 2024-07 "Потом"'
DATED = [
    (COURSE, '"2027-05-01"', '"2024-06-29"', "law-overdue", "review_due"),
    (FINAL, STEM, REVIEWED, "law-overdue", "national_law_review"),
    (COURSE, '"2023-05-17"', '"2024-07-01"', "law-future", "as_of"),
    (REGISTER, '"2023-05-17"', '"2024-07"', "law-future", "2024-07"),
    (LESSON, "!!! red-line", BOX, "context-future", "2024-07"),
]


@pytest.mark.parametrize("row", DATED, ids=lambda row: f"{row[3]}-{row[4]}")
def test_a_date_is_held_against_today(edit: Edit, row: tuple[str, ...]) -> None:
    path, old, new, code, on_line = row
    root = edit(path, old, new)
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    found = [problem for problem in load(root, today=TODAY).problems if problem.code == code]
    assert [(p.path, on_line in lines[p.line - 1]) for p in found] == [(path, True)]
    assert code not in {problem.code for problem in load(root).problems}, "today is not known"


def test_a_review_is_overdue_from_the_day_after(root: Path) -> None:
    days = (TODAY, date(2027, 5, 1), date(2027, 5, 2))
    found = [
        [(p.code, p.severity) for p in load(root, today=day).problems if p.code in MESSAGES]
        for day in days
    ]
    assert found == [[], [], [("law-overdue", "warning")]]


def test_this_month_and_this_year_are_not_later_than_today() -> None:
    assert [is_later(one, TODAY) for one in ("2024", "2024-06", "2024-06-30")] == [False] * 3
    assert [is_later(one, TODAY) for one in ("2025", "2024-07", "2024-07-01")] == [True] * 3
    assert not is_later((TODAY + timedelta(days=1)).isoformat(), date.min)
    assert not is_later("latest", TODAY)


def _uses(entries: tuple[EntryUses, ...]) -> dict[str, list[str]]:
    return {
        f"{one.entry.key} #{row.fact.id}": [f"{use.part} {use.where}".strip() for use in row.uses]
        for one in entries
        for row in one.facts
    }


def test_every_use_is_listed_by_law_and_fact(valid: Loaded) -> None:
    report = law_report(valid, ["t1"], ["ru"])
    confirm = _uses(report.to_confirm)
    assert list(confirm) == ["cat-1984 #art-3-1", "by-law #press", "by-law #guide"]
    assert confirm["by-law #press"] == ["lesson 1-1 s2"]
    assert confirm["by-law #guide"] == ["aid j1", "scenario t1-1a done"]
    places = list(dict.fromkeys(confirm["cat-1984 #art-3-1"]))
    assert places[:2] == ["lesson 1-1 s2", "item t1-f-1 option a"]
    assert "scenario t1-1a n1 ask" in confirm["cat-1984 #art-3-1"]


def test_unverified_and_second_hand_facts_stand_with_their_hedge(valid: Loaded) -> None:
    report = law_report(valid, ["t1"], ["ru"])
    [unverified] = report.unverified
    [row] = unverified.facts
    [use] = row.uses
    assert (use.hedge, use.words) == ("дата подлежит подтверждению",) * 2
    line = (valid.root / use.path).read_text(encoding="utf-8").split("\n")[use.line - 1]
    assert "#accession" in line
    [second] = report.second_hand
    assert second.facts[0].uses[0].hedge == "по вторичному источнику"


def test_what_nothing_uses_is_named_apart(edit: Edit) -> None:
    root = edit(LESSON, "[@by-law art. 4]", "[@cat-1984 art. 3(1)]")
    assert _uses(law_report(load(root), ["t1"], ["ru"]).unused) == {"by-law #press": []}
    assert _uses(law_report(load(root), ["t1"]).unused) == {}, "English still cites it"


def test_an_item_names_its_own_review_date(edit: Edit) -> None:
    report = law_report(load(edit(FINAL, STEM, REVIEWED)), ["t1"], ["be"])
    uses = [use for use in report.to_confirm[0].facts[0].uses if use.part.startswith("item t1-f")]
    assert [use.review_due for use in uses[:2]] == ["2024-06-29", "2027-05-01"]


def test_a_paragraph_reads_without_marks_and_markdown() -> None:
    text = "- **Не** [[term:refugee|беженца]], [[hedge:возможно, да]] [@a art. 1], [@b para 2]."
    assert plain_words(text) == ("Не беженца, возможно, да.", "возможно, да")
    assert plain_words("| a_b | [[empty:дата]] |") == ("a_b · [дата]", "")
    assert plain_words('!!! context "Фон"\n    Так *было* тогда.') == ("Так было тогда.", "")


def test_a_course_that_is_called_otherwise_than_its_folder_is_reported_on(edit: Edit) -> None:
    loaded = load(edit(COURSE, "id: t1", "id: t2"))
    assert law_report(loaded, ["t1"], ["ru"]).to_confirm
