"""Every component in a real browser: sound in each language and theme, and usable by keys alone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("store_and_app", ["sqlite"], indirect=True),
]

ALL = [
    pytest.param(
        language,
        scheme,
        viewport,
        marks=[]
        if (language, scheme, viewport["width"]) in {("ru", "light", 360), ("be", "dark", 1280)}
        else [pytest.mark.slow],
        id=f"{language}-{scheme}-{viewport['width']}",
    )
    for language in ("ru", "be", "en")
    for scheme in ("light", "dark")
    for viewport in (PHONE, DESK)
]
COVERED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const seen = one.contains(at) || at?.closest("label")?.contains(one);
  return seen ? "" : `${one.outerHTML} is covered by ${at?.outerHTML}`;
}"""


def gallery(open_as, query="", **options):
    person = open_as(**options)
    return person, person.go(f"/gallery{query}")


@pytest.mark.parametrize(("language", "scheme", "viewport"), ALL)
def test_the_gallery_is_sound(open_as, language, scheme, viewport):
    person, page = gallery(open_as, locale=language, color_scheme=scheme, viewport=viewport)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("details.more").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    person.axe()
    page.locator("#confirm [data-confirm] button").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    person.axe()
    page.keyboard.press("Escape")
    page.locator("[data-toast-undo]").click()
    page.locator("input[name=row]").first.check()
    person.axe()


def test_rows_are_chosen_with_the_keyboard_and_the_bar_covers_no_focus(open_as):
    person, page = gallery(open_as, viewport=DESK, reduced_motion="reduce")
    bar, rows = page.locator("form[data-bulk]"), page.locator("input[name=row]")
    head = page.locator("[data-choose-all] input")
    rows.first.focus()
    page.keyboard.press("Space")
    expect(bar).to_have_class(re.compile("stuck"))
    assert head.evaluate("one => one.indeterminate")
    page.keyboard.press("Shift+Tab")
    for _step in range(45):
        page.keyboard.press("Tab")
        assert page.evaluate(COVERED) == ""
        if page.evaluate("document.activeElement.closest('form[data-bulk]') !== null"):
            break
    else:
        raise AssertionError("the acts for chosen rows are not reached")
    page.locator("[data-clear]").press("Enter")
    expect(rows.first).not_to_be_checked()
    expect(head).to_be_focused()
    page.keyboard.press("Space")
    assert rows.evaluate_all("all => all.every((one) => one.checked)")
    page.keyboard.press("Space")
    expect(bar).not_to_have_class(re.compile("stuck"))
    person.check()


def test_acts_need_a_chosen_row(open_as):
    _person, page = gallery(open_as, viewport=DESK)
    page.locator("form[data-bulk] button[type=submit]").first.click()
    expect(page.locator("input[name=row]").first).to_be_focused()


def test_a_list_is_sorted_and_narrowed_by_its_address(open_as):
    _person, page = gallery(open_as, "?q=%D0%BE%D0%B1%D1%80", viewport=DESK)
    page.locator("#table th.sortable a").nth(1).press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=%D0%BE%D0%B1%D1%80&sort=lessons$"))
    expect(page.locator("#table th").nth(2)).to_have_attribute("aria-sort", "ascending")
    page.locator("#filter-q").fill("вым")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"sort=lessons"))
    page.locator("#filters .chips").first.locator("a.chip").first.press("Enter")
    expect(page.locator("#filter-q")).to_have_value("")


def test_filters_fold_away_on_a_phone_and_say_how_many_are_in_force(open_as):
    _person, page = gallery(open_as, "?q=%D0%BE%D0%B1%D1%80")
    fields = page.locator("#filters details").first
    expect(fields).not_to_have_attribute("open", "")
    expect(fields.locator(".count-mark")).to_contain_text("1")
    fields.locator("summary").press("Enter")
    expect(page.locator("#filter-unit")).to_be_visible()


def test_without_a_script_filters_are_open_and_rows_can_be_chosen(open_as):
    _person, page = gallery(open_as, java_script_enabled=False)
    expect(page.locator("#filter-unit")).to_be_visible()
    page.locator("input[name=row]").first.check()
    expect(page.locator("[data-choose-all]")).to_be_hidden()
    expect(page.locator("form[data-bulk] button[type=submit]").first).to_be_visible()
    expect(page.locator("[data-work-link], #work a").first).to_be_visible()


