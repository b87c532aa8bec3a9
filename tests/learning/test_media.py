"""Pictures, sound and film as learners get them."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from app import clock
from app.catalogue.media import store_media
from app.catalogue.models import Course, EditionMedia, MediaFile
from app.catalogue.services import publish
from app.content.edition import compile_course
from app.content.load import load
from app.db import db
from app.enrolment import services as enrolment
from app.enrolment.queries import enrolment_of
from tests.content.conftest import TREE
from tests.world import ZONE

T1 = {"course_id": "t1"}
FILM = (TREE / "courses/t1/media/still.webm").read_bytes()


@pytest.fixture(scope="module")
def compiled():
    return compile_course(load(TREE), "t1")


@pytest.fixture
def learner(world, compiled):
    """A learner who has begun the small course with a picture and a film."""
    with world.inside():
        now = clock.now()
        publish(compiled, by=None, now=now)
        today = clock.local_day(now, ZONE)
        offered = enrolment.add_course(
            world.cohort,
            db.session.get_one(Course, "t1"),
            opens_on=today,
            closes_on=today + timedelta(days=9),
            by=None,
            now=now,
        )
        member = enrolment_of(world.cohort.id, world.learner.id)
        enrolment.begin_cycle(member, offered, now=now)
        db.session.commit()
    return world.learner


def version(compiled, name):
    return compiled.data["media"][name]["hash"][:12]


def test_the_lesson_shows_the_picture_with_its_words(visit, learner, compiled):
    page = visit(learner, "learning.lesson", lesson="1-1", **T1).text
    source = f"/courses/t1/media/steps.svg?v={version(compiled, 'steps.svg')}"
    [figure] = re.findall(r"<figure>.*?</figure>", page, re.DOTALL)
    assert f'<img src="{source}" alt="Три круга в\u00a0ряд" width="320" height="120"' in figure
    assert 'loading="lazy"' in figure
    assert '<figcaption>Три шага<sup class="cite">' in figure
    assert visit(learner, "media.file", name="steps.svg", **T1).status_code == 200


def test_the_film_waits_for_its_reader_and_its_text_does_not(visit, learner, compiled):
    page = visit(learner, "learning.lesson", lesson="1-1", **T1).text
    film = page[page.index('<div class="recording">') :].partition("</details>")[0]
    source = f"/courses/t1/media/still.webm?v={version(compiled, 'still.webm')}"
    assert f'<video controls preload="none" src="{source}" aria-label="Как спросить"' in film
    assert 'width="64" height="36" aria-describedby="ask-poster"' in film
    assert '<p class="visually-hidden" id="ask-poster">Зелёное поле</p>' in film
    captions = f"/courses/t1/media/ask.ru.vtt?v={version(compiled, 'ask.ru.vtt')}"
    assert f'<track kind="captions" src="{captions}" srclang="ru"' in film
    assert f'<a href="{source}" download>' in film
    assert "<p>Неподвижная картинка.</p>" in film


def test_a_film_of_scenes_is_all_in_the_page_in_three_languages(visit, learner, compiled):
    page = visit(learner, "learning.lesson", lesson="1-1", **T1).text
    film = page[page.index("data-scenes") :].partition("</details>")[0]
    assert film.count('<svg aria-hidden="true" viewBox="0 0 360 240">') == 2
    assert '<div class="drawing" role="img" aria-label="Круг и\u00a0линия">' in film
    assert '<span class="caption" lang="ru">Потом выслушайте.</span>' in film
    assert '<span class="caption" lang="be" hidden>Потым выслухайце.</span>' in film
    assert '<span class="caption" lang="en" hidden>Then listen.</span>' in film
    assert 'data-seconds="13"' in film
    assert "Дальше ведёт линия." in film.partition("<details")[2]
    assert "src=" not in film.replace("icons.svg", "")
    assert page.count("/static/ui/css/scenes.css") == page.count("/static/ui/js/scenes.js") == 1
    assert not [name for name in compiled.data["media"] if name.startswith("walk")]
    drawn = visit(learner, "media.file", name="walk-1.svg", **T1)
    assert drawn.status_code == 404


def test_other_lessons_load_nothing_for_such_films(visit, world):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    page = visit(world.learner, "learning.lesson", course_id="c1", lesson="1-1").text
    assert "scenes." not in page


def test_showing_a_lesson_asks_for_no_media(world, visit, learner):
    statements = []

    def count(_connection, _cursor, statement, _parameters, _context, _many):
        statements.append(statement)

    with world.inside():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        visit(learner, "learning.lesson", lesson="1-1", **T1)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert statements
    assert not [one for one in statements if "media" in one]


def test_a_file_is_kept_for_ever_by_its_version_only(visit, learner, compiled):
    name = {"name": "steps.svg", **T1}
    kept = visit(learner, "media.file", v=version(compiled, "steps.svg"), **name)
    assert kept.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert kept.headers["ETag"] == f'"{compiled.data["media"]["steps.svg"]["hash"]}"'
    for other in ({}, {"v": "0" * 12}, {"v": ""}):
        answer = visit(learner, "media.file", **name, **other)
        assert answer.headers["Cache-Control"] == "private, no-cache"
    same = visit(learner, "media.file", headers={"If-None-Match": kept.headers["ETag"]}, **name)
    assert (same.status_code, same.data) == (304, b"")


def test_a_picture_is_data_and_never_a_page_that_acts(visit, learner):
    answer = visit(learner, "media.file", name="steps.svg", **T1)
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    captions = visit(learner, "media.file", name="ask.be.vtt", **T1)
    assert captions.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.text.startswith("WEBVTT")


def test_pages_may_play_own_files_only(visit, learner):
    page = visit(learner, "learning.lesson", lesson="1-1", **T1)
    assert "media-src 'self';" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "status", "sent"),
    [
        ("bytes=0-9", 206, FILM[:10]),
        ("bytes=100-", 206, FILM[100:]),
        ("bytes=-7", 206, FILM[-7:]),
        ("bytes=9999-", 416, None),
    ],
)
def test_a_film_comes_in_parts(visit, learner, asked, status, sent):
    name = {"name": "still.webm", **T1}
    answer = visit(learner, "media.file", headers={"Range": asked}, **name)
    assert answer.status_code == status
    assert sent is None or answer.data == sent
    if status == 206:
        assert answer.headers["Content-Type"] == "video/webm"
        assert answer.headers["Content-Range"].endswith(f"/{len(FILM)}")


def test_a_film_says_that_it_comes_in_parts_and_is_not_packed_again(visit, learner):
    packed = {"headers": {"Accept-Encoding": "gzip"}, **T1}
    film = visit(learner, "media.file", name="still.webm", **packed)
    assert (film.headers["Accept-Ranges"], film.data) == ("bytes", FILM)
    assert film.headers["Content-Length"] == str(len(FILM))
    again = {"Range": "bytes=0-1", "If-None-Match": film.headers["ETag"]}
    answer = visit(learner, "media.file", name="still.webm", headers=again, **T1)
    assert (answer.status_code, answer.data) in ((304, b""), (206, FILM[:2]))


def test_a_large_drawing_is_packed(visit, world):
    with world.inside():
        cycle = world.cycle(world.learner)
        db.session.commit()
        assert cycle.edition_id
    answer = visit(
        world.learner,
        "media.file",
        course_id="c1",
        name="who-decides.ru.svg",
        headers={"Accept-Encoding": "gzip"},
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data).startswith(b"<svg")


def test_nobody_else_gets_a_file(visit, world, learner):
    name = {"name": "steps.svg", **T1}
    assert visit(None, "media.file", **name).status_code == 302
    assert visit(world.second_learner, "media.file", **name).status_code == 404
    assert visit(learner, "media.file", name="none.svg", **T1).status_code == 404
    assert visit(learner, "media.file", name="steps.svg", course_id="c1").status_code == 404
    assert visit(learner, "media.file", name="steps.svg", course_id="c9").status_code == 404


def test_a_file_is_stored_once_however_many_editions_show_it(world, compiled):
    data, files = compiled.data["media"], compiled.files
    with world.inside():
        edition, _is_new = publish(compiled, by=None, now=clock.now())
        before = db.session.scalar(select(func.count()).select_from(MediaFile))
        second = dict.fromkeys(("one.svg", "two.svg"), data["steps.svg"])
        store_media(edition.id, second, files)
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(MediaFile)) == before
        names = db.session.scalars(
            select(EditionMedia.name).where(EditionMedia.edition_id == edition.id)
        )
        assert set(names) == {*data, "one.svg", "two.svg"}


@pytest.mark.parametrize("typed", ["три шага", "неподвижная картинка", "дальше ведёт линия"])
def test_the_words_of_pictures_and_films_are_found(visit, learner, typed):
    page = visit(learner, "search.search", query={"q": typed})
    assert "/courses/t1/1-1#s2" in page.text
