"""What no text may claim: that a return is voluntary, or that all will end well.

Whether a decision is voluntary is assessed by the organisation that assists; a course that states
it as a fact, or promises an outcome, puts words into the mouth of an officer. Questions,
conditions, denials, what somebody else says, and quoted words claim nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.content.spoken import bare, is_quoted, sentence_at

_NEAR = 160  # letters around a word of a claim in which the rest of it stands
_AROUND = 70  # letters before a claim in which a word may lift it


@dataclass(frozen=True)
class Claim:
    """A claim in a text: the code of its rule, the place of its first letter, and its words."""

    code: str
    at: int
    words: str


def claims(text: str, lang: str) -> Iterator[Claim]:
    """Yield what a text claims and must not, in order of place."""
    clean = bare(text)
    matches: dict[int, tuple[str, re.Match[str]]] = {}
    for code, pattern, hint in _RULES[lang]:
        for near in hint.finditer(clean):
            for match in pattern.finditer(clean, max(0, near.start() - _NEAR), near.end() + _NEAR):
                matches.setdefault(match.start(), (code, match))
    for at, (code, match) in sorted(matches.items()):
        if _is_said(clean, match, lang) and not is_quoted(text, at):
            yield Claim(code, at, " ".join(match[0].split()))


def _is_said(text: str, match: re.Match[str], lang: str) -> bool:
    """Say whether a claim is the text's own: no question, and nothing around it lifts it."""
    start, end = sentence_at(text, match.start())
    if text[start:end].rstrip("»”“\")' ").endswith("?"):
        return False
    rest = re.split(r"[,;:—]", text[match.end() : end], maxsplit=1)[0]
    around = text[max(start, match.start() - _AROUND) : match.end()] + rest
    return not _LIFTED[lang].search(around)


def _words(text: str) -> str:
    """Make an alternation of words; a dot in one is any letter, a star any ending."""
    return "|".join(word.replace("*", r"\w*").replace("_", r"\s") for word in text.split())


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _is_so(of: str, links: str, states: str) -> str:
    """Match a noun and what is said of it, with nothing but `links` between them."""
    ended = r"(?=\s*(?:[.,;:!»”)]|$)|\s(?:and|so|but|и|а|но|поэтому|і|але|таму)\s)"
    return rf"\b(?:{_words(of)})\s+(?:(?:{_words(links)})[\s,]+)*(?:{_words(states)}){ended}"


def _done_so(verbs: str, adverb: str) -> str:
    """Match something done and how, in either order."""
    done = _words(verbs)
    return rf"\b(?:{done})\s+(?:\w+\s+){{0,2}}{adverb}\b|\b{adverb}\s+(?:{done})\b"


def _signed_so(signed: str, hence: str, state: str) -> str:
    """Match the conclusion from a signature."""
    return rf"\b(?:{_words(signed)})\b[^.?!]{{0,30}}(?:{_words(hence)})\b[^.?!]{{0,20}}\b{state}"


def _lifting(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words(words)})\b", re.IGNORECASE)


_VOLUNTARY = {
    "en": _pattern(
        _is_so(
            "return returns departure decision choice consent signature it this",
            "is was are were always truly fully clearly entirely purely therefore thus then "
            "already completely free and home of to the her his their person migrant",
            "voluntary",
        ),
        _done_so(
            "returned returns left leaves went agreed agrees signed signs decided decides chose "
            "chooses",
            "voluntarily",
        ),
        _signed_so("signed signature", "so therefore hence which_means", "voluntar"),
    ),
    "ru": _pattern(
        _is_so(
            "возвращение возвращения выезд отъезд решение решения согласие выбор подпись оно это",
            "— – - это было был была были всегда вполне полностью целиком уже здесь его её их "
            "человека домой значит и свободное свободно является являются остаётся становится",
            "добровольно добровольна добровольны доброволен добровольное добровольный добровольная "
            "добровольные добровольным добровольной добровольными",
        ),
        _done_so(
            "вернул* вернётся вернется возвращается возвращаются возвратил* уехал* уезжает уезжают "
            "выехал* выезжает выезжают согласил* подписал* решил*",
            "добровольно",
        ),
        _signed_so("подпис*", "значит следовательно поэтому то_есть", "добровольн"),
    ),
    "be": _pattern(
        _is_so(
            "вяртанне вяртання вяртанні выезд ад.езд рашэнне рашэнні згода выбар подпіс яно гэта",
            "— – - гэта было быў была былі заўсёды цалкам поўнасцю ўжо тут яго яе іх чалавека "
            "дадому значыць і свабоднае свабодна з.яўляецца з.яўляюцца застаецца становіцца",
            "добраахвотна добраахвотнае добраахвотны добраахвотная добраахвотныя добраахвотным "
            "добраахвотнай добраахвотнымі",
        ),
        _done_so(
            "вярнуў* вярнул* вернецца вяртаецца вяртаюцца паехаў паехал* з.ехаў з.ехал* выехаў "
            "выехал* выязджае выязджаюць згадзіў* згадзіл* пагадзіў* пагадзіл* падпісаў падпісал* "
            "вырашыў вырашыл*",
            "добраахвотна",
        ),
        _signed_so("падпіс* подпіс*", "значыць такім_чынам таму гэта_значыць", "добраахвотн"),
    ),
}
_PROMISE = {
    "en": _pattern(r"\b(?:we|I)\s+(?:(?:can|will|do)\s+)?(?:guarantee|promise)\b"),
    "ru": _pattern(r"\b(?:гарантируем|гарантирую|обещаем|обещаю)\b"),
    "be": _pattern(r"\b(?:гарантуем|гарантую|абяцаем|абяцаю)\b"),
}
# Small letters, some of which a text has that claims something.
HINTS = {
    "en": ("oluntar", "guarantee", "promise"),
    "ru": ("обровол", "арантир", "беща"),
    "be": ("обраахвот", "арант", "бяца"),
}
_RULES = {
    lang: (
        ("voluntariness", _VOLUNTARY[lang], re.compile(first)),
        ("promise", _PROMISE[lang], re.compile("|".join(others))),
    )
    for lang, (first, *others) in HINTS.items()
}
# Words that make of a claim a question, a condition, a denial or somebody's view.
_LIFTED = {
    "en": _lifting(
        "whether if unless until when only not cannot *n['’]t never no assess* may might can could "
        "should would must say says said believe* claim* call* consider* according doubt* "
        "question* nobody nothing"
    ),
    "ru": _lifting(
        "не ни нет ли если когда пока чтобы только лишь оцен* может могут можно должн* бывает "
        "счита* утвержда* говор* сказа* по_мнению якобы будто сомне* называ* никто никогда нельзя"
    ),
    "be": _lifting(
        "не ні няма ці калі пакуль каб толькі адно ацэн* ацаніць можа могуць можна павін* бывае "
        "лічыц* лічаць сцвярджа* гавор* кажа* сказа* на_думку нібыта быццам сумн* называ* ніхто "
        "ніколі нельга"
    ),
}
