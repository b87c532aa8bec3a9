"""A learner finds the screen, term or card with the words; nobody finds more than is theirs."""

from __future__ import annotations

import gzip
import json
import logging
import re

import pytest
from sqlalchemy import event

from app.content.words import skipped_words, tokens
from app.db import db
from app.learning import search as service
from app.learning.search_index import (
    MAX_QUERY_LETTERS,
    Index,
    Place,
    Query,
    Word,
    find,
    read_query,
)
from app.text import LANGUAGES, name_order

TEXT = (
    "Возвращение бывает добровольным. Каждый ребёнок имеет право на защиту. "
    "Сотрудник на границе слушает, записывает сказанное и передаёт дальше, "
    "не решая за других; конвенция <b>& закон</b> одинаковы для всех и всегда."
)
PLACES = [
    Place("lesson", "Урок 1. Граница", "/1"),
    Place(
        "lesson", "Кто решает", "/1#s1", TEXT, "Урок 1. Граница", ("Конвенция, ст. 33(1). ООН.",)
    ),
    Place("lesson", "Граница и закон", "/1#s2", "Закон один.", "Урок 1. Граница"),
    Place("term", "беженец", "/g#term-refugee", "Кто боится.", more=("refugee", "бежанец")),
    Place("aid", "J1. Десять секунд", "/j1", "Спросите. Спросите ещё раз."),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index("Курс", "ru", PLACES)


def addresses(index: Index, typed: str) -> list[str]:
    return [hit.place.address for hit in index.find(read_query(typed, "ru"))]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("возвращении", ["/1#s1"]),
        ("ребенка", ["/1#s1"]),
        ("граница", ["/1", "/1#s2", "/1#s1"]),  # the title first, in the order of the course
        ("закон", ["/1#s2", "/1#s1"]),
        ("граница закон ", ["/1#s2", "/1#s1"]),
        ("ст. 33", ["/1#s1"]),
        ("ст. 3", []),  # a number is never unfinished
        ("j1", ["/j1"]),
        ("refugee", ["/g#term-refugee"]),
        ("бежанец", ["/g#term-refugee"]),
        ("доб", ["/1#s1"]),
        ("доб ", []),  # finished, and no such word
        ("урок 1 защита", ["/1#s1"]),
        ("защита вертолёт", []),
        ("за и на", []),
        ("", []),
        ("«…» — !", []),
        ("🙂", []),
        ("\0", []),
        ("ы" * 10_000, []),
    ],
)
def test_places_are_found_by_all_words_and_titles_go_first(index, typed, found):
    assert addresses(index, typed) == found


def test_an_excerpt_is_cut_between_words_and_marks_each_hit(index):
    (hit,) = index.find(read_query("закон конвенция решая", "ru"))
    excerpt = "".join(text for text, _hit in hit.excerpt)
    assert excerpt.startswith("…") or TEXT.startswith(excerpt[:20])
    assert [text for text, is_hit in hit.excerpt if is_hit] == ["решая", "конвенция", "закон"]
    for end in excerpt.strip("…"), TEXT:
        assert not end.startswith(" ")
    inside = excerpt.strip("…")
    at = TEXT.index(inside)
    assert at == 0 or TEXT[at - 1] == " "
    assert at + len(inside) == len(TEXT) or not TEXT[at + len(inside)].isalnum()


def test_the_line_of_a_source_is_shown_when_the_words_are_in_it(index):
    (hit,) = index.find(read_query("ст. 33", "ru"))
    assert "".join(text for text, _hit in hit.excerpt) == "Конвенция, ст. 33(1). ООН."


def test_only_so_much_is_read(index):
    query = read_query(" ".join(f"слово{number}" for number in range(99)), "ru")
    assert len(query.words) <= 12
    assert sum(len(word) for word in query.words) <= MAX_QUERY_LETTERS


def read_packed(data: dict) -> Index:
    """Read an index back as the script does."""
    words = []
    for line in data["words"].split("\n"):
        groups = [group.split(" ") for group in line.split(",")]
        words.append(
            Word({b: frozenset("" if end == "." else end for end in ends) for b, *ends in groups})
        )
    kinds = ("lesson", "case", "term", "aid")
    places = [
        Place(
            kinds[kind], title, url, text, data["within"][at], tuple(data["more"][n] for n in lines)
        )
        for kind, title, url, text, at, lines in data["places"]
    ]
    return Index(data["course"], "ru", places, words)


def test_an_index_read_back_from_json_finds_the_same(index):
    again = read_packed(json.loads(json.dumps(index.to_json())))
    assert (again.places, again.words) == (index.places, index.words)
    for place in PLACES:
        for token in tokens(f"{place.title} {place.text}"):
            query = Query((token.text,), unfinished=False)
            assert again.find(query) == index.find(query)


@pytest.fixture
def indexes(world):
    """The index of the real course in each language."""
    with world.inside(), world.app.test_request_context():
        world.cycle(world.learner)
        db.session.commit()
        shelves = service.shelves(world.learner.id)
        return {language: service.indexes(shelves, language) for language in LANGUAGES}


def test_every_word_of_the_course_is_found_where_it_stands(indexes):
    for language, (index,) in indexes.items():
        where = {}
        for place in index.places:
            for token in tokens(f"{place.title} {place.text}"):
                where.setdefault(token.text, set()).add(place.address)
        for word in sorted(where.keys() - skipped_words(language))[::11]:
            found = {hit.place.address for hit in index.find(Query((word,), unfinished=False))}
            assert where[word] <= found, (language, word)


