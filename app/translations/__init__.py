"""Catalogues of the interface: `<language>/LC_MESSAGES/messages.po` is the master copy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.content.typography import typeset

FOLDER = Path(__file__).parent
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)  # the same catalogue gives the same file
LANGUAGES = ("ru", "be")  # the texts in the code are English
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy": None, "N_": None, "ngettext": (1, 2)}


def source(language: str) -> Path:
    """Return the path of the catalogue of `language`."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def compile_all() -> int:
    """Compile every catalogue that is older than its text; return how many were compiled."""
    done = 0
    for language in LANGUAGES:
        path = source(language)
        target = path.with_suffix(".mo")
        if not path.exists():
            continue
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with target.open("wb") as compiled:
            write_mo(compiled, _typeset(read(language), language))
        done += 1
    return done


def _typeset(catalogue: Catalog, language: str) -> Catalog:
    """Bind short words and dashes, as lessons do; the master copy keeps plain spaces."""
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.string, str):
            message.string = typeset(message.string, language)
        else:
            message.string = tuple(typeset(text, language) for text in message.string or ())
    return catalogue


def read(language: str) -> Catalog:
    """Return the catalogue of `language`, empty when there is none."""
    path = source(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as text:
        return read_po(text, locale=language)


def extracted() -> Catalog:
    """Return every text that the code and the templates ask to translate."""
    found = Catalog()
    root = FOLDER.parent
    options = {"**/templates/**.html": {"trimmed": "true"}}
    for _path, _line, message, _comments, context in extract_from_dir(
        root, method_map=METHODS, options_map=options, keywords=KEYWORDS
    ):
        found.add(message, context=context)
    return found


def update_all() -> dict[str, list[str]]:
    """Bring the catalogues in line with the code; return what lacks a translation."""
    template = extracted()
    missing: dict[str, list[str]] = {}
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        catalogue.header_comment = f"# Texts of the interface: {language}"
        catalogue.project, catalogue.version = "AVRR Academy", "1"
        catalogue.last_translator = catalogue.language_team = "AVRR Academy"
        catalogue.msgid_bugs_address = ""
        catalogue.creation_date = catalogue.revision_date = WRITTEN
        path = source(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as text:
            write_po(text, catalogue, width=100, sort_output=True, omit_header=False)
        missing[language] = untranslated(catalogue)
    return missing


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the texts of a catalogue that have no or a doubtful translation."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not _complete(message.string))
    ]


def _complete(string: str | list[str] | tuple[str, ...] | None) -> bool:
    return bool(string) and (isinstance(string, str) or all(string or ()))
