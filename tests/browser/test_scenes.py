"""A film that the page itself draws, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.keys import Keys
from tests.browser.words import ru

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]
FIRST, SECOND = "Сначала спросите.", "Потом выслушайте."
MOVES = """() => document.getAnimations()
  .filter((one) => one.effect.target.closest(".shot")).map((one) => one.playState)"""


@pytest.fixture
def film(world, open_as, lesson):
    """Open the lesson and return its reader and its film."""

    def start(**options):
        reader = open_as(world.learner, **options)
        return reader, reader.go(lesson).locator("[data-scenes]")

    return start


def press(film, label):
    film.get_by_role("button", name=ru(label), exact=True).click()


def shows(film, caption):
    """Fail unless exactly this caption can be seen."""
    expect(film.locator(".stage .caption").locator("visible=true")).to_have_text([caption])


def test_nothing_moves_before_it_is_played_and_pause_stops_all(film):
    reader, one = film()
    page = reader.page
    shows(one, FIRST)
    assert page.evaluate(MOVES) == []
    expect(one.get_by_role("img", name="Круг", exact=True)).to_be_visible()
    reader.axe()
    press(one, "Play")
    assert page.evaluate(MOVES) == ["running"]
    press(one, "Pause")
    assert page.evaluate(MOVES) == ["paused"]
    expect(one.locator("[data-told]")).to_be_empty()
    press(one, "Play")
    assert page.evaluate(MOVES) == ["running"]


def test_a_scene_follows_by_itself_and_the_last_one_stays(film):
    reader, one = film()
    reader.page.evaluate(
        "document.querySelectorAll('.shot').forEach((one) => { one.dataset.seconds = '.4'; })"
    )
    press(one, "Play")
    shows(one, SECOND)
    expect(one.get_by_role("button", name=ru("Play"), exact=True)).to_be_visible()
    expect(one.locator("[data-told]")).to_be_empty()
    shows(one, SECOND)
    press(one, "Play")
    shows(one, FIRST)
    press(one, "From the beginning")
    shows(one, FIRST)


def test_who_steps_by_hand_sees_how_the_scene_ends_and_hears_it(film):
    reader, one = film()
    press(one, "Next")
    shows(one, SECOND)
    assert reader.page.evaluate(MOVES) == []
    told = one.locator("[data-told]")
    expect(told).to_contain_text(SECOND)
    expect(told).to_contain_text(ru("Scene %(number)s of %(count)s", number=2, count=2))
    last = one.get_by_role("button", name=ru("Next"), exact=True)
    expect(last).to_be_disabled()
    last.press("Enter")
    shows(one, SECOND)
    press(one, "Back")
    shows(one, FIRST)


def test_keys_play_it_and_leave_the_page_where_it_is(film):
    reader, one = film(reduced_motion="reduce")
    keyboard, stage = reader.page.keyboard, one.locator("[data-stage]")
    stage.focus()
    keyboard.press("Tab")
    Keys(reader).to(stage, back=True)
    top = reader.page.evaluate("scrollY")
    keyboard.press("ArrowRight")
    shows(one, SECOND)
    keyboard.press("ArrowLeft")
    shows(one, FIRST)
    keyboard.press("Space")
    expect(one.get_by_role("button", name=ru("Pause"), exact=True)).to_be_visible()
    keyboard.press("Space")
    expect(one.get_by_role("button", name=ru("Play"), exact=True)).to_be_visible()
    assert reader.page.evaluate("scrollY") == top
    one.get_by_role("button", name=ru("Next"), exact=True).focus()
    keyboard.press("Space")
    shows(one, SECOND)


def test_the_words_change_their_language_in_place(film):
    _, one = film()
    one.get_by_label(ru("Language below the pictures")).select_option("be")
    shows(one, "Спачатку спытайце.")
    press(one, "Next")
    shows(one, "Потым выслухайце.")
    expect(one.locator("[data-told] [lang]")).to_have_text("Потым выслухайце.")


def test_it_is_shown_large_and_small_again(film):
    reader, one = film(viewport={"width": 1280, "height": 800})
    press(one, "Show large")
    expect(one.get_by_role("button", name=ru("Show small again"))).to_be_visible()
    assert reader.page.evaluate("document.fullscreenElement.matches('[data-scenes]')")
    reader.axe()
    press(one, "Show small again")
    expect(one.get_by_role("button", name=ru("Show large"))).to_be_visible()


@pytest.mark.parametrize("how", ["device", "reader"])
def test_for_who_asks_for_less_motion_scenes_change_and_nothing_moves(film, how):
    reader, one = film(reduced_motion="reduce" if how == "device" else "no-preference")
    page = reader.page
    if how == "reader":
        page.evaluate("document.documentElement.dataset.motion = 'none'")
    page.evaluate("document.querySelector('.shot').dataset.seconds = '.4'")
    press(one, "Play")
    assert page.evaluate(MOVES) == []
    shows(one, SECOND)
    assert page.evaluate(MOVES) == []


def test_without_script_and_on_paper_the_scenes_stand_below_each_other(film):
    _, one = film(java_script_enabled=False)
    expect(one.locator(".stage .caption").locator("visible=true")).to_have_text([FIRST, SECOND])
    expect(one.get_by_role("button")).to_have_count(0)
    reader, one = film()
    press(one, "Play")
    reader.page.emulate_media(media="print")
    expect(one.locator(".stage .caption").locator("visible=true")).to_have_text([FIRST, SECOND])
    expect(one.get_by_role("button")).to_have_count(0)
    assert reader.page.evaluate(MOVES) == []


def test_after_printing_the_scene_is_whole(film):
    reader, one = film()
    press(one, "Play")
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert reader.page.evaluate(MOVES) == []
    expect(one.get_by_role("button", name=ru("Play"), exact=True)).to_be_visible()
