"""Forms of one word are found by each other, in the words our lessons and glossary have."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.plain import plain_text
from app.content.words import endings, fold, skipped_words, stem, tokens
from app.learning.search_index import Index, Place, read_query
from app.text import LANGUAGES

CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіўґ"
words = st.text(CYRILLIC + "abcxyz'’-́­01", min_size=1, max_size=24)

PARADIGMS = {
    "ru": (
        "возвращение возвращения возвращению возвращением возвращении возвращений возвращениями",
        "ребёнок ребенок ребёнка ребенка ребёнку дети детей детям детьми детях",
        "беженец беженца беженцу беженцы беженцев беженцами",
        "иностранец иностранца иностранцы иностранцев",
        "граница границы границу границей границ границах",
        "порядок порядка порядке порядком",
        "приём приёма приёмом",
        "человек человека людей людям людьми",
        "добровольный добровольная добровольного добровольному добровольных",
        "ходатайство ходатайства ходатайству ходатайств",
        "проверка проверки проверке проверку проверок",
        "высылка высылки высылку высылок",
    ),
    "be": (
        "вяртанне вяртання вяртанню вяртаннем вяртанні вяртанняў",
        "мяжа мяжы мяжу мяжой мяжою",
        "дзіця дзіцяці дзіцём дзеці дзяцей дзецям дзяцьмі дзецях",
        "бежанец бежанца бежанцу бежанцы бежанцаў бежанцамі",
        "дакумент дакумента дакуменце дакументаў дакументамі",
        "рука рукі руцэ рукой",
        "небяспека небяспекі небяспецы небяспеку небяспекай",
        "дапамога дапамогі дапамозе дапамогай",
        "дарога дарогі дарозе дарог",
        "умова умовы умоў умовах",
        "дзяржава дзяржавы дзяржаў дзяржавамі",
        "правы правоў правах правамі",
        "выпадак выпадку выпадкі выпадкаў",
        "высылка высылкі высылцы высылак",
        "суд суда судзе судом",
        "рэінтэграцыя рэінтэграцыі рэінтэграцыю рэінтэграцыяй",
        "асоба асобы асобе асоб асобамі",
        "прымусовы прымусовая прымусовага прымусоваму прымусовых",
        "сям’я сям'і сямʼю",
        "людзі людзей людзям людзьмі чалавек чалавека",
        "вярнуўся вярнулася вярнуліся",
        "рэжым рэжыму рэжыме",
        "уезд ўезд уезду ўездам",
    ),
    "en": (
        "return returns returned returning",
        "child children child's",
        "policy policies",
        "voluntary",
        "vulnerable vulnerability vulnerabilities",
        "removal removals removed",
        "person people persons",
        "detention detentions",
    ),
}
FORMS = [
    (language, forms.split(), one)
    for language, rows in PARADIGMS.items()
    for forms in rows
    for one in forms.split()
]


def index_of(text: str, language: str) -> Index:
    return Index("Course", language, [Place("lesson", "", "/x", text)])


@pytest.mark.parametrize(("language", "forms", "one"), FORMS, ids=str)
def test_a_text_with_one_form_is_found_by_each_other(language, forms, one):
    index = index_of(one, language)
    missed = [form for form in forms if not index.find(read_query(f"{form} ", language))]
    assert missed == []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "страна", "страница"),
        ("ru", "прием", "приказ"),
        ("ru", "дети", "детали"),
        ("ru", "суд", "судно"),
        ("be", "акт", "акцыя"),
        ("be", "мяжа", "месяц"),
        ("be", "права", "праверка"),
        ("en", "policy", "police"),
        ("en", "child", "chill"),
    ],
)
def test_a_word_is_not_taken_for_another(language, one, other):
    for text, asked in ((one, other), (other, one)):
        assert index_of(text, language).find(read_query(f"{asked} ", language)) == []
        both = index_of(f"{one} {other}", language)
        (hit,) = both.find(read_query(f"{asked} ", language))
        assert [part for part, is_hit in hit.excerpt if is_hit] == [asked]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Ребёнок", "ребенок"),
        ("ЎЕЗД", "уезд"),
        ("міграцыя", "миграцыя"),
        ("аб’ём", "абем"),
        ("аб'ём", "абем"),
        ("абʼём", "абем"),
        ("за\u0301мок", "замок"),
        ("воз\u00adвращение", "возвращение"),
        ("край", "край"),
        (unicodedata.normalize("NFD", "Ўвайшоў ёй"), "увайшоу ей"),
        ("Réfoulement", "refoulement"),
    ],
)
def test_spellings_of_one_word_fold_to_one(typed, folded):
    assert fold(typed) == folded


@settings(deadline=None)
@given(st.text(max_size=40) | words)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text(max_size=40) | words)
def test_the_way_letters_are_stored_and_their_case_do_not_matter(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@settings(deadline=None)
@given(words, st.sampled_from(LANGUAGES))
def test_a_stem_is_never_empty_and_begins_its_word(text, language):
    for token in tokens(text):
        found = stem(token.text, language)
        assert all(found.beginnings)
        assert all(found.forms)
        assert token.text.startswith(found.beginnings[0])


@settings(deadline=None)
@given(st.lists(words, min_size=1, max_size=8), st.sampled_from(LANGUAGES))
def test_every_word_of_a_text_finds_it(texts, language):
    text = " ".join(texts)
    index = index_of(text, language)
    for token in tokens(text):
        if token.text not in skipped_words(language):
            assert index.find(read_query(text[token.start : token.end] + " ", language))


def test_words_stand_where_the_text_has_them():
    text = "Не «non-refoulement», а 354-З: сям’я…"
    assert [(one.text, text[one.start : one.end]) for one in tokens(text)] == [
        ("не", "Не"),
        ("non", "non"),
        ("refoulement", "refoulement"),
        ("354", "354"),
        ("сямя", "сям’я"),
    ]


def test_words_of_every_text_say_nothing():
    assert {"что", "как"} <= skipped_words("ru")
    for language in LANGUAGES:
        assert not skipped_words(language) & {fold(""), "нет", "няма", "no"}
        assert "" not in endings(language)


def test_html_becomes_one_clean_line():
    html = (
        '<p>Дом<sup class="cite"><a href="#ref-1">1</a></sup>,<sup class="cite"><a>2</a></sup>.</p>'
        "<ul><li>Раз</li><li>Два &amp; <strong>три</strong></li></ul>"
        '<p>Номер <span class="blank"><span>заполняет служба</span></span></p><hr><p>Конец</p>'
    )
    assert plain_text(html) == "Дом. Раз · Два & три · Номер · Конец"
