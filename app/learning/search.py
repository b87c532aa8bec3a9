"""What a learner can search: the indexes of their editions, and the glossary.

Editions are immutable, so an index is made once in each process. It holds nothing about persons,
and nothing of what is looked for is kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.catalogue.models import Course, Edition, EditionPage, EditionScenario
from app.content.plain import plain_text
from app.db import db
from app.enrolment.models import CohortCourse, Cycle, Enrolment
from app.learning.search_index import FORMAT, Hit, Index, Place, find, language_json, read_query
from app.text import LANGUAGES, localised, name_order

LESSON = {"ru": "Урок", "be": "Урок", "en": "Lesson"}


@dataclass(frozen=True)
class Shelf:
    """An edition that somebody may search; only its glossary until the course has begun."""

    content_hash: str
    edition_id: int
    is_begun: bool


@dataclass(frozen=True)
class Term:
    """A term of the glossary; `definition` and `references` are sanitised HTML."""

    id: str
    term: str
    is_confirmed: bool
    definition: str
    others: tuple[tuple[str, str, bool], ...]  # language, term, is_confirmed
    references: tuple[str, ...]

    @property
    def letter(self) -> str:
        """The letter under which the term stands."""
        return letters_of(self.term)[:1].upper()


def shelves(person_id: int) -> list[Shelf]:
    """The editions of the learner's courses, by course; of all courses for who has none."""
    latest = (
        select(Cycle.course_id, Edition.content_hash, Edition.id)
        .join(Edition, Cycle.edition_id == Edition.id)
        .join(Enrolment, Cycle.enrolment_id == Enrolment.id)
        .where(Cycle.person_id == person_id)
        .order_by(Enrolment.left_at.is_not(None), Cycle.started_at.desc(), Cycle.id.desc())
    )
    found: dict[str, Shelf] = {}
    for course_id, content_hash, edition_id in db.session.execute(latest):
        found.setdefault(course_id, Shelf(content_hash, edition_id, is_begun=True))
    current = select(Course.id, Edition.content_hash, Edition.id).join(
        Edition, Course.current_edition_id == Edition.id
    )
    enrolled = current.join(CohortCourse, CohortCourse.course_id == Course.id).join(
        Enrolment, Enrolment.cohort_id == CohortCourse.cohort_id
    )
    enrolled = enrolled.where(Enrolment.person_id == person_id, Enrolment.left_at.is_(None))
    for course_id, content_hash, edition_id in db.session.execute(enrolled):
        found.setdefault(course_id, Shelf(content_hash, edition_id, is_begun=False))
    if not found:
        for course_id, content_hash, edition_id in db.session.execute(current):
            found[course_id] = Shelf(content_hash, edition_id, is_begun=False)
    return [found[course_id] for course_id in sorted(found)]


def search(shelves: Sequence[Shelf], text: str, language: str) -> tuple[str, dict[str, list[Hit]]]:
    """Return what is found, by kind, and the language in which: the page's, if at all possible."""
    others = [code for code in LANGUAGES if code != language]
    nothing: dict[str, list[Hit]] = {}
    for code in (language, *others):
        found = find(indexes(shelves, code), read_query(text, code))
        nothing = nothing or found
        if any(found.values()):
            return code, found
    return language, nothing


def indexes(shelves: Sequence[Shelf], language: str) -> list[Index]:
    """Return the index of each edition."""
    return [_index(shelf, language) for shelf in shelves]


def tag(shelves: Sequence[Shelf], language: str) -> str:
    """Return a name of the indexes that changes when anything in them does."""
    facts = [FORMAT, language, [(one.content_hash, one.is_begun) for one in shelves]]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]


def to_json(shelves: Sequence[Shelf], language: str) -> str:
    """Return the indexes as the script of the search page reads them."""
    head = _dumped(language_json(language)).removesuffix("}")
    return f'{head},"courses":[{",".join(_json(shelf, language) for shelf in shelves)}]}}'


@lru_cache(maxsize=64)
def _json(shelf: Shelf, language: str) -> str:
    return _dumped(_index(shelf, language).to_json())


