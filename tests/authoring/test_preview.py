"""What authors see of parts before they are published: as learners will, and nothing is stored."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date, timedelta

import html5lib
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app import clock
from app.access.policy import Role
from app.accounts import services as accounts
from app.catalogue.models import Course
from app.catalogue.services import publish
from app.content.edition import compile_course
from app.content.load import load
from app.db import db
from app.enrolment import services as enrolment
from app.learning import play
from tests.content.conftest import TREE
from tests.world import ZONE

pytestmark = pytest.mark.databases("sqlite")  # the pages read files; a few tests try both
LESSON = "courses/t1/lessons/1-1.ru.md"
CASE = "courses/t1/scenarios/1a.yaml"
AUTHORS = ["author", "admin"]
OTHERS = ["learner", "trainer", "coordinator", "reviewer"]


@contextmanager
def statements():
    """Collect the first words of all statements."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement.split()[0].upper())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def look(visit, world):
    """Open a preview as the author: the page round it, or with `page=True` the one in the frame."""

    def act(kind: str, slug: str, *, page: bool = False, course: str = "c1", **query):
        name = "page" if page else "preview"
        return visit(
            world.author,
            f"authoring_preview.{name}",
            query=query,
            course_id=course,
            kind=kind,
            slug=slug,
        )

    return act


def words(html: str) -> str:
    """The text of the main part, on one line."""
    main = next(e for e in html5lib.parse(html).iter() if str(e.tag).endswith("}main"))
    return " ".join("".join(main.itertext()).replace("\u00a0", " ").split())


def elements(html: str, name: str) -> list:
    return [e for e in html5lib.parse(html).iter() if str(e.tag).endswith(f"}}{name}")]


@pytest.mark.parametrize("role", [*AUTHORS, *OTHERS])
def test_only_authors_see_previews(world, visit, role):
    answer = visit(getattr(world, role), "authoring_preview.index", course_id="c1")
    assert answer.status_code == (200 if role in AUTHORS else 403)


def test_the_index_leads_to_every_part_and_all_of_them_open(world, visit):
    page = visit(world.author, "authoring_preview.index", query={"lang": "be"}, course_id="c1")
    links = {e.get("href") for e in elements(page.text, "a")}
    parts = {link for link in links if re.search("/preview/(lesson|scenario|aid|item)/", link)}
    with world.inside():
        outline = load_outline(world)
    for kind, slugs in outline.items():
        for slug in slugs:
            assert any(f"/{kind}/{slug}?" in link for link in parts), slug
    client = world.client(world.author)
    by_kind = {link.split("/preview/")[1].split("/")[0]: link for link in sorted(parts)}
    assert set(by_kind) == {"lesson", "scenario", "aid", "item"}
    assert all(client.get(link).status_code == 200 for link in by_kind.values())


def load_outline(world) -> dict[str, list[str]]:
    loaded = load(world.app.config["AVRR"].content_root)
    course = loaded.courses["c1"].value
    return {
        "lesson": [one.id for one in course.lessons],
        "scenario": list(course.scenarios),
        "aid": list(course.aids),
        "item": [one.value.id for one in loaded.items_of("c1")],
    }


@pytest.mark.databases("sqlite", "postgres")
@pytest.mark.parametrize("source", ["files", "1"])
def test_a_lesson_is_drawn_as_learners_see_it_but_for_what_a_reader_does(
    world, visit, look, source
):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    shown = visit(world.learner, "learning.lesson", course_id="c1", lesson="1-1").text
    page = look("lesson", "1-1", page=True, lang="ru", source=source).text
    theirs = [one for one in elements(shown, "section") if one.get("data-screen")]
    ours = [one for one in elements(page, "section") if one.get("data-screen")]
    assert len(theirs) == len(ours) > 0
    for one, other in zip(theirs, ours, strict=True):
        plain = "".join(other.itertext()).split()
        assert "".join(one.itertext()).split()[: len(plain)] == plain
    assert not [e for e in elements(page, "form") if (e.get("method") or "").lower() == "post"]
    assert not elements(page, "nav") or "sign-out" not in page


