"""What the check says of courses and the register."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "unknown-objective": error(N_("objective %(id)s is not in the course")),
    "unknown-lesson": error(N_('lesson "%(id)s" is not in the course')),
    "untaught": warning(N_("no lesson teaches objective %(id)s")),
    "bank-small": error(
        N_("objective %(objective)s, %(level)s, red line %(red_line)s: %(have)s items"),
        N_("write at least %(need)s, three times the draw"),
    ),
    "red-lines": error(N_("%(count)s red-line items in a draw"), N_("draw at least two")),
    "repeated-cell": error(N_("the cell stands twice"), N_("add the draws up")),
    "never-drawn": warning(
        N_("no cell draws objective %(objective)s, %(level)s, red line %(red_line)s"),
        N_("correct the item or the blueprint"),
    ),
    "cut-score": error(N_('cut score "%(found)s"'), N_("a share above 0 and up to 1, quoted")),
    "rule": error(N_("%(name)s %(found)s is not below the %(attempts)s attempts")),
    "completion": error(N_('"%(rule)s" can never be completed: the course has none')),
    "completion-empty": error(
        N_("nothing completes the course"), N_("lessons, scenarios, final: one of them at least")
    ),
    "seconds": error(N_("%(count)s seconds an item"), N_("give at least %(least)s")),
    "renewal": error(
        N_("renewal opens %(days)s days before the end of a certificate of %(months)s months"),
        N_("open it later, after the certificate was issued"),
    ),
    "prerequisite-cycle": error(
        N_("courses that wait for each other: %(found)s"), N_("take one prerequisite out")
    ),
    "programme-empty": error(N_('programme "%(id)s" has no courses')),
    "programme-order": error(
        N_('course "%(id)s" needs "%(needs)s" before it'), N_("put the prerequisite first")
    ),
    "programme-role": error(
        N_('no course of the programme is for role "%(role)s"'),
        N_("correct the role, or the roles of a course"),
    ),
    "host": error(N_('address "%(url)s"'), N_("https and a host of official_hosts only")),
    "host-name": error(
        N_('"%(host)s" is no whole name of a host'),
        N_("write it like un.org, in small Latin letters; hosts below it are covered"),
    ),
    "version-missing": warning(
        N_("national law without a version"), N_("add the date of the text that was read, quoted")
    ),
}
