"""Checks of the source register and the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from app.content.checks import texts as check_texts
from app.content.citations import passages
from app.content.files import Placed
from app.content.loaded import Loaded
from app.content.model import Glossary, SourceEntry, SourceRegister
from app.content.problems import Problem
from app.content.sources import Library

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of the two files that all courses share."""
    if loaded.register:
        yield from _register(loaded.register)
        yield from _versions(loaded.register, loaded)
    if loaded.glossary:
        yield from _glossary(loaded.glossary, loaded.shelf)


def is_official(url: str, hosts: tuple[str, ...]) -> bool:
    """Say whether an address is https on an official host or a subdomain of one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        plain = parts.username is None and parts.port is None
    except ValueError:
        return False
    plain = plain and host.isascii() and "%" not in host
    covered = any(host == known or host.endswith(f".{known}") for known in hosts)
    return parts.scheme == "https" and plain and covered and not _odd(url)


def _odd(url: str) -> bool:
    return any(char.isspace() or char in "\"'<>\\`" for char in url)


def _register(register: Placed[SourceRegister]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, host in enumerate(register.value.official_hosts):
        if not _HOST.fullmatch(host):
            yield register.problem("host-name", "official_hosts", number, host=host)
    for number, entry in enumerate(register.value.entries):
        line = register.file.line("entries", number)
        if entry.key in first:
            place = f"{register.file.path}:{first[entry.key]}"
            yield register.problem("repeated-id", "entries", number, id=entry.key, first=place)
        first.setdefault(entry.key, line)
        yield from _entry(register, entry, number)


def _versions(register: Placed[SourceRegister], loaded: Loaded) -> Iterator[Problem]:
    """Ask for the version of a law once a course cites it."""
    cited = {
        citation.partition(" ")[0]
        for course_id in loaded.courses
        for passage in passages(loaded, course_id, loaded.courses[course_id].value.source_language)
        for citation in passage.citations()
    }
    for number, entry in enumerate(register.value.entries):
        if entry.national_law and not entry.version and entry.key in cited:
            yield register.problem("version-missing", "entries", number)


def _entry(register: Placed[SourceRegister], entry: SourceEntry, number: int) -> Iterator[Problem]:
    hosts = register.value.official_hosts
    if entry.url and not is_official(entry.url, hosts):
        yield register.problem("host", "entries", number, "url", url=entry.url)
    yield from check_texts.plain(register, entry.title, "entries", number, "title")
    yield from check_texts.plain(register, entry.publisher, "entries", number, "publisher")
    seen: set[str] = set()
    for position, fact in enumerate(entry.facts):
        place = ("entries", number, "facts", position)
        if fact.id in seen:
            yield register.problem("repeated-id", *place, "id", id=fact.id, first=entry.key)
        seen.add(fact.id)
        if fact.url and not is_official(fact.url, hosts):
            yield register.problem("host", *place, "url", url=fact.url)


def _glossary(glossary: Placed[Glossary], library: Library) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, term in enumerate(glossary.value.terms):
        loc = ("terms", number)
        if term.id in seen:
            first = glossary.file.path
            yield glossary.problem("repeated-id", *loc, id=term.id, first=first)
        seen.add(term.id)
        yield from check_texts.plain(glossary, term.term, *loc)
        yield from check_texts.rich(glossary, term.definition, library, *loc, "definition")
        definition = [term.definition]
        if term.definition:
            yield from check_texts.sources(glossary, term.sources, definition, library, *loc)
