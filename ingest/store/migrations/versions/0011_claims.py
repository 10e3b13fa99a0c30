"""Who works on which host, so that several workers share one store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nobody claims anything yet."""
    op.create_table(
        "host_claim",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False, comment="who works on it, or did last"),
        sa.Column("fence", sa.BigInteger(), nullable=False, comment="one more with each claim"),
        sa.Column(
            "until",
            UtcDateTime(),
            nullable=True,
            comment="when the claim ends if it is not renewed; NULL: given back",
        ),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_claim")),
    )
