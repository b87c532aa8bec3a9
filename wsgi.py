"""The application for a WSGI server, for example `granian --interface wsgi wsgi:app`."""

from app import create_app

app = create_app()
