"""What must hold for the files of the repository themselves."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
LOCAL = {".git", ".venv", "instance", "__pycache__"}

NEVER = {
    "a path of one machine": r"(?<![\w.:/*-])/(?:work|tmp|home|Users|root)/\w|[A-Z]:\\Users\\",
    "a package index": r"pypi\.org|files\.pythonhosted|registry\.npmjs|index[-]url",
    "the address of a package": r"https?://[^\s\"]+\.(?:whl|tgz|tar\.gz)\b",
    "a private key": r"BEGIN [A-Z ]*PRIVATE[ ]KEY",
    "a secret": r"SECRET_KEY\s*=\s*[\"'][^\"']{4}",
}


def repository_files() -> list[Path]:
    """Files that are, or would be, committed; all but local ones outside a Git checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not LOCAL & set(path.parts)]
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    """Text of a file, empty for a binary one."""
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", errors="replace")


def pins(name: str) -> set[str]:
    """Pins of a lock file, with their markers."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {line.removesuffix(" \\") for line in lines if re.match(r"[a-z0-9]", line)}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert len(blocks) == len(pins(name))
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_with_the_tools_holds_every_pin_of_the_program():
    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_every_library_asked_for_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.match(r"[\w-]+", line).group() for line in project["dependencies"]}
    assert wanted - {pin.split("==")[0] for pin in pins("requirements.lock")} == set()


def test_no_file_holds_what_belongs_to_one_machine():
    found = []
    for path in repository_files():
        text = text_of(path)
        found += [
            f"{path.relative_to(ROOT)}: {what}: {match.group()}"
            for what, pattern in NEVER.items()
            if (match := re.search(pattern, text))
        ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "see /tmp/" + "notes.txt",
        "C:\\Users" + "\\me",
        "https://files.python" + "hosted.org/x",
        "https://example.org/a-1.0" + ".whl",
        "-----BEGIN EC PRIVATE" + " KEY-----",
    ],
)
def test_the_search_finds_what_it_looks_for(text):
    assert any(re.search(pattern, text) for pattern in NEVER.values())


def test_vendored_files_are_the_ones_that_were_fetched():
    """`vendor.json` describes a package, or a list of them, by `files`: path to SHA-256."""
    for listing in (ROOT / "app").rglob("vendor.json"):
        content = json.loads(listing.read_text(encoding="utf-8"))
        packages = content if isinstance(content, list) else [content]
        stated = {name: sha for package in packages for name, sha in package["files"].items()}
        actual = {
            path.relative_to(listing.parent).as_posix(): sha256(path)
            for path in listing.parent.rglob("*")
            if path.is_file() and path != listing
        }
        assert actual == stated


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
