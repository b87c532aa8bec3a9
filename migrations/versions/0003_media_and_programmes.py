"""Pictures, sound and film of editions; programmes, which group courses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "media_file",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_media_file")),
    )
    op.create_table(
        "edition_media",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_media_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["file_hash"], ["media_file.hash"], name=op.f("fk_edition_media_file_hash_media_file")
        ),
        sa.PrimaryKeyConstraint("edition_id", "name", name=op.f("pk_edition_media")),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", document, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )


def downgrade() -> None:
    op.drop_table("programme")
    op.drop_table("edition_media")
    op.drop_table("media_file")
