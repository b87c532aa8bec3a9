"""Pictures, sound and film: files that are what they say, and what they become in an edition."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.content.captions import read_captions
from app.content.drawings import read_drawing
from app.content.edition import compile_course
from app.content.lesson import Figure, Prose, parse_lesson
from app.content.load import load
from app.content.loaded import Loaded
from app.content.media import TYPES, is_what_it_says, picture_size
from app.content.render import render_lesson
from app.content.scene_drawings import DELAYS, MOTIONS, read_scene
from app.content.weight import lesson_weight
from tests.content.broken.places import LESSON

Edit = Callable[[str, str, str], Path]
FOLDER = "courses/t1/media/"
NOISE = random.Random(4).randbytes


def picture(kind: str, width: int = 40, height: int = 30) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), "#1b4d4a").save(data, kind)
    return data.getvalue()


def found(root: Path, name: str) -> list[str]:
    return [one.code for one in load(root).problems if one.path == FOLDER + name]


@pytest.mark.parametrize(
    ("name", "data", "codes"),
    [
        ("a.png", picture("PNG"), ["media-unused"]),
        ("a.jpg", picture("JPEG"), ["media-unused"]),
        ("a.jpeg", picture("JPEG"), ["media-unused"]),
        ("a.webp", picture("WEBP"), ["media-unused"]),
        ("a.png", picture("JPEG"), ["media-content", "media-unused"]),
        ("a.png", picture("PNG")[:50], ["media-content", "media-unused"]),
        ("a.jpg", b"", ["media-content", "media-unused"]),
        ("a.png", picture("PNG", 1601, 1), ["media-unused", "picture-wide"]),
        ("a.webp", b"RIFF" + NOISE(60_000), ["media-heavy", "media-unused"]),
        ("a.mp4", b"\0\0\0\x18ftypmp42", ["media-unused"]),
        ("a.m4a", b"\0\0\0\x18ftypM4A ", ["media-unused"]),
        ("a.mp4", b"\0\0\0\x18free", ["media-content", "media-unused"]),
        ("a.ogg", b"OggS\0", ["media-unused"]),
        ("a.mp3", b"ID3\x04", ["media-unused"]),
        ("a.mp3", b"\xff\xfb\x90", ["media-unused"]),
        ("a.mp3", b"<html>", ["media-content", "media-unused"]),
        ("a.webm", b"\x1aE\xdf\xa3" + b"matroska", ["media-content", "media-unused"]),
        ("a.ogg", b"OggS" + bytes(4_000_000), ["media-heavy", "media-unused"]),
        ("a.vtt", b"<html>", ["media-content", "media-unused"]),
        ("a.gif", b"GIF89a", ["media-type"]),
        ("a.exe", b"MZ", ["media-type"]),
        ("notes", b"x", ["media-type"]),
        ("Ёж.png", picture("PNG"), ["media-name", "media-unused"]),
        ("a b.png", picture("PNG"), ["media-name", "media-unused"]),
    ],
)
def test_a_file_is_what_its_name_says(root: Path, name: str, data: bytes, codes: list[str]) -> None:
    (root / FOLDER / name).write_bytes(data)
    assert found(root, name) == codes


def test_a_recording_that_no_lesson_plays_is_a_warning(root: Path) -> None:
    for lang in ("en", "ru", "be"):
        path = root / f"courses/t1/lessons/1-1.{lang}.md"
        path.write_text(path.read_text("utf-8").replace("{{recording:ask}}\n", ""), "utf-8")
    assert found(root, "ask.yaml") == ["media-unused"]
    assert found(root, "still.webm") == ["media-unused"]


def test_a_description_that_cannot_be_read_calls_nothing_unused(edit: Edit) -> None:
    root = edit(FOLDER + "ask.yaml", "kind: video", "kind: film")
    assert "media-unused" not in [one.code for one in load(root).problems]


def test_captions_in_another_encoding_are_refused(root: Path) -> None:
    (root / FOLDER / "ask.ru.vtt").write_bytes("WEBVTT\n\nпроверка\n".encode("cp1251"))
    [problem] = [one for one in load(root).problems if one.code == "encoding"]
    assert (problem.path, problem.line) == (FOLDER + "ask.ru.vtt", 3)


def test_a_picture_with_words_has_one_file_for_each_language(root: Path) -> None:
    data = (root / FOLDER / "steps.svg").read_bytes()
    for lang in ("en", "ru", "be"):
        (root / FOLDER / f"words.{lang}.svg").write_bytes(data)
        path = root / f"courses/t1/lessons/1-1.{lang}.md"
        text = path.read_text("utf-8").replace("(steps.svg", f"(words.{lang}.svg")
        path.write_text(text, "utf-8")
    (root / FOLDER / "steps.svg").unlink()
    assert [one for one in load(root).problems if one.severity == "error"] == []
    assert "directives-differ" not in [one.code for one in load(root).problems]


def test_a_heavy_picture_makes_a_lesson_heavy_in_every_language(root: Path) -> None:
    noise = BytesIO()
    Image.frombytes("RGB", (135, 135), NOISE(135 * 135 * 3)).save(noise, "PNG")
    (root / FOLDER / "poster.png").write_bytes(noise.getvalue())
    heavy = [one for one in load(root).problems if one.code == "lesson-heavy"]
    assert [one.path[-5:-3] for one in heavy] == ["be", "en", "ru"]
    assert {one.params["heaviest"] for one in heavy} == {"poster.png"}


def test_what_fits_is_not_weighed(valid: Loaded) -> None:
    lesson = render_lesson(valid.lessons["t1", "1-1", "ru"].value, "ru", valid.shelf)
    assert lesson_weight(lesson, {}, "", 1_000_000) is None
    weight = lesson_weight(lesson, {"a.svg": b"x" * 9000, "b.png": NOISE(900)}, "", 1)
    assert weight is not None
    assert 900 < weight.pictures < 1000
    assert weight.heaviest == "b.png"


def test_a_line_of_its_own_is_a_figure_and_all_else_is_text() -> None:
    page = '---\ntitle: A\n---\n## B\n\nText.\n![One](a.svg "Two "three" (4)")\nMore ![x](y.png).\n'
    lesson, faults = parse_lesson(page)
    assert (lesson is not None, faults) == (True, [])
    assert lesson.screens[0].parts == (
        Prose("Text.", 6),
        Figure("a.svg", "One", 'Two "three" (4)', 7),
        Prose("More ![x](y.png).", 8),
    )


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>&b;</text></svg>',
        '<svg viewBox="0 0 1 1"/>',
        "",
        "\0",
        '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
    ],
)
def test_what_is_no_drawing_is_refused_with_its_line(text: str) -> None:
    drawing = read_drawing(text.encode())
    assert drawing.broken_at >= 1
    assert drawing.size is None


def test_a_drawing_tells_its_size() -> None:
    text = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0, 0, 12.6, 7"/>'
    assert read_drawing(text.encode()).size == (13, 7)


def test_each_known_type_refuses_what_is_something_else() -> None:
    for media in TYPES.values():
        assert not is_what_it_says(media, b"#!/bin/sh\n")
    assert picture_size(TYPES["mp4"], b"") is None


def test_captions_may_be_named_noted_styled_in_place_and_long() -> None:
    text = "WEBVTT - a title\n\nNOTE\nread by nobody\n\nfirst\n"
    text += "01:00:00.000 --> 01:00:01.000 align:start\n<v K.>One</v>\ntwo\n"
    cues, faults = read_captions(text, 3601)
    assert [(cue.start, cue.end, cue.text) for cue in cues] == [(3_600_000, 3_601_000, "One two")]
    assert faults == []


@pytest.mark.parametrize("text", ["", "WEBVTT", "WEBVTTX\n\n00:00.000 --> 00:01.000\na"])
def test_captions_without_words_are_none(text: str) -> None:
    assert [fault.code for fault in read_captions(text, 9)[1]] == ["captions-form"]


def test_an_edition_holds_what_lessons_use_and_nothing_else(root: Path) -> None:
    (root / FOLDER / "spare.png").write_bytes(picture("PNG"))
    compiled = compile_course(load(root), "t1")
    media = compiled.data["media"]
    assert set(media) == {
        "ask.be.vtt", "ask.en.vtt", "ask.ru.vtt", "poster.png", "steps.svg", "still.webm"
    }  # fmt: skip
    for name, one in media.items():
        data = (root / FOLDER / name).read_bytes()
        assert one["hash"] == sha256(data).hexdigest()
        assert compiled.files[one["hash"]] == data
        assert one["size"] == len(data)
    assert (media["steps.svg"]["width"], media["steps.svg"]["height"]) == (320, 120)
    assert (media["still.webm"]["type"], media["still.webm"]["width"]) == ("video/webm", None)
    recording = compiled.data["recordings"]["ask"]["ru"]
    assert (recording["captions"], recording["poster"]) == ("ask.ru.vtt", "poster.png")
    assert "<p>Неподвижная картинка.</p>" in recording["transcript"]


def test_a_lesson_says_all_that_its_page_needs(valid: Loaded) -> None:
    screen = compile_course(valid, "t1").data["lessons"]["1-1"]["be"]["screens"][1]
    figure = next(part for part in screen["parts"] if part["type"] == "figure")
    assert (figure["name"], figure["width"], figure["height"]) == ("steps.svg", 320, 120)
    assert figure["alt"] == "Тры кругі ў\u00a0рад"
    assert figure["caption"].startswith('Тры крокі<sup class="cite">')
    film = next(part for part in screen["parts"] if part["type"] == "recording")
    assert (film["id"], film["lang"], film["recording"]["title"]) == ("ask", "be", "Як спытаць")
    assert set(film["files"]) == {"ask.be.vtt", "poster.png", "still.webm"}


def test_a_film_of_scenes_stands_in_the_lesson_itself(valid: Loaded) -> None:
    data = compile_course(valid, "t1").data
    screen = data["lessons"]["1-1"]["be"]["screens"][1]
    part = next(part for part in screen["parts"] if part.get("id") == "walk")
    assert (part["lang"], part["files"]) == ("be", {})
    one = part["recording"]
    assert one == data["recordings"]["walk"]["be"]
    assert one["kind"] == "scenes"
    assert (one["title"], one["seconds"]) == ("Дарога", 25)
    scene = one["scenes"][1]
    assert (scene["seconds"], scene["alt"]) == (13, "Круг і\u00a0лінія")
    assert scene["captions"]["en"] == "Then listen."
    assert scene["drawing"].startswith('<svg aria-hidden="true" viewBox="0 0 360 240"><rect')
    assert '<path class="a-draw d-2" d="M130 120h180"' in scene["drawing"]
    assert 'stroke-width="6" pathLength="1"></path></svg>' in scene["drawing"]


def test_a_drawing_of_a_scene_is_written_anew_without_what_a_page_could_obey() -> None:
    kept = '<rect width="1" height="1" fill="#fff"></rect>'
    for inside in ("", "<!-- </svg><script>alert(1)</script> -->", "<![CDATA[ \n ]]>", "\n"):
        text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{inside}{kept}</svg>'
        read = read_scene(text.encode())
        assert read.markup == f'<svg aria-hidden="true" viewBox="0 0 1 1">{kept}</svg>'
    for inside in (
        "<script/>", "<title>a</title>", "<![CDATA[<b>]]>", '<a href="#x"/>',
        '<g onclick="x"/>', '<g style="x"/>', '<x:g xmlns:x="http://www.w3.org/1999/xhtml"/>',
        '<g xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>', '<g class="button"/>',
    ):  # fmt: skip
        text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{inside}{kept}</svg>'
        assert read_scene(text.encode()).markup == ""
    for text in ("", "<svg/>", '<svg xmlns="http://www.w3.org/2000/svg"/>'):
        assert read_scene(text.encode()).markup == ""


def test_the_style_sheet_knows_every_motion_and_delay_and_no_other() -> None:
    css = (Path(__file__).parents[2] / "app/ui/styles/scenes.css").read_text("utf-8")
    assert set(re.findall(r"\.(a-\w+|d-\d)\b", css)) == {*MOTIONS, *DELAYS}


def test_drawings_of_scenes_make_a_lesson_heavy(root: Path) -> None:
    points = " ".join(str(byte) for byte in NOISE(18_000))
    shape = f'<path d="M{points}"/></svg>'
    for name in ("walk-1.svg", "walk-2.svg"):
        path = root / FOLDER / name
        path.write_text(path.read_text("utf-8").replace("</svg>", shape), "utf-8")
        assert len(path.read_bytes()) < 70_000
    assert "lesson-heavy" in [one.code for one in load(root).problems]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FOLDER + "steps.svg", "#1b4d4a", "#1b4d4b"),
        (FOLDER + "walk-1.svg", "#0d5b5b", "#0d5b5c"),
        (FOLDER + "walk.yaml", "Then listen.", "Then hear."),
        (FOLDER + "ask.yaml", "Неподвижная", "Тёмная"),
        (FOLDER + "ask.en.vtt", "Ask first", "Ask now"),
        (LESSON, "Три круга", "Круги"),
    ],
)
def test_the_hash_changes_with_every_file(
    valid: Loaded, edit: Edit, path: str, old: str, new: str
) -> None:
    changed = compile_course(load(edit(path, old, new)), "t1")
    assert changed.content_hash != compile_course(valid, "t1").content_hash
