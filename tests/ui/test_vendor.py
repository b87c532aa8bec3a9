"""Files of others: unchanged, with their licence, and every icon in use is in the sheet."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

UI = Path(__file__).parents[2] / "app" / "ui"
VENDOR = UI / "static" / "vendor"


def vendored() -> dict:
    return json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))


def test_vendored_files_are_unchanged():
    found = {name: sha256((VENDOR / name).read_bytes()).hexdigest() for name in vendored()["files"]}
    assert found == vendored()["files"]


def test_every_vendored_file_is_listed():
    files = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert files - {"vendor.json"} == set(vendored()["files"])


def test_the_folder_names_the_version_and_holds_the_licence():
    folders = {name.split("/")[0] for name in vendored()["files"]}
    assert folders == {f"lucide-{vendored()['version']}"}
    for folder in folders:
        assert "ISC License" in (VENDOR / folder / "LICENSE").read_text(encoding="utf-8")


def test_every_icon_in_use_is_in_the_sheet():
    sheet = next(VENDOR.glob("*/icons.svg")).read_text(encoding="utf-8")
    there = set(re.findall(r'<symbol id="([\w-]+)"', sheet))
    used = set()
    for path in (UI.parent).rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'\bicon\("([\w-]+)"', text))
        used |= set(re.findall(r'icon_name="([\w-]+)"', text))
    macros = (UI / "templates" / "ui" / "macros.html").read_text(encoding="utf-8")
    for table in re.findall(r"icons = \{(.*?)\}", macros, re.S):
        used |= set(re.findall(r': "([\w-]+)"', table))
    assert len(used) > 15
    assert used <= there
