"""What is wrong with a YAML file, as codes of messages instead of the library's words."""

from __future__ import annotations

import re

import yaml

_CODES = (  # words of the library, libyaml's and those of its twin in Python
    ("a tab character", "yaml-tab"),
    ("unexpected end of stream", "yaml-quote"),
    ("unexpected document separator", "yaml-quote"),
    ("mapping values are not allowed", "yaml-colon"),
    ("could not find expected ':'", "yaml-no-colon"),
    ("block sequence entries are not allowed", "yaml-dash"),
    ("sequence entries are not allowed", "yaml-dash"),
    ("unknown escape character", "yaml-escape"),
    ("expected ',' or", "yaml-bracket"),
    ("did not find expected node content", "yaml-bracket"),
    ("expected the node content", "yaml-bracket"),
    ("another document", "yaml-several"),
    ("did not find expected", "yaml-indent"),
    ("expected <block end>", "yaml-indent"),
    ("expected '<document start>'", "yaml-indent"),
    ("directive", "yaml-start"),
    ("incompatible YAML document", "yaml-start"),
    ("tag", "yaml-tag"),
)
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BEGINNINGS = {"yaml-tag": "!", "yaml-start": "%"}
_FROM_THE_START = {"yaml-quote", "yaml-bracket"}  # what was opened is the line to look at


class StrictYamlError(ValueError):
    """A file that is not strict YAML; `code` names the message, `line` counts from 1."""

    def __init__(self, line: int, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.line = line
        self.code = code
        self.params = params


def of_library(error: yaml.MarkedYAMLError, text: str) -> StrictYamlError:
    """Turn an error of the library into one of ours; only unknown ones keep its words."""
    problem = str(error.problem)
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    code = next((code for words, code in _CODES if words in problem), "")
    if "cannot start any token" in problem:
        found = _character(text, line, mark.column if mark else 0)
        if found != "\t":
            return StrictYamlError(line + 1, "yaml-start", found=found)
        code = "yaml-tab"
    if code in _FROM_THE_START and error.context_mark:
        line = error.context_mark.line
    if not code:
        return StrictYamlError(line + 1, "yaml", fault=problem)
    if code in _BEGINNINGS:
        return StrictYamlError(line + 1, code, found=_BEGINNINGS[code])
    if code in ("yaml-colon", "yaml-indent", "yaml-no-colon") and _begins_with_tab(text, line):
        code = "yaml-tab"
    return StrictYamlError(line + 1, code)


def forbidden_character(text: str) -> StrictYamlError:
    """Return where the first character stands that no YAML file may hold."""
    found = _FORBIDDEN.search(text)
    if found is None:
        return StrictYamlError(1, "character", char="U+0000")
    line = text.count("\n", 0, found.start()) + 1
    return StrictYamlError(line, "character", char=_code(found[0]))


def unwritable(text: str) -> str:
    """Name the first character that no YAML file may hold as it is; empty when all may stand."""
    found = _FORBIDDEN.search(text)
    return _code(found[0]) if found else ""


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"


def _character(text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    return lines[line][column : column + 1] if line < len(lines) else ""


def _begins_with_tab(text: str, line: int) -> bool:
    lines = text.split("\n")
    around = lines[max(0, line - 1) : line + 1]
    return any(re.match(r" *\t", one) for one in around)
