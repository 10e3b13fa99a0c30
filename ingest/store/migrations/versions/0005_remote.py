"""What stands for a work at a target that numbers its own pages, such as a WordPress post."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table; nothing was kept at such a target before."""
    op.create_table(
        "remote",
        sa.Column("work_id", ID, nullable=False),
        sa.Column("target", sa.String(length=60), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False, comment="the target's own number for it"),
        sa.Column("seen", sa.String(length=64), nullable=False, comment="SHA-256 of the words that it kept"),
        sa.Column("overwrite", sa.Boolean(), nullable=False, comment="a person's word: over an editor's change"),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["work.id"], name=op.f("fk_remote_work_id")),
        sa.PrimaryKeyConstraint("work_id", "target", name=op.f("pk_remote")),
    )
