"""What the documents name exists, and what exists is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import click
import pytest
from flask import Flask

from app import create_app
from app.config import ROOT
from app.content import case_model, forms_model, model, recording_model
from app.content.messages import MESSAGES
from app.content.model import Model
from tests.conftest import test_config
from tests.docs import rules

FORMAT = rules.DOCUMENT.read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/**/*.md"))]
VALUES = (model.Level, model.Status, model.Use, model.Office, case_model.Verdict)
FRAMEWORK = {"run", "shell", "routes"}  # commands that Flask brings along
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")


def values(module) -> Iterator[type[Model]]:
    """The values of a module that stand for something in a file."""
    for one in vars(module).values():
        if isinstance(one, type) and issubclass(one, Model) and one.__module__ == module.__name__:
            yield one


ALL = [
    *values(model),
    *values(case_model),
    *values(forms_model),
    *values(recording_model),
]


@pytest.fixture(scope="module")
def program() -> Flask:
    """The program, for what it knows without a database."""
    return create_app(test_config("sqlite://"))


def code(document: str) -> str:
    """What a document shows in the type of code."""
    fenced = re.findall(r"^```.*?\n(.*?)^```$", document, re.M | re.S)
    return "\n".join([*fenced, *re.findall(r"`([^`\n]+)`", document)])


def anchors(document: str) -> set[str]:
    """The names that headings can be linked by."""
    heads = re.findall(r"^#+ (.*)$", document, re.M)
    return {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("value", ALL, ids=lambda value: value.__name__)
def test_every_field_of_the_content_files_is_described(value):
    shown = code(FORMAT)
    names = [field.alias or name for name, field in value.model_fields.items()]
    assert [one for one in names if not re.search(rf"\b{one}\b", shown)] == []


def test_the_examples_have_no_field_that_the_program_does_not_know():
    shown = "\n".join(re.findall(r"^```yaml\n(.*?)^```$", FORMAT, re.M | re.S))
    used = set(re.findall(r"(?:^[ -]*|[{,] ?)(\w+):(?= |$)", shown, re.M))
    fields = {one.alias or name for value in ALL for name, one in value.model_fields.items()}
    maps = {*get_args(model.Lang), *get_args(case_model.StateKey), "2"}  # keys of mappings
    assert len(used) > 60
    assert used - fields - maps == set()


def test_every_value_that_a_field_may_have_is_described():
    shown = code(FORMAT)
    known = [one for kind in VALUES for one in get_args(kind)]
    assert get_origin(model.Level) is Literal
    assert [one for one in known if not re.search(rf"(?<!\w){re.escape(one)}", shown)] == []


def test_the_table_of_rules_is_the_one_of_the_program():
    """To mend it: .venv/bin/python -m tests.docs.rules."""
    assert rules.written(FORMAT) == rules.tables()
    assert {code for kind in rules.KINDS.values() for code in kind} == set(MESSAGES)


def test_every_rule_named_in_the_text_exists():
    text = FORMAT.replace(rules.written(FORMAT), "")
    named = re.findall(r"\(((?:`[a-z-]+`(?:, )?)+)\)", text)
    codes = {code for group in named for code in re.findall(r"`([a-z-]+)`", group)}
    assert len(codes) > 15
    fields = {name for value in ALL for name in value.model_fields}
    assert codes - set(MESSAGES) - fields - set(get_args(model.Office)) == set()


def test_every_command_for_content_is_described_with_its_options(program):
    section = FORMAT.split("## Commands\n")[1].split("\n## ")[0]
    rows = dict(re.findall(r"^\| `(\w+)[^`]*` \|[^|]*\| (.*) \|$", section, re.M))
    group = program.cli.commands["content"]
    described = {name: set(re.findall(r"`(--[\w-]+)`", row)) for name, row in rows.items()}
    assert described == {name: options(command) for name, command in group.commands.items()}


def options(command: click.Command) -> set[str]:
    """The long options of a command."""
    return {name for one in command.params for name in one.opts if name.startswith("--")}


def test_every_group_of_commands_is_named_in_the_readme(program):
    groups = set(program.cli.commands) - FRAMEWORK
    assert {one for one in groups if not re.search(rf"flask {one}\b", README)} == set()


def test_every_setting_is_named_in_the_readme():
    source = (ROOT / "app" / "config.py").read_text(encoding="utf-8")
    settings = set(re.findall(r"\b(AVRR_[A-Z_]+|DATABASE_URL)\b", source))
    assert {one for one in settings if f"`{one}`" not in README} == set()


def test_every_page_for_authors_that_is_named_exists(program):
    named = re.findall(r"`(/admin/content[^`]*)`", FORMAT)
    paths = [re.sub(r"<\w+>", "x", one) for one in named]
    adapter = program.url_map.bind("localhost")
    assert len(paths) > 6
    assert [one for one in paths if not adapter.test(one, method="GET")] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_links_between_documents_lead_somewhere(path: Path):
    for name, anchor in _LINK.findall(path.read_text(encoding="utf-8")):
        target = path.parent / name if name else path
        assert target.exists(), name
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), anchor
