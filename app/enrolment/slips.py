"""Printed slips: one-time codes for the learners of a cohort, shown once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

import segno
from flask import Blueprint, abort, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from app import clock
from app.access.policy import Actor, Permission
from app.access.web import current_actor, requires
from app.accounts import queries as accounts
from app.accounts import rules
from app.accounts import services as codes
from app.accounts.models import Person
from app.accounts.sign_in import signed_in
from app.config import Config
from app.db import db, set_writing
from app.enrolment import queries
from app.enrolment.models import Cohort
from app.enrolment.narrowing import chips, choice_asked, cleared, text_asked
from app.enrolment.rules import matches
from app.enrolment.tabs import cohort_tabs
from app.ui import listing
from app.ui.babel import LANGUAGES
from app.ui.format import date_text

bp = Blueprint("slips", __name__, template_folder="templates")
WAYS = ("none", "password", "hindered")
SHEET_ROWS = 100  # learners on a page: their slips are made and printed together


@dataclass(frozen=True)
class Choice:
    """A learner of the cohort. `hindrance` is None, `left`, `moved` or `staff`."""

    enrolment_id: int
    person: Person
    hindrance: str | None

    @property
    def way(self) -> str:
        """How the learner comes in: one of `WAYS`. A slip is proposed to who has no password."""
        if self.hindrance is not None:
            return "hindered"
        return "none" if self.person.password_hash is None else "password"


@dataclass(frozen=True)
class Slip:
    """What one slip shows."""

    name: str
    number_end: str
    code: str
    qr: Markup


@dataclass(frozen=True)
class SlipText:
    """The words of a slip in one language."""

    language: str
    how: str
    until: str
    secret: str


@bp.route("/cohorts/<int:cohort_id>/slips", methods=["GET", "POST"])
@requires(Permission.INVITE)
def slips(cohort_id: int) -> ResponseReturnValue:
    """Choose learners; then show their slips, once."""
    cohort = queries.cohort(cohort_id) or abort(404)
    now = clock.now()
    choices = _choices(cohort, now)
    if request.method == "GET":
        return _choosing(cohort, choices)
    ticked = set(request.form.getlist("row"))
    people = [c.person for c in choices if c.hindrance is None and c.person.public_id in ticked]
    if not people:
        return _choosing(cohort, choices, nobody=True), 422
    made = _issue(cohort, people, now)
    db.session.commit()
    set_writing(False)  # drawing is slow; nobody waits for it
    page = render_template(
        "enrolment/slips_print.html",
        cohort=cohort,
        slips=[_slip(*one) for one in made],
        texts=_texts(_last_whole_day(now, cohort.time_zone)),
        address=_address(url_for("accounts.enter")),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _choosing(cohort: Cohort, choices: Sequence[Choice], *, nobody: bool = False) -> str:
    """Return the page to choose on: who has no password first, or whom the address names."""
    named = set(request.args.getlist("enrolment", type=int))
    text, way = text_asked(), choice_asked("way", WAYS)
    shown = sorted(
        (
            one
            for one in choices
            if (not named or one.enrolment_id in named)
            and (not way or one.way == way)
            and matches(text, one.person.full_name, one.person.service_number)
        ),
        key=lambda one: WAYS.index(one.way),
    )
    part = listing.part(len(shown), request.args.get("page"), SHEET_ROWS)
    return render_template(
        "enrolment/slips.html",
        cohort=cohort,
        tabs=cohort_tabs(cohort),
        choices=choices,
        rows=part.of(shown),
        part=part,
        named=named,
        text=text,
        way=way,
        way_words=_ways(),
        chips=chips(
            [
                ("enrolment", "named" if named else "", _("those you chose")),
                ("q", text, _("Name or number: %(text)s", text=text)),
                ("way", way, _ways().get(way, "")),
            ]
        ),
        clear_url=cleared(["enrolment", "q", "way"]),
        nobody=nobody,
    )


def _ways() -> dict[str, str]:
    return {
        "none": _("no password yet"),
        "password": _("has a password"),
        "hindered": _("no code from here"),
    }


def _choices(cohort: Cohort, now: datetime) -> list[Choice]:
    """Return the cohort's learners, and who may not be let in by this actor.

    A code is a way into the whole account: who moved elsewhere gets it there, and who works
    here gets it from an admin over all their roles.
    """
    members = queries.enrolments(cohort.id)
    ids = [one.person_id for one in members]
    today = clock.local_day(now, cohort.time_zone)
    here, staff = accounts.memberships_on(ids, today), accounts.staff_paths(ids, today)
    actor = cast(Actor, current_actor())

    def hindrance(person: Person) -> str | None:
        if not person.is_active:
            return "left"
        if person.id not in here:
            return "moved"
        paths = staff.get(person.id, [])
        covered = all(actor.may(Permission.PEOPLE_EDIT, path) for path in paths)
        return None if covered else "staff"

    return [Choice(one.id, one.person, hindrance(one.person)) for one in members]


def _issue(cohort: Cohort, people: Sequence[Person], now: datetime) -> list[tuple[str, str, str]]:
    """Return name, number and code of each person."""
    root, by = cohort.agency.root_id, signed_in()
    return [
        (
            person.short_name,
            person.service_number,
            codes.issue_code(person, by=by, now=now, root_agency_id=root),
        )
        for person in people
    ]


def _slip(name: str, number: str, code: str) -> Slip:
    link = _address(url_for("accounts.enter", code=code))
    drawing = segno.make(link, error="m", micro=False).svg_inline(
        border=4, light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return Slip(
        name=name,
        number_end=number[-3:],
        code=rules.shown_code(code),
        qr=Markup(drawing),  # noqa: S704 - drawn here from an address of ours
    )


def _last_whole_day(now: datetime, zone: str) -> date:
    return clock.local_day(now + timedelta(days=codes.CODE_DAYS - 1), zone)


def _texts(last_day: date) -> list[SlipText]:
    """Return the words of a slip in every language, whatever the page speaks."""
    texts = []
    for language in LANGUAGES:
        with force_locale(language.locale):
            until = _("Valid until %(day)s, once.", day=date_text(last_day, language.locale))
            texts.append(
                SlipText(
                    language=language.code,
                    how=_("Open the address or scan the square, then type the code."),
                    until=until,
                    secret=_("Give it to nobody: it opens your account."),
                )
            )
    return texts


def _address(path: str) -> str:
    settings: Config = current_app.config["AVRR"]
    return f"{settings.base_url}{path}"
