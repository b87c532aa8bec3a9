"""Patterns that spoil an item, in three languages: what gives an option away or trips a reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.content.sentences import sentences
from app.content.spoken import bare, is_quoted


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE | re.MULTILINE)


_OF_THE_ABOVE = {
    "en": _pattern(
        r"\b(?:all|none|any|both|neither|either) of the above\b",
        r"^(?:all|none|any|both|neither) of the (?:options|answers|others)\b",
        r"\b(?:all|none) the above\b",
        r"^(?:all|none|both|neither|any) of (?:these|them|those)\W*$",
        r"\b(?:both|neither) [a-d] (?:and|nor) [a-d]\b",
    ),
    "ru": _pattern(
        r"\b(?:вс[её]|ничего|ничто|ни одно\w*|ни один|любо\w+) (?:из )?(?:выше)?перечисленн\w+",
        r"\b(?:вс[её]|ничего|ничто|ни одно\w*|ни один) (?:из )?(?:вышеуказанн\w+|вышеназванн\w+"
        r"|названн\w+ выше|указанн\w+ выше)",
        r"\b(?:все|оба) (?:ответы|ответа|варианты|варианта)(?:\W*$| (?:верн|правильн|подход)\w+)",
        r"\bни один (?:из )?(?:ответ\w*|вариант\w*)|\bнет (?:верного|правильного) ответа",
        r"^вс[её] это\W*$",
    ),
    "be": _pattern(
        r"\b(?:ус[её]|ўс[её]|нічога|нішто|ніводн\w+|ніводзін|любо\w+|любы) (?:з )?"
        r"(?:вышэй)?пералічан\w+",
        r"\b(?:ус[её]|ўс[её]|нічога|ніводн\w+|ніводзін) (?:з )?(?:вышэйзгадан\w+|вышэйназван\w+"
        r"|назван\w+ вышэй|згадан\w+ вышэй)",
        r"\b(?:усе|ўсе|абодва) (?:адказы|варыянты)(?:\W*$| (?:слушн|правільн|падыход)\w+)",
        r"\bніводзін (?:з )?(?:адказ\w*|варыянт\w*)|\bняма (?:правільнага|слушнага) адказу",
        r"^ус[её] гэта\W*$",
    ),
}
# Small letters, some of which an option has that means others.
_OTHERS = {
    "en": ("above", "of the", "of these", "of them", "of those", "both", "neither"),
    "ru": ("перечислен", "указан", "назван", "ответ", "вариант", "это"),
    "be": ("пералічан", "згадан", "назван", "адказ", "варыянт", "гэта"),
}
_ABSOLUTE = {
    "en": _pattern(
        r"\b(?:always|never|without exception|under no circumstances|in (?:all|every) cases?"
        r"|absolutely|only (?:if|when|after))\b",
    ),
    "ru": _pattern(
        r"\b(?:всегда|никогда|без исключени[яй]|ни при каких|в любом случае|во всех случаях"
        r"|исключительно|абсолютно|(?:только|лишь) (?:если|когда|после))\b",
    ),
    "be": _pattern(
        r"\b(?:заўсёды|заўжды|ніколі|без выключэння\w?|ні пры якіх|у любым выпадку|ва ўсіх выпадках"
        r"|выключна|абсалютна|(?:толькі|адно) (?:калі|пасля))\b",
    ),
}
# The first group is the negation, which may be set in bold.
_NEGATIVE = {
    "en": re.compile(
        r"\b(?:which|what|who)(?: of (?:these|those|them|the following))?(?: \w+){0,2}? "
        r"(?:is|are|was|do|does|should|must|may|can|would|will|has|have)(n[’']t| not\b| never\b)"
        r"|\b(?:which|what|who) (?:do|does|should|must|may|can|would|will) (?:\w+ ){1,2}?"
        r"(not|never)\b"
        r"|\b(?:all|each|any)\b[^.?!]{0,60}\b(except)\b|\b(except)(?= one\b|\s*[:?…])",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"^(?:\w{1,3} )?(?:что|чего|кто|кого|кому|как\w*|котор\w+)"
        r"(?: из (?:них|этого|этих|перечисленн\w+|следующ\w+))?"
        r"(?: (?!(?:и|или|а|но|чтобы|если|ли)\b)[\w-]+){0,2}? (не|нельзя)\b(?! только)"
        r"|\b(?:все|всё|всем|всеми|всех|всего|люб\w+|кажд\w+)\b[^.?!]{0,60}"
        r"\b(кроме|за исключением)\b(?! того)"
        r"|\b(кроме|за исключением)(?= одно\w+\b|\s*[:?…])",
        re.IGNORECASE,
    ),
    "be": re.compile(
        r"^(?:\w{1,3} )?(?:што|чаго|хто|каго|каму|як\w*|катор\w+)"
        r"(?: з (?:іх|гэтага|гэтых|пералічан\w+|наступн\w+))?"
        r"(?: (?!(?:і|ці|або|а|але|каб|калі)\b)[\w-]+){0,2}? (не|нельга)\b(?! толькі)"
        r"|\b(?:[уў]с(?:е|ё|ім|імі|іх|яго)|люб\w+|кожн\w+)\b[^.?!]{0,60}"
        r"\b(акрамя|апроч|за выключэннем)\b(?! таго)"
        r"|\b(акрамя|апроч|за выключэннем)(?= аднаго\b| адной\b|\s*[:?…])",
        re.IGNORECASE,
    ),
}
_LOUD = {"en": re.compile(r"\b(NOT|EXCEPT)\b"), "ru": re.compile(r"\b(НЕ|КРОМЕ)\b")}
_LOUD["be"] = re.compile(r"\b(НЕ|АКРАМЯ|АПРОЧ)\b")
_ARTICLES = ("a", "an", "the")
# Small letters, some of which a negative question has.
_DENIED = {
    "en": ("not", "n't", "n’t", "never", "except"),
    "ru": ("не", "кроме", "исключ"),
    "be": ("не", "акрамя", "апроч", "выключ"),
}
_CLOSING = " .,;:!?…»”“\"')*"
_LAST = 2  # letters
_NOISE = re.compile(r"[\W_]+")


def of_the_above(options: Sequence[str], lang: str) -> list[str]:
    """Return for each option the words that mean other options, or nothing."""
    said = " ".join(options).lower()
    if not any(hint in said for hint in _OTHERS[lang]):
        return [""] * len(options)
    return _said(_OF_THE_ABOVE[lang], options)


def absolute_words(options: Sequence[str], lang: str) -> list[str]:
    """Return for each option the words that hold without exception, or nothing."""
    return _said(_ABSOLUTE[lang], options)


@lru_cache(maxsize=4096)
def negative_question(stem_text: str, lang: str) -> tuple[str, bool] | None:
    """Return the question of a stem if it asks for what is wrong, and whether in bold.

    The question is the last sentence.
    """
    told = sentences(stem_text, lang)
    question = told[-1][1] if told else ""
    clean = bare(question)
    if not any(hint in clean.lower() for hint in _DENIED[lang]):
        return None
    offset = len(clean) - len(clean.lstrip())
    match = _LOUD[lang].search(clean) or _NEGATIVE[lang].search(" ".join(clean.split()))
    if match is None or is_quoted(question, offset + 1):
        return None
    negation = next(group for group in match.groups() if group).strip()
    in_bold = re.search(
        rf"\*\*[^*]{{0,15}}{re.escape(negation)}[^*]{{0,15}}\*\*", question, re.IGNORECASE
    )
    return " ".join(clean.split()), bool(in_bold)


def alike(options: Sequence[str], lang: str) -> list[tuple[int, int]]:
    """Return the options that say the same as an earlier one, with the first that says so."""
    ends = [option.rstrip(_CLOSING)[-_LAST:].lower() for option in options]
    if len(set(ends)) == len(ends):  # quick: no two of them end alike
        return []
    same = [_simplified(option, lang) for option in options]
    return [(n, same.index(text)) for n, text in enumerate(same) if text in same[:n]]


def _simplified(text: str, lang: str) -> str:
    """Return a text in small letters without marks, punctuation and articles."""
    said = _NOISE.sub(" ", bare(text)).lower().replace("ё", "е").split()
    return " ".join(word for word in said if lang != "en" or word not in _ARTICLES)


def _said(pattern: re.Pattern[str], options: Sequence[str]) -> list[str]:
    if not pattern.search("\n".join(options)):
        return [""] * len(options)
    found = [(pattern.search(bare(option)), option) for option in options]
    return [
        match[0] if match and not is_quoted(option, match.start()) else ""
        for match, option in found
    ]
