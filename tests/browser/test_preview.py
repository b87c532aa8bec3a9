"""A preview in a real browser: in its frame, played, and drawn again when a file is written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.content.conftest import TREE

# What a browser does with these pages does not depend on the database; other tests try both.
pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]


@pytest.fixture
def files(world, tmp_path):
    """A copy of the small tree, which the application takes for its content."""
    root = Path(shutil.copytree(TREE, tmp_path / "tree"))
    settings = world.app.config["AVRR"]
    world.app.config["AVRR"] = replace(settings, content_root=root)
    yield root
    world.app.config["AVRR"] = settings


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_in_the_frame_are_sound(world, open_as, scheme):
    author = open_as(world.author, color_scheme=scheme)
    for path in (
        "preview/lesson/1-4/page",
        "preview/scenario/c1-1a/page?begun=1",
        "preview/scenario/c1-1b/page?end=1",
        "preview/aid/j1/page?lang=be",
        "preview/item/c1-f-101/page",
        "preview/check/c1-r-101/files/ru?option=a",
    ):
        author.go(f"/admin/content/c1/{path}")
        author.axe()


def test_an_author_tries_a_question_and_a_case_and_sees_a_change_at_once(world, open_as, files):
    author = open_as(world.author, viewport=DESK)
    page = author.go("/admin/content/t1/preview/lesson/1-1?lang=ru")
    frame = page.frame_locator("iframe")
    assert page.locator("iframe").evaluate("one => one.clientWidth") == 358
    check = frame.locator("[data-check]").first
    check.locator("input").first.check()
    check.get_by_role("button").click()
    expect(check.locator("[data-feedback] .verdict")).to_be_visible()

    place = "document.querySelector('iframe').contentWindow.scrollY"
    frame.locator("#s2").evaluate("one => scrollTo(0, one.offsetTop)")
    before = page.evaluate(place)
    assert before > 0
    page.wait_for_timeout(1500)  # the script has asked once what is there
    lesson = files / "courses/t1/lessons/1-1.ru.md"
    text = lesson.read_text("utf-8").replace("title: Первый урок", "title: Другой урок")
    lesson.write_text(text.replace("art. 3(1)].", "art. 99].", 1), "utf-8")
    expect(frame.locator("h1")).to_have_text("Другой урок", timeout=20_000)
    expect(page.locator("[data-renew]")).to_contain_text("art. 99")
    page.wait_for_function(f"{place} === {before}")

    with page.expect_navigation():
        frame.locator("a[href*='/preview/scenario/']").click()  # leaves the frame
    assert "/preview/scenario/t1-1a" in page.url
    frame = page.frame_locator("iframe")
    frame.locator("a[href*='begun=1']").click()
    frame.locator("button[name=made]").first.click()
    expect(frame.locator(".outcome")).to_be_visible()
    author.axe()
    author.check()
