"""Partners' images: which of which work are here, and why others are not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table; images of what stands published already are wanted at its next publication."""
    op.create_table(
        "image",
        sa.Column("id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("url_hash", sa.String(length=64), nullable=False, comment="SHA-256 of the address at the partner"),
        sa.Column("state", sa.String(length=10), nullable=False, comment="waiting, kept, refused"),
        sa.Column("document", sa.Text(), nullable=True, comment="what was made of it: hash, size, files, as JSON"),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True, comment="why it is not here"),
        sa.CheckConstraint("state IN ('waiting', 'kept', 'refused')", name=op.f("ck_image_state")),
        sa.ForeignKeyConstraint(["work_id"], ["work.id"], name=op.f("fk_image_work_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
        sa.UniqueConstraint("work_id", "url_hash", name=op.f("uq_image_work_id_url_hash")),
    )
    op.create_index("ix_image_state_due_at", "image", ["state", "due_at"])
