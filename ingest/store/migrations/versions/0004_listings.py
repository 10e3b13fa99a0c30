"""Which list of a target each piece stands in, and what is stale; filled when the target is drawn the next time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "listing",
        sa.Column("target", sa.String(length=60), nullable=False),
        sa.Column("list", sa.String(length=300), nullable=False, comment="kind:key, such as partner:pacific-forum"),
        sa.Column("at", UtcDateTime(), nullable=False, comment="the order: when it was first published there"),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="what the list is called, by this piece"),
        sa.Column("note", sa.Text(), nullable=False, comment="what a directory says beside the name"),
        sa.ForeignKeyConstraint(["work_id"], ["work.id"], name=op.f("fk_listing_work_id")),
        sa.PrimaryKeyConstraint("target", "list", "at", "work_id", name=op.f("pk_listing")),
    )
    op.create_index("ix_listing_target_work_id", "listing", ["target", "work_id"], unique=False)
    op.create_table(
        "catalogue",
        sa.Column("target", sa.String(length=60), nullable=False),
        sa.Column("list", sa.String(length=300), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="as its newest piece has it"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("drawn_size", sa.Integer(), nullable=False, comment="its size when it was last drawn"),
        sa.Column(
            "moved_from",
            sa.Integer(),
            nullable=True,
            comment="the lowest place at which something came or went since",
        ),
        sa.PrimaryKeyConstraint("target", "list", name=op.f("pk_catalogue")),
    )
    op.create_table(
        "stale_listing",
        sa.Column("target", sa.String(length=60), nullable=False),
        sa.Column("list", sa.String(length=300), nullable=False, comment="a list, or page: the work's own page"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["work.id"], name=op.f("fk_stale_listing_work_id")),
        sa.PrimaryKeyConstraint("target", "list", "at", "work_id", name=op.f("pk_stale_listing")),
    )