@pytest.mark.parametrize("kind", ["lesson", "scenario", "aid", "item"])
def test_no_link_of_a_page_in_the_frame_leads_to_pages_of_learners(look, kind):
    slug = {"lesson": "1-4", "scenario": "c1-1a", "aid": "j1", "item": "c1-f-101"}[kind]
    page = look(kind, slug, page=True).text
    for link in elements(page, "a"):
        address = link.get("href")
        if address.startswith(("#", "http")):
            continue
        assert address.startswith("/admin/content/c1/"), address
        is_inside = "/page" in address or "/preview/check/" in address
        assert (link.get("target") == "_top") is not is_inside
    for form in elements(page, "form"):
        assert form.get("method") == "get"
        assert form.get("action").startswith("/admin/content/c1/preview/")
        assert "?" not in form.get("action")  # a form that gets would lose it


def test_a_preview_speaks_the_language_of_the_part_and_not_of_its_author(look):
    frame = look("lesson", "1-1", page=True, lang="be").text
    assert elements(frame, "html")[0].get("lang") == "be"
    assert "Экран 1 з " in words(frame)
    desk = look("lesson", "1-1", lang="be")
    assert elements(desk.text, "html")[0].get("lang") == "ru"
    assert "lang=be" in elements(desk.text, "iframe")[0].get("src")


def test_a_film_of_scenes_plays_in_a_preview_and_a_broken_drawing_stays_out(look, change):
    asked = {"course": "t1", "page": True, "lang": "ru"}
    page = look("lesson", "1-1", **asked).text
    assert page.count('<figure class="shot"') == 2
    assert page.count("css/scenes.css") == page.count("js/scenes.js") == 1
    change("courses/t1/media/walk-1.svg", "<circle", '<g onclick="x"/><circle')
    page = look("lesson", "1-1", **asked).text
    assert "onclick" not in page
    assert "{{recording:walk}}" in words(page)


def test_a_question_of_the_journal_that_is_not_there_stands_as_it_was_written(look, change):
    asked = {"course": "t1", "page": True, "lang": "be"}
    assert "Што вы зменіце?" in words(look("lesson", "1-1", **asked).text)
    change("courses/t1/journal.yaml", "id: t1-j-1", "id: t1-j-9")
    page = look("lesson", "1-1", **asked).text
    assert "{{journal:t1-j-1}}" in words(page)
    assert "data-journal" not in page


def test_the_frame_has_the_width_that_is_asked_for(look):
    for asked, width in (("320", "320"), ("360", "360"), ("full", "100%"), ("9", "360")):
        frame = elements(look("aid", "j1", width=asked).text, "iframe")[0]
        assert frame.get("width") == width
        assert frame.get("title")


def test_only_the_frame_and_the_page_round_it_have_a_policy_of_their_own(world, visit, look):
    usual = visit(world.author, "authoring_preview.index", course_id="c1")
    strict = usual.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in strict
    assert "frame-src" not in strict
    round_it = look("aid", "j1").headers["Content-Security-Policy"]
    assert round_it == f"{strict}; frame-src 'self'"
    framed = look("aid", "j1", page=True).headers["Content-Security-Policy"]
    assert framed == strict.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


@pytest.mark.databases("sqlite", "postgres")
def test_no_preview_writes_a_row(world, visit, look):
    case = {"course_id": "c1", "scenario_id": "c1-1a"}
    asked = {"course_id": "c1", "item_id": "c1-r-101", "source": "files", "lang": "ru"}
    world.client(world.author)  # signing in does
    with statements() as found:
        for kind, slug in (
            ("lesson", "1-1"),
            ("scenario", "c1-1a"),
            ("aid", "j1"),
            ("item", "c1-f-101"),
        ):
            for page in (False, True):
                look(kind, slug, page=page, cohort=world.cohort.id)
        look("scenario", "c1-1a", page=True, begun=1)
        look("scenario", "c1-1a", page=True, end=1)
        visit(world.author, "authoring_preview.check", query={"option": "a"}, **asked)
        visit(world.author, "authoring_preview.graph", **case)
        visit(world.author, "authoring_preview.version")
    assert found
    assert set(found) <= {"SELECT", "BEGIN", "PRAGMA"}


