"""What somebody was told of, so that each thing is told once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nobody was told of anything before."""
    op.create_table(
        "alert",
        sa.Column("scope", sa.String(length=20), nullable=False, comment="who observes it: store, audit"),
        sa.Column("key", sa.String(length=300), nullable=False, comment="the same while it lasts"),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("over_at", UtcDateTime(), nullable=True, comment="when it was no longer so"),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_alert")),
    )
