"""Every act in the log has words, and the log is narrowed to one person or thing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from app import clock
from app.accounts.admin_services import ROLE_GRANT
from app.assessment import services as assessment
from app.audit import services, wording
from app.audit.models import AuditEvent
from app.authoring.proposals import PUBLISH
from app.certificates.services import REVOKE
from app.config import ROOT
from app.db import db
from app.demo import DEMO_LOADED

TWO_PEOPLE = (ROLE_GRANT, REVOKE, PUBLISH)
RECORDERS = {"record", "_record"}
BUILT = {
    "f'{action}.requested'": [f"{act}.requested" for act in TWO_PEOPLE],
    "f\"{approval.action}.{('approved' if approved else 'refused')}\"": [
        f"{act}.{end}" for act in TWO_PEOPLE for end in ("approved", "refused")
    ],
    "f'attempt.{attempt.seal_reason}'": [
        f"attempt.{end}" for end in (assessment.SUBMITTED, assessment.CLOSED)
    ],
}
NAMED = {"DEMO_LOADED": DEMO_LOADED}


def recorded() -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Return the act, and the kind of thing it is about, of each call that writes an event."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in RECORDERS:
                yield node.args[0], node.args[1] if len(node.args) > 1 else None


def test_every_act_that_is_recorded_has_words():
    acts: set[str] = set()
    for act, _subject in recorded():
        match act:
            case ast.Constant(value=str(text)):
                acts.add(text)
            case ast.JoinedStr():
                acts.update(BUILT[ast.unparse(act)])
            case ast.Name(id=name) if name in NAMED:
                acts.add(NAMED[name])
            case _:  # the recorders of the packages hand on what they were given
                assert ast.unparse(act) in {"action", "cohort"}, ast.unparse(act)
    assert acts == set(wording.ACTS)


def test_everything_that_events_are_about_has_words():
    kinds = {
        subject.value
        for _act, subject in recorded()
        if isinstance(subject, ast.Constant) and isinstance(subject.value, str)
    }
    assert kinds == set(wording.SUBJECTS)


def test_the_words_stand_in_the_log_and_codes_do_not(world, visit):
    with world.inside():
        told = {row.action for row in db.session.query(AuditEvent)}
        root = world.ministry.root_id
    for chain in (0, root):
        page = visit(world.admin, "audit.log", query={"chain": chain}).text
        options = page.replace("value=", "")
        assert not [action for action in told if f">{action}<" in options]


def test_the_log_is_narrowed_to_one_person_or_one_thing(world, visit):
    with world.inside():
        root = world.ministry.root_id
        for subject in ("one", "two"):
            for by in (world.admin, None):
                services.record(
                    "agency.renamed", "agency", subject, by=by, at=clock.now(), root_agency_id=root
                )
        db.session.commit()

    def rows(**query):
        page = visit(world.admin, "audit.log", query={"chain": root, **query})
        return page.text.count('<th scope="row"')

    act = {"action": "agency.renamed"}
    assert rows(**act) == 4
    assert rows(**act, actor=world.admin.public_id) == 2
    assert rows(**act, actor="system") == 2
    assert rows(about="agency:one") == 2
    assert rows(about="agency:one", actor=world.admin.public_id) == 1
    assert rows(about="agency:none", before=10) == 0
    assert rows(actor="nobody") == 0
    assert rows(about="no-colon", since="yesterday", before=str(10**30)) > 0