def test_an_answer_is_judged_as_for_learners_with_script_and_without(world, visit):
    asked = {"course_id": "c1", "item_id": "c1-r-101", "source": "files", "lang": "be"}
    with world.inside():
        loaded = load(world.app.config["AVRR"].content_root)
    item = next(one.value for one in loaded.items_of("c1") if one.value.id == "c1-r-101")
    for option in item.options:
        query = {"option": option.id}
        page = visit(world.author, "authoring_preview.check", query=query, **asked)
        assert elements(page.text, "html")[0].get("lang") == "be"
        assert ("Правільна." in words(page.text)) is option.key
        back = [e.get("href") for e in elements(page.text, "a") if "#q-c1-r-101" in e.get("href")]
        assert back
        assert all("/page?" in one for one in back)
        client = world.client(world.author)
        address = world.address("authoring_preview.check", **asked)
        fragment = client.get(address, query_string={**query, "fragment": 1}).text
        assert "<html" not in fragment
        assert ("Правільна." in fragment.replace("\u00a0", " ")) is option.key
    unknown = visit(world.author, "authoring_preview.check", query={"option": "zz"}, **asked)
    final = visit(world.author, "authoring_preview.check", **{**asked, "item_id": "c1-f-101"})
    assert (unknown.status_code, final.status_code) == (404, 404)


def test_a_question_is_shown_with_its_key_and_all_reasons(look, files):
    page = words(look("item", "t1-f-1", course="t1", page=True, lang="en").text)
    item = next(one.value for one in load(files).items_of("t1") if one.value.id == "t1-f-1")
    for option in item.options:
        assert option.rationale.en.split(" [")[0].rstrip(".") in page
    key = next(option for option in item.options if option.key)
    assert f"Right. {key.text.en}" in page


def test_a_case_played_in_the_address_goes_as_the_engine_says(look, files):
    data = compile_course(load(files), "t1").data["scenarios"]["t1-1a"]
    text, made = data["text"]["ru"], list[tuple[str, str]]()
    page = look("scenario", "t1-1a", course="t1", page=True, lang="ru", begun=1).text
    for _step in range(12):
        story = play.replay(data, text, made)
        carried = {("made", f"{node}.{choice}") for node, choice in made}
        fields = {(e.get("name"), e.get("value")) for e in elements(page, "input")}
        offered = [e.get("value") for e in elements(page, "button") if e.get("name") == "made"]
        if story.node is None:
            assert offered == []
            break
        assert offered == [f"{story.node['id']}.{choice['id']}" for choice in story.choices]
        assert carried | {("lang", "ru"), ("source", "files"), ("begun", "1")} == fields
        made.append((story.node["id"], story.choices[-1 if len(made) == 0 else 0]["id"]))
        page = look(
            *("scenario", "t1-1a"),
            course="t1",
            page=True,
            lang="ru",
            begun=1,
            made=[".".join(one) for one in made],
        ).text
    assert story.ending is not None
    assert re.sub("<[^>]+>", "", story.ending["text"]).strip() in words(page)


def test_a_case_that_has_changed_meanwhile_begins_again(look, files):
    for made in ("n9.ask", "n1", "n1.gone", ""):
        page = look("scenario", "t1-1a", course="t1", page=True, lang="en", begun=1, made=made)
        assert page.status_code == 200
        assert "Fictional, composite." in words(page.text)
        assert not [e for e in elements(page.text, "button") if e.get("name") == "made"]