def _dumped(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def _index(shelf: Shelf, language: str) -> Index:
    edition = db.session.get_one(Edition, shelf.edition_id)
    places = [*_terms_of(edition, language)]
    if shelf.is_begun:
        places += _pages_of(edition, language)
    return Index(localised(edition.outline["course"]["title"], language), language, places)


def _terms_of(edition: Edition, language: str) -> Iterator[Place]:
    for term_id, text in edition.outline["glossary"].items():
        own = text[language]["term"]
        more = dict.fromkeys(text[code]["term"] for code in LANGUAGES if code != language)
        yield Place(
            "term",
            own,
            url_for("search.glossary", _anchor=f"term-{term_id}"),
            plain_text(text[language]["definition"]),
            more=tuple(one for one in more if one != own),
        )


def _pages_of(edition: Edition, language: str) -> Iterator[Place]:
    course = edition.outline["course"]
    query = select(EditionPage).where(
        EditionPage.edition_id == edition.id, EditionPage.language == language
    )
    pages = {(page.kind, page.slug): page for page in db.session.scalars(query)}
    titles = {}
    for number, one in enumerate(course["lessons"], 1):
        page = pages["lesson", one["id"]]
        titles[one["id"]] = f"{LESSON[language]} {number}. {page.title}"
        address = url_for("learning.lesson", course_id=course["id"], lesson=one["id"])
        yield Place("lesson", titles[one["id"]], address)
        yield from _screens(page.body, titles[one["id"]], address)
    yield from _cases(edition, language, titles)
    for aid in course["aids"]:
        page = pages["aid", aid]
        yield Place(
            "aid",
            page.title,
            url_for("learning.aid", course_id=course["id"], aid=aid),
            plain_text(page.body["html"]),
            more=tuple(dict.fromkeys(plain_text(ref["html"]) for ref in page.body["references"])),
        )


def _screens(lesson: Mapping[str, Any], within: str, address: str) -> Iterator[Place]:
    sources = {ref["anchor"]: plain_text(ref["html"]) for ref in lesson["references"]}
    for screen in lesson["screens"]:
        html = "\n".join(_html(part) for part in screen["parts"])
        cited = dict.fromkeys(re.findall(r'href="#(ref-[^"]+)"', html))
        yield Place(
            "lesson",
            screen["title"],
            f"{address}#{screen['id']}",
            plain_text(html),
            within,
            tuple(sources[anchor] for anchor in cited if anchor in sources),
        )


def _html(part: Mapping[str, Any]) -> str:
    """Return what can be read at a part: text, the words below a picture, those of a recording."""
    said = part.get("recording", {}).get("transcript", "")
    return f"{part.get('html', '')}{part.get('caption', '')}{said}"


def _cases(edition: Edition, language: str, titles: Mapping[str, str]) -> Iterator[Place]:
    course = edition.outline["course"]
    query = select(EditionScenario).where(EditionScenario.edition_id == edition.id)
    cases = {case.scenario_id: case.data for case in db.session.scalars(query)}
    for scenario_id in course["scenarios"]:
        data = cases[scenario_id]
        yield Place(
            "case",
            data["text"][language]["title"],
            url_for("learning.scenario", course_id=course["id"], scenario_id=scenario_id),
            plain_text(data["text"][language]["intro"]),
            titles.get(data["lesson"], ""),
        )


def glossary(shelves: Sequence[Shelf], language: str) -> list[Term]:
    """Return the terms of the editions in alphabetical order, each once."""
    ids = [shelf.edition_id for shelf in shelves]
    query = select(Edition).where(Edition.id.in_(ids)).order_by(Edition.published_at, Edition.id)
    found = {}
    for edition in db.session.scalars(query):
        for term_id, text in edition.outline["glossary"].items():
            found[term_id] = _term(term_id, text, language)
    return sorted(found.values(), key=lambda one: (name_order(letters_of(one.term)), one.id))


def _term(term_id: str, text: Mapping[str, Any], language: str) -> Term:
    own = text[language]
    return Term(
        term_id,
        own["term"],
        own["confirmed"],
        own["definition"],
        tuple(
            (code, text[code]["term"], text[code]["confirmed"])
            for code in LANGUAGES
            if code != language
        ),
        tuple(one["html"] for one in own.get("references", ())),
    )


def letters_of(term: str) -> str:
    """Return a term from its first letter on."""
    return term.lstrip("«»\"'“„ ") or term
