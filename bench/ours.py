"""Serve the program itself for a measurement: database, secret, port, threads."""

from __future__ import annotations

import logging
import sys

import waitress

from app import create_app
from app.config import ROOT, Config


def main() -> None:
    """Serve without the jobs thread: it is not part of the measurement."""
    database, secret, port, threads = sys.argv[1:]
    app = create_app(
        Config(
            mode="test",
            secret_key=secret,
            database_url=f"sqlite:///{database}",
            base_url=f"http://127.0.0.1:{port}",
            content_root=ROOT,
        )
    )
    app.config["TESTING"] = False
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(app, host="127.0.0.1", port=int(port), threads=int(threads), ident=None)


if __name__ == "__main__":
    main()
