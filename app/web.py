"""The web application put together: settings, blueprints, sign-in, headers, errors."""

from __future__ import annotations

import gzip
import importlib
import logging
import posixpath
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_babel import gettext as _
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import text
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from app import clock, config, db, navigation, ui
from app.access import web as access
from app.accounts import queries as accounts
from app.accounts.sign_in import SignedIn, keep_display, user_of_token
from app.ui import assets, first_visit
from app.ui.babel import PERSON_LANGUAGE, current_language, install_in_templates, select_locale
from app.ui.display import KEEP_DISPLAY, PERSON_DISPLAY
from app.ui.help import READER_ROLES

MAX_UPLOAD_BYTES = 5 * 1024 * 1024
MIN_COMPRESSED_BYTES = 1024
MAX_ROW_NUMBER = 2**31 - 1
MODELS = ("audit", "accounts", "catalogue", "enrolment", "assessment", "learning", "certificates")
VIEWS = (
    "app.accounts.views",
    "app.accounts.admin_views",
    "app.audit.views",
    "app.enrolment.views",
    "app.enrolment.slips",
    "app.assessment.views",
    "app.learning.views",
    "app.learning.card_views",
    "app.learning.journal_views",
    "app.authoring.views",
    "app.authoring.preview_views",
    "app.authoring.health_views",
    "app.authoring.map_views",
    "app.learning.search_views",
    "app.learning.note_views",
    "app.learning.welcome",
    "app.learning.media_views",
    "app.certificates.views",
    "app.reports.views",
    "app.reports.cohort_views",
)
CSP = (
    "default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' data:; "
    "media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STATIC = ("ui.static", "ui.styles")
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), interest-cohort=()"

csrf = CSRFProtect()
login_manager = LoginManager()
log = logging.getLogger(__name__)


class RowNumber(IntegerConverter):
    """A whole number in an address; one that no row can have is not found."""

    def __init__(self, map: Map, **settings: Any) -> None:
        super().__init__(map, **{"max": MAX_ROW_NUMBER, **settings})


def build_app(settings: config.Config | None = None) -> Flask:
    """Return the application for `settings`, by default those of the environment."""
    settings = settings or config.load()
    app = Flask("app", static_folder=None, root_path=str(Path(__file__).parent))
    app.config.update(
        AVRR=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_NAME="__Host-avrr" if settings.production else "avrr",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.absolute_hours),
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="ru",
        BABEL_TRANSLATION_DIRECTORIES="translations",
        PRODUCTION=settings.production,
        TESTING=settings.mode == "test",
    )
    app.url_map.converters["int"] = RowNumber
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    for name in MODELS:
        importlib.import_module(f"app.{name}.models")
    db.db.init_app(app)
    db.migrate.init_app(app, directory=str(config.ROOT / "migrations"))
    Babel(app, locale_selector=select_locale)
    install_in_templates(app)
    _install_requests(app)
    csrf.init_app(app)
    _install_sign_in(app)
    ui.init_app(app)
    for endpoint, view in list(app.view_functions.items()):
        if endpoint.startswith("ui."):
            app.view_functions[endpoint] = access.public(_function(view))
    for name in VIEWS:
        app.register_blueprint(importlib.import_module(name).bp)
    for view in app.view_functions.values():
        if getattr(view, "csrf_exempt", False):
            csrf.exempt(view)
    _install_probes(app)
    _install_errors(app)
    app.context_processor(_page_context)
    app.jinja_env.globals.update(page_top=navigation.page_top, root_names=_root_names)
    if forgotten := access.unmarked(app):
        raise RuntimeError(f"views that do not say who they are for: {', '.join(forgotten)}")
    return app


