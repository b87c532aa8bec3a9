"""The search, its index for the script, and the glossary. Nothing of what is typed is kept."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.access.web import learner_view
from app.accounts.sign_in import signed_in
from app.learning import search as service
from app.learning.search_index import MAX_QUERY_LETTERS, SHOWN
from app.ui.babel import BY_CODE, current_language

bp = Blueprint("search", __name__, template_folder="templates")


@bp.get("/search")
@learner_view
def search() -> ResponseReturnValue:
    """Show what is found in the courses of the learner; for others in the glossary."""
    shelves = service.shelves(signed_in().id)
    typed, language = request.args.get("q", "")[:MAX_QUERY_LETTERS], current_language().code
    found_in, found = service.search(shelves, typed, language)
    return render_template(
        "learning/search.html",
        q=typed,
        is_asked=bool(typed.strip()),
        found=found,
        total=sum(len(hits) for hits in found.values()),
        found_in=BY_CODE[found_in],
        shown=SHOWN,
        has_courses=len(shelves) > 1,
        is_glossary_only=not any(shelf.is_begun for shelf in shelves),
    )


@bp.get("/search/index/<language>.json")
@learner_view
def index(language: str) -> ResponseReturnValue:
    """Send the index of the learner's editions; a browser that has it gets nothing."""
    if language not in BY_CODE:
        abort(404)
    shelves = service.shelves(signed_in().id)
    tag = service.tag(shelves, language)
    headers = {"Cache-Control": "private, no-cache"}
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=304, headers=headers)
    else:
        answer = Response(
            service.to_json(shelves, language), mimetype="application/json", headers=headers
        )
    answer.set_etag(tag, weak=True)
    return answer


@bp.get("/glossary")
@learner_view
def glossary() -> ResponseReturnValue:
    """Show the terms of the learner's courses; for others those of all courses."""
    terms = service.glossary(service.shelves(signed_in().id), current_language().code)
    letters: dict[str, list[service.Term]] = {}
    for term in terms:
        letters.setdefault(term.letter, []).append(term)
    return render_template("learning/glossary.html", letters=letters, by_code=BY_CODE)
