"""Whether a publisher began to give a target a publication: one that was killed may have left it there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what waits in an older outbox may have been begun, and is taken to be."""
    with op.batch_alter_table("publication") as batch:
        batch.add_column(
            sa.Column(
                "begun",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="a publisher began to give it, and did not mark it",
            )
        )
    op.execute(sa.text("UPDATE publication SET begun = :yes WHERE state = 'pending'").bindparams(yes=True))
