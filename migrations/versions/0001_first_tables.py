"""First tables: agencies, people, editions, cohorts, attempts, certificates, audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_be", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["agency.id"], name=op.f("fk_agency_parent_id_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("parent_id", "code", name=op.f("uq_agency_parent_id_code")),
        sa.UniqueConstraint("path", name=op.f("uq_agency_path")),
    )
    op.create_table(
        "audit_chain",
        sa.Column("root_agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("root_agency_id", name=op.f("pk_audit_chain")),
    )
    op.create_table(
        "course",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("titles", document, nullable=False),
        sa.Column("current_edition_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["current_edition_id"],
            ["edition.id"],
            name="fk_course_current_edition_id_edition",
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
    )
    op.create_table(
        "item_version",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("data", document, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_item_version")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("service_number", sa.String(), nullable=False),
        sa.Column("surname", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("patronymic", sa.String(), nullable=False),
        sa.Column("surname_latin", sa.String(), nullable=False),
        sa.Column("given_name_latin", sa.String(), nullable=False),
        sa.Column("name_skeleton", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
        sa.UniqueConstraint("service_number", name=op.f("uq_person_service_number")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_name_skeleton"), ["name_skeleton"], unique=False
        )

    op.create_table(
        "throttle",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "window",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name=op.f("pk_throttle")),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("payload", document, nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> requested_by_id",
            name=op.f("ck_approval_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_approval_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_approval_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["person.id"], name=op.f("fk_approval_requested_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(
            "uq_approval_open",
            ["action", "subject"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "audit_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("root_agency_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("detail", document, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["root_agency_id"],
            ["audit_chain.root_agency_id"],
            name=op.f("fk_audit_event_root_agency_id_audit_chain"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint(
            "root_agency_id", "sequence", name=op.f("uq_audit_event_root_agency_id_sequence")
        ),
    )
    op.create_table(
        "cohort",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_cohort_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_cohort_created_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_cohort_agency_id_name")),
        sa.UniqueConstraint("id", "agency_id", name=op.f("uq_cohort_id_agency_id")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("law_as_of", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("outline", document, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_edition_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_edition_published_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_edition_content_hash")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_edition_course_id_number")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("rank_band", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_membership_ends_after_starts")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_membership_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("ix_membership_agency", ["agency_id", "ends_on"], unique=False)
        batch_op.create_index(
            "uq_membership_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_role_grant_ends_after_starts"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_role_grant_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_role_grant_approved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["person.id"], name=op.f("fk_role_grant_requested_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index("ix_role_grant_person", ["person_id"], unique=False)

    op.create_table(
        "sign_in_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_sign_in_code_issued_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_sign_in_code_code_hash")),
    )
    with op.batch_alter_table("sign_in_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "user_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_user_session_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "cohort_course",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "closes_on >= opens_on", name=op.f("ck_cohort_course_closes_after_opens")
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "agency_id"],
            ["cohort.id", "cohort.agency_id"],
            name=op.f("fk_cohort_course_cohort_id_agency_id_cohort"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_cohort_course_course_id_course")
        ),
        sa.PrimaryKeyConstraint("cohort_id", "course_id", name=op.f("pk_cohort_course")),
    )
    op.create_table(
        "edition_item",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("item_hash", sa.String(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.Column("objective", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("red_line", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_item_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["item_hash"],
            ["item_version.hash"],
            name=op.f("fk_edition_item_item_hash_item_version"),
        ),
        sa.PrimaryKeyConstraint("edition_id", "item_id", name=op.f("pk_edition_item")),
    )
    op.create_table(
        "edition_page",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", document, nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_page_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint(
            "edition_id", "kind", "slug", "language", name=op.f("pk_edition_page")
        ),
    )
    op.create_table(
        "edition_scenario",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.String(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.Column("data", document, nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_scenario_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "scenario_id", name=op.f("pk_edition_scenario")),
    )
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cohort_id", "agency_id"],
            ["cohort.id", "cohort.agency_id"],
            name=op.f("fk_enrolment_cohort_id_agency_id_cohort"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "cohort_id", "person_id", name=op.f("uq_enrolment_cohort_id_person_id")
        ),
        sa.UniqueConstraint(
            "id", "agency_id", "person_id", name=op.f("uq_enrolment_id_agency_id_person_id")
        ),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index("ix_enrolment_person", ["person_id"], unique=False)

    op.create_table(
        "import_preview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reading", document, nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_import_preview_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_import_preview_cohort_id_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_import_preview_created_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_preview")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_preview_public_id")),
    )
    op.create_table(
        "cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_cycle_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_cycle_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "agency_id", "person_id"],
            ["enrolment.id", "enrolment.agency_id", "enrolment.person_id"],
            name=op.f("fk_cycle_enrolment_id_agency_id_person_id_enrolment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint(
            "enrolment_id",
            "course_id",
            "number",
            name=op.f("uq_cycle_enrolment_id_course_id_number"),
        ),
        sa.UniqueConstraint(
            "id", "agency_id", "person_id", name=op.f("uq_cycle_id_agency_id_person_id")
        ),
    )
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.create_index("ix_cycle_person", ["person_id", "course_id"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("draw", document, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seal_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
            name=op.f("fk_attempt_cycle_id_agency_id_person_id_cycle"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_attempt_cycle_id_number")),
        sa.UniqueConstraint(
            "id", "agency_id", "person_id", name=op.f("uq_attempt_id_agency_id_person_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_attempt_public_id")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(
            "uq_attempt_open",
            ["cycle_id"],
            unique=True,
            sqlite_where=sa.text("sealed_at IS NULL"),
            postgresql_where=sa.text("sealed_at IS NULL"),
        )

    op.create_table(
        "attempt_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("after_number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
            name=op.f("fk_attempt_grant_cycle_id_agency_id_person_id_cycle"),
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["person.id"], name=op.f("fk_attempt_grant_granted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_grant")),
        sa.UniqueConstraint(
            "cycle_id", "after_number", name=op.f("uq_attempt_grant_cycle_id_after_number")
        ),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("print_hash", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('valid', 'revoked', 'superseded')", name=op.f("ck_certificate_state")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_certificate_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
            name=op.f("fk_certificate_cycle_id_agency_id_person_id_cycle"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_certificate_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_certificate_issued_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_superseded_by_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint(
            "id", "agency_id", "person_id", name=op.f("uq_certificate_id_agency_id_person_id")
        ),
        sa.UniqueConstraint("serial", name=op.f("uq_certificate_serial")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(
            "uq_certificate_in_force",
            ["cycle_id"],
            unique=True,
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )

    op.create_table(
        "lesson_finish",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
            name=op.f("fk_lesson_finish_cycle_id_agency_id_person_id_cycle"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_finish")),
        sa.UniqueConstraint(
            "cycle_id", "lesson", "round", name=op.f("uq_lesson_finish_cycle_id_lesson_round")
        ),
    )
    op.create_table(
        "lesson_place",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("last_screen", sa.Integer(), nullable=False),
        sa.Column("furthest_screen", sa.Integer(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
            name=op.f("fk_lesson_place_cycle_id_agency_id_person_id_cycle"),
        ),
        sa.PrimaryKeyConstraint("cycle_id", "lesson", name=op.f("pk_lesson_place")),
    )
    op.create_table(
        "scenario_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cycle_id", "agency_id", "person_id"],
            ["cycle.id", "cycle.agency_id", "cycle.person_id"],
            name=op.f("fk_scenario_run_cycle_id_agency_id_person_id_cycle"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_run")),
        sa.UniqueConstraint(
            "id", "agency_id", "person_id", name=op.f("uq_scenario_run_id_agency_id_person_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_scenario_run_public_id")),
    )
    with op.batch_alter_table("scenario_run", schema=None) as batch_op:
        batch_op.create_index(
            "uq_scenario_run_open",
            ["cycle_id", "scenario_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "certificate_print",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fields", document, nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id", "agency_id", "person_id"],
            ["certificate.id", "certificate.agency_id", "certificate.person_id"],
            name=op.f("fk_certificate_print_certificate_id_agency_id_person_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_print")),
    )
    op.create_table(
        "late_response",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("option_ids", document, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "agency_id", "person_id"],
            ["attempt.id", "attempt.agency_id", "attempt.person_id"],
            name=op.f("fk_late_response_attempt_id_agency_id_person_id_attempt"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_response")),
    )
    with op.batch_alter_table("late_response", schema=None) as batch_op:
        batch_op.create_index("ix_late_response_attempt", ["attempt_id"], unique=False)

    op.create_table(
        "response",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("option_ids", document, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_response_revision_from_one")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "agency_id", "person_id"],
            ["attempt.id", "attempt.agency_id", "attempt.person_id"],
            name=op.f("fk_response_attempt_id_agency_id_person_id_attempt"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint(
            "attempt_id",
            "position",
            "revision",
            name=op.f("uq_response_attempt_id_position_revision"),
        ),
    )
    op.create_table(
        "result",
        sa.Column(
            "attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("drawn_count", sa.Integer(), nullable=False),
        sa.Column("red_lines_right", sa.Boolean(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("objectives", document, nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "right_count >= 0 AND right_count <= drawn_count", name=op.f("ck_result_share")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id", "agency_id", "person_id"],
            ["attempt.id", "attempt.agency_id", "attempt.person_id"],
            name=op.f("fk_result_attempt_id_agency_id_person_id_attempt"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_result")),
    )
    op.create_table(
        "scenario_choice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.String(), nullable=False),
        sa.Column("choice_id", sa.String(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id", "agency_id", "person_id"],
            ["scenario_run.id", "scenario_run.agency_id", "scenario_run.person_id"],
            name=op.f("fk_scenario_choice_run_id_agency_id_person_id_scenario_run"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_choice")),
        sa.UniqueConstraint("run_id", "step", name=op.f("uq_scenario_choice_run_id_step")),
    )
    if op.get_bind().dialect.name != "sqlite":  # SQLite wrote this key with the table
        op.create_foreign_key(
            "fk_course_current_edition_id_edition",
            "course",
            "edition",
            ["current_edition_id"],
            ["id"],
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("fk_course_current_edition_id_edition", "course")
    op.drop_table("scenario_choice")
    op.drop_table("result")
    op.drop_table("response")
    with op.batch_alter_table("late_response", schema=None) as batch_op:
        batch_op.drop_index("ix_late_response_attempt")

    op.drop_table("late_response")
    op.drop_table("certificate_print")
    with op.batch_alter_table("scenario_run", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_scenario_run_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("scenario_run")
    op.drop_table("lesson_place")
    op.drop_table("lesson_finish")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_certificate_in_force",
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )

    op.drop_table("certificate")
    op.drop_table("attempt_grant")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attempt_open",
            sqlite_where=sa.text("sealed_at IS NULL"),
            postgresql_where=sa.text("sealed_at IS NULL"),
        )

    op.drop_table("attempt")
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.drop_index("ix_cycle_person")

    op.drop_table("cycle")
    op.drop_table("import_preview")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index("ix_enrolment_person")

    op.drop_table("enrolment")
    op.drop_table("edition_scenario")
    op.drop_table("edition_page")
    op.drop_table("edition_item")
    op.drop_table("cohort_course")
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_session_person_id"))

    op.drop_table("user_session")
    with op.batch_alter_table("sign_in_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_code_person_id"))

    op.drop_table("sign_in_code")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index("ix_role_grant_person")

    op.drop_table("role_grant")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_open",
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )
        batch_op.drop_index("ix_membership_agency")

    op.drop_table("membership")
    op.drop_table("edition")
    op.drop_table("cohort")
    op.drop_table("audit_event")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_approval_open",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.drop_table("approval")
    op.drop_table("throttle")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_name_skeleton"))

    op.drop_table("person")
    op.drop_table("item_version")
    op.drop_table("course")
    op.drop_table("audit_chain")
    op.drop_table("agency")
