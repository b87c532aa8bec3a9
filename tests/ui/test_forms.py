"""Forms: their fields as HTML, their messages in the language of the page."""

from __future__ import annotations

import re
from inspect import getsource
from pathlib import Path

import flask_wtf.file
import html5lib
import wtforms
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from flask import render_template_string
from flask_babel import force_locale, get_domain
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.ui import forms
from app.ui.forms import Form


class SignIn(Form):
    name = StringField("Name", [InputRequired()], description="As on your slip")
    password = PasswordField("Password", [InputRequired(), Length(min=10)])


TEMPLATE = """<!doctype html><title>x</title>{% import "ui/macros.html" as m %}
{% call m.form(form, "/x", guard=True) %}{{ m.field(form.name, autocomplete="username") }}
{{ m.field(form.password, autocomplete="current-password") }}{{ m.button("Go") }}{% endcall %}
{{ m.post_button("/close", "Close", "danger", "It <ends>.", {"id": 3}) }}"""


def rendered(app, data):
    with app.test_request_context("/"):
        form = SignIn(formdata=MultiDict(data), meta={"csrf": False})
        form.validate()
        text = render_template_string(TEMPLATE, form=form)
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def test_a_field_with_a_problem_says_so_in_three_ways(app):
    page = rendered(app, {"password": "short"})
    name = page.find(".//input[@id='name']")
    assert name.get("aria-invalid") == "true"
    assert name.get("aria-describedby") == "name-hint name-problem"
    assert name.get("autocomplete") == "username"
    assert "This field is required." in "".join(page.find(".//p[@id='name-problem']").itertext())
    summary = page.find(".//div[@role='alert']")
    assert [link.get("href") for link in summary.iter("a")] == ["#name", "#password"]


def test_a_right_field_is_left_in_peace(app):
    page = rendered(app, {"name": "a", "password": "long enough for it"})
    name = page.find(".//input[@id='name']")
    assert name.get("aria-invalid") is None
    assert name.get("aria-describedby") == "name-hint"
    assert page.find(".//div[@role='alert']") is None


def test_a_password_is_never_sent_back_and_may_be_pasted(app):
    password = rendered(app, {"password": "short"}).find(".//input[@id='password']")
    assert password.get("value") in (None, "")
    assert password.get("onpaste") is None


def test_a_post_button_is_a_form_that_states_the_consequence(app):
    form = rendered(app, {}).find(".//form[@class='post-form']")
    assert (form.get("method"), form.get("action")) == ("post", "/close")
    assert form.get("data-confirm") == "It <ends>."
    fields = {node.get("name"): node.get("value") for node in form.iter("input")}
    assert fields["id"] == "3"
    assert fields["csrf_token"]


def test_all_that_the_library_says_is_in_our_catalogues():
    listed = set()
    with Path(forms.__file__).open("rb") as source:
        keywords = {"_l": None, "ngettext": (1, 2)}
        for _line, message, _comments, _context in extract("python", source, keywords):
            listed |= {message} if isinstance(message, str) else set(message)
    template = Path(wtforms.__file__).parent / "locale" / "wtforms.pot"
    with template.open("rb") as source:
        said = set()
        for message in read_po(source):
            said |= {message.id} if isinstance(message.id, str) else set(message.id)
    files = set(re.findall(r'field\.gettext\(\s*"([^"]+)"', getsource(flask_wtf.file)))
    assert said - {""} | files <= listed


def test_messages_come_from_our_catalogues(app, monkeypatch):
    class Belarusian:
        def gettext(self, text):
            return {"This field is required.": "Запоўніце гэтае поле."}[text]

        def ngettext(self, one, many, n):
            return {("%(min)d", 10): "Не менш за %(min)d знакаў."}[one.split()[5], n]

    with app.test_request_context("/"), force_locale("be"):
        monkeypatch.setattr(get_domain(), "get_translations", Belarusian)
        form = SignIn(formdata=MultiDict({"password": "short"}), meta={"csrf": False})
        form.validate()
        assert form.errors == {
            "name": ["Запоўніце гэтае поле."],
            "password": ["Не менш за 10 знакаў."],
        }


def test_text_from_people_is_escaped_in_components(app):
    evil = "<script>alert(1)</script>"
    source = (
        '{% import "ui/macros.html" as m %}{% import "ui/desk.html" as d %}'
        '{{ m.status("success", x) }}{{ m.notice("info", x, x) }}'
        "{{ m.facts([(x, x)]) }}{{ m.progress(1, 2, x) }}{{ d.table(x, [{'label': x}], [[x]]) }}"
        "{{ m.quiz_item(x, 'n', [{'id': 'a', 'text': x}]) }}{{ m.empty_state(x, x) }}"
        "{{ d.matrix(x, x, [(x, x)], [{'name': x, 'hint': x, 'cells': [('done', x, x)]}],"
        " [('done', x)]) }}"
    )
    with app.test_request_context("/"):
        assert "<script" not in render_template_string(source, x=evil)
        assert "<b>" in render_template_string(source, x=Markup("<b>own</b>"))
