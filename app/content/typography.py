"""Spaces and hyphens that must not break a line, by language."""

from __future__ import annotations

import re

_NBSP = "\u00a0"
_SHORT = {
    "ru": "а в во до за и из к ко на не ни но о об от по с со у я",
    "be": "а аб ад да з за і й к ка на не ні но па па са са то у ў я",
    "en": "",
}
_LABELS = {
    "ru": r"ст\.|п\.|пп\.|ч\.|гл\.|разд\.|с\.|№",
    "be": r"арт\.|п\.|пп\.|ч\.|гл\.|разд\.|с\.|№",
    "en": r"arts?\.?|paras?\.?|No\.|Nos\.",
}
_TAG = re.compile(r"(<[^>]*>)")


def _rules(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = [(re.compile(rf"(?<!\w)({_LABELS[lang]})[ \n](?=\d)"), rf"\1{_NBSP}")]
    if lang != "en":
        words = "|".join(sorted(set(_SHORT[lang].split())))
        rules += [
            (re.compile(rf"(?<![\w'’ʼ])({words})[ \n](?=\S)", re.IGNORECASE), rf"\1{_NBSP}"),
            (re.compile(r"(?<=\S)[ \n]+—"), f"{_NBSP}—"),
            (re.compile(r"(?<!\w)(г|сп)-(?=\w{1,4}(?!\w))", re.IGNORECASE), "\\1\u2011"),
        ]
    return tuple(rules)


_RULES = {lang: _rules(lang) for lang in _SHORT}


def typeset(text: str, lang: str) -> str:
    """Bind short words, dashes and numbers in plain text."""
    for pattern, replacement in _RULES[lang]:
        text = pattern.sub(replacement, text)
    return text


def typeset_html(html: str, lang: str) -> str:
    """Do the same in HTML, leaving tags alone."""
    parts = _TAG.split(html)
    return "".join(part if part.startswith("<") else typeset(part, lang) for part in parts)
