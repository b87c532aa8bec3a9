"""The pages of certificates, as learner, coordinator and whoever checks a paper."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta
from hashlib import sha256

from app import clock
from app.certificates import queries, services
from app.certificates.serial import shown
from app.db import db
from tests.certificates.test_services import completed, issued, revoked

NOTE = "Итоговый тест прошёл за слушателя другой человек."


def certify(world, person_name="learner") -> str:
    with world.inside():
        serial = issued(world, getattr(world, person_name)).serial
        db.session.commit()
        return serial


def in_english(visit, who, *args, **values):
    visit(who, "ui.set_language", method="POST", data={"lang": "en"})
    return visit(who, *args, **values)


def test_a_learner_sees_the_printed_name_and_downloads_the_paper(world, visit):
    assert visit(world.learner, "certificates.mine").status_code == 200
    serial = certify(world)
    page = visit(world.learner, "certificates.mine").text
    assert "Ўласевіч Пример Вымышленович" in page
    assert shown(serial) in page
    paper = visit(world.learner, "certificates.download", serial=serial)
    assert paper.data.startswith(b"%PDF")
    header = paper.headers["Content-Disposition"]
    assert f'filename="Abraztsou_P_C1_{serial}.pdf"' in header
    assert "filename*=UTF-8''%D0%8E%D0%BB" in header
    assert visit(world.second_learner, "certificates.download", serial=serial).status_code == 404


def test_the_coordinator_issues_for_all_who_are_ready_and_downloads_them(world, visit):
    with world.inside():
        completed(world, world.learner)
        db.session.commit()
        cohort_id = world.cohort.id
    empty = visit(world.coordinator, "certificates.archive", cohort_id=cohort_id)
    assert empty.status_code == 302
    for _again in range(2):
        sent = visit(world.coordinator, "certificates.issue_all", "POST", cohort_id=cohort_id)
        assert sent.status_code == 303
        assert (
            visit(world.coordinator, "certificates.cohort", cohort_id=cohort_id).status_code == 200
        )
    answer = visit(world.coordinator, "certificates.archive", cohort_id=cohort_id)
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    rows = list(
        csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig")), delimiter=";")
    )
    with world.inside():
        serials = [shown(one.serial) for one in queries.of_cohort(cohort_id, "c1")]
    assert [row["serial"] for row in rows] == serials
    assert len(serials) == 1
    assert {row["file"] for row in rows} == set(archive.namelist()) - {"manifest.csv"}
    for row in rows:
        assert row["file"].startswith("Ўласевіч_П_В_C1_")
        assert sha256(archive.read(row["file"])).hexdigest() == row["sha256"]
        single = visit(
            world.coordinator,
            "certificates.cohort_download",
            cohort_id=cohort_id,
            serial=row["serial"].replace("-", ""),
        )
        assert sha256(single.data).hexdigest() == row["sha256"]
    for endpoint in ("certificates.cohort", "certificates.archive"):
        assert visit(world.elsewhere, endpoint, cohort_id=cohort_id).status_code == 404
        assert visit(world.learner, endpoint, cohort_id=cohort_id).status_code == 403


def test_the_list_is_narrowed_by_name_and_by_what_can_be_issued(world, visit):
    with world.inside():
        completed(world, world.learner)
        db.session.commit()

    def shown(**query) -> tuple[bool, bool]:
        page = visit(
            world.coordinator, "certificates.cohort", query=query, cohort_id=world.cohort.id
        ).text
        return "Ўласевіч" in page, "Ёлкина" in page

    assert shown() == (True, True)
    assert shown(state="ready") == (True, False)
    assert shown(state="lacking") == (False, True)
    assert shown(state="issued") == (False, False)
    assert shown(q="елкина") == (False, True)
    assert shown(state="gone", page="x", sort="-y") == (True, True)


def test_the_reason_for_whoever_decides_is_asked_for_and_takes_no_numbers(world, visit):
    place = {"cohort_id": world.cohort.id, "serial": certify(world)}
    for note in ("", "коротко", "Паспорт MP1234567 чужой, поэтому отозвать."):
        sent = visit(
            world.coordinator,
            "certificates.revoke",
            "POST",
            {"reason": "other", "note": note},
            **place,
        )
        assert sent.status_code == 422


def test_a_name_is_corrected_on_a_page_that_shows_both(world, visit):
    serial = certify(world)
    place = {"cohort_id": world.cohort.id, "serial": serial}
    same = visit(
        world.coordinator, "certificates.correct", "POST", data={"reason": "error_in_name"}, **place
    )
    assert same.status_code == 422
    with world.inside():
        world.learner.surname = "Уласевіч"
        db.session.commit()
    page = visit(world.coordinator, "certificates.correct", **place).text
    assert "Уласевіч" in page
    assert "Ўласевіч" in page
    done = visit(
        world.coordinator, "certificates.correct", "POST", data={"reason": "name_changed"}, **place
    )
    assert done.status_code == 303
    public = in_english(visit, None, "certificates.verify", serial=serial)
    assert "replaced by a new one" in public.text


def test_a_revocation_is_asked_for_and_decided_by_another(world, visit):
    serial = certify(world)
    place = {"cohort_id": world.cohort.id, "serial": serial}
    assert visit(world.coordinator, "certificates.revoke", **place).status_code == 200
    assert visit(world.coordinator, "certificates.revoke", "POST", **place).status_code == 422
    asked = visit(
        world.coordinator,
        "certificates.revoke",
        "POST",
        data={"reason": "result_annulled", "note": NOTE},
        **place,
    )
    assert asked.status_code == 303
    assert NOTE in visit(world.second_coordinator, "certificates.revocations").text
    assert visit(world.coordinator, "certificates.cohort", cohort_id=world.cohort.id).text
    with world.inside():
        certificate = queries.certificate(serial)
        approval = services.request_revocation(
            certificate, reason_code="other", by=world.coordinator, now=clock.now()
        ).id

    def decide(who) -> str:
        visit(
            who,
            "certificates.decide_revocation",
            "POST",
            data={"answer": "approve"},
            approval_id=approval,
        )
        with world.inside():
            return queries.certificate(serial).state

    elsewhere = visit(
        world.elsewhere,
        "certificates.decide_revocation",
        "POST",
        data={"answer": "approve"},
        approval_id=approval,
    )
    assert elsewhere.status_code == 404
    assert [decide(world.coordinator), decide(world.second_coordinator)] == ["valid", "revoked"]
    public = in_english(visit, None, "certificates.verify", serial=serial).text
    assert "was revoked" in public
    assert "annulled" in public


def test_the_public_page_says_all_four_states_and_only_initials(world, visit):
    valid, revoked_one = certify(world), certify(world, "second_learner")
    page = in_english(visit, None, "certificates.verify", serial=valid)
    assert "This certificate is valid." in page.text
    assert "Ў.\u00a0П.\u00a0В." in page.text
    assert "Ўласевіч" not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex' in page.text
    with world.inside():
        revoked(world, queries.certificate(revoked_one))
        queries.certificate(valid).expires_on = (clock.now() - timedelta(days=3)).date()
        db.session.commit()
    assert "has expired" in in_english(visit, None, "certificates.verify", serial=valid).text
    assert "was revoked" in in_english(visit, None, "certificates.verify", serial=revoked_one).text


def test_the_full_name_is_confirmed_only_to_who_types_the_surname(world, visit):
    serial = certify(world)

    def ask(surname):
        return in_english(
            visit,
            None,
            "certificates.confirm_name",
            method="POST",
            data={"surname": surname},
            serial=serial,
        )

    for wrong in ("", "Ёлкина", "Ўласеві"):
        answer = ask(wrong)
        assert answer.status_code == 422
        assert "Вымышленович" not in answer.text
    for right in ("ўласевіч", "Abraztsou"):
        answer = ask(right)
        assert answer.status_code == 200
        assert "Ўласевіч Пример Вымышленович" in answer.text


def test_an_unknown_and_a_mistyped_number_are_told_apart(world, visit):
    unknown = in_english(visit, None, "certificates.verify", serial="0123456789ABCDEFGHJ4")
    assert (unknown.status_code, "No certificate has this number" in unknown.text) == (404, True)
    typo = in_english(visit, None, "certificates.verify", serial="0123456789ABCDEFGHJ5")
    assert (typo.status_code, "mistyped" in typo.text) == (404, True)
    sent = visit(None, "certificates.verify", query={"serial": "0123-4567-89ab-cdef-ghj4"})
    assert sent.headers["Location"].endswith("/verify/0123456789ABCDEFGHJ4")
    assert visit(None, "certificates.verify").status_code == 200


def test_an_erased_print_takes_the_initials_away_but_not_the_state(world, visit):
    serial = certify(world)
    with world.inside():
        services.forget(queries.certificate(serial), by=world.admin, now=clock.now())
        db.session.commit()
    page = in_english(visit, None, "certificates.verify", serial=serial).text
    assert "This certificate is valid." in page
    assert "Ў." not in page
    assert visit(world.learner, "certificates.mine").status_code == 200
    assert visit(world.learner, "certificates.download", serial=serial).status_code == 404
    assert visit(world.coordinator, "certificates.cohort", cohort_id=world.cohort.id).text


def test_too_many_checks_have_to_wait(world, visit):
    serial = certify(world)
    codes = {
        visit(
            None, "certificates.confirm_name", "POST", data={"surname": f"Н{i}"}, serial=serial
        ).status_code
        for i in range(services.NAME_CHECKS + 12)
    }
    assert codes == {422, 429}


def test_a_cohort_without_learners_says_so(world, visit):
    with world.inside():
        from app.enrolment.models import Enrolment

        for row in db.session.query(Enrolment).all():
            row.left_at = clock.now()
        db.session.commit()
    page = in_english(visit, world.coordinator, "certificates.cohort", cohort_id=world.cohort.id)
    assert re.search("nobody to certify", page.text)
    sent = visit(world.coordinator, "certificates.issue_all", "POST", cohort_id=world.cohort.id)
    assert sent.status_code == 303
