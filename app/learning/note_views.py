"""Pages of a learner's own notes and bookmarks, and what the script of a lesson asks for."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request
from flask import url_for as address
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app import clock
from app.access.web import learner_view
from app.db import db
from app.enrolment import queries as enrolment
from app.enrolment.models import Cycle
from app.learning import notes, pages
from app.learning.forms import NoteForm
from app.learning.notes import Conflict, Refused, Saved
from app.learning.pages import Lesson
from app.learning.shelf import CourseShelf, Entry, shelves
from app.ui.babel import current_language

bp = Blueprint("notes", __name__, template_folder="templates")

BACK = "notes"  # `?back=notes`: the reader came from the list and goes back to it


@dataclass(frozen=True)
class Place:
    """A screen of a lesson in the learner's cycle."""

    cycle: Cycle
    page: Lesson
    course_id: str
    lesson: str
    screen: int

    @property
    def title(self) -> str:
        """Title of the screen."""
        return self.page.screens[self.screen - 1]

    @property
    def url(self) -> str:
        """Address of the screen in its lesson."""
        return address(
            "learning.lesson",
            course_id=self.course_id,
            lesson=self.lesson,
            _anchor=f"s{self.screen}",
        )

    @property
    def back(self) -> str:
        """Address of where the reader came from."""
        return address(".mine") if request.args.get("back") == BACK else self.url


@bp.get("/notes")
@learner_view
def mine() -> ResponseReturnValue:
    """Show all notes and bookmarks of the reader; it prints well too."""
    return render_template("learning/notes.html", courses=_shelves(), kept_days=_kept_days())


@bp.get("/notes/notes.txt")
@learner_view
def download() -> ResponseReturnValue:
    """Send the same as a plain text.

    It begins with a byte order mark and has the line ends of Windows: without them the editors
    of older computers at a post show wrong letters in one long line; phones mind neither.
    """
    text = _plain_text(_shelves()).replace("\n", "\r\n")
    response = Response(text.encode("utf-8-sig"), mimetype="text/plain")
    response.headers["Content-Disposition"] = 'attachment; filename="notes.txt"'
    return response


@bp.route("/notes/delete", methods=["GET", "POST"])
@learner_view
def delete_all() -> ResponseReturnValue:
    """Erase all notes and bookmarks of the reader, after a page that asks."""
    person_id = current_user.seat.person_id
    if request.method == "GET":
        return render_template(
            "learning/notes_delete_all.html",
            notes=len(notes.notes_of(person_id)),
            bookmarks=len(notes.bookmarks_of(person_id)),
        )
    notes.forget_notes(person_id)
    db.session.commit()
    flash(_("All your notes and bookmarks are deleted."), "success")
    return redirect(address(".mine"), 303)


@bp.route("/notes/<public_id>/delete", methods=["GET", "POST"])
@learner_view
def delete(public_id: str) -> ResponseReturnValue:
    """Delete one note, after a page that asks; its screen may be gone."""
    note = notes.note(public_id) or abort(404)
    if request.method == "GET":
        return render_template("learning/note_delete.html", note=note)
    notes.delete_note(note)
    db.session.commit()
    flash(_("The note is deleted."), "success")
    return redirect(address(".mine"), 303)


@bp.route("/courses/<course_id>/<lesson>/screens/<int:screen>/note", methods=["GET", "POST"])
@learner_view
def note(course_id: str, lesson: str, screen: int) -> ResponseReturnValue:
    """Show and save the note beside a screen: a page, or JSON for the script of the lesson."""
    place = _place(course_id, lesson, screen)
    if request.method == "GET":
        person_id = current_user.seat.person_id
        saved = notes.as_saved(notes.note_beside(person_id, course_id, lesson, screen))
        if _by_script():
            state = {"text": saved.text, "base": saved.base}
            return jsonify(**state, token=generate_csrf(), reader=place.cycle.id)
        return _note_page(place, NoteForm(text=saved.text, base=saved.base))
    form = NoteForm()
    if not form.validate_on_submit():
        return _note_page(place, form), 422
    text, base = form.text.data or "", form.base.data or ""
    if "join" in request.form:
        text = "\n\n".join((request.form.get("theirs", ""), text))
    outcome = notes.save_note(place.cycle, lesson, screen, text, base=base, now=clock.now())
    db.session.commit()
    return _told(outcome) if _by_script() else _shown(place, form, text, outcome)


