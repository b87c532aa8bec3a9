"""Values that do not fit the model, as problems of a file instead of the library's words."""

from __future__ import annotations

import re

from pydantic_core import ErrorDetails

from app.content.problems import Problem

_KEY = "[key]"  # how the library marks that the name of a key is at fault, not its value
_CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "literal_error": "value-choice",
    "string_type": "value-text",
    "string_too_short": "value-empty",
    "string_too_long": "value-long",
    "string_pattern_mismatch": "value-pattern",
    "int_type": "value-number",
    "int_parsing": "value-number",
    "int_from_float": "value-number",
    "greater_than": "value-low",
    "greater_than_equal": "value-low",
    "less_than": "value-high",
    "less_than_equal": "value-high",
    "bool_type": "value-switch",
    "tuple_type": "value-list",
    "list_type": "value-list",
    "dict_type": "value-keys",
    "model_type": "value-keys",
    "model_attributes_type": "value-keys",
}
_LIMITS = ("ge", "gt", "le", "lt", "max_length")
SHOWN = 40

Loc = tuple[str | int, ...]


def code_and_params(detail: ErrorDetails) -> tuple[str, dict[str, object]]:
    """Return the message of a value that does not fit, and what goes into its gaps."""
    code = _CODES.get(detail["type"], "value")
    found, context = detail["input"], detail.get("ctx", {})
    key = key_of(detail["loc"])
    if code in ("missing-key", "unknown-key"):
        return code, {"key": key}
    if found is None:
        return ("value-empty", {"key": key}) if detail["loc"] else ("empty-file", {})
    if code == "value-pattern":
        code = _pattern(str(context.get("pattern", "")))
    params: dict[str, object] = {"key": key, "found": str(found)[:SHOWN]}
    if code == "value":
        params["fault"] = detail["msg"]
    if code == "value-choice":
        params["choices"] = ", ".join(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
    for name in _LIMITS:
        if name in context:
            params["limit"] = context[name]
    return code, params


def _pattern(pattern: str) -> str:
    if pattern.startswith("^[a-z0-9]+"):
        return "value-id"
    return "value-day" if pattern.startswith(r"^\d{4}") else "value-pattern"


def key_of(loc: Loc) -> str:
    """Name the key at fault; an entry of a list by its number from 1."""
    parts = [part for part in loc if part != _KEY]
    if len(parts) < len(loc) and len(parts) > 1:
        parts = parts[:-1]  # the fault is a key inside this one
    if not parts:
        return "file"
    last = parts[-1]
    if not isinstance(last, int):
        return last
    above = next((str(part) for part in reversed(parts) if isinstance(part, str)), "")
    return f"{above} {last + 1}".strip()


def subject_of(loc: Loc) -> str:
    """Name where in the file the key stands; entries of lists are counted from 1."""
    parts = (f"{part + 1}" if isinstance(part, int) else str(part) for part in loc[:-1])
    return " ".join(parts)


def invalid(path: str, line: int, detail: ErrorDetails) -> Problem:
    """Make a problem of a value that does not fit the model."""
    code, params = code_and_params(detail)
    return Problem(path, line, code, params, subject_of(detail["loc"]))
