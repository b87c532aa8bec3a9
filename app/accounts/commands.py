"""Commands for people: the first two administrators, and a one-time code."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from app import clock
from app.access import scope
from app.access.policy import Role
from app.accounts import queries, rules, services
from app.accounts.models import Agency, RoleGrant
from app.config import Config
from app.console import JSON_OPTION, refuse, say
from app.db import db

FIRST_ADMINS = 2
group = AppGroup("people", help="People and their ways in.")


@group.command("first-admin")
@click.option("--number", required=True, help="Service number.")
@click.option("--surname", required=True)
@click.option("--name", required=True, help="Given name.")
@click.option("--agency", required=True, help="Name of the first agency, in Russian.")
@JSON_OPTION
def first_admin(number: str, surname: str, name: str, agency: str, as_json: bool) -> None:
    """Make one of the first two administrators, with the first agency, and print a code.

    Roles need two people from then on, so an installation begins with two.
    """
    settings: Config = current_app.config["AVRR"]
    now = clock.now()
    with scope.everything("first administrator"):
        admins = select(RoleGrant.person_id).where(RoleGrant.role == Role.ADMIN.value).distinct()
        if len(db.session.scalars(admins).all()) >= FIRST_ADMINS:
            refuse("There are two administrators already: ask them for the role.")
        if not number.strip() or not surname.strip() or not name.strip() or not agency.strip():
            refuse("Give a number, a surname, a name and an agency that are not empty.")
        root = db.session.scalars(select(Agency).where(Agency.parent_id.is_(None))).first()
        root = root or services.create_agency(
            code="1",
            names={"ru": agency, "be": agency, "en": agency},
            time_zone=settings.time_zone,
            parent=None,
            by=None,
            now=now,
        )
        try:
            person = services.register_person(
                agency=root,
                service_number=number,
                surname=surname,
                given_name=name,
                starts_on=clock.local_day(now, settings.time_zone),
                by=None,
                now=now,
            )
        except services.Taken:
            refuse("This service number belongs to somebody: use flask people invite.")
        services.grant_role(
            person,
            Role.ADMIN,
            agency=None,
            valid_from=clock.local_day(now, settings.time_zone),
            requested_by=None,
            approved_by=None,
            now=now,
        )
        code = services.issue_code(person, by=None, now=now)
        db.session.commit()
    _print_code(person.service_number, code, as_json=as_json)


@group.command("invite")
@click.argument("number")
@JSON_OPTION
def invite(number: str, as_json: bool) -> None:
    """Print a new one-time code for the person with this service number."""
    now = clock.now()
    with scope.everything("invitation"):
        person = queries.person_by_identifier(number)
        if person is None or not person.is_active:
            refuse("Nobody with access has this service number.")
        code = services.issue_code(person, by=None, now=now)
        db.session.commit()
        _print_code(person.service_number, code, as_json=as_json)


def _print_code(number: str, code: str, *, as_json: bool) -> None:
    settings: Config = current_app.config["AVRR"]
    address = f"{settings.base_url}/enter/{code}"
    text = f"{number}: one-time code {rules.shown_code(code)}, or open {address}"
    say(text, as_json=as_json, number=number, code=code, address=address)
