"""Sample data of the gallery page. All people, units and figures are made up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from flask import request
from flask_babel import gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from app.ui import assets, chart, listing
from app.ui.format import NBSP, number, percent
from app.ui.forms import Form, options
from app.ui.forms import lazy as _l

SURNAMES = (
    "Примерова", "Образцов", "Вымышленная", "Условный", "Придуманова", "Небывалов", "Сказочная",
    "Учебный", "Показательная", "Черновик", "Понарошкина", "Длиннофамильная-Сдвойнойчертой",
)  # fmt: skip
UNITS = ("Пост «Кленовый»", "Пост «Ивовый»", "Отделение 2", "Смена ночная пункта «Ольховый Брод-2»")
STATES = ("done", "open", "todo", "late")
DAY = date(2027, 5, 5)
HEX = r"#[0-9a-f]{6}"


class GalleryForm(Form):
    """A field of every kind."""

    name = StringField(_l("Surname and name"), [InputRequired(), Length(max=120)])
    email = EmailField(_l("Work email"), description=_l("Only if you have one."))
    password = PasswordField(_l("Password"), [InputRequired(), Length(min=10)])
    opens_on = DateField(_l("First day"), [InputRequired()])
    agency = SelectField(
        _l("Agency"),
        [InputRequired()],
        choices=options(
            [
                ("a", _l("Northern Border Group (fictional)")),
                ("b", _l("Migration Office 2")),
            ]
        ),
    )
    language = RadioField(
        _l("Language of the final test"),
        [InputRequired()],
        choices=options(
            [
                ("ru", "Русский"),
                ("be", "Беларуская"),
                ("en", "English"),
            ]
        ),
    )
    roster = FileField(_l("List of officers"), description=_l("CSV, as Excel saves it."))
    reason = TextAreaField(
        _l("Reason"), description=_l("No real names and no document numbers, please.")
    )
    honest = BooleanField(_l("I take the test by myself"), [InputRequired()])


class UploadForm(Form):
    """A list to load."""

    roster = FileField(_l("List of officers"), [InputRequired()])


class GraveForm(Form):
    """What is asked before an act that cannot be undone."""

    reason = StringField(
        _l("Reason"),
        [InputRequired(), Length(max=200)],
        description=_l("No real names and no document numbers, please."),
    )
    checked = BooleanField(_l("I have checked name and number"), [InputRequired()])


@dataclass(frozen=True)
class Officer:
    """A row of the sample table."""

    id: int
    name: str
    unit: str
    state: str
    lessons: int
    last_day: date
    days: int


def officers() -> list[Officer]:
    """Return sixty people who do not exist."""
    found = []
    for place in range(60):
        letters = "АБВГДЕЖЗИК"
        surname = SURNAMES[place % len(SURNAMES)]
        found.append(
            Officer(
                id=place + 1,
                name=f"{surname}{NBSP}{letters[place % 10]}.{NBSP}{letters[place // 6 % 10]}.",
                unit=UNITS[place % 7 % len(UNITS)],
                state=STATES[place * 7 % 11 % len(STATES)],
                lessons=place * 5 % 13,
                last_day=DAY + timedelta(days=place % 9 - 2),
                days=place % 9 - 2,
            )
        )
    return found


ORDERS = {"name": "name", "unit": "unit", "lessons": "lessons", "day": "last_day"}


def table() -> dict[str, object]:
    """Return the part of the sample table that the address asks for."""
    text, unit = request.args.get("q", ""), request.args.get("unit", "")
    rows = [
        one
        for one in officers()
        if text.lower() in one.name.lower() and (unit in ("", one.unit))
    ]  # fmt: skip
    order = listing.order(request.args.get("sort"), ORDERS, "name")
    rows.sort(
        key=lambda one: (getattr(one, ORDERS[order.removeprefix("-")]), one.id),
        reverse=order.startswith("-"),
    )
    part = listing.part(len(rows), request.args.get("page"), 10)
    chips = []
    if text:
        chips.append((_("Name: %(text)s", text=text), listing.here_with(q=None, page=None)))
    if unit:
        chips.append((_("Unit: %(text)s", text=unit), listing.here_with(unit=None, page=None)))
    return {
        "officers": part.of(rows),
        "part": part,
        "order": order,
        "text": text,
        "unit": unit,
        "units": UNITS,
        "unit_choices": [("", _("All units")), *zip(UNITS, UNITS, strict=True)],
        "chips": chips,
        "lessons_total": sum(one.lessons for one in rows),
    }


def verdicts() -> dict[str, object]:
    """Return a list as it was read: the verdict on each row, and how many there are of each."""
    notes = {
        "error": [_("The surname is missing."), _("The service number stands twice in the list.")],
        "namesake": [_("Somebody with this name has another service number.")],
        "update": [_("The unit changes.")],
        "new": ["", "", ""],
        "same": [""],
    }
    rows = [(kind, note) for kind, of_kind in notes.items() for note in of_kind]
    lines = [
        (kind, note, place * 3 + 2, SURNAMES[place], UNITS[place % 3])
        for place, (kind, note) in enumerate(rows)
    ]
    asked = request.args.get("verdict", "all")
    counts = {"all": len(lines)} | {kind: len(of_kind) for kind, of_kind in notes.items()}
    return {
        "shown": [line for line in lines if asked in ("all", line[0])],
        "counts": counts,
        "asked": asked,
    }


def charts() -> dict[str, object]:
    """Return one chart of each kind, with its hardest cases."""
    shares = [Fraction(11, 14), Fraction(1, 2), Fraction(0), None]
    names = [UNITS[0], UNITS[3], UNITS[1], UNITS[2]]
    months = [_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")]
    scores = [None, 58, 64, 71, 70, 82]
    texts = [percent(share) if share is not None else "◊" for share in shares]
    return {
        "bar_rows": list(zip(names, texts, strict=True)),
        "bars": chart.bars(
            [
                chart.Bar(_("All units"), Fraction(7, 12), percent(Fraction(7, 12)), strong=True),
                *(chart.Bar(*row) for row in zip(names, shares, texts, strict=True)),
            ],
            top=1,
            mark=0.8,
        ),
        "one_bar": chart.bars([chart.Bar(UNITS[0], 12, number(12))]),
        "stack_rows": [(UNITS[0], 12, 7, 3, 2), (UNITS[1], 4, 9, 0, 1)],
        "stacked": chart.stacked(
            [_("done"), _("in progress"), _("late"), _("not begun")],
            [
                chart.Stack(UNITS[0], (12, 7, 3, 2), number(24)),
                chart.Stack(UNITS[1], (4, 9, 0, 1), number(14)),
                chart.Stack(UNITS[2], None, "◊"),
            ],
            key="gallery",
            printed=number,
        ),
        "trend_rows": [
            (month, percent(score / 100) if score is not None else "◊")
            for month, score in zip(months, scores, strict=True)
        ],
        "trend": chart.trend(
            [
                chart.Point(month, score, percent(score / 100) if score is not None else "◊")
                for month, score in zip(months, scores, strict=True)
            ],
            label=_("A line of six months. The table beneath has the figures."),
            top=100,
            mark=(80, _("needed: %(share)s", share=percent(Fraction(4, 5)))),
        ),
    }


def tokens() -> dict[str, object]:
    """Return colours with their contrast on paper, and the other sizes, as the sheet has them."""
    sheet = assets.sheet("app")
    pairs: list[tuple[str, str, str]] = re.findall(
        rf"--([\w-]+): light-dark\(({HEX}), ({HEX})\);", sheet.split("@media (prefers-contrast")[0]
    )
    _name, day, night = next(pair for pair in pairs if pair[0] == "paper")
    return {
        "colours": [
            (name, light, number(contrast(light, day)), dark, number(contrast(dark, night)))
            for name, light, dark in pairs
        ],
        "spaces": re.findall(r"--(s\d): ([\d.]+rem);", sheet),
        "steps": re.findall(r"--(step-[-\d]+): ([^;]+);", sheet),
    }


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it, with one digit after the point."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return round((high + 0.05) / (low + 0.05), 1)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def matrix() -> dict[str, object]:
    """Return a matrix of people by lessons with every sign."""
    words = {
        "done": _("done"),
        "open": _("in progress"),
        "todo": _("not begun"),
        "late": _("late"),
        "failed": _("not passed"),
        "locked": _("locked"),
    }
    rows = [
        (SURNAMES[0], ["done"] * 11 + ["done"], False),
        (SURNAMES[11], ["done"] * 5 + ["open"] + ["todo"] * 5 + ["locked"], False),
        (SURNAMES[1], ["late"] + ["todo"] * 10 + ["locked"], True),
        (SURNAMES[2], ["done"] * 11 + ["failed"], True),
        (SURNAMES[3], ["todo"] * 11 + ["locked"], False),
    ]
    return {
        "legend": list(words.items()),
        "lessons": [
            (f"1.{place}", _("Lesson %(number)s", number=f"1.{place}")) for place in range(1, 12)
        ]
        + [(_("Final"), _("Final test"))],
        "learners": [
            {
                "name": name,
                "url": "#matrix",
                "hint": _("behind") if is_late else "",
                "is_late": is_late,
                "cells": [
                    (state, words[state], percent(0.82) if place == 11 and state == "done" else "")
                    for place, state in enumerate(states)
                ],
            }
            for name, states, is_late in rows
        ],
        "done_by_lesson": [
            sum(states[place] == "done" for _name, states, _late in rows) for place in range(12)
        ],
    }


def sample() -> dict[str, object]:
    """Return everything that the gallery page shows."""
    wrong = GalleryForm(
        formdata=MultiDict({"wrong-password": "short", "wrong-opens_on": "yesterday"}),
        prefix="wrong",
        meta={"csrf": False},
    )
    wrong.validate()
    wrong_list = UploadForm(formdata=MultiDict(), prefix="wronglist", meta={"csrf": False})
    wrong_list.validate()
    return {
        "form": GalleryForm(formdata=None, prefix="right", meta={"csrf": False}),
        "wrong": wrong,
        "list_form": UploadForm(formdata=None, prefix="list", meta={"csrf": False}),
        "wrong_list": wrong_list,
        "grave": GraveForm(formdata=None, prefix="grave", meta={"csrf": False}),
        "moment_sample": datetime(2027, 5, 5, 20, 59, tzinfo=UTC),
        "date_sample": DAY,
        "score_sample": Fraction(11, 14),
        "table": table(),
        "list": verdicts(),
        "charts": charts(),
        "tokens": tokens(),
        "matrix": matrix(),
        "work_states": [
            ("waiting", _("Waiting its turn. Two tasks stand before it.")),
            ("running", _("120 of 240 certificates are drawn.")),
            ("done", _("All 240 certificates are ready.")),
            ("failed", _("The drawing stopped at certificate 121. The others are kept.")),
        ],
    }
