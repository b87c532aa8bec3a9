"""Cards for duty: every one of the real courses fits a sheet, and only its learners get it."""

from __future__ import annotations

import re
from io import BytesIO

import pypdf
import pytest
from sqlalchemy import select

from app.catalogue.models import Edition, EditionPage
from app.content import LANGUAGES
from app.db import db
from app.enrolment.models import Cycle
from app.learning import cards
from app.paper.leaflet import DoesNotFit, Undrawable
from tests.published import content, publish

C1 = {"course_id": "c1"}
AID, LESSON = {**C1, "aid": "j1"}, {**C1, "lesson": "1-1"}
FILES = (("cards.aid_pdf", AID), ("cards.card_pdf", LESSON))


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(content)).pages
    assert len(pages) == 1
    return plain(pages[0].extract_text())


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").split())


def squeezed(text: str) -> str:
    return re.sub(r"\W+", "", plain(text))


@pytest.fixture
def learner(world, visit):
    visit(world.learner, "learning.begin", "POST", **C1)
    return world.learner


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("course", sorted(content().courses))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_of_a_course_fits_one_sheet_with_its_text_and_sources(world, course, language):
    with world.inside():
        publish(course)
        edition = db.session.scalars(select(Edition).where(Edition.course_id == course)).one()
        query = select(EditionPage.kind, EditionPage.slug).where(
            EditionPage.edition_id == edition.id, EditionPage.language == language
        )
        places = db.session.execute(query).all()
        assert {kind for kind, _slug in places} == {cards.AID, cards.LESSON}
        for kind, slug in places:
            found = cards.card(edition.id, kind, slug, language)
            facts = (edition.content_hash, edition.id, kind, slug, language)
            assert_on_paper(found, squeezed(text_of(cards.pdf(*facts))))


def assert_on_paper(found, text):
    """What a card says stands in the text of its PDF."""
    assert squeezed(found.title) in text
    for paragraph in re.findall(r"<(?:p|li)>([^<]{12,})<", found.html):
        assert squeezed(paragraph) in text
    for reference in found.references:
        assert squeezed(reference["title"] + reference["pinpoint"]) in text or (
            squeezed(reference["symbol"] or "-") in text
        )


def test_the_same_card_gives_the_same_bytes(learner, world, visit):
    for endpoint, place in FILES:
        first = visit(learner, endpoint, lang="be", **place)
        cards.pdf.cache_clear()
        assert visit(learner, endpoint, lang="be", **place).data == first.data


def test_the_words_round_the_text_speak_the_language_of_the_card(learner, visit):
    text = text_of(visit(learner, "cards.aid_pdf", lang="en", **AID).data)
    assert "Ten seconds before you act" in text
    assert "Draft, not yet reviewed" in text
    assert "national law as of 17 May 2023" in text
    assert "C1. Rights at the border" in text
    assert "A/RES/73/195, para 23(b)" in text
    assert "http" not in text


def test_a_file_is_named_in_ascii_and_is_a_download(learner, visit):
    answer = visit(learner, "cards.aid_pdf", lang="ru", **AID)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"C1_j1_ru.pdf\"; filename*=UTF-8''C1_j1_ru.pdf"
    )


def test_who_does_not_take_the_course_gets_no_card(world, visit, learner):
    for endpoint, place in (*FILES, ("cards.card", LESSON)):
        for who in (world.second_learner, world.coordinator, world.stranger):
            assert visit(who, endpoint, **place).status_code == 404
        assert visit(None, endpoint, **place).status_code == 302


@pytest.mark.parametrize(
    ("endpoint", "place"),
    [
        ("cards.aid_pdf", {"aid": "j9"}),
        ("cards.aid_pdf", {"aid": "j1", "lang": "fr"}),
        ("cards.card", {"lesson": "9-9"}),
        ("cards.card", {"lesson": "aids"}),
        ("cards.card_pdf", {"lesson": "9-9"}),
        ("cards.card_pdf", {"lesson": "1-1", "lang": "xx"}),
    ],
)
def test_what_the_edition_does_not_hold_is_not_found(learner, visit, endpoint, place):
    assert visit(learner, endpoint, **C1, **place).status_code == 404


def test_the_pages_lead_to_the_files(learner, visit):
    assert (
        "/courses/c1/aids/j1.pdf?lang=be" in visit(learner, "learning.aid", lang="be", **AID).text
    )
    page = visit(learner, "cards.card", lang="en", **LESSON).text
    assert "/courses/c1/1-1/card.pdf?lang=en" in page
    assert "I am a border officer" in page
    assert "/courses/c1/aids/j1?lang=en" in page
    assert "/courses/c1/1-1/card" in visit(learner, "learning.lesson", **LESSON).text
    assert "/courses/c1/aids/j1.pdf" in visit(learner, "learning.course", **C1).text


@pytest.mark.parametrize("refusal", [DoesNotFit, Undrawable])
def test_what_is_no_sheet_leads_back_to_the_page_and_says_why(learner, visit, monkeypatch, refusal):
    def refuse(_leaf):
        raise refusal("too much")

    cards.pdf.cache_clear()
    monkeypatch.setattr(cards, "leaflet", refuse)
    for (endpoint, place), page in zip(FILES, ("learning.aid", "cards.card"), strict=True):
        answer = visit(learner, endpoint, lang="be", **place)
        assert answer.status_code == 303
        assert answer.location.endswith("?lang=be")
        assert "notice" in visit(learner, page, lang="be", **place).text


def test_a_card_of_a_lesson_lists_only_what_it_cites(world, learner):
    with world.inside():
        cycle = db.session.scalars(select(Cycle).where(Cycle.person_id == learner.id)).one()
        page = db.session.get(EditionPage, (cycle.edition_id, "lesson", "1-1", "ru"))
        references = page.body["references"]
        assert len(references) > 2
    wanted = references[1]
    html = f'<p>Текст<sup class="cite"><a href="#{wanted["anchor"]}" id="cite-2-9">2</a></sup></p>'
    wanted = {**wanted, "backlinks": ["cite-2-1", "cite-2-9"]}
    parts = [{"type": "html", "html": html}, {"type": "aid", "id": "j1"}]
    found = cards._cited(parts, [references[0], wanted])
    assert found == [{**wanted, "backlinks": ["cite-2-9"]}]
