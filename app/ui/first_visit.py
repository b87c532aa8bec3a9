"""The first page a browser gets carries its style; later pages link to it.

A linked sheet costs a bad link further round trips before anything can be drawn. So a browser
that does not show the cookie `look` gets the sheet inside the page. The end of that page asks for
the file as well, for no medium: browsers load such a sheet last, wait for it with nothing, and
have it when the next page links to it. The cookie names the version of the sheet and says nothing
of the reader.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256

from flask import Flask, Response, current_app, g, request
from markupsafe import Markup

from app.ui import assets

COOKIE = "look"
SHEET = "css/app.css"
MARK = "carries_style"


def style() -> Markup:
    """Return what gives a page its look: a link, or on a first visit the sheet itself."""
    if request.cookies.get(COOKIE) == assets.version(SHEET):
        return Markup('<link rel="stylesheet" href="{}">').format(assets.static_url(SHEET))
    setattr(g, MARK, True)
    return Markup(f"<style>{assets.sheet('app')}</style>")  # noqa: S704 - a file of ours


def style_file() -> Markup:
    """Return a link that has the browser keep the sheet this page carries, for the next page."""
    if not is_carried():
        return Markup()
    link = Markup('<link rel="stylesheet" href="{}" media="not all">')
    return link.format(assets.static_url(SHEET))


def is_carried() -> bool:
    """Whether the page of this request carries its style."""
    return MARK in g


def style_sources() -> str:
    """Return where style may come from in this answer: own files, and the sheet it carries."""
    return f"'self' {_fingerprint()}" if is_carried() else "'self'"


@cache
def _fingerprint() -> str:
    """Return the hash of the sheet as a content security policy names it."""
    return f"'sha256-{b64encode(sha256(assets.sheet('app').encode()).digest()).decode()}'"


def init_app(app: Flask) -> None:
    """Give templates `page_style()` and `page_style_file()`, and keep the cookie true."""
    app.jinja_env.globals.update(page_style=style, page_style_file=style_file)

    @app.after_request
    def _remember(response: Response) -> Response:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        if "Clear-Site-Data" in response.headers:  # the next page is a first visit again
            response.delete_cookie(COOKIE, secure=secure, httponly=True, samesite="Lax")
        elif is_carried():
            response.set_cookie(
                COOKIE, assets.version(SHEET), secure=secure, httponly=True, samesite="Lax"
            )
        return response
