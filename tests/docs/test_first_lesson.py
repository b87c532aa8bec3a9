"""docs/first-lesson.md: every step in it works and answers as it says."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import clock
from app.accounts.rules import normal_service_number
from app.config import ROOT
from app.db import db
from tests.content.recording import record
from tests.docs.walk import Block, Editor, blocks, missing
from tests.pages import faults

DOCUMENT = (ROOT / "docs" / "first-lesson.md").read_text(encoding="utf-8")
AUTHOR = "M-103"  # the service number that the document uses
PROGRAM = ["python3", "-m", "app"]


class Walk:
    """Takes the steps of the document in a copy of the courses."""

    def __init__(self, world, root: Path) -> None:
        self.world, self.root = world, root
        self.editor = Editor(root)
        self.output = ""

    def step(self, block: Block) -> None:
        """Do what a block tells, and the addresses in the words above it."""
        for address in block.addresses:
            self._open(address)
        if block.language == "sh":
            self.world.app.config["PRODUCTION"] = block.about == "production"
            self.output = "".join(self._command(line) for line in block.lines)
        elif block.language == "text":
            assert missing(block.text, self.output) == [], self.output
        elif block.about:
            path, act = block.about.split()
            assert f"`{path}`" in DOCUMENT or "*" in path
            self.editor.do(path, act, block.text)

    def _command(self, line: str) -> str:
        words = shlex.split(line)
        if words[:3] == PROGRAM:
            return self._program(words[3:])
        if words[0] == "cp":
            shutil.copyfile(self.root / words[1], self.root / words[2])
            return ""
        assert words[0] == "git", line
        return self._git(*words[1:])

    def _program(self, words: list[str]) -> str:
        if not words:  # the program itself runs already
            return ""
        assert words[0] == "flask"
        answer = self.world.app.test_cli_runner().invoke(args=words[1:])
        assert answer.exception is None or isinstance(answer.exception, SystemExit)
        return answer.output

    def _git(self, *words: str) -> str:
        git = shutil.which("git") or "git"
        done = subprocess.run(
            [git, *words], check=False, cwd=self.root, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _open(self, address: str) -> None:
        page = self.world.client(self.world.author).get(address)
        assert page.status_code == 200, address
        assert faults(page.text) == [], address

    def begin(self) -> None:
        """Make a checkout of the copy, in which nothing waits for translators or reviewers."""
        record(self.root)
        for reviews in self.root.glob("courses/*/reviews.yaml"):
            reviews.write_text("reviews: []\n", encoding="utf-8")
        self._git("init", "--quiet")
        self._git("add", ".")
        name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        self._git(*name, "commit", "--quiet", "--no-verify", "--message", "Begin")


@pytest.fixture
def _later(monkeypatch):
    """A day after all days that the document names."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def walk(_later, world, few_courses, tmp_path):
    for folder in ("courses", "quizzes"):
        shutil.copytree(few_courses / folder, tmp_path / folder)
    with world.inside():
        world.author.service_number = normal_service_number(AUTHOR)
        db.session.commit()
    app, settings = world.app, world.app.config["AVRR"]
    app.config["AVRR"] = replace(settings, content_root=tmp_path)
    walk = Walk(world, tmp_path)
    walk.begin()
    yield walk
    app.config["AVRR"], app.config["PRODUCTION"] = settings, False


@pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True)
def test_every_step_works_and_answers_as_the_document_says(walk):
    for block in blocks(DOCUMENT):
        walk.step(block)


def test_each_block_says_what_it_is_for():
    for block in blocks(DOCUMENT):
        if block.language in ("yaml", "markdown"):
            path, act = block.about.split()
            assert path.startswith(("courses/", "quizzes/"))
            assert act in ("find", "instead", "below", "end", "screen")
        else:
            assert block.about in ("", "production")
            assert block.language in ("sh", "text", "")