def test_the_real_course_answers_what_officers_ask(indexes):
    def found(language, typed):
        hits = find(indexes[language], read_query(typed, language))
        return {kind: {hit.place.address for hit in some} for kind, some in hits.items()}

    assert found("ru", "возвращении ") == found("ru", "возвращение ")
    assert found("ru", "ребенка") == found("ru", "ребёнок")
    assert found("be", "вяртанню ") == found("be", "вяртанне ")
    assert found("ru", "non-refoulement")["term"] == {"/glossary#term-non-refoulement"}
    assert found("ru", "J1")["aid"] == {"/courses/c1/aids/j1"}
    assert any("#s" in address for address in found("ru", "ст. 33")["lesson"])


def test_an_index_is_small_enough_to_be_sent_over_a_slow_link(world, visit, indexes):
    for language in LANGUAGES:
        answer = visit(world.learner, "search.index", language=language)
        assert len(gzip.compress(answer.data, 4)) < 40_000


def test_an_index_is_sent_once_and_belongs_to_one_person(world, visit, indexes):
    answer = visit(world.learner, "search.index", language="ru")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    data = answer.json
    assert data["language"] == "ru"
    assert {place[0] for place in data["courses"][0]["places"]} == {0, 1, 2, 3}
    tag = answer.headers["ETag"]
    again = visit(world.learner, "search.index", language="ru", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    staff = visit(world.reviewer, "search.index", language="ru", headers={"If-None-Match": tag})
    assert {place[0] for place in staff.json["courses"][0]["places"]} == {2}
    assert visit(world.learner, "search.index", language="de").status_code == 404
    assert visit(world.learner, "search.index", language="be").headers["ETag"] != tag


def test_results_lead_to_the_screen_and_mark_the_words(world, visit, indexes):
    page = visit(world.learner, "search.search", query={"q": "возвращении"}).text
    assert re.search(r'href="/courses/c1/1-\d#s\d+"', page)
    assert "<mark>возвращения</mark>" in page
    assert 'href="/courses/c1/aids/j1"' in page


def test_who_learns_nothing_finds_the_glossary_alone(world, visit):
    for person in (world.reviewer, world.stranger, world.learner):  # the learner has not begun
        page = visit(person, "search.search", query={"q": "беженец"}).text
        assert "/glossary#term-refugee" in page
        assert 'href="/courses/c1/' not in page
        assert 'id="term-refugee"' in visit(person, "search.glossary").text


def test_what_is_not_there_is_looked_for_in_the_other_languages(world, visit, indexes):
    page = visit(world.learner, "search.search", query={"q": "вяртанню"}).text
    assert '<ol class="hits" lang="be">' in page
    assert "data-elsewhere>" in page
    nothing = visit(world.learner, "search.search", query={"q": "вертолётоносец"}).text
    assert "data-nothing" in nothing
    assert 'lang="be">' not in nothing.partition("data-results")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "ы" * 10_000,
        "🙂🙂",
        "<script>alert(1)</script>",
        "%s %(x)s {0} {{ 7 * 7 }}",
        "\u202e",
    ],
)
def test_odd_input_does_no_harm(world, visit, typed):
    answer = visit(world.learner, "search.search", query={"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert visit(world.learner, "search.search", query={"q": "a\0b"}).status_code == 400


def test_nothing_of_what_was_typed_is_kept(world, visit, caplog, capfd, indexes):
    statements = []
    visit(world.learner, "search.search")  # signs in, which is kept
    with world.app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, parameters, _context, _many):
        statements.append(f"{statement} {parameters}")

    event.listen(engine, "before_cursor_execute", note)
    try:
        with caplog.at_level(logging.DEBUG):
            visit(world.learner, "search.search", query={"q": "тайноеслово"})
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert statements
    assert not any(
        "тайноеслово" in one or one.startswith(("INSERT", "UPDATE")) for one in statements
    )
    assert "тайноеслово" not in caplog.text + "".join(capfd.readouterr())


def test_the_glossary_stands_in_our_alphabet_with_its_equivalents(world, visit):
    page = visit(world.learner, "search.glossary").text
    terms = re.findall(r"<dfn>(.*?)</dfn>", page)
    assert len(terms) == 20
    assert terms == sorted(terms, key=name_order)
    assert '<span lang="en">refugee</span>' in page
    assert '<span lang="be">бежанец</span>' in page
    assert re.findall(r'href="#(letter-\d+)"', page) == re.findall(r'<h2 id="(letter-\d+)"', page)


def test_letters_that_others_do_not_have_keep_their_place():
    names = ["ёлка", "жонка", "евра", "ідэя", "ива", "ўлада", "улада", "фота", "«ель»"]
    order = sorted(names, key=lambda name: name_order(service.letters_of(name)))
    assert order == ["евра", "«ель»", "ёлка", "жонка", "ива", "ідэя", "улада", "ўлада", "фота"]


def test_a_term_shows_the_sources_its_edition_names(world, visit):
    from app.catalogue.models import Course, Edition

    with world.inside():
        course = db.session.get_one(Course, "c1")
        edition = db.session.get_one(Edition, course.current_edition_id)
        outline = json.loads(json.dumps(edition.outline))
        outline["glossary"]["asylum"]["ru"]["references"] = [{"html": "<cite>Закон</cite>, ст. 5."}]
        edition.outline = outline
        db.session.commit()
    page = visit(world.learner, "search.glossary").text
    assert '<dd class="hint"><cite>Закон</cite>, ст. 5.</dd>' in page
