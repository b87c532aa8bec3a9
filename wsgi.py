"""The WSGI application for a production server: `wsgi:app`."""

from app import create_app
from app.serving import check_ready

app = create_app()
check_ready(app)