def test_a_wrong_file_is_refused_in_words_and_a_right_one_named(open_as):
    person, page = gallery(open_as)
    field = page.locator("[data-upload]").first
    choose = field.locator("input[type=file]")
    choose.set_input_files({"name": "list.exe", "mimeType": "text/csv", "buffer": b"a"})
    expect(field.locator("[data-refusal]")).to_contain_text("list.exe")
    expect(choose).to_have_attribute("aria-invalid", "true")
    assert choose.evaluate("one => one.files.length") == 0
    person.axe()
    large = {"name": "list.csv", "mimeType": "text/csv", "buffer": b"a" * 3_000_000}
    choose.set_input_files(large)
    expect(field.locator("[data-refusal]")).to_be_visible()
    choose.set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": b"a" * 2048})
    expect(field.locator("[data-refusal]")).to_be_hidden()
    expect(field.locator("[data-chosen]")).to_contain_text("list.csv")
    expect(choose).to_have_attribute("aria-invalid", "false")


def test_a_dialog_begins_at_cancel_and_gives_the_focus_back(open_as):
    _person, page = gallery(open_as)
    opener = page.locator("#confirm [data-confirm] button").first
    opener.press("Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("li")).to_have_count(3)
    expect(dialog.locator("button[value=no]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    opener.press("Enter")
    with page.expect_request("**/language"):
        page.locator("dialog[open] button[value=yes]").press("Enter")


def test_a_short_message_waits_for_who_is_at_it_and_takes_the_act_back(open_as):
    person = open_as()
    person.page.clock.install()
    page = person.go("/gallery")
    page.locator("[data-toast]").first.press("Enter")
    toast = page.locator(".toast")
    expect(toast).to_be_visible()
    page.clock.run_for(9_000)
    expect(toast).to_have_count(0)
    opener = page.locator("[data-toast-undo]")
    opener.press("Enter")
    toast.locator("button").first.focus()
    page.clock.run_for(20_000)
    expect(toast).to_be_visible()
    toast.locator("button").last.press("Enter")
    expect(toast).to_have_count(0)
    expect(opener).to_be_focused()
    opener.press("Enter")
    with page.expect_request("**/language"):
        toast.locator("button").first.press("Enter")


def test_a_slow_form_says_so_and_is_sent_once(open_as):
    _person, page = gallery(open_as)
    sent = []

    def answer(route):
        sent.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/language", answer)
    button = page.locator("#slow button")
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_text(re.compile("…"))
    button.press("Enter")
    expect(page.locator("#slow [role=status]")).to_have_count(1)
    assert len(sent) == 1


def test_long_work_is_followed_and_the_page_comes_again_when_it_ends(open_as):
    person = open_as()
    answers = iter(["running", "done"])
    person.page.clock.install()

    def page_with_work(route):
        reply = route.fetch()
        text = reply.text().replace(
            'data-state="running"', 'data-state="running" data-work="/work"'
        )
        route.fulfill(response=reply, body=text)

    person.page.route("**/gallery", page_with_work)
    person.page.route(
        "**/work",
        lambda route: route.fulfill(
            json={"state": next(answers, "done"), "words": "200 / 240", "done": 200, "total": 240}
        ),
    )
    page = person.go("/gallery")
    card = page.locator("[data-work]")
    expect(card.locator("[data-work-link]")).to_be_hidden()
    page.clock.run_for(2_000)
    expect(card.locator("[data-work-words]")).to_have_text("200 / 240")
    expect(card.locator("progress")).to_have_attribute("value", "200")
    with page.expect_navigation():
        page.clock.run_for(4_000)


@pytest.mark.parametrize("viewport", [{"width": 320, "height": 640}, DESK], ids=["320", "1280"])
def test_a_menu_of_acts_stays_on_the_screen_and_closes_with_escape(open_as, viewport):
    _person, page = gallery(open_as, viewport=viewport)
    menu = page.locator(".page-acts details.menu")
    menu.locator("summary").press("Enter")
    expect(menu.locator("li").first).to_be_visible()
    assert menu.locator("ul").evaluate("one => one.getBoundingClientRect().right <= innerWidth")
    assert Axe().run(page, ".page-acts").violations_count == 0  # it covers what is behind it
    page.keyboard.press("Escape")
    expect(menu.locator("li").first).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
