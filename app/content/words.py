"""Words as a search sees them: folded letters, and what the forms of one word have in common.

Pure, and the same in three languages. The script of the search page folds and splits as this
does, but stems nothing: it gets the stems from the index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.russian_stemmer import RussianStemmer

_MARKS = "\u0300-\u036f\u00ad'\u2019\u02bc`"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
# I and і are one: a Russian keyboard has no key for the second.
_SAME = str.maketrans("іґ", "иг")
_DROPPED = re.compile(f"(и\u0306)|[{_MARKS}]")  # all but the breve of й
_CYRILLIC = re.compile("[а-яё]")
_VOWELS = "аеиоуыэюя"
_KEPT_LETTERS = 3  # a stem keeps at least these

SKIPPED = {
    "ru": "без бы во вы да для до ее же за из или им их как ко на не ни но об он она они от по "
    "при со так то у что эта эти это этот",
    "be": "аб ад без бы ва вы да для да до за из и или им их ки калі на не ни но па пра пры са так "
    "то ты ци гэта гэты яго яе яна яны ён што як",
    "en": "an and are as at be but by for from he if in is it its of on or she so that the they "
    "this to was were which will with you",
}
ENDINGS = {
    "ru": "а я о е ы и у ю ь ой ей ою ею ом ем ам ям ами ями ах ях ов ев ий ый ая яя ое ее ые ие "
    "ия ию ии ием иям иями иях ого его ому ему ым им ых их ыми ими ую юю ть ться ет ит ют ят тся "
    "ла ло ли лся лась лись",
    "be": "а я о е э ы і у ю ь ам ям ом ём ем эм ой ёй ей эй ай яй аю яю ою ёю ею эю оў аў ёў яў "
    "еў ах ях ох ёх амі ямі ія ыя іі ыі ію ыю ій ый ыяй іяй іям ыям іях ыях іямі ыямі ая яя "
    "ое ае яе ые іе ага яга ога ёга аму яму ому ым ім ых іх ымі імі ую юю ць аць яць ець "
    "эць іць ыць уць юць ці чы ла ло лі ала яла іла ыла алі ялі ілі ылі іў ыў эў аем яем "
    "аеш еш эш іш ыш еце эце іце ыце аеце ючы учы ачы ячы ся цца ацца яцца ецца эцца іцца "
    "ыцца аецца юцца уцца аюцца ўся лася лося ліся аўся алася алося аліся іўся ілася іліся "
    "ыўся ылася ыліся юся",
    "en": "s es ed d ing er ers ly al als able ability abilities ion ions ation ations ment ments",
}
# Words whose forms share too little, or look like forms of others: beginnings of one word each.
_IRREGULAR = {
    "ru": ("ребенок ребенк дет детьм", "человек люд людьм"),
    "be": (
        "дзіц дзіцяц дзец дзяц дзяцьм",
        "чалавек люд людз людзьм",
        "дапамог дапамоз",
        "дарог дароз",
        "паваг паваз",
        "пераваг пераваз",
        "перамог перамоз",
        "трывог трывоз",
        "уваг уваз",
    ),
    "en": ("child children", "man men", "person people", "woman women"),
}


@dataclass(frozen=True)
class Token:
    """A word of a text, folded, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Stem:
    """How the forms of one word begin, the form at hand first; and forms that begin otherwise."""

    beginnings: tuple[str, ...]
    forms: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return `text` in the letters that are compared: small, without apostrophes and accents.

    Ё is е, і is и, a soft hyphen is nothing; and ў is у, since one word has both by turns:
    у краіну, ва ўсю краіну.
    """
    letters = unicodedata.normalize("NFD", text.lower()).translate(_SAME)
    return unicodedata.normalize("NFC", _DROPPED.sub(r"\1", letters))


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of `text` in order; single letters are none."""
    for match in _WORD.finditer(text):
        folded = fold(match[0])
        if len(folded) > 1 or folded.isdecimal():
            yield Token(folded, match.start(), match.end())


@lru_cache(maxsize=32_768)
def stem(word: str, language: str) -> Stem:
    """Return the stem of a folded word; one in Latin letters is English in every language."""
    code = language if _CYRILLIC.search(word) else "en"
    if not word.isalpha() or (code == "en" and not word.isascii()):
        return Stem((word,))
    for group in _KIN[code]:
        for begins in group:
            if word == begins or (word.startswith(begins) and word[len(begins) :] in endings(code)):
                return Stem(_unique(begins, *group))
    return _STEMMERS[code](word)


