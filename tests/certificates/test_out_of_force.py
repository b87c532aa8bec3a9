"""A certificate that is not in force is not handed out, and nobody decides on the own one."""

from __future__ import annotations

import pytest

from app import clock
from app.accounts import services as accounts
from app.certificates import queries, services
from app.db import db
from tests.certificates.test_pages import certify
from tests.certificates.test_services import revoked


def test_a_revoked_paper_cannot_be_downloaded_any_more(world, visit):
    serial = certify(world)
    assert visit(world.learner, "certificates.download", serial=serial).status_code == 200
    with world.inside():
        revoked(world, queries.certificate(serial))
        db.session.commit()
    assert visit(world.learner, "certificates.download", serial=serial).status_code == 404


def test_nobody_decides_on_revoking_the_own_certificate(world):
    serial = certify(world)
    with world.inside():
        approval = services.request_revocation(
            queries.certificate(serial),
            reason_code="issued_in_error",
            by=world.coordinator,
            now=clock.now(),
        )
        with pytest.raises(accounts.NotApprovable):
            services.decide_revocation(approval, approved=False, by=world.learner, now=clock.now())
