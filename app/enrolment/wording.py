"""Words for the states of courses and people, and for what is wrong with a list of people."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from app.enrolment.decoding import Unreadable
from app.enrolment.rows import Judged, Note, Verdict

SHOWN_HEADERS = 20
ENCODINGS = {
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
    "cp866": "DOS (CP866)",
    "iso8859_5": "ISO 8859-5",
    "mac_cyrillic": "Mac Cyrillic",
}
VERDICT_KINDS = {
    Verdict.NEW: "new",
    Verdict.ENROL: "update",
    Verdict.ENROLLED: "same",
    Verdict.NAMESAKE: "namesake",
    Verdict.ELSEWHERE: "error",
    Verdict.DUPLICATE: "error",
    Verdict.ERROR: "error",
}


def course_states() -> dict[str, str]:
    """Return the words for where a course stands to its days."""
    return {
        "soon": _("closing soon"),
        "open": _("open"),
        "before": _("not open yet"),
        "closed": _("closed"),
        "none": _("no course"),
    }


def ways_in() -> dict[str, str]:
    """Return the words for how a person comes in."""
    return {
        "none": _("no password yet"),
        "password": _("has a password"),
        "ended": _("access ended"),
    }


def verdict_kinds() -> dict[str, str]:
    """Return the words for a verdict of a list, the worst first."""
    return {
        "error": _("to correct"),
        "namesake": _("namesake?"),
        "new": _("new people"),
        "update": _("known people"),
        "same": _("enrolled already"),
    }


def verdict_text(verdict: Verdict) -> str:
    """Return what a row would do, in a few words."""
    return {
        Verdict.NEW: _("new person"),
        Verdict.ENROL: _("will be enrolled"),
        Verdict.ENROLLED: _("enrolled already"),
        Verdict.NAMESAKE: _("namesake?"),
        Verdict.ELSEWHERE: _("number is in use"),
        Verdict.DUPLICATE: _("twice in the list"),
        Verdict.ERROR: _("to correct"),
    }[verdict]


def field_text(name: str) -> str:
    """Return the name of a column."""
    return {
        "service_number": _("Service number"),
        "surname": _("Surname"),
        "given_name": _("Name"),
        "patronymic": _("Patronymic"),
        "surname_latin": _("Latin surname"),
        "given_name_latin": _("Latin name"),
        "email": _("E-mail"),
        "unit": _("Unit"),
        "rank_band": _("Rank"),
    }[name]


def delimiter_text(mark: str) -> str:
    """Return the name of a delimiter."""
    return {
        ";": _("semicolon"),
        ",": _("comma"),
        "\t": _("tabulator"),
        "|": _("vertical bar"),
    }[mark]


def notes_of(judged: Judged) -> list[str]:
    """Return everything there is to say about a row."""
    said = [note_text(note) for note in judged.notes]
    if judged.verdict is Verdict.ELSEWHERE:
        said.insert(0, _("This number is in use: check it with your administrator."))
    return said


def note_text(note: Note) -> str:
    """Return the sentence of a note."""
    if note.code == "extra_cells":
        return ngettext(
            "There is one cell more than there are headers: put text with a delimiter into "
            "quotation marks.",
            "There are %(num)s cells more than there are headers: put text with a delimiter "
            "into quotation marks.",
            note.facts["count"],
        )
    about = field_text(note.about) if note.about else ""
    return _note_sentences()[note.code] % {"column": about, **note.facts}


def _note_sentences() -> dict[str, str]:
    return {
        "broken": _("A quotation mark is not closed: the cells cannot be told apart."),
        "missing": _("%(column)s is missing."),
        "too_long": _("%(column)s is longer than %(limit)s characters."),
        "number": _(
            "“%(value)s” is no service number: use letters, figures, dots, slashes, dashes."
        ),
        "email": _("“%(value)s” is no e-mail address."),
        "name_marks": _("%(column)s has signs that names do not have: %(marks)s"),
        "not_latin": _("%(column)s has Cyrillic letters."),
        "look_alike": _(
            "“%(word)s” mixes Cyrillic and Latin letters that look alike: type it again."
        ),
        "same_number": _("Row %(row)s has the same number."),
        "same_email": _("Row %(row)s has the same e-mail address."),
        "same_name": _("Row %(row)s has the same name: are these two people?"),
        "email_taken": _("This e-mail address is in use: leave it empty or give another one."),
        "inactive": _("This person’s access was ended: ask your administrator to give it back."),
        "other_name": _(
            "The register has another name for this number: %(name)s. Check the number."
        ),
        "namesake": _("Somebody of this name is known under the number %(numbers)s."),
    }


def refusal(why: Unreadable) -> str:
    """Return why a file cannot be read, and the way out."""
    sentence = _refusal_sentences()[why.code] % _refusal_facts(why)
    if why.code in ("binary", "encoding", "lost_letters"):
        way_out = _("In the spreadsheet choose “Save as”, then “CSV UTF-8”, and load that file.")
        return f"{sentence} {way_out}"
    return sentence


def _refusal_sentences() -> dict[str, str]:
    return {
        "empty": _("The file is empty."),
        "workbook": _(
            "This is an Excel workbook. Save it as “CSV UTF-8” or “CSV (delimited by ;)” and load "
            "that file."
        ),
        "binary": _("This is not a text file, or its encoding is not known here."),
        "encoding": _(
            "The file has an encoding that can lose Belarusian letters. It seems to be: "
            "%(encoding)s."
        ),
        "lost_letters": _("Letters were lost when this file was saved: “�” stands in their place."),
        "columns": _("These columns are missing: %(missing)s. Found in the first row: %(found)s."),
        "column_twice": _(
            "The column %(column)s stands there more than once: %(found)s. Leave one."
        ),
        "no_rows": _("The file has headers but no people."),
        "rows": _("The file has %(count)s rows; %(limit)s are possible. Divide it."),
    }


def _refusal_facts(why: Unreadable) -> dict[str, str]:
    facts = why.facts
    if why.code == "encoding":
        return {"encoding": ENCODINGS.get(facts["found"], _("unknown"))}
    if why.code == "rows":
        return {"count": str(facts["count"]), "limit": str(facts["limit"])}
    found = ", ".join(f"“{name}”" for name in facts.get("found", ())[:SHOWN_HEADERS])
    return {
        "missing": ", ".join(field_text(name) for name in facts.get("missing", ())),
        "found": found or "–",
        "column": field_text(facts["field"]) if "field" in facts else "",
    }
