"""How much each feed brought a day, read from an index whatever the number of its entries."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_entry_feed_id_first_seen_at", "entry", ["feed_id", "first_seen_at", "state"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_entry_feed_id_first_seen_at", "entry")