def _function(view: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that can carry a mark; static files are served by a bound method."""

    @wraps(view)
    def function(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    return function


def _engine_options(url: str) -> dict[str, object]:
    if url.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False}}
    return {"pool_pre_ping": True}


def _install_requests(app: Flask) -> None:
    @app.before_request
    def _begin() -> None:
        db.set_writing(request.method not in ("GET", "HEAD", "OPTIONS"))
        sent = [request.path, *(value for _name, value in request.values.items(multi=True))]
        if any("\0" in text for text in sent):  # no database holds one
            abort(400)

    access.install(app, accounts.agency_ids)
    app.extensions["content_security_policy"] = _policy

    @app.teardown_request
    def _writes_again(_error: BaseException | None) -> None:
        db.set_writing(True)

    @app.after_request
    def _finish(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _policy())
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = PERMISSIONS_POLICY
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if app.config["PRODUCTION"]:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint in STATIC:
            if response.status_code < 400 and _is_of_this_release():
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
            headers.setdefault("Cache-Control", "no-cache")
        else:
            headers.setdefault("Cache-Control", "no-store")
        return _compressed(response)


def _policy() -> str:
    """Return the rules of an answer; a page in a frame, or with one, differs in one place."""
    return CSP.format(style=first_visit.style_sources())


def _is_of_this_release() -> bool:
    """Whether a static file was asked for as it is here; another host may have a newer one."""
    values = request.view_args or {}
    name = values["filename"] if "filename" in values else f"css/{values['name']}.css"
    is_plain = posixpath.normpath(name) == name  # one file has endless roundabout names
    return is_plain and request.args.get("v") == assets.version(name)


def _compressed(response: Response) -> Response:
    """Compress text for browsers that accept it; links at a post are slow."""
    kind = response.mimetype or ""
    small = (response.content_length or 0) < MIN_COMPRESSED_BYTES
    text_like = kind.startswith("text/") or kind in ("application/json", "image/svg+xml")
    if (
        not text_like
        or (small and not response.direct_passthrough)
        or response.status_code != 200
        or not request.accept_encodings["gzip"]
        or "Content-Encoding" in response.headers
        or (response.is_streamed and not response.direct_passthrough)
    ):
        return response
    if request.endpoint in STATIC:
        response.direct_passthrough = False
        body = _compressed_asset(request.path, response.get_data())
    else:
        level = 6 if first_visit.is_carried() else 4  # comes once, holds up the text
        body = gzip.compress(response.get_data(), compresslevel=level, mtime=0)
    response.set_data(body)
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


@lru_cache(maxsize=64)
def _compressed_asset(_path: str, body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=9, mtime=0)


def _install_sign_in(app: Flask) -> None:
    login_manager.init_app(app)
    login_manager.session_protection = None
    app.extensions[PERSON_LANGUAGE] = lambda: (
        current_user.seat.language if current_user.is_authenticated else None
    )
    app.extensions[PERSON_DISPLAY] = lambda: (
        current_user.seat.display if current_user.is_authenticated else None
    )
    app.extensions[KEEP_DISPLAY] = keep_display
    app.extensions[READER_ROLES] = lambda: frozenset(
        grant.role.value
        for grant in (current_user.actor.grants if current_user.is_authenticated else ())
    )

    @login_manager.user_loader  # type: ignore[untyped-decorator]
    def _load(token: str) -> SignedIn | None:
        return user_of_token(token, now=clock.now())

    @login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
    def _unauthorised() -> ResponseReturnValue:
        if wants_json():
            return jsonify(error="signed_out", message=_("Please sign in again.")), 401
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=target))


def wants_json() -> bool:
    """Whether the client asked for JSON, as our scripts do."""
    return request.path.startswith("/api/") or (
        request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    )


def _install_probes(app: Flask) -> None:
    @app.get("/healthz")
    @access.public
    def healthz() -> ResponseReturnValue:
        return jsonify(status="ok")

    @app.get("/readyz")
    @access.public
    def readyz() -> ResponseReturnValue:
        try:
            db.db.session.execute(text("SELECT 1"))
        except Exception as error:
            log.error("the database does not answer: %s", db.without_values(error))
            return jsonify(status="database"), 503
        return jsonify(status="ok")

    @app.get("/favicon.ico")
    @access.public
    def favicon() -> ResponseReturnValue:
        return redirect(url_for("ui.static", filename="img/mark.svg"))


def _install_errors(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def _refused(error: HTTPException) -> ResponseReturnValue:
        db.db.session.rollback()
        code = error.code or 500
        if error.response is not None or code < 400:
            return error
        if wants_json():
            return jsonify(error=error.name, message=error.description), code
        return render_template("ui/error.html", code=code), code

    @app.errorhandler(Exception)
    def _broken(error: Exception) -> ResponseReturnValue:
        if app.testing:
            raise error
        db.db.session.rollback()
        log.error("unhandled error: %s", db.without_values(error))
        if wants_json():
            return jsonify(error="internal"), 500
        return render_template("ui/error.html", code=500), 500


def _root_names() -> dict[int, str]:
    """Return what the audit log, which lies below agencies, calls its chains."""
    return accounts.root_names(current_language().code)


def _page_context() -> dict[str, object]:
    settings: config.Config = current_app.config["AVRR"]
    return {"demo_mode": not settings.production, "default_zone": settings.time_zone}
