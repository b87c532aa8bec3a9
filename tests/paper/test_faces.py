"""The faces of all papers: complete for both languages, unchanged, with their licences."""

from __future__ import annotations

import json
from hashlib import sha256

from app.paper import faces
from app.paper.faces import FOLDER

BELARUSIAN = "АБВГДЕЁЖЗІЙКЛМНОПРСТУЎФХЦЧШЫЬЭЮЯабвгдеёжзійклмнопрстуўфхцчшыьэюя"
RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def test_every_face_has_every_letter_and_apostrophe_itself():
    for face in (faces.SERIF_BOLD, faces.SERIF_ITALIC, faces.SANS, faces.SANS_BOLD):
        for character in BELARUSIAN + RUSSIAN + "’ʼ'«»–—·":
            assert faces.runs(character, face) == [(face, character)]


def test_fonts_are_unchanged_and_listed_with_their_licences():
    listed = json.loads((FOLDER / "vendor.json").read_text(encoding="utf-8"))
    found = {
        path.relative_to(FOLDER).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in FOLDER.rglob("*")
        if path.is_file() and path.name != "vendor.json"
    }
    assert found == listed["files"]
    for font in listed["fonts"]:
        assert font["folder"].endswith(font["version"])
        assert any((FOLDER / font["folder"]).glob("*.txt"))
