"""What becomes of an article once it is out: followed up, edited here, corrected, taken down with a word to all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; what is published already is followed up from the next look on."""
    _follow_up()
    _edit()
    _correct()
    op.create_table(
        "withdrawal_notice",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="for readers, on the page that stays"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_withdrawal_notice_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_withdrawal_notice")),
    )


def _follow_up() -> None:
    op.create_table(
        "followup",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False, comment="page, original"),
        sa.Column(
            "host", sa.String(length=255), nullable=False, server_default="", comment="of the address asked last"
        ),
        sa.Column("entry", sa.Text(), comment="the feed's Entry as JSON: what the page was read with"),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("digest", sa.String(length=64), comment="of the words read there last"),
        sa.Column("next_check_at", UtcDateTime(), nullable=False),
        sa.Column("checked_at", UtcDateTime()),
        sa.Column(
            "quiet", sa.Integer(), nullable=False, server_default="0", comment="checks without a change, in a row"
        ),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0", comment="in a row"),
        sa.Column("outcome", sa.String(length=20), comment="how the last check ended"),
        sa.Column("error", sa.Text()),
        sa.Column("gone_since", UtcDateTime(), comment="when the address was first found gone, in a row"),
        sa.Column("gone_at", UtcDateTime(), comment="the last finding of it that counted"),
        sa.Column(
            "gone_checks", sa.Integer(), nullable=False, server_default="0", comment="how many of them counted"
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_followup_article_id")),
        sa.PrimaryKeyConstraint("article_id", "role", name=op.f("pk_followup")),
    )
    op.create_index("ix_followup_next_check_at", "followup", ["next_check_at"])
    op.create_index("ix_followup_host", "followup", ["host"])


def _edit() -> None:
    op.create_table(
        "local_edit",
        sa.Column("revision_id", ID, nullable=False, comment="our own"),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("base_id", ID, nullable=False, comment="the partner's that it stands on"),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_local_edit_revision_id")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_local_edit_article_id")),
        sa.ForeignKeyConstraint(["base_id"], ["revision.id"], name=op.f("fk_local_edit_base_id")),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_local_edit")),
    )
    op.create_index("ix_local_edit_article_id", "local_edit", ["article_id"])
    op.create_table(
        "edit_state",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("revision_id", ID, nullable=False, comment="our own that stands"),
        sa.Column("base_id", ID, nullable=False),
        sa.Column("conflict_id", ID, comment="the partner's that could not be merged"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_edit_state_article_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["local_edit.revision_id"], name=op.f("fk_edit_state_revision_id")),
        sa.ForeignKeyConstraint(["base_id"], ["revision.id"], name=op.f("fk_edit_state_base_id")),
        sa.ForeignKeyConstraint(["conflict_id"], ["revision.id"], name=op.f("fk_edit_state_conflict_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_edit_state")),
    )


def _correct() -> None:
    op.create_table(
        "correction",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("revision_id", ID, comment="the partner's that brought it"),
        sa.Column("corrected_by", sa.String(length=10), nullable=False, comment="partner, ours"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "changed_at", UtcDateTime(), nullable=False, comment="when the partner changed it, as near as is known"
        ),
        sa.Column("noticed_at", UtcDateTime(), nullable=False, comment="when we kept it"),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.CheckConstraint("corrected_by IN ('partner', 'ours')", name=op.f("ck_correction_corrected_by")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_correction_article_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_correction_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index("ix_correction_article_id", "correction", ["article_id"])
    op.create_table(
        "correction_shown",
        sa.Column("correction_id", ID, nullable=False),
        sa.Column("target", sa.String(length=60), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=False),
        sa.Column(
            "delay_seconds",
            sa.Integer(),
            nullable=False,
            comment="from the partner's change, or our word, to our page",
        ),
        sa.ForeignKeyConstraint(["correction_id"], ["correction.id"], name=op.f("fk_correction_shown_correction_id")),
        sa.PrimaryKeyConstraint("correction_id", "target", name=op.f("pk_correction_shown")),
    )
