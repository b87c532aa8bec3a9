"""Pictures and films in a real browser, under the rules that pages are closed with."""

from __future__ import annotations

import pytest

# What a browser does with these pages does not depend on the database; other tests try both.
pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
PLAYED = """async () => {
  const film = document.querySelector("video");
  const ended = new Promise((done) => { film.onended = done; setTimeout(done, 5000); });
  film.muted = true;
  await film.play();
  await ended;
  return [film.videoWidth, film.duration, film.ended, film.textTracks[0].cues.length];
}"""


def test_a_picture_is_drawn_and_a_film_plays_with_its_captions(world, open_as, lesson):
    learner = open_as(world.learner)
    loaded = []
    learner.page.on("request", lambda request: loaded.append(request.url))
    page = learner.go(lesson)
    picture = page.locator("figure img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("async (one) => { await one.decode(); return one.width; }") == 320
    assert not [url for url in loaded if ".webm" in url]
    assert page.evaluate(PLAYED) == [64, 1, True, 2]
    assert [url for url in loaded if ".webm" in url]
    page.locator(".recording summary").first.click()
    assert page.get_by_text("Неподвижная картинка.").is_visible()
    learner.axe()
    learner.check()
