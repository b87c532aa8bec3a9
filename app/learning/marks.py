"""The text of a lesson with what its reader put there: bookmarks and notes.

The text is drawn once for all readers; only the controls of the screens where this reader has
something are drawn again and put in place of those that nobody has touched.
"""

from __future__ import annotations

from markupsafe import Markup

from app.learning import notes, pages
from app.learning.pages import Lesson
from app.learning.queries import Reader


def body_for(page: Lesson, reader: Reader, person_id: int, course_id: str, lesson: str) -> Markup:
    """Return the text of a lesson as `reader` has marked it."""
    body: str = page.body
    written = notes.notes_of_lesson(person_id, course_id, lesson) if reader.has_notes else ()
    beside = {one.screen: notes.as_saved(one) for one in written}
    for number, untouched in enumerate(page.controls, start=1):
        marked, note = number in reader.bookmarks, beside.get(number)
        if marked or note:
            drawn = pages.screen_controls(course_id, lesson, number, marked=marked, note=note)
            body = body.replace(untouched, drawn, 1)
    return Markup(body)  # noqa: S704  drawn by templates, which escape what the reader wrote
