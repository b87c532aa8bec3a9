"""A change of language or of the look happens in place: nothing is lost, nobody starts again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from app import clock
from app.accounts.models import Person
from app.assessment import services as assessment
from app.db import db
from tests.browser.words import ru

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]

RESTED = 2500  # milliseconds: a smooth scroll and the time after which a place counts
SAME_PLACE = """(id) => {
  const top = document.getElementById(id).getBoundingClientRect().top;
  return top > -5 && top < innerHeight / 2;
}"""


def speak(page, code):
    """Press a button of the language switch and wait for the page in that language."""
    page.locator(f"form.languages button[value={code}]").click()
    expect(page.locator("html")).to_have_attribute("lang", code)


def test_a_lesson_stays_on_its_screen(world, open_as):
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    person = open_as(world.learner)
    page = person.go("/courses/c1/1-1?from=mail")
    page.evaluate("document.querySelector('#s4').scrollIntoView()")
    page.wait_for_timeout(RESTED)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(RESTED)
    speak(page, "be")
    assert "/courses/c1/1-1?from=mail#s4" in page.url
    page.wait_for_function(SAME_PLACE, arg="s4-title")


def test_another_page_stays_at_the_nearest_heading(world, open_as):
    page = open_as().go("/help?part=2")
    speak(page, "en")
    assert page.url.endswith("/help?part=2")
    page.evaluate("document.querySelector('#certificate').scrollIntoView()")
    page.wait_for_timeout(RESTED)
    speak(page, "ru")
    assert re.search(r"/help\?part=2#\S+$", page.url)
    page.wait_for_function(SAME_PLACE, arg=page.url.partition("#")[2])
    expect(page.locator("#certificate")).to_be_in_viewport()


def test_what_was_typed_and_not_sent_is_still_there_and_still_guarded(world, open_as):
    person = open_as(world.coordinator)
    asked = []
    page = person.page
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    person.go("/cohorts/new")
    page.fill("#name", "Осень, группа 2")
    page.fill("#closes_on", "2030-05-17")
    speak(page, "en")
    assert asked == []
    expect(page.locator("#name")).to_have_value("Осень, группа 2")
    expect(page.locator("#closes_on")).to_have_value("2030-05-17")
    page.locator("h1").click()
    page.locator(".brand").click()
    page.wait_for_url(person.address + "/")
    assert asked == ["beforeunload"]
    person.go("/cohorts/new")
    expect(page.locator("#name")).to_have_value("")


def test_a_refused_form_keeps_what_was_sent(world, open_as):
    person = open_as(world.coordinator)
    person.expected = ("422",)
    page = person.go("/cohorts/new")
    page.fill("#name", "Зима")
    page.locator("main form button.button").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    speak(page, "be")
    expect(page.locator("#name")).to_have_value("Зима")


def test_secrets_are_never_kept(world, open_as):
    page = open_as().go("/sign-in")
    page.fill("#identifier", "О-1")
    page.fill("#password", "тайна-тайна")
    page.evaluate(
        """() => { Storage.prototype.setItem = new Proxy(Storage.prototype.setItem, {
          apply(target, self, [name, text]) {
            document.cookie = `seen=${encodeURIComponent(text)}; path=/`;
            return Reflect.apply(target, self, [name, text]);
          } }); }"""
    )
    speak(page, "be")
    expect(page.locator("#identifier")).to_have_value("О-1")
    expect(page.locator("#password")).to_have_value("")
    kept = page.evaluate("decodeURIComponent(document.cookie)")
    assert "О-1" in kept
    assert "тайна" not in kept
    assert page.evaluate("sessionStorage.length") == 0


def test_an_open_test_keeps_its_questions_and_answers_while_the_page_changes(world, open_as):
    with world.inside():
        cycle = world.cycle(world.learner)
        begun = assessment.start_attempt(cycle, language="ru", now=clock.now())
        public_id = begun.public_id
        db.session.commit()
    page = open_as(world.learner).go(f"/attempts/{public_id}")
    stem = page.locator("#question-2 legend").inner_text().splitlines()[-1]
    page.locator("#question-2 input[type=radio]").nth(1).check()
    expect(page.locator("#question-2 .saved")).to_have_attribute("data-state", "saved")
    speak(page, "en")
    expect(page.locator("#question-2 legend")).to_contain_text(stem)
    expect(page.locator("#question-2 [lang=ru]").first).to_be_visible()
    expect(page.locator("#question-2 input[type=radio]").nth(1)).to_be_checked()
    expect(page.locator("h1")).to_have_text("Final test")


def test_the_look_changes_at_once_and_is_kept_by_the_button(world, open_as):
    person = open_as(world.learner)
    page = person.go("/help")
    page.evaluate("location.assign('/display')")
    page.wait_for_url(re.compile("/display"))
    root = page.locator("html")
    before = page.evaluate("getComputedStyle(document.querySelector('#sample')).fontSize")
    page.get_by_label(ru("Largest")).check()
    page.get_by_label(ru("Dark, for night shifts")).check()
    expect(root).to_have_attribute("data-text", "largest")
    expect(root).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.querySelector('#sample')).fontSize") != before
    speak(page, "en")
    expect(root).to_have_attribute("data-text", "largest")
    page.locator("main button.button").click()
    page.wait_for_url(person.address + "/help")
    expect(root).to_have_attribute("data-theme", "dark")
    with world.inside():
        assert db.session.get_one(Person, world.learner.id).display == "theme=dark;text=largest"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_largest_and_widest_text_fits(world, open_as, width):
    with world.inside():
        world.cycle(world.learner)
        person = db.session.get_one(Person, world.learner.id)
        person.display = "contrast=high;text=largest;spacing=wide;motion=none"
        db.session.commit()
    reader = open_as(world.learner, viewport={"width": width, "height": 740})
    for path in ("/", "/display", "/welcome", "/help", "/accessibility", "/courses/c1/1-1"):
        reader.go(path)
        reader.axe()
