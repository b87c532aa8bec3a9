"""The lesson language in a browser: definitions that open in place, notes, boxes and tables."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect

from app import clock
from app.catalogue.services import publish
from app.content.edition import compile_course
from app.content.load import load
from app.db import db
from tests.browser.conftest import DESK, PHONE
from tests.browser.words import ru
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]
LESSON = "/courses/c1/1-3"
TERM = "[[term:refugee|беженца]]"
RICH = f"""### Все средства

Слово {TERM} объясняется тут же[^where], и снова {TERM}[^where][^law].

!!! on-duty
    Сначала безопасность.

!!! context 2021-12-05
    Сведения на свою дату. Слово [[lang:ar|لاجئ]] написано справа налево.

Срок
: Сколько длится действие.

Решение
: Что записано в деле.

| Слово | Значение |
| --- | --- |
| {TERM} | человек, который боится преследования |

[^where]: Так же открываются слова {TERM} в примечании.
[^law]: Источник стоит за словом [@cat-1984 art. 3(1)].

"""
SHEET = """() => {
  const back = document.querySelector(".back:target");
  if (!back) return null;
  const box = back.closest("div").getBoundingClientRect();
  return { top: box.top, bottom: box.bottom, wide: innerWidth, high: innerHeight,
           left: box.left, right: box.right,
           placed: getComputedStyle(back.closest("div")).position,
           focused: document.activeElement === back,
           begins: back.closest("div").querySelector("dd").getBoundingClientRect().top
             - back.closest("dt").getBoundingClientRect().bottom };
}"""
BEHIND = """() => {
  const one = document.activeElement, back = document.querySelector(".back:target");
  const sheet = back?.closest("div");
  if (one === document.body || !sheet || sheet.contains(one)) return null;
  const edge = sheet.getBoundingClientRect().top;
  return one.getBoundingClientRect().top >= edge ? one.outerHTML : null;
}"""
PLACE = "id => Math.round(document.getElementById(id).getBoundingClientRect().top)"


@pytest.fixture
def learner(world):
    """The learner in the middle of the course."""
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    return world.learner


@pytest.fixture
def rich(world, tmp_path):
    """A learner whose lesson 1-5 shows everything the lesson language can."""
    for folder in ("courses", "quizzes"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for language, heading in (("ru", "Практика"), ("be", "Практыка"), ("en", "Practice")):
        path = tmp_path / f"courses/c1/lessons/1-5.{language}.md"
        text = path.read_text(encoding="utf-8")
        assert f"## {heading} {{" in text
        path.write_text(text.replace(f"## {heading} {{", f"{RICH}## {heading} {{"), "utf-8")
    loaded = load(tmp_path)
    with world.inside():
        publish(compile_course(loaded, "c1"), by=None, now=clock.now())
        world.cycle(world.learner)
        db.session.commit()
    return world.learner


def opened(page):
    """Return where the open definition is, once it is open."""
    page.wait_for_function("document.querySelector('.back:target')")
    return page.evaluate(SHEET)


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("viewport", [{"width": 320, "height": 568}, PHONE, DESK])
def test_a_definition_opens_over_the_text_and_leads_back(open_as, learner, viewport, scripts):
    facts = {"viewport": viewport, "reduced_motion": "reduce", "java_script_enabled": scripts}
    page = open_as(learner, **facts).go(LESSON)
    term = page.locator("a.term").nth(2)
    term.scroll_into_view_if_needed()
    own = term.get_attribute("id")
    before = page.evaluate(PLACE, own)
    term.click()
    at = opened(page)
    assert at["placed"] == "fixed"
    assert at["focused"]
    assert abs(at["bottom"] - at["high"]) <= 1
    assert at["top"] >= at["high"] * 0.45
    assert at["left"] >= 0
    assert at["right"] <= at["wide"]
    assert abs(page.evaluate(PLACE, own) - before) <= 1, "the text has moved"
    name = ru("Close, back to the text")
    page.get_by_role("link", name=name).click()
    page.wait_for_function("!document.querySelector('.back:target')")
    expect(term).to_be_focused()
    assert 0 < page.evaluate(PLACE, own) < at["high"] * 0.6
    assert not page.get_by_role("link", name=name).count()


def test_a_definition_opens_and_closes_by_keyboard(open_as, learner):
    reader = open_as(learner, reduced_motion="reduce")
    page = reader.go(LESSON)
    term = page.locator("a.term").nth(1)
    term.focus()
    expect(term).to_contain_text("определение")
    page.keyboard.press("Enter")
    assert opened(page)["focused"]
    reader.axe()
    page.keyboard.press("Enter")
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    opened(page)
    page.keyboard.press("Escape")
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    opened(page)
    page.go_back()
    assert page.evaluate(SHEET) is None


@pytest.mark.parametrize("viewport", [{"width": 320, "height": 568}, DESK])
def test_the_open_definition_hides_no_focus(open_as, learner, viewport):
    page = open_as(learner, viewport=viewport, reduced_motion="reduce").go(LESSON)
    page.locator("a.term").nth(1).click()
    for way in ("Tab", "Shift+Tab"):
        for _key in range(50):
            page.keyboard.press(way)
            hidden = page.evaluate(BEHIND)
            assert hidden is None


def test_a_definition_fits_the_screen_with_text_twice_as_large(open_as, learner):
    viewport = {"width": 320, "height": 568}
    page = open_as(learner, viewport=viewport, reduced_motion="reduce", bypass_csp=True).go(LESSON)
    page.add_style_tag(content="html { font-size: 200% !important; }")
    page.locator("a.term").nth(1).click()
    at = opened(page)
    assert at["top"] >= at["high"] * 0.45
    assert at["right"] <= at["wide"]
    assert at["begins"] >= -1, "the definition does not begin where it can be read"
    expect(page.get_by_role("link", name=ru("Close, back to the text"))).to_be_in_viewport()


def test_on_paper_the_words_are_a_list(open_as, learner):
    page = open_as(learner).go(LESSON)
    page.locator("a.term").nth(1).click()
    opened(page)
    page.emulate_media(media="print")
    assert page.evaluate(SHEET)["placed"] == "static"
    assert not page.locator(".words .back").first.is_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_with_everything_is_accessible(open_as, rich, viewport, scheme):
    reader = open_as(rich, viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    page = reader.go("/courses/c1/1-5")
    reader.axe()
    note = page.locator(".notes").first
    expect(note).to_have_attribute("aria-label", "Примечания")
    page.get_by_role("link", name="прим. 1", exact=True).first.click()
    page.wait_for_url("**#fn-*")
    note.locator("a.back").first.click()
    page.wait_for_url("**#fnref-*")
    expect(page.locator(".context .as-of").last).to_contain_text("декабря 2021")
    expect(page.locator(".admonition.on-duty .admonition-title")).to_have_text("На службе")
    expect(page.locator("[lang=ar]")).to_have_css("direction", "rtl")
    expect(page.locator("[aria-label='Таблица: Все средства']")).to_have_count(1)
    page.locator(".notes a.term").click()
    assert opened(page)["placed"] == "fixed"
    reader.axe()
