"""Words that must not stand for a term, found in all their forms.

English words are compared as they are, with a plural; Russian and Belarusian words by their stems
(`app.content.words`), up to what only
endings follow, so that a participle does not stand for its verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from app.content.model import Term
from app.content.spoken import bare, is_quoted
from app.content.words import endings, stem, tokens

_BETWEEN = r"[\s\u00ad-]+(?:\w[\s\u00ad-]+)?"  # a word of one letter is no token
_ALIKE = 5  # letters at the beginning that make two words akin
_SHOWN = re.compile(r"\[\[term:([^\[\]|\\]*)\\?\|([^\[\]]*)\]\]")


@dataclass(frozen=True)
class Phrase:
    """Words to avoid for a term; all their forms have the letters of `hint` and look like `near`.

    Both are of small letters; the first letter of the first word is left out.
    """

    term: Term
    lang: str
    words: tuple[str, ...]
    hint: str
    near: re.Pattern[str]


@dataclass(frozen=True)
class Found:
    """Words in a text that stand for a term and should not."""

    term: Term
    at: int
    words: str


def phrases(terms: Iterable[Term], lang: str) -> list[Phrase]:
    """Return the phrases that the glossary avoids in a language."""
    return [_phrase(term, lang, avoided) for term in terms for avoided in getattr(term.avoid, lang)]


def avoided(text: str, phrase: Phrase) -> Iterator[Found]:
    """Yield where a text says a phrase; what it quotes is not meant."""
    clean = bare(text)
    small = clean.lower()
    for near in phrase.near.finditer(small if len(small) == len(clean) else clean):
        start = max(0, near.start() - 1)
        if start and clean[start - 1].isalnum():
            continue
        said = [token.text for token in tokens(clean[start : near.end()])]
        is_said = len(said) == len(phrase.words) and all(
            _is_form(found, word, phrase.lang)
            for found, word in zip(said, phrase.words, strict=True)
        )
        if is_said and not is_quoted(text, start):
            yield Found(phrase.term, start, " ".join(clean[start : near.end()].split()))


def foreign_forms(text: str, lang: str, terms: dict[str, Term]) -> Iterator[Found]:
    """Yield the marks `[[term:id|shown]]` whose shown words have nothing of the term."""
    for match in _SHOWN.finditer(text) if "[[term:" in text else ():
        term = terms.get(match[1].strip())
        if term and not _is_akin(term.term.in_language(lang), match[2], lang):
            yield Found(term, match.start(), " ".join(match[2].split()))


def _phrase(term: Term, lang: str, words: str) -> Phrase:
    said = list(tokens(words))
    hints = [_hint(words[one.start : one.end].lower(), one.text, lang) for one in said]
    near = rf"\w*{_BETWEEN}\w".join(map(re.escape, hints)) + r"\w*"
    known = tuple(token.text for token in said)
    return Phrase(term, lang, known, max(hints, key=len), re.compile(near))


def _hint(written: str, word: str, lang: str) -> str:
    """Return letters that every form of a word has behind its first."""
    shared = _shared(_beginnings(word, lang))
    return written[1 : len(shared)] if len(written) == len(word) else ""


def _shared(beginnings: list[str]) -> str:
    """Return the letters with which all of them begin."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*beginnings, strict=False))
    return "".join(letters[0] for letters in alike)


@lru_cache(maxsize=8192)
def _is_form(found: str, word: str, lang: str) -> bool:
    """Say whether a folded word of a text is a form of a word to avoid."""
    if lang == "en":
        return found in (word, f"{word}s", f"{word}es")
    return any(
        found == begins or (found.startswith(begins) and found[len(begins) :] in endings(lang))
        for begins in _beginnings(word, lang)
    )


@lru_cache(maxsize=512)
def _beginnings(word: str, lang: str) -> list[str]:
    """Return how the forms of a word begin, up to what only endings follow."""
    if lang == "en":
        return [word]
    known = stem(word, lang)
    first, *others = known.beginnings
    if word.startswith(first):
        ends = (at for at in range(len(first), len(word)) if word[at:] in endings(lang))
        first = word[: next(ends, len(word))]
    return [first, *others, *known.forms]


@lru_cache(maxsize=8192)
def _is_akin(term: str, shown: str, lang: str) -> bool:
    if term[:_ALIKE].lower() == shown[:_ALIKE].lower():
        return True
    ours = _stems(term, lang)
    return not ours or bool(ours & _stems(shown, lang))


@lru_cache(maxsize=1024)
def _stems(text: str, lang: str) -> frozenset[str]:
    found = [stem(token.text, lang) for token in tokens(text)]
    return frozenset(begins for one in found for begins in (*one.beginnings, *one.forms))
