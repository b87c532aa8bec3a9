"""What the check says of journals, assignments, surveys and the rounds outside the final."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "unknown-journal": error(
        N_('the journal has no question "%(id)s"'), N_("write it in journal.yaml")
    ),
    "assignment-role": error(N_('role "%(role)s" is not one of the course')),
    "rubric-levels": error(
        N_('the levels of "%(id)s" do not rise from 0 points'),
        N_("write two at least, the lowest first, each with more points than the one before"),
    ),
    "rubric-pass": error(
        N_("%(found)s points to pass, of %(most)s"),
        N_("ask for one at least, and for no more than the criteria give"),
    ),
    "question-answers": error(
        N_('the answers of "%(id)s" do not fit a question of type %(type)s'),
        N_(
            "choice and vignette have two or more; of a vignette some are sound, some not; "
            "the other types have none"
        ),
    ),
    "never-asked": warning(
        N_("the course has no %(use)s"), N_("describe it in course.yaml, or take the item out")
    ),
    "diagnostic-small": error(
        N_("to leave out lesson %(lesson)s, objective %(objective)s has %(have)s diagnostic items"),
        N_("write two at least"),
    ),
    "refresher-small": error(
        N_("objective %(id)s has %(have)s refresher items"),
        N_("write at least %(need)s, one for each round"),
    ),
}
