"""Read a tree of content files and check it as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.content import LANGUAGES
from app.content.case_model import Scenario
from app.content.checks import check
from app.content.files import MAX_MEDIA_BYTES, Placed, Reader
from app.content.forms_model import Assignments, Journal, Surveys
from app.content.lesson import ParsedAid, ParsedLesson, parse_aid, parse_lesson
from app.content.loaded import Loaded, MediaFile, PageKey, PlacedItem
from app.content.model import (
    Bank,
    Course,
    Glossary,
    Programmes,
    Retired,
    Reviews,
    Rights,
    SourceRegister,
    Translated,
)
from app.content.problems import Problem, in_order
from app.content.recording_model import Recording

M = TypeVar("M", SourceRegister, Glossary)
N = TypeVar("N", Rights, Programmes, Surveys, Reviews, Retired, Translated, Journal, Assignments)
NO_DAY = date.min
_READ = re.compile(
    r"courses/(sources|glossary|rights|programmes|surveys)\.yaml"
    r"|courses/[^/]+/(course|reviews|retired|translated|journal|assignments)\.yaml"
    r"|courses/[^/]+/((lessons|aids|media)/[^/]+|scenarios/[^/]+\.yaml)"
    r"|quizzes/[^/]+/[^/]+\.yaml"
)
_ASIDE = re.compile(r"/[.#]|~$")  # what editors put beside a file


def load(root: Path, *, today: date = NO_DAY) -> Loaded:
    """Load `courses/` and `quizzes/` under `root`, with all problems in order of place.

    `today` is held against the review dates of national law; without it none is overdue.
    """
    reader = Reader(root)
    loaded = _read(reader)
    found = (one for one in check(loaded, today) if not _follows(one, loaded))
    problems = [*reader.problems, *found]
    return replace(loaded, problems=in_order(problems))


def _follows(problem: Problem, loaded: Loaded) -> bool:
    """Whether a course is only unknown because its own file, whose faults are told, is broken."""
    course = problem.params.get("id")
    if problem.code != "unknown-course" or course in loaded.courses:
        return False
    return (loaded.root / "courses" / str(course)).is_dir()


def _read(reader: Reader) -> Loaded:
    _strays(reader)
    courses = _courses(reader)
    banks = _banks(reader)
    lessons: dict[PageKey, Placed[ParsedLesson]] = {}
    aids: dict[PageKey, Placed[ParsedAid]] = {}
    for placed in courses.values():
        lessons |= _lessons(reader, placed)
        aids |= _aids(reader, placed)
    return Loaded(
        root=reader.root,
        register=_required(reader, "courses/sources.yaml", SourceRegister),
        glossary=_required(reader, "courses/glossary.yaml", Glossary),
        rights=_optional(reader, "courses/rights.yaml", Rights),
        programmes=_optional(reader, "courses/programmes.yaml", Programmes),
        surveys=_optional(reader, "courses/surveys.yaml", Surveys),
        courses=courses,
        banks=banks,
        items=tuple(item for bank in banks for item in _items(bank)),
        scenarios=_scenarios(reader),
        lessons=lessons,
        aids=aids,
        reviews=_by_course(reader, courses, "courses/{}/reviews.yaml", Reviews),
        retired=_by_course(reader, courses, "courses/{}/retired.yaml", Retired),
        translated=_by_course(reader, courses, "courses/{}/translated.yaml", Translated),
        journals=_by_course(reader, courses, "courses/{}/journal.yaml", Journal),
        assignments=_by_course(reader, courses, "courses/{}/assignments.yaml", Assignments),
        media=_media(reader),
        recordings=_recordings(reader),
    )


def _optional(reader: Reader, name: str, model: type[N]) -> Placed[N] | None:
    path = reader.root / name
    return reader.yaml(path, model) if reader.is_there(path) else None


def _by_course(
    reader: Reader, courses: Iterable[str], name: str, model: type[N]
) -> dict[str, Placed[N]]:
    found = {}
    for course_id in courses:
        if placed := _optional(reader, name.format(course_id), model):
            found[course_id] = placed
    return found


def _media(reader: Reader) -> dict[tuple[str, str], MediaFile]:
    """Read the files in `media/` of each course that are not descriptions."""
    found = {}
    for path in reader.files("courses/*/media/*"):
        if path.suffix == ".yaml":
            continue
        data = reader.read(path, MAX_MEDIA_BYTES)
        if data is not None:
            found[path.parent.parent.name, path.name] = MediaFile(reader.name(path), data)
    return found


def _recordings(reader: Reader) -> dict[tuple[str, str], Placed[Recording]]:
    found = {}
    for path in reader.files("courses/*/media/*.yaml"):
        if placed := reader.yaml(path, Recording):
            found[path.parent.parent.name, path.stem] = placed
    return found


def _required(reader: Reader, name: str, model: type[M]) -> Placed[M] | None:
    path = reader.root / name
    if reader.is_there(path):
        return reader.yaml(path, model)
    if reader.is_absent(path):
        reader.note(path, "missing-file", file=name)
    return None


def _courses(reader: Reader) -> dict[str, Placed[Course]]:
    courses: dict[str, Placed[Course]] = {}
    found = (path for path in sorted(reader.root.glob("courses/*")) if reader.is_named(path))
    for folder in (path for path in found if path.is_dir()):
        path = folder / "course.yaml"
        if reader.is_absent(path):
            reader.note(path, "missing-file", file=reader.name(path))
        elif reader.is_there(path) and (placed := reader.yaml(path, Course)):
            if placed.value.id != folder.name:
                params = {"course": placed.value.id, "folder": folder.name}
                reader.problems.append(placed.problem("folder", "id", **params))
                renamed = placed.value.model_copy(update={"id": folder.name})
                placed = replace(placed, value=renamed)  # all else is found by the folder
            courses[folder.name] = placed
    return courses


def _banks(reader: Reader) -> tuple[Placed[Bank], ...]:
    banks = []
    for path in reader.files("quizzes/*/*.yaml"):
        if placed := reader.yaml(path, Bank):
            _check_folder(reader, placed, placed.value.course, path.parent.name)
            banks.append(placed)
    return tuple(banks)


def _scenarios(reader: Reader) -> tuple[Placed[Scenario], ...]:
    scenarios = []
    for path in reader.files("courses/*/scenarios/*.yaml"):
        if placed := reader.yaml(path, Scenario):
            _check_folder(reader, placed, placed.value.course, path.parent.parent.name)
            scenarios.append(replace(placed, subject=f'scenario "{placed.value.id}"'))
    return tuple(scenarios)


def _check_folder(
    reader: Reader, placed: Placed[Bank] | Placed[Scenario], course: str, folder: str
) -> None:
    if course != folder:
        reader.problems.append(placed.problem("folder", "course", course=course, folder=folder))


def _items(bank: Placed[Bank]) -> list[PlacedItem]:
    return [
        PlacedItem(
            item,
            bank.file,
            ("items", number),
            f'item "{item.id}"',
            course=bank.value.course,
            use=item.use or bank.value.use,
        )
        for number, item in enumerate(bank.value.items)
    ]


def _lessons(reader: Reader, course: Placed[Course]) -> dict[PageKey, Placed[ParsedLesson]]:
    ids = [lesson.id for lesson in course.value.lessons]
    found = {}
    for page, path in _pages(reader, course, "lessons", ids).items():
        if placed := reader.markdown(path, parse_lesson):
            found[page] = placed
    return found


def _aids(reader: Reader, course: Placed[Course]) -> dict[PageKey, Placed[ParsedAid]]:
    found = {}
    for page, path in _pages(reader, course, "aids", list(course.value.aids)).items():
        if placed := reader.markdown(path, parse_aid):
            found[page] = placed
    return found


def _pages(
    reader: Reader, course: Placed[Course], kind: str, ids: list[str]
) -> dict[PageKey, Path]:
    """Find the files of listed pages; a missing one is a problem of course.yaml."""
    folder = reader.root / "courses" / Path(course.file.path).parent.name / kind
    wanted = {
        (course.value.id, page_id, lang): folder / f"{page_id}.{lang}.md"
        for page_id in ids
        for lang in LANGUAGES
    }
    for (_, page_id, _), path in wanted.items():
        if reader.is_absent(path):
            place = (kind, ids.index(page_id))
            reader.problems.append(course.problem("missing-file", *place, file=reader.name(path)))
    for path in sorted(set(folder.glob("*")) - set(wanted.values())):
        reader.problems.append(Problem(reader.name(path), 1, "not-listed"))
    return {page: path for page, path in wanted.items() if reader.is_there(path)}


def _below(root: Path) -> Iterable[Path]:
    return (path for top in ("courses", "quizzes") for path in sorted((root / top).glob("**/*")))


def _strays(reader: Reader) -> None:
    """Note files that nothing reads: a name with a slip in it would be missed in silence."""
    for path in _below(reader.root):
        name = reader.name(path)
        is_read = reader.is_named(path) and _READ.fullmatch(name)
        if not is_read and not _ASIDE.search(name) and not path.is_dir():
            reader.note(path, "stray")
