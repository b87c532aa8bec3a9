"""Cards for duty: job aids, and the on-duty screens of lessons, on a page and as a PDF."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.catalogue import queries as catalogue
from app.catalogue.models import Edition
from app.db import db
from app.learning import pages
from app.paper.leaflet import Leaf, leaflet
from app.text import localised
from app.ui.babel import BY_CODE
from app.ui.format import date_text

AID, LESSON = "aid", "lesson"  # pages of an edition that a card is made of
ON_DUTY = "on-duty"


@dataclass(frozen=True)
class Card:
    """What one sheet of paper holds, in one language; a lesson's card has no other screens."""

    title: str
    parts: Sequence[Mapping[str, Any]]
    references: Sequence[Mapping[str, Any]]

    @property
    def html(self) -> str:
        """The text alone; a picture stays as one, for the PDF refuses it."""
        return "\n".join(
            "<img>" if one["type"] == "figure" else str(one.get("html", "")) for one in self.parts
        )


def card(edition_id: int, kind: str, slug: str, language: str) -> Card | None:
    """Return a job aid, or the on-duty screen of a lesson, of an edition; None without one."""
    page = catalogue.page(edition_id, kind, slug, language)
    if page is None:
        return None
    if kind == AID:
        parts = [{"type": "html", "html": page.body["html"]}]
        return Card(page.title, parts, page.body["references"])
    screens = page.body["screens"]
    parts = [part for one in screens if one["kind"] == ON_DUTY for part in one["parts"]]
    title = f"{slug.replace('-', '.')}\u00a0{page.title}"
    return Card(title, parts, _cited(parts, page.body["references"])) if parts else None


@lru_cache(maxsize=48)
def pdf(content_hash: str, edition_id: int, kind: str, slug: str, language: str) -> bytes:
    """Return a card as a PDF of one page. `content_hash` keeps databases apart in one process.

    Raises `NoSuchPage`, and `NotOnPaper` when the card cannot be drawn as one sheet.
    """
    found = card(edition_id, kind, slug, language)
    if found is None:
        raise pages.NoSuchPage(slug)
    edition = db.session.get_one(Edition, edition_id)
    return leaflet(_leaf(found, edition, language))


def _leaf(found: Card, edition: Edition, language: str) -> Leaf:
    """Return the card with the words round it, in its own language, whatever the page speaks."""
    course, locale = edition.outline["course"], BY_CODE[language].locale
    with force_locale(locale):
        law = date_text(edition.law_as_of, locale)
        return Leaf(
            title=found.title,
            html=found.html,
            language=language,
            kind=_("Card for duty"),
            course=f"{course['code']}. {localised(course['title'], language)}",
            foot=(
                _("edition %(number)s", number=edition.number),
                _("national law as of %(day)s", day=law),
            ),
            references=found.references,
            sources=_("Sources"),
            warning=_("Draft, not yet reviewed") if edition.is_pilot else "",
        )


def _cited(
    parts: Sequence[Mapping[str, Any]], references: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return the references that these parts cite, with the ways back into them alone."""
    html = "".join(part.get("html", "") for part in parts)
    cited, ids = set(re.findall(r'href="#([^"]+)"', html)), set(re.findall(r'id="([^"]+)"', html))
    return [
        {**one, "backlinks": [back for back in one["backlinks"] if back in ids]}
        for one in references
        if one["anchor"] in cited
    ]
