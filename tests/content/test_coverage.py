"""The map of rights and objectives, and the programmes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.content.coverage import coverage, facts_of, over_all
from app.content.edition import ContentBroken, compile_course
from app.content.load import load
from app.content.loaded import Loaded
from app.content.messages.coverage import MESSAGES
from app.content.programmes import programme_data
from tests.content.broken.places import COURSE, FINAL

Edit = Callable[[str, str, str], Path]
FINALS = tuple(f"t1-f-{number}" for number in range(1, 7))
RIGHTS = "courses/rights.yaml"


def _copy_of_the_course(root: Path, needs: str = "") -> None:
    """Add a course t2 with nothing in it but what a course must have."""
    text = (root / COURSE).read_text(encoding="utf-8").replace("id: t1", "id: t2")
    folder = root / "courses/t2"
    folder.mkdir()
    (folder / "course.yaml").write_text(
        text.replace("roles: [X]", f"roles: [X]\nprerequisites: [{needs}]"), encoding="utf-8"
    )


def test_a_right_is_taught_practised_and_tested_where_it_is_cited_or_tagged(valid: Loaded) -> None:
    refoulement, confidentiality, guidance = coverage(valid, "t1").rights
    assert refoulement.taught == refoulement.citing == ("1-1",)
    assert refoulement.practised == ("t1-1a", "t1-r-1", "t1-r-2", "t1-p-1")
    assert refoulement.tested == FINALS
    assert confidentiality.tested == FINALS, "by the tag of the objective alone"
    assert (guidance.objectives, guidance.taught, guidance.tested) == ((), (), ())
    assert guidance.practised == ("t1-1a",), "the debrief cites it"


def test_an_objective_counts_its_items_red_lines_and_draw(valid: Loaded) -> None:
    [row] = coverage(valid, "t1").objectives
    assert (row.taught, row.tested, row.red_lines) == (("1-1",), FINALS, FINALS)
    assert (len(row.practised), row.draw) == (4, 2)


def test_a_source_is_a_document_a_place_or_a_fact(valid: Loaded) -> None:
    assert valid.rights is not None
    found = [facts_of(right, valid.shelf) for right in valid.rights.value.rights]
    assert found == [
        {("cat-1984", "art-3-1"), ("cat-1984", "accession")},
        {("by-law", "press")},
        {("by-law", "guide")},
    ]


def test_courses_are_joined_with_their_names(valid: Loaded) -> None:
    cover = coverage(valid, "t1")
    [first, *_] = over_all([cover, cover])
    assert first.taught == ("t1 1-1", "t1 1-1")
    assert first.objectives == ("t1 1", "t1 1")
    assert over_all([]) == ()


def test_an_objective_that_is_not_scored_needs_no_items(edit: Edit) -> None:
    more = "objectives:\n  - {id: 2, level: apply, competence: K1, scored: false, text: "
    root = edit(COURSE, "objectives:", more + "{en: More., ru: Ещё., be: Яшчэ.}}")
    assert "objective-untested" not in {problem.code for problem in load(root).problems}


def test_without_a_vocabulary_tags_are_unknown_and_with_a_broken_one_they_are_left(
    root: Path,
) -> None:
    def found() -> list[object]:
        return [p.params for p in load(root).problems if p.code in MESSAGES]

    (root / RIGHTS).write_text("rights: 1\n", encoding="utf-8")
    assert found() == []
    (root / RIGHTS).unlink()
    assert found() == [{"id": "confidentiality"}, {"id": "non-refoulement"}]


def test_courses_that_wait_for_each_other_are_reported_once(root: Path, edit: Edit) -> None:
    _copy_of_the_course(root, needs="t1")
    edit(COURSE, "roles: [X]", "roles: [X]\nprerequisites: [t2]")
    found = [p for p in load(root).problems if p.code == "prerequisite-cycle"]
    assert [(p.path, p.params) for p in found] == [(COURSE, {"found": "t1, t2"})]


def test_a_programme_puts_prerequisites_first(root: Path, edit: Edit) -> None:
    _copy_of_the_course(root, needs="t1")
    path = "courses/programmes.yaml"
    edit(path, "- {course: t1}", "- {course: t2}\n      - {course: t1}")
    [problem] = [p for p in load(root).problems if p.code == "programme-order"]
    assert (problem.path, problem.params) == (path, {"id": "t2", "needs": "t1"})
    edit(path, "- {course: t2}\n      - {course: t1}", "- {course: t1}\n      - {course: t2}")
    assert "programme-order" not in {p.code for p in load(root).problems}


def test_a_programme_has_the_hours_of_its_courses(valid: Loaded, edit: Edit) -> None:
    [programme] = programme_data(valid)
    minutes = compile_course(valid, "t1").data["minutes"]["total"]
    assert (programme["minutes"], programme["hours"]) == (minutes, "0.3")
    assert programme["courses"][0]["title"]["be"] == "Вучэбны курс"
    root = edit("courses/programmes.yaml", "{course: t1}", "{course: t1, optional: true}")
    [other] = programme_data(load(root))
    assert (other["minutes"], other["courses"][0]["minutes"]) == (0, minutes)


def test_programmes_of_broken_content_are_refused(edit: Edit) -> None:
    root = edit(FINAL, "        key: true\n", "")
    with pytest.raises(ContentBroken):
        programme_data(load(root))
