"""Files that are broken as files: a located error for each, and never a traceback."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from app.content.encodings import looks_like
from app.content.files import MAX_MEDIA_BYTES, MAX_TEXT_BYTES, Reader
from app.content.invalid import code_and_params, key_of
from app.content.load import load
from app.content.messages import MESSAGES
from app.content.model import Model
from tests.content.broken.places import CASE, COURSE, FINAL, GLOSSARY, LESSON, RECALL, REGISTER
from tests.content.conftest import TREE

CYRILLIC = "Вы бережёте границу и правило.\n"
TEXTS = [COURSE, REGISTER, GLOSSARY, LESSON, CASE, FINAL, RECALL]
Found = list[tuple[str, int, str]]


def found(root: Path) -> Found:
    """Return place and code of each problem."""
    return [(one.path, one.line, one.code) for one in load(root).problems]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8-sig", "UTF-8 with BOM"),
        ("cp1251", "Windows-1251"),
        ("koi8-r", "KOI8-R"),
        ("cp866", "CP866 (DOS)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_another_encoding_is_named(root: Path, encoding: str, name: str) -> None:
    for path in (LESSON, FINAL):
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_bytes(text.encode(encoding, "replace"))
        named = [
            p.params["found"] for p in load(root).problems if (p.path, p.code) == (path, "encoding")
        ]
        assert named == [name]


def test_the_line_of_the_first_wrong_byte_is_told(root: Path) -> None:
    data = (root / COURSE).read_bytes()
    (root / COURSE).write_bytes(data.replace("Коротко".encode(), b"\xff\xfe", 1))
    line = data[: data.index("Коротко".encode())].count(b"\n") + 1
    assert (COURSE, line, "bytes") in found(root)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xc3", b"a: \0"])
def test_bytes_that_are_no_text_are_refused(root: Path, data: bytes) -> None:
    (root / COURSE).write_bytes(data)
    assert (COURSE, 1, "bytes") in found(root)
    assert looks_like(data) == ""


@pytest.mark.parametrize("path", TEXTS)
@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n"])
def test_an_empty_file_is_one_error(root: Path, path: str, text: str) -> None:
    (root / path).write_text(text, encoding="utf-8")
    code = "front-matter" if path == LESSON and text.startswith("#") else "empty-file"
    assert [(p.path, p.line, p.code) for p in load(root).problems if p.path == path] == [
        (path, 1, code)
    ]


@pytest.mark.parametrize("path", TEXTS)
def test_a_file_of_five_megabytes_is_refused_unread(root: Path, path: str) -> None:
    with (root / path).open("ab") as file:
        file.write(CYRILLIC.encode() * (5_000_000 // len(CYRILLIC.encode())))
    [problem] = [one for one in load(root).problems if one.path == path]
    assert (problem.line, problem.code) == (1, "file-large")
    assert problem.params["limit"] == MAX_TEXT_BYTES // 1024
    assert 4_700 < int(str(problem.params["size"])) < 5_100


def test_a_picture_may_be_larger_than_a_text_but_not_endless(root: Path) -> None:
    media = root / "courses" / "t1" / "media"
    media.mkdir(exist_ok=True)
    (media / "large.svg").write_bytes(b"<" * (MAX_MEDIA_BYTES + 1))
    assert ("courses/t1/media/large.svg", 1, "file-large") in found(root)
    (media / "large.svg").write_bytes(b"<" * (MAX_TEXT_BYTES + 1))
    assert ("courses/t1/media/large.svg", 1, "file-large") not in found(root)


@pytest.mark.parametrize("path", TEXTS)
def test_a_folder_where_a_file_should_be_is_an_error(root: Path, path: str) -> None:
    (root / path).unlink()
    (root / path).mkdir()
    assert [(p, code) for p, _line, code in found(root) if p == path] == [(path, "not-a-file")]


@pytest.mark.parametrize("path", TEXTS)
def test_a_link_out_of_the_tree_is_not_followed(root: Path, path: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("id: outside\n", encoding="utf-8")
    (root / path).unlink()
    (root / path).symlink_to(secret)
    problems = [one for one in load(root).problems if one.path == path]
    assert [(one.line, one.code) for one in problems] == [(1, "outside")]
    assert "outside\n" not in str(problems)


def test_a_link_inside_the_tree_is_followed(root: Path) -> None:
    (root / LESSON).rename(root / "courses" / "t1" / "lessons" / "~")
    (root / LESSON).symlink_to("~")
    codes = {code for path, _line, code in found(root) if path.startswith("courses/t1/lessons/")}
    assert codes <= {"not-listed", "translation-stale"}


@pytest.mark.parametrize("path", TEXTS)
def test_links_that_lead_nowhere_or_round_in_a_circle_are_unreadable(root: Path, path: str) -> None:
    for target in ("nowhere", Path(path).name):
        (root / path).unlink()
        (root / path).symlink_to(target)
        assert (path, 1, "unreadable") in found(root)


def test_what_is_no_file_at_all_is_not_waited_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / COURSE).unlink()
    os.mkfifo(root / COURSE)
    assert (COURSE, 1, "unreadable") in found(root)
    (root / COURSE).unlink()
    with socket.socket(socket.AF_UNIX) as one:
        monkeypatch.chdir(root)  # an address of a socket is short
        one.bind(COURSE)
        assert (COURSE, 1, "unreadable") in found(root)


def test_a_file_that_may_not_be_read_is_an_error(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def refuse(path: Path, *args: str) -> object:
        if path.name == "course.yaml":
            raise PermissionError
        return opened(path, *args)

    monkeypatch.setattr(Path, "open", refuse)
    assert (COURSE, 1, "unreadable") in found(root)


def test_a_slip_in_the_name_of_a_file_is_said(root: Path) -> None:
    names = ["quizzes/t1/more.yml", "courses/t1/review.yaml", "courses/right.yaml", "courses/x.md"]
    for name in names:
        (root / name).write_text("x", encoding="utf-8")
    for name in ("courses/t1/.course.yaml.swp", "quizzes/t1/recall.yaml~"):
        (root / name).write_text("x", encoding="utf-8")
    strays = [one for one in found(root) if one[2] == "stray"]
    assert sorted(strays) == sorted((name, 1, "stray") for name in names)


def test_a_name_that_cannot_be_printed_is_printed_all_the_same(root: Path) -> None:
    path = os.fsencode(root / "quizzes" / "t1") + b"/\xff\xfe.yaml"
    Path(os.fsdecode(path)).write_text("x", encoding="utf-8")
    [problem] = [one for one in load(root).problems if one.path.startswith("quizzes/")]
    assert problem.path == "quizzes/t1/??.yaml"
    assert problem.format().encode()


def test_two_authors_with_one_id_are_told_both_places(root: Path) -> None:
    text = (root / FINAL).read_text(encoding="utf-8")
    (root / "quizzes/t1/other.yaml").write_text(text, encoding="utf-8")
    case = (root / CASE).read_text(encoding="utf-8")
    (root / "courses/t1/scenarios/2b.yaml").write_text(case, encoding="utf-8")
    repeated = [one for one in load(root).problems if one.code == "repeated-id"]
    assert {one.path for one in repeated} == {
        "quizzes/t1/other.yaml",
        "courses/t1/scenarios/2b.yaml",
    }
    assert {str(one.params["first"]).partition(":")[0] for one in repeated} == {FINAL, CASE}


def test_html_with_a_script_is_refused_and_never_compiled(root: Path) -> None:
    path = root / LESSON
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n<script>alert(1)</script>\n", encoding="utf-8")
    problems = [one for one in load(root).problems if one.code == "raw-html"]
    assert {(one.path, one.line) for one in problems} == {(LESSON, text.count("\n") + 2)}


class Odd(Model):
    """Every kind of value that a format may ask for."""

    text: str = Field(default="", min_length=1, max_length=5)
    number: int = Field(default=1, ge=1, le=9, strict=True)
    share: float = Field(default=0.5, gt=0, lt=1)
    free: str = Field(default="", pattern="^x+$")
    many: tuple[str, ...] = Field(default=(), max_length=2)


@pytest.mark.parametrize(
    ("value", "code", "params"),
    [
        ({"text": "longer"}, "value-long", {"limit": 5}),
        ({"number": 10}, "value-high", {"limit": 9}),
        ({"number": 0}, "value-low", {"limit": 1}),
        ({"number": 1.5}, "value-number", {}),
        ({"number": "1"}, "value-number", {}),
        ({"share": 1.0}, "value-high", {"limit": 1.0}),
        ({"share": 0.0}, "value-low", {"limit": 0.0}),
        ({"free": "y"}, "value-pattern", {"found": "y"}),
        ({"many": ("a", "b", "c")}, "value", {}),
        ([], "value-keys", {"key": "file"}),
        (None, "empty-file", {}),
        ({"text": None}, "value-empty", {"key": "text"}),
    ],
)
def test_a_value_of_another_kind_is_said_in_our_own_words(
    value: object, code: str, params: dict[str, object]
) -> None:
    with pytest.raises(ValidationError) as refused:
        Odd.model_validate(value)
    [detail] = refused.value.errors()
    said, gaps = code_and_params(detail)
    assert said == code
    assert params.items() <= gaps.items()
    assert MESSAGES[said].text % gaps
    assert isinstance(MESSAGES[said].hint % gaps, str)


def test_an_entry_of_a_list_is_named_by_its_number() -> None:
    assert key_of(("roles", 1)) == "roles 2"
    assert key_of(("state", "mood", "[key]")) == "state"
    assert key_of(()) == "file"


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], Path]:
    """A copy of the tree in which one file at a time may be changed."""
    root = Path(shutil.copytree(TREE, tmp_path_factory.mktemp("fuzz") / "tree"))

    def change(path: str, data: bytes) -> Path:
        (root / path).write_bytes(data)
        return root

    return change


FILES = sorted(path.relative_to(TREE).as_posix() for path in TREE.rglob("*") if path.is_file())
WORDS = """&a_ *a [ { -_ :_ ' " --- !!! [[ ]] {{ }} [@ ]( | <b> {:_.recall_} ## ``` """
PIECES = st.binary(max_size=4) | st.sampled_from(
    [*(word.replace("_", " ").encode() for word in WORDS.split()), b"\t", b"\n", b"\xd0", b"\0"]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(FILES), data=st.data())
def test_whatever_happens_to_a_file_loading_never_raises(
    playground: Callable[[str, bytes], Path], path: str, data: st.DataObject
) -> None:
    before = (TREE / path).read_bytes()
    after = bytearray(before)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(after)))
        cut = data.draw(st.integers(0, 12))
        after[at : at + cut] = data.draw(PIECES)
    root = playground(path, bytes(after))
    try:
        for problem in load(root).problems:
            assert problem.line >= 1
            assert problem.format()
    finally:
        playground(path, before)


def test_the_reader_keeps_inside_its_root(root: Path) -> None:
    reader = Reader(root)
    assert reader.text(root / "courses" / ".." / ".." / ".." / "x") is None
    assert [one.code for one in reader.problems] == ["outside"]


def test_a_broken_course_file_is_one_problem_not_hundreds(root: Path) -> None:
    text = (root / COURSE).read_text(encoding="utf-8")
    (root / COURSE).write_text(text.replace("code: T1", "code:"), encoding="utf-8")
    assert found(root) == [(COURSE, 2, "value-empty")]


@pytest.mark.parametrize("target", ["1-9", "1-9.ru.md", "/courses/t1/1-9", "#s9"])
def test_a_link_to_a_lesson_that_is_not_there_is_an_error_on_its_line(
    root: Path, target: str
) -> None:
    text = (root / LESSON).read_text(encoding="utf-8")
    first, rest = text.split("\n\n", 2)[0], text.split("\n\n", 1)[1]
    (root / LESSON).write_text(f"{first}\n\n[урок]({target})\n\n{rest}", encoding="utf-8")
    line = first.count("\n") + 3
    assert (LESSON, line, "link") in found(root)
