"""What polling knows of a feed: its pace, where it moved, its hub; and of an entry: its GUID and its words alone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = "state IN ('pending', 'done', 'failed', 'set-aside', 'flood')"


def upgrade() -> None:
    """Add the columns and the subscriptions; entries that became articles get back the GUID they came under."""
    _extend_feed()
    _extend_entry()
    op.execute("UPDATE entry SET guid = (SELECT article.guid FROM article WHERE article.id = entry.article_id)")
    op.create_table(
        "subscription",
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False, comment="the last part of our callback's address"),
        sa.Column("secret", sa.String(length=64), nullable=False, comment="ours, told to the hub alone"),
        sa.Column("state", sa.String(length=10), nullable=False, comment="asked, active, denied, failed"),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("renew_at", UtcDateTime(), nullable=False, comment="when to ask the hub (again)"),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_subscription_feed_id")),
        sa.PrimaryKeyConstraint("feed_id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("token", name=op.f("uq_subscription_token")),
    )


def _extend_feed() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("failing_since", UtcDateTime(), nullable=True, comment="when the failures in a row began"),
        sa.Column(
            "standing",
            sa.String(length=10),
            server_default="active",
            nullable=False,
            comment="active, parked, gone",
        ),
        sa.Column(
            "wait_until",
            UtcDateTime(),
            nullable=True,
            comment="the server asked not to be asked before (Retry-After)",
        ),
        sa.Column("moved_to", sa.Text(), nullable=True, comment="where permanent redirects lead"),
        sa.Column(
            "moved_polls",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="how many polls in a row saw that",
        ),
        sa.Column("asked_seconds", sa.Integer(), nullable=True, comment="how long the feed asks to be left alone"),
        sa.Column("quiet", sa.Text(), nullable=True, comment="the feed's skipHours and skipDays, as JSON"),
        sa.Column("rhythm_seconds", sa.Integer(), nullable=True, comment="mean time between two changes"),
        sa.Column("usual_new", sa.Integer(), nullable=True, comment="most new entries in one poll since the first"),
        sa.Column(
            "reader_state", sa.Text(), nullable=True, comment="what the reader of feeds wants back at the next poll"
        ),
        sa.Column("hub", sa.Text(), nullable=True, comment="the WebSub hub that the feed names"),
        sa.Column("topic", sa.Text(), nullable=True, comment="the address that the feed gives itself"),
        sa.Column("pushed_at", UtcDateTime(), nullable=True, comment="when its hub last pushed"),
    )
    for column in columns:
        op.add_column("feed", column)


def _extend_entry() -> None:
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guid", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "words_hash",
                sa.String(length=64),
                nullable=True,
                comment="as content_hash, but for the time of the update",
            )
        )
        batch_op.add_column(
            sa.Column(
                "stamps",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="new times without new words, in a row",
            )
        )
        batch_op.alter_column(
            "state",
            existing_type=sa.String(length=12),
            existing_nullable=False,
            existing_comment="pending, done, failed, set-aside",
            comment="pending, done, failed, set-aside, flood",
        )
        # SQLite's tables are made anew here, and their checks with them.
        if op.get_bind().dialect.name != "sqlite":
            batch_op.drop_constraint(op.f("ck_entry_state"), type_="check")
        batch_op.create_check_constraint(op.f("ck_entry_state"), STATES)
        batch_op.create_index("ix_entry_feed_id_guid", ["feed_id", "guid"], unique=False)
