"""A browser without our files gets the style in its first page, and links from then on."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from hashlib import sha256

import html5lib
import pytest

from app.db import db
from app.ui import assets
from tests.app.stage import Stage
from tests.pages import faults

LESSON = "/courses/c1/1-1"
PACKED = {"Accept-Encoding": "gzip"}
STYLE = re.compile(r"<style>(.*?)</style>", re.S)
LINK = '<link rel="stylesheet" href="/static/ui/css/app.css?v={}"{}>'


def links(version: str) -> tuple[str, str]:
    """The link that styles a page, and the one that only has the file kept."""
    return LINK.format(version, ""), LINK.format(version, ' media="not all"')


def newcomer(world, who=None):
    """A browser of somebody that has nothing of ours yet."""
    client = world.new_client(who)
    client.delete_cookie("look")
    return client


def sources(response) -> str:
    return response.headers["Content-Security-Policy"].partition("style-src ")[2].partition(";")[0]


def is_first(response) -> bool:
    """Whether a page carries its style, after checking that all parts of it agree."""
    link, kept = links(assets.version("css/app.css"))
    carried = STYLE.findall(response.text)
    is_set = any(c.startswith("look=") for c in response.headers.getlist("Set-Cookie"))
    if not carried:
        assert link in response.text
        assert kept not in response.text
        assert sources(response) == "'self'"
        assert not is_set
        return False
    assert carried == [assets.sheet("app")]
    assert link not in response.text
    assert kept in response.text
    digest = b64encode(sha256(carried[0].encode()).digest()).decode()
    assert sources(response) == f"'self' 'sha256-{digest}'"
    assert is_set
    return True


def test_the_first_page_carries_the_style_and_the_next_links_to_it(world):
    client = newcomer(world)
    assert is_first(client.get("/sign-in"))
    assert not is_first(client.get("/sign-in"))
    assert not is_first(client.get("/help"))


def test_the_sheet_in_the_page_is_the_sheet_of_the_link(world):
    client = newcomer(world)
    (carried,) = STYLE.findall(client.get("/help").text)
    with client.get("/static/ui/css/app.css") as file:
        assert file.text == carried


def test_a_browser_that_keeps_no_cookies_gets_it_each_time(world):
    client = world.app.test_client(use_cookies=False)
    assert is_first(client.get("/help"))
    assert is_first(client.get("/help"))


def test_a_new_sheet_is_carried_again(world):
    client = newcomer(world)
    client.set_cookie("look", "of-another-release")
    assert is_first(client.get("/help"))
    assert not is_first(client.get("/help"))


def test_another_language_is_no_first_visit(world):
    client = newcomer(world)
    assert is_first(client.get("/help"))
    assert client.post("/language", data={"lang": "be"}).status_code == 303
    page = client.get("/help")
    assert 'lang="be"' in page.text
    assert not is_first(page)


def test_after_signing_out_the_next_page_is_a_first_visit_again(world):
    client = newcomer(world, world.learner)
    client.get("/help")
    assert not is_first(client.get("/help"))
    assert "cache" in client.post("/sign-out").headers["Clear-Site-Data"]
    assert is_first(client.get("/sign-in"))


def test_a_refused_form_and_a_missing_page_carry_it_too(world):
    refused = newcomer(world, world.coordinator).post("/cohorts/new", data={})
    assert refused.status_code == 422
    missing = newcomer(world).get("/no/such/page")
    assert missing.status_code == 404
    for page in (refused, missing):
        assert is_first(page)
        assert faults(page.text) == []


@pytest.mark.parametrize("path", ["/healthz", "/favicon.ico", "/static/ui/css/app.css"])
def test_what_is_no_page_sets_no_cookie(world, path):
    with newcomer(world).get(path) as answer:
        assert answer.headers.getlist("Set-Cookie") == []
        assert sources(answer) == "'self'"


def test_the_other_sheets_stay_links_after_the_style(world):
    stage = Stage(world)
    address = world.address("learning.aid", **stage.values("learning.aid"))
    page = newcomer(world, world.learner).get(address)
    assert is_first(page)
    assert page.text.index("</style>") < page.text.index("css/aid.css")


def test_the_style_cannot_end_early():
    sheet = assets.sheet("app")
    assert "<" not in sheet
    assert "\r" not in sheet


@pytest.mark.parametrize(
    ("written", "squeezed"),
    [
        ("/* a */ b /* c */ {\n  color : red ;\n}\n", "b{color : red;}"),
        ('a::before { content: "  ; /* kept */ }" ; }', 'a::before{content: "  ; /* kept */ }";}'),
        ("a { content: 'it\\'s  { so'; }", "a{content: 'it\\'s  { so';}"),
        ('a { content: "\\\\"; }  b { }', 'a{content: "\\\\";}b{}'),
        (".a\\ { color: red }", ".a\\ {color: red}"),
        ("a :hover , b\n>\n c {}", "a :hover , b > c{}"),
        ("a/**/b { } a/* x */ b { }", "a/**/b{}a b{}"),
        ("@media (width > 1px) { a { --x: 1px  2px; } }", "@media (width > 1px){a{--x: 1px 2px;}}"),
        ("/***/ a {} /* ** / */ b {}", "a{}b{}"),
    ],
)
def test_squeezing_leaves_the_rules_as_they_are(written, squeezed):
    assert assets.squeeze(written) == squeezed
    assert assets.squeeze(squeezed) == squeezed


@pytest.fixture
def lesson(world):
    """The first lesson as it comes to a browser that has nothing of ours yet."""
    with world.inside():
        world.cycle(world.learner)
        db.session.commit()
    answer = newcomer(world, world.learner).get(LESSON, headers=PACKED)
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    return answer


def loaded(world, lesson) -> dict[str, int]:
    """What the page loads without a click: address and bytes as sent, the page itself first."""
    page = html5lib.parse(gzip.decompress(lesson.data), namespaceHTMLElements=False)
    addresses = [e.get(name) for e in page.iter() for name in ("src", "href") if loads(e, name)]
    sizes = {LESSON: size(lesson)}
    for address in addresses:
        with newcomer(world).get(address, headers=PACKED) as answer:
            assert answer.status_code == 200, address
            sizes[address.partition("#")[0]] = size(answer)
    return sizes


def loads(element, name: str) -> bool:
    tag = str(element.tag).rpartition("}")[2]
    return bool(element.get(name)) and tag in ("link", "script", "img", "use")


def size(answer) -> int:
    """Bytes of an answer with its head."""
    return len(answer.data) + len(f"HTTP/1.1 200 OK\r\n{answer.headers}".encode())


def test_the_first_visit_of_a_lesson_is_light(world, lesson):
    sizes = loaded(world, lesson)
    scripts = [size for address, size in sizes.items() if ".js?" in address]
    sheets = [size for address, size in sizes.items() if ".css?" in address]
    assert len(sizes) <= 8, sorted(sizes)
    assert sum(sizes.values()) < 60_000, sizes
    assert sum(scripts) < 25_000
    assert sum(sheets) < 15_000


def test_nothing_of_a_lesson_holds_up_its_first_drawing(world, lesson):
    page = html5lib.parse(gzip.decompress(lesson.data), namespaceHTMLElements=False)
    scripts = list(page.iter("script"))
    assert scripts
    assert {script.get("type") for script in scripts} == {"module"}
    sheets = [link for link in page.iter("link") if link.get("rel") == "stylesheet"]
    assert [link.get("media") for link in sheets] == ["not all"]


def test_pictures_of_a_lesson_say_how_large_they_are(world, lesson):
    page = html5lib.parse(gzip.decompress(lesson.data), namespaceHTMLElements=False)
    for picture in page.iter("img"):
        assert picture.get("width"), picture.get("src")
        assert picture.get("height"), picture.get("src")
