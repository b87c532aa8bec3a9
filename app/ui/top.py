"""What stands above and below every page: drawn once for each menu, filled in for each reader.

A page would spend a third of its drawing on them, and they are the same for all with these
roles on this page. What differs (token, place, name) is put into marked gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flask import render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from app.ui.babel import LANGUAGES, current_language


@dataclass(frozen=True)
class Link:
    """An entry of a menu; `aside` begins the part at the other end of the line."""

    label: str
    url: str
    current: bool = False
    icon: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Menu:
    """The menus of a page; `sign_out_url` is empty when nobody is signed in."""

    items: tuple[Link, ...] = ()
    account_links: tuple[Link, ...] = ()
    sign_out_url: str = ""


@dataclass(frozen=True)
class Gap:
    """Marks that no text holds, since they begin with a control character."""

    token: str = "\x01token\x01"  # noqa: S105 - a mark, not a secret
    here: str = "\x01here\x01"
    name: str = "\x01name\x01"


GAP = Gap()


def fill(menu: Menu, *, here: str, name: str) -> Markup:
    """Return the top of this page: `here` is its address, `name` that of who is signed in."""
    drawn = _draw(menu, current_language().code, request.script_root)
    return Markup(  # noqa: S704 - drawn by a template; what is put in is escaped
        drawn.replace(GAP.token, str(escape(generate_csrf())))
        .replace(GAP.here, str(escape(here)))
        .replace(GAP.name, str(escape(name)))
    )


@lru_cache(maxsize=512)
def _draw(menu: Menu, _language: str, _root: str) -> str:
    return render_template(
        "ui/top.html",
        menu=menu,
        gap=GAP,
        languages=LANGUAGES,
        language=current_language(),
    )


def end(demo_mode: bool = False) -> Markup:
    """Return what stands below every page, with the scripts of all pages."""
    return _draw_end(demo_mode, current_language().code, request.script_root)


@lru_cache(maxsize=16)
def _draw_end(demo_mode: bool, _language: str, _root: str) -> Markup:
    drawn = render_template("ui/end.html", demo_mode=demo_mode)
    return Markup(drawn)  # noqa: S704 - drawn by a template
