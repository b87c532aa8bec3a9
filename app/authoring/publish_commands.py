"""Commands that publish editions."""

from __future__ import annotations

import click
from flask.cli import AppGroup, with_appcontext

from app.authoring.publishing import publish_all
from app.console import JSON_OPTION, say


def register(group: AppGroup) -> None:
    """Add the commands of this module to `group`."""
    for command in (
        content_publish,
        content_status,
    ):
        group.add_command(command)


@click.command("publish")
@JSON_OPTION
@with_appcontext
def content_publish(as_json: bool) -> None:
    """Publish every course as an edition; the same content is published once."""
    publish_all(as_json=as_json)


@click.command("status")
@JSON_OPTION
@with_appcontext
def content_status(as_json: bool) -> None:
    """List the current edition of each course."""
    from app.catalogue import queries

    for course in queries.courses():
        edition = queries.current_edition(course.id)
        assert edition is not None  # noqa: S101 - courses() lists only published ones
        say(
            f"{course.code} edition {edition.number}, review {edition.review}, "
            f"law as of {edition.law_as_of}, hash {edition.content_hash[:12]}",
            as_json=as_json,
            course=course.id,
            edition=edition.number,
            review=edition.review,
            law_as_of=edition.law_as_of,
            hash=edition.content_hash,
        )
