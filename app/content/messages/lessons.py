"""What the check says of lessons and job aids."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "screen-order": error(
        N_("the screens are %(found)s"),
        N_("situation, one to five teaching screens, practice, on-duty, recall"),
    ),
    "screen-class": error(
        N_('unknown class "%(found)s"'), N_("use situation, practice, on-duty or recall")
    ),
    "before-screens": error(N_("text before the first screen"), N_("begin with ## …")),
    "empty-screen": error(N_("the screen is empty")),
    "recall-count": error(N_("%(count)s recall items"), N_("a recall screen has two")),
    "practice-missing": error(N_("no practice"), N_("add {{practice:id}} or {{scenario:id}}")),
    "misplaced": error(N_('"%(found)s" on a screen of another kind')),
    "screens-differ": error(
        N_("the screens are not those of %(other)s"), N_("all languages have the same screens")
    ),
    "directives-differ": error(
        N_("the directives are not those of %(other)s"),
        N_("all languages have the same directives and pictures"),
    ),
    "words": warning(N_("%(count)s words"), N_("write 650 to 1,100")),
    "unknown-item": error(N_('%(use)s item "%(id)s" does not exist')),
    "unknown-scenario": error(N_('scenario "%(id)s" is not in the course')),
    "unknown-aid": error(N_('job aid "%(id)s" is not in the course')),
    "unknown-recording": error(
        N_('recording "%(id)s" is not in the course'), N_("describe it in media/%(id)s.yaml")
    ),
    "foreign-lesson": error(
        N_('"%(id)s" says lesson "%(lesson)s"'), N_("show it there; recall items also later")
    ),
    "lesson-heavy": error(
        N_("the lesson weighs %(total)s kB on the way to a phone"),
        N_("45 at most: text %(text)s, pictures %(pictures)s; the heaviest is %(heaviest)s"),
    ),
    "unplaced": warning(N_("no lesson shows it"), N_("place it or delete it")),
}