def test_a_lesson_with_errors_names_them_and_shows_the_rest(look, change):
    change(LESSON, "[@cat-1984 art. 3(1)].", "[@cat-1984 art. 99].")
    change(LESSON, "{{recall:t1-r-2}}", "{{recall:t1-r-77}}")
    desk = words(look("lesson", "1-1", course="t1", lang="ru").text)
    line = 1 + next(
        number
        for number, text in enumerate((TREE / LESSON).read_text("utf-8").splitlines())
        if "[@cat-1984 art. 3(1)]." in text
    )
    assert f"{LESSON}:{line}" in desk
    assert "art. 99" in desk
    assert "t1-r-77" in desk
    frame = look("lesson", "1-1", course="t1", page=True, lang="ru")
    assert "cat-1984 art. 99" in words(frame.text)  # in the list of sources
    assert "{{recall:t1-r-77}}" in words(frame.text)
    assert "steps.svg" in frame.text
    other = look("lesson", "1-1", course="t1", lang="en")
    assert "t1-r-77" not in other.text


@pytest.mark.parametrize(
    ("name", "old", "new", "kind", "slug"),
    [
        (LESSON, "---\ntitle: Первый урок\n---\n", "", "lesson", "1-1"),
        (CASE, "start: n1", "start: [n1", "scenario", "t1-1a"),
        (CASE, "minutes: 5", "minutes: five", "scenario", "t1-1a"),
        ("quizzes/t1/objective-1.yaml", "items:", "itms:", "item", "t1-f-1"),
        ("courses/t1/course.yaml", "code: T1", "code: [T1]", "lesson", "1-1"),
    ],
)
def test_what_cannot_be_drawn_says_why(look, change, name, old, new, kind, slug):
    change(name, old, new)
    asked = {"course": "t1", "lang": "ru"}
    desk, frame = look(kind, slug, **asked), look(kind, slug, page=True, **asked)
    assert desk.status_code == frame.status_code == 200
    assert f"{name}:" in words(desk.text)
    assert f"{name}:" in words(frame.text)


def test_a_broken_case_is_still_drawn_with_its_problems_beside(world, visit, change):
    change(CASE, "        next: n2", "        next: nowhere")
    case = {"course_id": "t1", "scenario_id": "t1-1a"}
    page = visit(world.author, "authoring_preview.graph", query={"lang": "en"}, **case)
    assert page.status_code == 200
    assert f"{CASE}:" in words(page.text)


def test_the_picture_of_a_case_comes_with_its_table_and_as_a_file(world, visit, files):
    case = {"course_id": "t1", "scenario_id": "t1-1a"}
    page = visit(world.author, "authoring_preview.graph", query={"lang": "be"}, **case).text
    assert [e.get("role") for e in elements(page, "svg") if e.get("class") == "story-graph"] == [
        "img"
    ]
    scenario = load(files).scenarios_of("t1")["t1-1a"].value
    choices = [choice for node in scenario.nodes for choice in node.choices]
    assert len(elements(page, "tbody")[0]) >= len(choices)
    assert f"/preview/scenario/{case['scenario_id']}" in page
    file = visit(world.author, "authoring_preview.graph_file", query={"lang": "be"}, **case)
    assert file.mimetype == "image/svg+xml"
    assert file.headers["Content-Disposition"] == 'attachment; filename="t1-1a.be.svg"'
    assert file.text.startswith("<svg ")


def test_pictures_and_films_of_the_files_are_sent_before_they_are_published(world, visit, look):
    page = look("lesson", "1-4", page=True, lang="ru").text
    address = next(e.get("src") for e in elements(page, "img") if "who-decides" in e.get("src"))
    sent = world.client(world.author).get(address)
    root = world.app.config["AVRR"].content_root
    assert sent.data == (root / "courses/c1/media/who-decides.ru.svg").read_bytes()
    assert sent.mimetype == "image/svg+xml"
    assert "immutable" in sent.headers["Cache-Control"]
    for name in ("../course.yaml", "gone.svg", "course.yaml"):
        answer = visit(
            world.author,
            "authoring_preview.media",
            course_id="c1",
            source="files",
            name=name,
        )
        assert answer.status_code == 404


@pytest.mark.databases("sqlite", "postgres")
def test_an_edition_is_shown_as_it_was_when_the_files_say_something_else(
    world, look, files, change
):
    with world.inside():
        publish(compile_course(load(files), "t1"), by=None, now=clock.now())
        db.session.commit()
    change(LESSON, "title: Первый урок", "title: Другой урок")
    for source, title in (("files", "Другой урок"), ("1", "Первый урок")):
        assert title in look("lesson", "1-1", course="t1", page=True, source=source).text
    for unknown in ("2", "0", "-1", "x", "9" * 30):
        assert look("lesson", "1-1", course="t1", source=unknown).status_code == 404


