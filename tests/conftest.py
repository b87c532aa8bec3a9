"""Fixtures of the whole suite: databases, the application, a small world of people, visits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings
from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from werkzeug.test import TestResponse

from app import create_app
from app.__main__ import find_chromium, find_postgres, in_ci
from app.config import ROOT, Config
from app.translations import compile_all
from tests.pages import faults
from tests.published import COURSES, few, publish
from tests.server import Postgres
from tests.stores import Store, let_go, postgres_store, sqlite_store
from tests.world import World

SECRET = "a-secret-of-the-tests-and-of-nothing-else"
DATABASES = {
    "sqlite": pytest.param("sqlite"),
    "postgres": pytest.param("postgres", marks=pytest.mark.postgres),
}
_server: list[Postgres] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-all", action="store_true", help="run the slow tests too")


def pytest_configure(config: pytest.Config) -> None:
    compile_all()
    # No deadline: a busy machine is no fault.
    settings.register_profile("short", deadline=None, max_examples=40)
    settings.register_profile("long", deadline=None, max_examples=400)
    settings.load_profile("long" if config.getoption("--run-all") else "short")


def pytest_configure_node(node: Any) -> None:
    """Hand the workers one PostgreSQL server, started by the first of them."""
    if find_postgres() and not _server:
        _server.append(Postgres())
    node.workerinput["postgres"] = _server[0].address if _server else ""


def pytest_unconfigure(config: pytest.Config) -> None:
    while _server:
        _server.pop().stop()


@pytest.hookimpl(tryfirst=True)  # before marks are read
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the mark `databases` choose: pages that read files need not run on every kind."""
    chosen = metafunc.definition.get_closest_marker("databases")
    if chosen and "store_and_app" in metafunc.fixturenames:
        kinds = [DATABASES[name] for name in chosen.args]
        choice = pytest.mark.parametrize("store_and_app", kinds, indirect=True)
        metafunc.definition.add_marker(choice)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    reasons = {
        "browser": None if find_chromium() else "no Chromium",
        "postgres": None if find_postgres() else "no PostgreSQL server",
        "slow": None if config.getoption("--run-all") else "slow: runs with --run-all",
    }
    for item in items:
        for mark, reason in reasons.items():
            if reason and item.get_closest_marker(mark):
                if in_ci() and mark != "slow":
                    raise pytest.UsageError(f"CI is set and {item.nodeid} cannot run: {reason}")
                # Said again by `python3 -m app test`, and refused above where CI is set.
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


class SharedTemplates(FileSystemBytecodeCache):
    """Compiled templates, for all applications under test that read templates alike."""

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        signs = (
            environment.trim_blocks,
            environment.lstrip_blocks,
            *sorted(environment.extensions),
        )
        return super().get_bucket(environment, f"{name} {signs}", filename, source)


@pytest.fixture(scope="session", autouse=True)
def _templates(tmp_path_factory: pytest.TempPathFactory, worker: str) -> None:
    """Compile each template once: the applications under test are many."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker == "main" else own.parent) / "compiled-templates"
    folder.mkdir(exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": SharedTemplates(str(folder))}


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Postgres:
    handed = getattr(request.config, "workerinput", {}).get("postgres")
    if handed:
        server = Postgres.__new__(Postgres)
        server.address, server.folder = handed, None
        return server
    if not _server:
        _server.append(Postgres())
    return _server[0]


def test_config(url: str, **changes: Any) -> Config:
    """Settings of an application under test."""
    facts = {
        "mode": "test",
        "secret_key": SECRET,
        "database_url": url,
        "base_url": "http://academy.test",
        "content_root": ROOT,
    }
    return Config(**{**facts, **changes})


test_config.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def few_courses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of the first real course."""
    folder = tmp_path_factory.mktemp("content")
    for top in ("courses", "quizzes"):
        (folder / top).mkdir()
    return few(folder)


@pytest.fixture(scope="session", params=DATABASES.values())
def store_and_app(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    worker: str,
    few_courses: Path,
) -> Iterator[tuple[Store, Flask]]:
    if request.param == "sqlite":
        store = sqlite_store(tmp_path_factory.mktemp("database"))
    else:
        store = postgres_store(request.getfixturevalue("postgres"), worker)
    app = create_app(test_config(store.url, content_root=few_courses))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        publish(*COURSES, root=few_courses)
    let_go(app)
    store.keep("courses")
    yield store, app
    let_go(app)


@pytest.fixture
def app(request: pytest.FixtureRequest, store_and_app: tuple[Store, Flask]) -> Iterator[Flask]:
    """The application on a fresh database with the courses published, for a world or for nobody."""
    store, app = store_and_app
    store.reset(app, with_people="world" in request.fixturenames)
    yield app
    let_go(app)


@pytest.fixture
def world(app: Flask, store_and_app: tuple[Store, Flask]) -> World:
    """Two services that must not see each other, and the people of `style.md`."""
    return store_and_app[0].world(app)


Visit = Callable[..., TestResponse]


@pytest.fixture
def visit(world: World) -> Visit:
    """Fetch a page as somebody; each HTML page is checked."""

    def fetch(
        who: Any,
        endpoint: str,
        method: str = "GET",
        data: Any = None,
        json: Any = None,
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        follow: bool = False,
        **values: Any,
    ) -> TestResponse:
        client = world.client(who)
        response = client.open(
            world.address(endpoint, **values),
            method=method,
            data=data,
            json=json,
            query_string=query,
            headers=headers,
            follow_redirects=follow,
        )
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308):
            assert not (wrong := faults(response.text)), f"{endpoint}: {wrong}"
        return response

    return fetch
