"""Every text of the interface in Russian and Belarusian, and catalogues in line with the code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message

from app import translations

GAPS = re.compile(r"%(?:\((\w+)\))?([a-z])")
PLURALS = {"ru": 3, "be": 3}
LETTERS = re.compile(r"[ъищЪИЩ]")  # Russian letters that Belarusian does not have


@cache
def code() -> Catalog:
    return translations.extracted()


@cache
def catalogue(language: str) -> Catalog:
    return translations.read(language)


def texts(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def strings(text: str | Iterable[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def key(message: Message) -> tuple[object, object]:
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_of_the_code_is_translated_and_nothing_else_is_kept(language: str) -> None:
    wanted = {key(message): message for message in texts(code())}
    kept = {key(message): message for message in texts(catalogue(language))}
    assert sorted(map(str, wanted.keys() - kept.keys())) == [], "run flask i18n update"
    assert sorted(map(str, kept.keys() - wanted.keys())) == [], "run flask i18n update"
    assert not catalogue(language).obsolete
    assert translations.untranslated(catalogue(language)) == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_has_the_gaps_and_the_plural_forms_of_its_text(language: str) -> None:
    wrong = []
    for message in texts(catalogue(language)):
        gaps = set().union(*(GAPS.findall(text) for text in strings(message.id)))
        said = [text for text in strings(message.string or "") if text]
        if isinstance(message.id, tuple | list) and said and len(said) != PLURALS[language]:
            wrong.append(f"{message.id}: {len(said)} forms")
        for text in said:
            found = GAPS.findall(text)
            if set(found) != gaps or text.replace("%%", "").count("%") != len(found):
                wrong.append(f"{message.id} -> {text}")
    assert wrong == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_keeps_the_spaces_around_its_text_and_its_closing_mark(language: str) -> None:
    wrong = []
    for message in texts(catalogue(language)):
        for source, text in zip(strings(message.id), strings(message.string or ""), strict=False):
            if text and (text != text.strip()) != (source != source.strip()):
                wrong.append(f"{source!r} -> {text!r}")
            ends = source.rstrip()[-1] in ".?!:" and text.rstrip()[-1:] not in tuple(".?!:…»”")
            if text and ends and not text.endswith(")s"):  # a date may bring its own full stop
                wrong.append(f"{source!r} -> {text!r}")
    assert wrong == []


def test_belarusian_is_not_written_with_russian_letters() -> None:
    wrong = [
        text
        for message in texts(catalogue("be"))
        for text in strings(message.string or "")
        if LETTERS.search(text)
    ]
    assert wrong == []
    assert [
        text
        for message in texts(catalogue("ru"))
        for text in strings(message.string or "")
        if re.search("[іўІЎ]", text.replace("Беларуская", ""))
    ] == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_bringing_a_catalogue_in_line_with_the_code_would_change_nothing(
    language: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = translations.source(language).read_bytes()
    for one in translations.LANGUAGES:
        copy = tmp_path / one / "LC_MESSAGES" / "messages.po"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(translations.source(one).read_bytes())
    found = code()
    monkeypatch.setattr(translations, "extracted", lambda: found)
    monkeypatch.setattr(
        translations, "source", lambda one: tmp_path / one / "LC_MESSAGES" / "messages.po"
    )
    translations.update_all()
    assert translations.source(language).read_bytes() == before, "run flask i18n update"