@pytest.mark.databases("sqlite", "postgres")
def test_the_day_of_a_learner_is_told_by_the_rules_of_learners_pages(world, look):
    today = clock.local_day(clock.now(), ZONE)
    first, last = today - timedelta(days=7), today + timedelta(days=30)
    told = {
        first - timedelta(days=1): "ещё не открыто",
        first: "открыто",
        last: "последний день",
        last + timedelta(days=1): "закрыто",
    }
    for on, word in told.items():
        page = words(look("aid", "j1", cohort=world.cohort.id, on=on.isoformat()).text)
        assert word in page, on
        assert "Europe/Minsk" in page
        assert "Осенний набор" in page
    with world.inside():
        due = date.fromisoformat(
            load(world.app.config["AVRR"].content_root).courses["c1"].value.national_law.review_due
        )
    on_time, late = (
        look("aid", "j1", cohort=world.cohort.id, on=day.isoformat()).text
        for day in (due, due + timedelta(days=1))
    )
    assert late.count("badge warning") == on_time.count("badge warning") + 1
    assert look("aid", "j1", cohort=world.cohort.id, on="2027-13-45").status_code == 400


@pytest.mark.databases("sqlite", "postgres")
def test_nothing_of_learners_stands_on_any_page_of_a_preview(world, look):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
        surname = world.learner.surname
    page = look("lesson", "1-1", cohort=world.cohort.id).text
    assert surname not in page


@pytest.mark.databases("sqlite", "postgres")
def test_an_author_elsewhere_finds_no_cohort_of_others(world, visit):
    with world.inside():
        names = dict.fromkeys(("ru", "be", "en"), "Далёкая служба (вымышленная)")
        far = accounts.create_agency(
            code="FAR", names=names, time_zone=ZONE, parent=None, by=None, now=clock.now()
        )
        person = world.person(far, "Далёкая")
        world.grant(person, Role.AUTHOR, far)
        own = enrolment.create_cohort(far, "Далёкий набор", by=None, now=clock.now())
        today = clock.local_day(clock.now(), ZONE)
        enrolment.add_course(
            own,
            db.session.get_one(Course, "c1"),
            opens_on=today,
            closes_on=today,
            by=None,
            now=clock.now(),
        )
        db.session.commit()
        db.session.refresh(person)
        db.session.expunge(person)
    where = {"course_id": "c1", "kind": "aid", "slug": "j1"}
    page = visit(person, "authoring_preview.preview", **where)
    assert "Далёкий набор" in page.text
    assert "Осенний набор" not in page.text
    query = {"cohort": world.cohort.id}
    assert visit(person, "authoring_preview.preview", query=query, **where).status_code == 404


def test_the_version_changes_with_the_files_and_is_not_there_in_production(
    world, visit, look, change, request
):
    before = visit(world.author, "authoring_preview.version").text
    assert before == visit(world.author, "authoring_preview.version").text
    change(LESSON, "title: Первый урок", "title: Первый  урок!")
    assert visit(world.author, "authoring_preview.version").text != before
    assert "live-reload.js" in look("lesson", "1-1", course="t1").text
    request.getfixturevalue("production")
    assert visit(world.author, "authoring_preview.version").status_code == 404
    page = look("lesson", "1-1", course="t1").text
    assert "live-reload.js" not in page
    assert "data-live" not in page


@pytest.mark.databases("sqlite", "postgres")
def test_what_nobody_knows_is_not_found(look):
    for kind, slug, query in (
        ("lesson", "9-9", {}),
        ("course", "c1", {}),
        ("lesson", "1-1", {"lang": "de"}),
        ("lesson", "1-1", {"cohort": "99999"}),
        ("lesson", "1-1", {"cohort": "x"}),
    ):
        assert look(kind, slug, **query).status_code == 404
    assert look("lesson", "1-1", course="c99").status_code == 404
