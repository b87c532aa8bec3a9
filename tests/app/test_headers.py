"""What every answer carries: headers, cookies, tokens against forgery, and plain error pages."""

from __future__ import annotations

import html5lib
import pytest
from flask import Flask

from app import create_app
from app.ui import assets
from app.web import MAX_UPLOAD_BYTES, csrf
from tests.app.stage import Stage
from tests.app.test_routes import path, routes
from tests.conftest import SECRET, test_config
from tests.pages import faults

pytestmark = pytest.mark.databases("sqlite")  # what an answer carries is not in a row
EXEMPT = {"app.assessment.views.answers", "app.accounts.views.api_sign_in"}
FRAMED = {"authoring_preview.page", "authoring_preview.check"}  # in a frame of our own
KEPT = {"search.index", "media.file", "authoring_preview.media"}
NO_TOKEN = "The CSRF token is missing."


@pytest.fixture
def bare() -> Flask:
    """An application whose pages here ask no database."""
    return create_app(test_config("sqlite://"))


@pytest.fixture
def production() -> Flask:
    return create_app(
        test_config("sqlite://", mode="production", base_url="https://academy.example")
    )


@pytest.mark.parametrize("role", ["anonymous", "learner", "coordinator", "admin"])
def test_every_page_is_closed_to_foreign_code_and_kept_by_nobody(world, role):
    stage = Stage(world)
    client = world.client(stage.who(role))
    for rule, method in routes(world.app):
        if method != "GET" or rule.endpoint in ("ui.static", "ui.styles"):
            continue
        response = client.get(path(rule, stage.values(rule.endpoint)))
        headers = response.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, rule.rule
        is_framed = response.status_code == 200 and rule.endpoint in FRAMED
        assert f"frame-ancestors '{'self' if is_framed else 'none'}'" in policy
        for loose in ("unsafe", "*", "http:", "https:"):
            assert loose not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        is_kept = response.status_code == 200 and rule.endpoint in KEPT
        kept = "private, no-cache" if is_kept else "no-store"
        assert headers["Cache-Control"] == ("no-store" if role == "anonymous" else kept), rule.rule
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303):
            assert faults(response.text) == [], rule.rule
            own = ("/static/ui/", "/admin/content/c1/preview/")
            assert all(a.startswith(own) for a in _loaded(response.text)), rule.rule
        response.close()


def _loaded(text: str) -> list[str]:
    """The addresses that a page loads without a click."""
    elements = [e for e in html5lib.parse(text).iter() if isinstance(e.tag, str)]
    links = [e.get("href") for e in elements if e.tag.endswith("}link")]
    return [address for address in [*links, *(e.get("src") for e in elements)] if address]


def static(app: Flask, name: str, **query: str):
    response = app.test_client().get(f"/static/ui/{name}", query_string=query)
    response.close()
    return response


def test_a_file_asked_for_by_its_version_is_kept_for_ever_and_no_other(bare):
    kept = static(bare, "css/app.css", v=assets.version("css/app.css"))
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for answer in (
        static(bare, "css/app.css"),
        static(bare, "css/app.css", v="of-another-release"),
        static(bare, "css/none.css", v="of-another-release"),
    ):
        assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(bare, production):
    plain = bare.test_client().get("/sign-in").headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in plain} == {"avrr", "look"}
    secure = production.test_client().get("/sign-in", base_url="https://academy.example")
    strict = secure.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in strict} == {"__Host-avrr", "look"}
    for cookie in (*plain, *strict):
        parts = cookie.split("; ")
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
        assert not [part for part in parts if part.startswith(("Domain", "Expires", "Max-Age"))]
        assert SECRET not in cookie
    assert all("Secure" in cookie.split("; ") for cookie in strict)
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_production_shows_no_gallery_and_no_sign_of_a_demo(production):
    client = production.test_client()
    assert client.get("/gallery", base_url="https://academy.example").status_code == 404
    assert production.debug is production.testing is False


@pytest.mark.parametrize("role", ["anonymous", "learner", "coordinator", "admin"])
def test_every_post_without_a_token_is_refused(world, role, monkeypatch):
    stage = Stage(world)
    client = world.client(stage.who(role))
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    let_in = set()
    for rule, method in routes(world.app):
        if method == "GET":
            continue
        response = client.open(
            path(rule, stage.values(rule.endpoint)),
            method=method,
            headers={"Accept": "application/json"},
        )
        is_refused = response.status_code == 400 and response.json.get("message") == NO_TOKEN
        if not is_refused:
            let_in.add(rule.endpoint)
    assert let_in == {"assessment.answers", "accounts.api_sign_in"}
    assert csrf._exempt_views == EXEMPT


def test_a_form_with_its_token_is_taken_and_one_with_anothers_is_not(world, monkeypatch):
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    tokens = {}
    for name in ("coordinator", "elsewhere"):
        page = world.client(getattr(world, name)).get("/cohorts/new").text
        tokens[name] = page.partition('name="csrf_token"')[2].partition('value="')[2].split('"')[0]
    for name, status in (("coordinator", 422), ("elsewhere", 400)):
        sent = world.client(world.coordinator).post(
            "/cohorts/new", data={"csrf_token": tokens[name]}
        )
        assert sent.status_code == status, name


def test_a_file_that_is_too_large_is_refused_with_words(world):
    answer = world.client(world.coordinator).post(
        world.address("enrolment.import_people", cohort_id=world.cohort.id),
        data=b"x" * (MAX_UPLOAD_BYTES + 1),
        content_type="multipart/form-data; boundary=line",
    )
    assert answer.status_code == 413
    assert "413" in answer.text
    assert faults(answer.text) == []


def test_an_unknown_page_is_told_in_each_language(bare):
    bare.config["WTF_CSRF_ENABLED"] = False
    texts = set()
    for language in ("ru", "be", "en"):
        client = bare.test_client()
        client.post("/language", data={"lang": language})
        page = client.get("/no/such/page")
        assert page.status_code == 404
        assert faults(page.text) == []
        assert f'lang="{language}"' in page.text
        texts.add(page.text.partition("<h1")[2].partition("</h1>")[0])
    assert len(texts) == 3


def test_a_failure_tells_nothing_of_the_inside(bare, monkeypatch):
    def broken():
        raise RuntimeError("the password of the database is 12345")

    monkeypatch.setitem(bare.view_functions, "ui.help", broken)
    bare.testing = False
    for accept in ("text/html", "application/json"):
        answer = bare.test_client().get("/help", headers={"Accept": accept})
        assert answer.status_code == 500
        assert answer.mimetype == accept
        for inside in ("12345", "Traceback", "RuntimeError", "password"):
            assert inside not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in answer.headers
    assert faults(bare.test_client().get("/help").text) == []
