"""The floor: a bare Flask application on the same server and database file."""

from __future__ import annotations

import gzip
import importlib
import logging
import sys
from pathlib import Path

import waitress
from flask import Flask, Response, render_template, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of the floor's two tables."""


class FloorPage(Base):
    """A row that the floor reads by key."""

    __tablename__ = "floor_page"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


class FloorAnswer(Base):
    """A row that the floor inserts."""

    __tablename__ = "floor_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    body: Mapped[str]


db = SQLAlchemy(model_class=Base)


def _connect(connection, _record):
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection):
    write = request and request.method == "POST"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def build(database: str, templates: str) -> Flask:
    """Return the bare application."""
    event.listen(Engine, "connect", _connect)
    event.listen(Engine, "begin", _begin)
    app = Flask("floor", template_folder=templates, static_folder=None)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{database}"
    db.init_app(app)

    @app.get("/ok")
    def ok():
        return "ok"

    @app.get("/page/<int:key>")
    def page(key: int):
        return render_template("page.html", row=db.session.get(FloorPage, key))

    @app.get("/text")
    def text():
        page = (Path(templates) / "text.html").read_bytes()
        answer = Response(gzip.compress(page, compresslevel=4, mtime=0), mimetype="text/html")
        answer.headers["Content-Encoding"] = "gzip"
        return answer

    @app.post("/answer")
    def answer():
        sent = request.get_json()
        db.session.add(FloorAnswer(position=sent["position"], body=sent["body"]))
        db.session.commit()
        return {"saved": True}

    return app


def main() -> None:
    """Serve: database, template folder, port, threads, then libraries to import."""
    database, templates, port, threads, *libraries = sys.argv[1:]
    for name in libraries:
        importlib.import_module(name)
    app = build(database, str(Path(templates)))
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(app, host="127.0.0.1", port=int(port), threads=int(threads), ident=None)


if __name__ == "__main__":
    main()
