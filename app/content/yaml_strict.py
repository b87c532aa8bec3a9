"""YAML read strictly: what an author wrote is what the program sees, or an error with a line."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import yaml

from app.content.yaml_faults import StrictYamlError, forbidden_character, of_library, unwritable

if TYPE_CHECKING:
    from yaml import SafeLoader as BaseLoader
else:
    BaseLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

__all__ = ["StrictLoader", "StrictYamlError", "compose", "load", "locate", "locate_in"]

Loc = Sequence[str | int]

MAX_DEPTH = 40  # mappings and lists inside each other; the formats need twelve
MAX_DIGITS = 10
_DECIMAL = re.compile(r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$")
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class StrictLoader(BaseLoader):
    """Knows true, false, plain decimals, text, lists and mappings; nothing else."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def construct_unique(self, node: yaml.MappingNode) -> dict[Hashable, object]:
        """Build a mapping; a repeated key or a key that is no text or number is refused."""
        result: dict[Hashable, object] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, bool) or not isinstance(key, str | int):
                raise StrictYamlError(_line(key_node), "yaml-key")
            if key in result:
                raise StrictYamlError(_line(key_node), "yaml-repeated-key", key=key)
            result[key] = self.construct_object(value_node, deep=True)
        return result

    def construct_text(self, node: yaml.ScalarNode) -> str:
        """Build a text; an escape may not stand for a character that no file may hold."""
        text = str(node.value)
        if not text.isprintable() and (fault := unwritable(text)):
            raise StrictYamlError(_line(node), "character", char=fault)
        return text

    def construct_number(self, node: yaml.ScalarNode) -> int | float:
        """Build an int or, with a decimal point, a float; none needs more than ten digits."""
        text = str(node.value)
        if len(text) > MAX_DIGITS:
            raise StrictYamlError(_line(node), "yaml-number", found=f"{text[:MAX_DIGITS]}…")
        return float(text) if "." in text else int(text)

    def construct_unknown(self, node: yaml.Node) -> object:
        """Refuse an explicit tag."""
        raise StrictYamlError(_line(node), "yaml-tag", found=node.tag)


StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:int", _DECIMAL, list("-0123456789"))
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])
StrictLoader.yaml_constructors = {
    tag: constructor
    for tag, constructor in StrictLoader.yaml_constructors.items()
    if tag is not None and tag.rpartition(":")[2] in {"str", "bool", "null", "seq"}
}
StrictLoader.add_constructor("tag:yaml.org,2002:str", StrictLoader.construct_text)
StrictLoader.add_constructor("tag:yaml.org,2002:int", StrictLoader.construct_number)
StrictLoader.add_constructor("tag:yaml.org,2002:map", StrictLoader.construct_unique)
StrictLoader.add_constructor(None, StrictLoader.construct_unknown)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def load(text: str) -> object:
    """Parse one document. Raises `StrictYamlError` at the first fault."""
    try:
        _refuse_anchors_and_depth(text)
        loader = StrictLoader(text)
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise of_library(error, text) from error
    except yaml.reader.ReaderError as error:
        raise forbidden_character(text) from error
    except yaml.YAMLError as error:
        raise StrictYamlError(1, "yaml", fault=str(error)) from error


def _refuse_anchors_and_depth(text: str) -> None:
    """Go through the file before anything is built: neither aliases nor depth can grow there."""
    depth = 0
    for event in yaml.parse(text, Loader=StrictLoader):
        if isinstance(event, yaml.NodeEvent):
            if event.anchor:
                raise StrictYamlError(_event_line(event), "yaml-anchor", found=event.anchor)
            if tag := getattr(event, "tag", None):
                raise StrictYamlError(_event_line(event), "yaml-tag", found=tag)
            if isinstance(event, _STARTS):
                depth += 1
                if depth > MAX_DEPTH:
                    raise StrictYamlError(_event_line(event), "yaml-deep", limit=MAX_DEPTH)
        elif isinstance(event, _ENDS):
            depth -= 1


def _event_line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def compose(text: str) -> yaml.Node | None:
    """Parse to nodes that know their lines; call it after `load` accepted the text."""
    loader = StrictLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def locate(text: str, loc: Loc) -> int:
    """Return the line, from 1, of the deepest part of `loc` that exists in `text`."""
    return locate_in(compose(text), loc)


def locate_in(node: yaml.Node | None, loc: Loc) -> int:
    """Like `locate`, on nodes composed before. Parts that are not in the file are skipped."""
    line = 1 if node is None else _line(node)
    for part in loc:
        found = _child(node, part)
        if found is not None:
            line, node = found
    return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if str(key.value) == str(part):
                return _line(key), value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        value = node.value[part]
        return _line(value), value
    return None
