"""What the content check says, by code; `N_` marks text for translation."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Message(NamedTuple):
    """Severity, message and hint of one code."""

    severity: Literal["error", "warning"]
    text: str
    hint: str = ""


def N_(text: str) -> str:  # noqa: N802
    """Mark `text` for the translation catalogue."""
    return text


def _error(text: str, hint: str = "") -> Message:
    return Message("error", text, hint)


def _warning(text: str, hint: str = "") -> Message:
    return Message("warning", text, hint)


_FILES = {
    "missing-file": _error(N_("file %(file)s is missing"), N_("write it or take the entry out")),
    "not-listed": _warning(N_("no course lists this file"), N_("list it or delete it")),
    "encoding": _error(N_("not UTF-8 without a byte order mark"), N_("save it as UTF-8")),
    "character": _error(N_("invisible or private character %(char)s"), N_("delete it")),
    "yaml": _error(N_("%(fault)s"), N_("see docs/content-format.md")),
    "missing-key": _error(N_('"%(key)s" is missing'), N_("add it; all languages are required")),
    "unknown-key": _error(N_('unknown key "%(key)s"'), N_("correct the spelling or delete it")),
    "value": _error(N_('"%(key)s": %(fault)s')),
    "front-matter": _error(N_("front matter is missing"), N_("begin with ---, title: …, ---")),
    "repeated-id": _error(
        N_('id "%(id)s" is used twice, first in %(first)s'), N_("ids are never reused")
    ),
    "folder": _error(N_('says course "%(course)s" but lies in "%(folder)s"'), N_("move it")),
    "unknown-course": _error(N_('course "%(id)s" does not exist')),
}

_TEXT = {
    "raw-html": _error(N_('raw HTML "%(found)s"'), N_("use Markdown")),
    "link": _error(
        N_('link or address "%(found)s"'), N_("cite the register; it holds the addresses")
    ),
    "image": _error(N_("image"), N_("describe it in words; images are not supported yet")),
    "attribute-list": _error(
        N_('attribute list "%(found)s"'), N_("only screen headings take a class")
    ),
    "code-block": _error(N_("code"), N_("take the backquotes out")),
    "heading": _error(
        N_('heading "%(found)s"'), N_("the title stands in the front matter; use ## and ###")
    ),
    "admonition": _error(N_('box "%(found)s"'), N_("use red-line, case, job-aid, context or note")),
    "unknown-mark": _error(
        N_('unknown mark "%(found)s"'), N_("use hedge, attributed, term or empty")
    ),
    "open-mark": _error(
        N_('mark "%(found)s" is not closed in its paragraph'), N_("close it with ]]")
    ),
    "citation": _error(
        N_('citation "%(found)s" resolves to no fact'), N_("add the fact to the register: %(near)s")
    ),
    "hedge-missing": _error(
        N_('"%(found)s" is UNVERIFIED and nothing says so'),
        N_("write [[hedge:…]] in the same paragraph"),
    ),
    "attribution-missing": _error(
        N_('"%(found)s" is second-hand (V2) and nothing says so'),
        N_("write [[attributed:…]] in the same paragraph"),
    ),
    "unknown-term": _error(N_('term "%(id)s" is not in the glossary')),
    "undefined-term": _error(
        N_('term "%(id)s" has no definition'), N_("define it in the glossary")
    ),
    "forbidden-word": _error(
        N_('"%(found)s" is never said of a person'), N_("say: person in an irregular situation")
    ),
    "mark-in-title": _error(N_("mark or citation in a title"), N_("move it to the text")),
    "directive": _error(
        N_('directive "%(found)s"'), N_("one to a line: {{recall:id}}, practice, scenario, aid")
    ),
}

_LESSONS = {
    "screen-order": _error(
        N_("the screens are %(found)s"),
        N_("situation, one to five teaching screens, practice, on-duty, recall"),
    ),
    "screen-class": _error(
        N_('unknown class "%(found)s"'), N_("use situation, practice, on-duty or recall")
    ),
    "before-screens": _error(N_("text before the first screen"), N_("begin with ## …")),
    "empty-screen": _error(N_("the screen is empty")),
    "recall-count": _error(N_("%(count)s recall items"), N_("a recall screen has two")),
    "practice-missing": _error(N_("no practice"), N_("add {{practice:id}} or {{scenario:id}}")),
    "misplaced": _error(N_('"%(found)s" on a screen of another kind')),
    "screens-differ": _error(
        N_("the screens are not those of %(other)s"), N_("all languages have the same screens")
    ),
    "directives-differ": _error(
        N_("the directives are not those of %(other)s"),
        N_("all languages have the same directives"),
    ),
    "words": _warning(N_("%(count)s words"), N_("write 650 to 1,100")),
    "unknown-item": _error(N_('%(use)s item "%(id)s" does not exist')),
    "unknown-scenario": _error(N_('scenario "%(id)s" is not in the course')),
    "unknown-aid": _error(N_('job aid "%(id)s" is not in the course')),
    "foreign-lesson": _error(
        N_('"%(id)s" says lesson "%(lesson)s"'), N_("show it there; recall items also later")
    ),
    "unplaced": _warning(N_("no lesson shows it"), N_("place it or delete it")),
}

_COURSES = {
    "unknown-objective": _error(N_("objective %(id)s is not in the course")),
    "unknown-lesson": _error(N_('lesson "%(id)s" is not in the course')),
    "untaught": _warning(N_("no lesson teaches objective %(id)s")),
    "bank-small": _error(
        N_("objective %(objective)s, %(level)s, red line %(red_line)s: %(have)s items"),
        N_("write at least %(need)s, three times the draw"),
    ),
    "red-lines": _error(N_("%(count)s red-line items in a draw"), N_("draw at least two")),
    "repeated-cell": _error(N_("the cell stands twice"), N_("add the draws up")),
    "never-drawn": _warning(
        N_("no cell draws objective %(objective)s, %(level)s, red line %(red_line)s"),
        N_("correct the item or the blueprint"),
    ),
    "cut-score": _error(N_('cut score "%(found)s"'), N_("a share above 0 and up to 1, quoted")),
    "rule": _error(N_("%(name)s %(found)s is not below the %(attempts)s attempts")),
    "completion": _error(N_('"%(rule)s" can never be completed: the course has none')),
    "host": _error(N_('address "%(url)s"'), N_("https and a host of official_hosts only")),
    "version-missing": _warning(N_("national law without a version")),
}

_ITEMS = {
    "options": _error(N_("%(count)s options"), N_("write three or four")),
    "keys": _error(N_("%(count)s keys but type is single"), N_("mark one option with key: true")),
    "key-source": _error(N_("the key has no source"), N_("cite the rule it rests on")),
    "use": _error(N_('use "%(found)s"'), N_("final, recall or practice, once")),
    "key-long": _warning(
        N_("the key is the longest option by more than 30 %% (%(lang)s)"),
        N_("shorten it or lengthen another"),
    ),
    "stem-long": _warning(N_("the stem has %(count)s words"), N_("at most 60")),
    "review-missing": _warning(
        N_("rests on national law without national_law_review"), N_("add the date")
    ),
}

_SCENARIOS = {
    "unknown-next": _error(N_('"%(id)s" is neither a node nor an ending')),
    "unknown-fact": _error(N_('fact "%(id)s" does not exist')),
    "hidden-fact": _warning(N_('no choice reveals fact "%(id)s"')),
    "unreachable": _error(N_('"%(id)s" cannot be reached')),
    "dead-end": _error(N_('no ending can be reached from "%(id)s"')),
    "choices": _error(N_("%(count)s choices"), N_("write two to four")),
    "best": _error(N_("%(count)s best choices on the best path"), N_("exactly one")),
    "best-path": _error(N_("the best path has %(count)s decisions"), N_("at least three")),
    "red-line-next": _error(
        N_('a red-line choice leads to "%(id)s"'), N_("it returns to its own node")
    ),
    "repair-missing": _error(N_("no repair"), N_("say how to put it right")),
    "choice-source": _warning(N_("a rule without a source")),
}

MESSAGES: dict[str, Message] = {
    **_FILES,
    **_TEXT,
    **_LESSONS,
    **_COURSES,
    **_ITEMS,
    **_SCENARIOS,
}
