"""The pages in the frame of a preview: those of learners, with links that stay with the author."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from app.authoring import wording
from app.authoring.preview import (
    AID,
    ITEM,
    LESSON,
    SCENARIO,
    Data,
    NotDrawable,
    Source,
    course_title,
    title_of,
)
from app.learning import pages, play

_PART = re.compile(r'<a ([^>]*)href="([^"?#]*/preview(?:/[a-z]+/[^"/?#]+)?(?:[?#][^"]*)?)"')
BEGUN, END = "begun", "end"  # what the address says of a case: it is played, or its end is read


@dataclass(frozen=True)
class Frame:
    """One page in the frame: a part of a course, from one source, in one language."""

    course_id: str
    kind: str
    slug: str
    source: Source
    language: str

    @property
    def arguments(self) -> dict[str, Any]:
        """What every address carries along."""
        return {"lang": self.language, "source": self.source.name}

    def address(self, **more: Any) -> str:
        """Return the address of this page."""
        where: dict[str, Any] = {"kind": self.kind, "slug": self.slug}
        where |= {"course_id": self.course_id, **self.arguments, **more}
        return url_for("authoring_preview.page", **where)

    def link(self, endpoint: str, **values: Any) -> str:
        """Return where a link of a learner's page leads an author."""
        known: dict[str, Callable[[], str]] = {
            "learning.home": self._index,
            "learning.course": self._index,
            "learning.lesson": lambda: self._to(LESSON, values["lesson"], values.get("_anchor")),
            "learning.scenario": lambda: self._to(SCENARIO, values["scenario_id"], "now"),
            "learning.aid": lambda: self._to(AID, values["aid"]),
            "learning.restart": lambda: self.address(**{BEGUN: 1, "_anchor": "now"}),
            "learning.skip": lambda: self.address(**{END: 1, "_anchor": "now"}),
            "learning.check": lambda: self._check(values["item_id"]),
        }
        return known[endpoint]() if endpoint in known else url_for(endpoint, **values)

    def media_url(self, name: str, version: str) -> str:
        """Return the address of a picture, sound or film."""
        where: dict[str, Any] = {"course_id": self.course_id, "source": self.source.name}
        return url_for("authoring_preview.media", name=name, v=version, **where)

    def render(self, parent: str, **context: Any) -> str:
        """Draw a page of learners without what stands above and below it.

        Links to other parts open the whole page of the author, not the frame.
        """
        html = render_template(
            "authoring/preview_page.html",
            **{"kind": self.kind, **context},
            parent=parent,
            course_id=self.course_id,
            url_for=self.link,
            page_top=Markup,
            page_end=lambda _demo: Markup(),
        )
        return _PART.sub(r'<a target="_top" \1href="\2"', html)

    def _index(self) -> str:
        return url_for("authoring_preview.index", course_id=self.course_id, **self.arguments)

    def _to(self, kind: str, slug: str, anchor: str | None = None) -> str:
        if (kind, slug) == (self.kind, self.slug):
            return self.address(_anchor=anchor)
        where = {"course_id": self.course_id, "kind": kind, "slug": slug, **self.arguments}
        return url_for("authoring_preview.preview", **where)

    def _check(self, item_id: str) -> str:
        return url_for(
            "authoring_preview.check",
            course_id=self.course_id,
            item_id=item_id,
            source=self.source.name,
            lang=self.language,
        )


def draw(frame: Frame, made: Sequence[str] = (), state: str = "") -> str:
    """Draw a part; `made` and `state` are of a case that is being played.

    What cannot be drawn says which errors keep it from that. Raises `NoSuchPart`.
    """
    ways: dict[str, Callable[[], str]] = {
        LESSON: lambda: _lesson(frame),
        AID: lambda: _aid(frame),
        ITEM: lambda: _item(frame),
        SCENARIO: lambda: _scenario(frame, made, state),
    }
    try:
        return ways[frame.kind]()
    except NotDrawable:
        return frame.render(
            "ui/base.html",
            kind="broken",
            page_title=title_of(frame.source, frame.kind, frame.slug, frame.language),
            problems=frame.source.problems(frame.kind, frame.slug, frame.language),
            say=wording,
        )


def draw_check(frame: Frame, data: Data, chosen: Data | None) -> str:
    """Draw what a learner without script gets for an answer; `frame` is the item's lesson."""
    stem = data["text"][frame.language]["stem"]
    return frame.render(
        "learning/check.html",
        kind="check",
        chosen=chosen,
        right=bool(chosen and chosen["id"] == data["key"]),
        lesson_id=data["lesson"],
        item_id=data["id"],
        stem=pages.split_stem(stem),
        options=pages.shuffled(data, frame.language),
        course_title=course_title(frame.source, frame.language),
        lesson_title=title_of(frame.source, LESSON, data["lesson"], frame.language),
    )


def _lesson(frame: Frame) -> str:
    page = pages.draw_lesson(
        frame.source.lesson(frame.slug, frame.language),
        frame.slug,
        frame.language,
        link=frame.link,
        media_url=frame.media_url,
        is_preview=True,
    )
    return frame.render("learning/lesson.html", page=page)


def _aid(frame: Frame) -> str:
    body = frame.source.aid(frame.slug, frame.language)
    return frame.render(
        "learning/aid.html",
        aid_id=frame.slug,
        title=body["title"],
        body=body,
        edition=frame.source.imprint,
        text_language=frame.language,
        course_title=course_title(frame.source, frame.language),
    )


def _item(frame: Frame) -> str:
    data = frame.source.item(frame.slug)
    return frame.render(
        "ui/base.html",
        page_title=frame.slug,
        item=data,
        stem=pages.split_stem(data["text"][frame.language]["stem"]),
        options=[
            {**one, "text": Markup(one["text"])}  # noqa: S704 - sanitised when it was compiled
            for one in pages.shuffled(data, frame.language)
        ],
    )


def _scenario(frame: Frame, made: Sequence[str], state: str) -> str:
    data = frame.source.scenario(frame.slug)
    text = data["text"][frame.language]
    is_lost = False
    try:
        story = _play(data, text, made, state)
    except (play.IllegalChoice, LookupError):  # the files have changed meanwhile
        story, made, is_lost = None, (), True
    carried = {**frame.arguments, BEGUN: "1"}.items()
    return frame.render(
        "learning/scenario.html",
        scenario_id=frame.slug,
        names=frame.source.titles(frame.language),
        case={"data": data},
        text=text,
        play=story,
        is_pilot=frame.source.imprint.is_pilot,
        plain=pages.without_citations,
        trial=[*carried, *(("made", one) for one in made)],
        is_lost=is_lost,
    )


def _play(data: Data, text: Data, made: Sequence[str], state: str) -> play.Play | None:
    if state == END:
        return play.read_only(data, text)
    if not state:
        return None
    choices = [(node, choice) for node, _dot, choice in (one.partition(".") for one in made)]
    return play.replay(data, text, choices)