@lru_cache(maxsize=3)
def skipped_words(language: str) -> frozenset[str]:
    """Return the words, folded, that say nothing about a text."""
    return frozenset(fold(SKIPPED[language]).split())


@lru_cache(maxsize=3)
def endings(language: str) -> frozenset[str]:
    """Return what, folded, a form may have behind its beginning; it may have nothing, too."""
    return frozenset(fold(ENDINGS[language]).split())


def _unique(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _after(letters: str) -> Callable[[str, str], bool]:
    """Return a test: a word ends in the given letters, with one of `letters` before them."""

    def ends(word: str, tail: str) -> bool:
        return len(word) > len(tail) + 1 and word.endswith(tail) and word[-len(tail) - 1] in letters

    return ends


_after_vowel = _after(_VOWELS)
_after_consonant = _after("бвгджзйклмнпрстфхцчшщ")


def _russian(word: str) -> Stem:
    begins = RussianStemmer().stemWord(word)
    if begins == word and (_after_consonant(word, "ец") or _after_consonant(word, "ок")):
        return Stem((word, word[:-2] + word[-1]))
    if begins == word and word[-2:] == "ек" and _after("жчш")(word, "ек"):
        return Stem((word, word[:-2] + "к"))
    with_k = "ек" if begins[-2:-1] in "жчш" else "ок"
    return Stem(_unique(begins, *_whole(word, begins)), _with_fleeting_vowel(begins, with_k))


def _whole(word: str, begins: str) -> tuple[str, ...]:
    """Return a word that seems to lose much, since it may have no ending: приём, рэжым."""
    is_doubtful = len(begins) <= _KEPT_LETTERS and word[-1] not in _VOWELS
    return (word,) if is_doubtful else ()


def _with_fleeting_vowel(begins: str, with_k: str) -> tuple[str, ...]:
    if _after_consonant(begins, "ц"):
        return (f"{begins[:-1]}ец",)
    return (f"{begins[:-1]}{with_k}",) if _after_consonant(begins, "к") else ()


def _belarusian(word: str) -> Stem:
    begins = _without_ending(word)
    left = word[len(begins) :]
    others: tuple[str, ...] = ()
    if not left and (
        _after_consonant(word, "ец") or _after_consonant(word, "ак") or _after_consonant(word, "ок")
    ):
        others = (word[:-2] + word[-1],)
    elif _after_vowel(word, "у"):  # in truth ў, of в or of an ending
        others = (f"{word[:-1]}в",)
    elif left in ("е", "э", "ы", "и"):
        others = tuple(begins[: -len(soft)] + hard for soft, hard in _SOFT if begins.endswith(soft))
    found = _unique(begins, *others, *_whole(word, begins))
    return Stem(found, _unique(*(form for one in found for form in _alternated(one))))


# How a consonant changes before the ending of the dative and locative: soft, hard.
_SOFT = (("ц", "т"), ("ц", "к"), ("з", "г"), ("с", "х"), ("дз", "д"))
_HARD = {"т": ("це",), "д": ("дзе",), "к": ("цы", "цэ"), "г": ("зе",), "х": ("се",)}


def _alternated(begins: str) -> tuple[str, ...]:
    soft = tuple(begins[:-1] + form for form in _HARD.get(begins[-1], ()))
    spirant = (f"{begins[:-1]}у",) if _after_vowel(begins, "в") else ()
    return (*_with_fleeting_vowel(begins, "ак"), *soft, *spirant)


def _without_ending(word: str) -> str:
    known = endings("be")
    for at in range(_KEPT_LETTERS, len(word)):
        is_rest = word[at:] == "у" and word[at - 1] in _VOWELS.replace("у", "")
        if word[at:] in known and not is_rest and any(one in _VOWELS for one in word[:at]):
            return word[:at]
    return word


def _english(word: str) -> Stem:
    found = EnglishStemmer().stemWord(word)
    if found.endswith("i") and word.startswith(found[:-1]) and len(found) > _KEPT_LETTERS:
        return Stem(_unique(word[: len(found)], found, f"{found[:-1]}y"))
    return Stem((found if word.startswith(found) else word,))


_STEMMERS: dict[str, Callable[[str], Stem]] = {
    "ru": _russian,
    "be": _belarusian,
    "en": _english,
}
_KIN = {
    code: tuple(tuple(fold(group).split()) for group in groups)
    for code, groups in _IRREGULAR.items()
}
