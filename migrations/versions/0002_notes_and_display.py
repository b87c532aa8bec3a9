"""Notes and bookmarks of learners; how pages look to a person, and that the first tour was seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("display", sa.String(), nullable=False, server_default=""))
        person.add_column(sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("person") as person:
        person.alter_column("display", server_default=None)
    op.create_table(
        "lesson_note",
        sa.Column("id", big_id, nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.Column("screen", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("screen >= 1", name=op.f("ck_lesson_note_screen_counts_from_one")),
        *_owners("lesson_note"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lesson_note_public_id")),
        sa.UniqueConstraint(
            "person_id",
            "course_id",
            "lesson",
            "screen",
            name=op.f("uq_lesson_note_person_id_course_id_lesson_screen"),
        ),
    )
    op.create_table(
        "lesson_bookmark",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.Column("screen", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("screen >= 1", name=op.f("ck_lesson_bookmark_screen_counts_from_one")),
        *_owners("lesson_bookmark"),
        sa.PrimaryKeyConstraint(
            "person_id", "course_id", "lesson", "screen", name=op.f("pk_lesson_bookmark")
        ),
    )


def _owners(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{other}_id_{other}")
        )
        for other in ("person", "agency", "course")
    ]


def downgrade() -> None:
    op.drop_table("lesson_bookmark")
    op.drop_table("lesson_note")
    with op.batch_alter_table("person") as person:
        person.drop_column("welcomed_at")
        person.drop_column("display")