@bp.post("/courses/<course_id>/<lesson>/screens/<int:screen>/bookmark")
@learner_view
def bookmark(course_id: str, lesson: str, screen: int) -> ResponseReturnValue:
    """Put a bookmark on a screen or take it off; by script without an answer."""
    place = _place(course_id, lesson, screen)
    on = request.form.get("on")
    if on not in ("0", "1"):
        abort(400)
    notes.set_bookmark(place.cycle, lesson, screen, on=on == "1", now=clock.now())
    db.session.commit()
    if _by_script():
        return Response(status=204, mimetype="text/plain")
    return redirect(place.back, 303)


def _place(course_id: str, lesson: str, screen: int) -> Place:
    """Return a screen of the learner's own cycle; 404 when there is none such."""
    cycle = enrolment.cycle_for(current_user.seat.person_id, course_id) or abort(404)
    edition = cycle.edition
    try:
        page = pages.lesson(edition.content_hash, edition.id, lesson, current_language().code)
    except pages.NoSuchPage:
        abort(404)
    if not 1 <= screen <= len(page.screens):
        abort(404)
    return Place(cycle, page, course_id, lesson, screen)


def _by_script() -> bool:
    return request.headers.get("Accept") == "application/json"


def _told(outcome: Saved | Conflict | Refused) -> ResponseReturnValue:
    match outcome:
        case Saved(text, base):
            return jsonify(text=text, base=base)
        case Conflict(text, base):
            return jsonify(error="conflict", text=text, base=base), 409
        case Refused():
            return jsonify(error=outcome.kind, message=_refusal(outcome)), 422


def _shown(
    place: Place, form: NoteForm, text: str, outcome: Saved | Conflict | Refused
) -> ResponseReturnValue:
    form.text.data = text
    match outcome:
        case Saved():
            saved, deleted = _("Your note is saved."), _("There is no note here now.")
            flash(saved if outcome.text else deleted, "success")
            return redirect(place.back, 303)
        case Conflict():
            form.base.data = outcome.base
            return _note_page(place, form, theirs=outcome.text), 409
        case Refused():
            form.text.errors = [_refusal(outcome)]
            return _note_page(place, form), 422


def _note_page(place: Place, form: NoteForm, theirs: str = "") -> str:
    return render_template(
        "learning/note.html",
        place=place,
        form=form,
        theirs=theirs,
        limit=notes.MAX_CHARACTERS,
        has_errors=bool(form.errors or theirs),
    )


def _refusal(refused: Refused) -> str:
    if refused.kind == "long":
        return ngettext(
            "The note is too long by %(num)s character. Shorten it; nothing is lost.",
            "The note is too long by %(num)s characters. Shorten it; nothing is lost.",
            refused.excess,
        )
    if refused.kind == "phone":
        return _("This looks like a phone number. Take it out and save again.")
    return _("This looks like a document number. Take it out and save again.")


def _shelves() -> list[CourseShelf]:
    return shelves(current_user.seat.person_id, current_language().code)


def _kept_days() -> int:
    return notes.LEAVERS_KEPT.days


def _plain_text(courses: list[CourseShelf]) -> str:
    lines = [_("My notes and bookmarks"), "AVRR Academy", ""]
    if not courses:
        lines.append(_("No notes yet"))
    for course in courses:
        lines += [course.title.upper(), ""]
        for lesson in course.lessons:
            lines += [lesson.title or _("A lesson that is no longer in the course"), ""]
            for entry in lesson.entries:
                lines += [*_entry_lines(entry), ""]
    return "\n".join(lines)


def _entry_lines(entry: Entry) -> list[str]:
    title = entry.title or _("This screen is no longer in the course")
    head = _("Screen %(number)s: %(title)s", number=entry.screen, title=title)
    marked = [_("Bookmarked")] if entry.is_marked else []
    return [head, *marked, *([entry.note.text] if entry.note else [])]
