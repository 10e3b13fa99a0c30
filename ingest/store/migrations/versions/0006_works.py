"""A person's word on works: articles told apart from a work, and works that another one took in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the column; every work stands as it did."""
    op.create_table(
        "apart",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_apart_article_id")),
        sa.ForeignKeyConstraint(["work_id"], ["work.id"], name=op.f("fk_apart_work_id")),
        sa.PrimaryKeyConstraint("article_id", "work_id", name=op.f("pk_apart")),
    )
    op.create_index("ix_apart_work_id", "apart", ["work_id"])
    # Batch mode would rebuild the table, which its articles point at.
    kind = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    constraint = "CONSTRAINT fk_work_merged_into REFERENCES work (id)"
    op.execute(f"ALTER TABLE work ADD COLUMN merged_into {kind} {constraint}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("COMMENT ON COLUMN work.merged_into IS 'the work that a person merged it into'")
