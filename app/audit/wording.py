"""Acts and what they are about, in words: the log keeps codes, people read sentences."""

from __future__ import annotations

from app.ui.forms import lazy as _l

SHORT = 12
ACTS: dict[str, str] = {
    "agency.created": _l("Added an agency"),
    "agency.renamed": _l("Renamed an agency"),
    "attempt.closed": _l("An attempt ended at its last moment"),
    "attempt.granted": _l("Gave a further attempt"),
    "attempt.recomputed": _l("A result was worked out again"),
    "attempt.submitted": _l("Handed in the final test"),
    "certificate.issued": _l("Issued a certificate"),
    "certificate.print_erased": _l("Erased what is printed on a certificate"),
    "certificate.revoke.approved": _l("Agreed to revoke a certificate"),
    "certificate.revoke.refused": _l("Refused to revoke a certificate"),
    "certificate.revoke.requested": _l("Asked to revoke a certificate"),
    "certificate.revoked": _l("A certificate was revoked"),
    "certificate.superseded": _l("Replaced a certificate"),
    "code.issued": _l("Made a one-time code"),
    "code.used": _l("Entered with a one-time code"),
    "cohort.course_set": _l("Set a course of a cohort"),
    "cohort.created": _l("Created a cohort"),
    "cohort.people_enrolled": _l("Enrolled a list of people"),
    "cycle.begun": _l("Began a course"),
    "demo.loaded": _l("Loaded the sample data"),
    "edition.publish.approved": _l("Approved a publication"),
    "edition.publish.refused": _l("Refused a publication"),
    "edition.publish.requested": _l("Proposed a publication"),
    "edition.published": _l("Published an edition"),
    "edition.rolled_back": _l("Went back to an earlier edition"),
    "enrolment.created": _l("Enrolled a person"),
    "enrolment.left": _l("Took a person out of a cohort"),
    "enrolment.renewed": _l("Enrolled a person again"),
    "lesson.finished": _l("Finished a lesson"),
    "person.corrected": _l("Corrected the data of a person"),
    "person.deactivated": _l("Took away the access of a person"),
    "person.password_set": _l("A password was set"),
    "person.reactivated": _l("Gave access back to a person"),
    "person.registered": _l("Registered a person"),
    "person.transferred": _l("Transferred a person"),
    "programmes.published": _l("Published the programmes"),
    "report.exported": _l("Downloaded a report"),
    "role.ended": _l("Ended a role"),
    "role.grant.approved": _l("Approved a role"),
    "role.grant.refused": _l("Refused a role"),
    "role.grant.requested": _l("Requested a role"),
    "role.granted": _l("A role was given"),
    "scenario.ended": _l("Played a case to its end"),
    "session.opened": _l("Signed in"),
}
SUBJECTS: dict[str, str] = {
    "agency": _l("Agency"),
    "approval": _l("Request"),
    "attempt": _l("Attempt"),
    "certificate": _l("Certificate"),
    "cohort": _l("Cohort"),
    "cycle": _l("Run of a course"),
    "edition": _l("Edition"),
    "installation": _l("Installation"),
    "person": _l("Person"),
    "programme": _l("Programme"),
    "report": _l("Report"),
    "role_grant": _l("Role"),
}


def act_words(action: str) -> str:
    """Return what an act is called; a code that nobody knows stands as it is."""
    return str(ACTS.get(action, action))


def subject_words(subject_type: str) -> str:
    """Return what kind of thing an event is about; an unknown code stands as it is."""
    return str(SUBJECTS.get(subject_type, subject_type))


def short_id(public_id: str) -> str:
    """Return enough of a long id to tell it from others on a page."""
    return f"{public_id[:8]}…" if len(public_id) > SHORT else public_id
