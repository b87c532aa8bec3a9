"""A small program around the look: no database, no sign-in, only what `app.ui` needs."""

from __future__ import annotations

import secrets

import pytest
from flask import Flask, flash, render_template
from flask.testing import FlaskClient
from flask_babel import Babel
from flask_wtf import CSRFProtect

from app import ui
from app.ui.babel import select_locale
from app.ui.top import Link, Menu, fill

MENU = Menu(items=(Link("Home", "/", current=True), Link("Help", "/help")), sign_out_url="/out")


@pytest.fixture
def person_language() -> list[str]:
    return []


@pytest.fixture
def app(person_language) -> Flask:
    app = Flask("ui_alone", static_folder=None)
    app.config.update(SECRET_KEY=secrets.token_hex(16), WTF_CSRF_ENABLED=False, TESTING=True)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, locale_selector=select_locale)
    CSRFProtect(app)
    ui.init_app(app, person_language=lambda: person_language[0] if person_language else None)
    app.context_processor(lambda: {"demo_mode": True})
    app.add_url_rule("/verify", "certificates.verify", lambda: "")
    app.jinja_env.globals["page_top"] = lambda: fill(MENU, here=ui.here(), name="A. Sample")

    @app.get("/error/<int:code>")
    def error(code: int):
        flash("<b>kept</b>", "danger")
        return render_template("ui/error.html", code=code), code

    return app


@pytest.fixture
def client(app) -> FlaskClient:
    return app.test_client()
