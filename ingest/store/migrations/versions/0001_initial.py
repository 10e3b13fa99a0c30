"""The first tables, and the triggers that keep records as they were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: The tables whose records are never changed, with the key that tells one from another.
KEYS = {"ledger": "seq", "attribution": "id", "terms": "digest", "revision": "id"}


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "bookmark",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_bookmark")),
    )
    op.create_table(
        "feed",
        sa.Column("id", ID, nullable=False),
        sa.Column("partner", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.String(length=64), nullable=True),
        sa.Column("next_poll_at", UtcDateTime(), nullable=False),
        sa.Column("last_polled_at", UtcDateTime(), nullable=True),
        sa.Column("last_changed_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True, comment="how the last poll ended"),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False, comment="in a row"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("partner", "url", name=op.f("uq_feed_partner_url")),
    )
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_next_poll_at"), ["next_poll_at"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("seq", ID, autoincrement=False, nullable=False, comment="1, 2, ... without gaps"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False, comment="article:12, partner:x, ..."),
        sa.Column("payload", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.Column("previous", sa.String(length=64), nullable=False, comment="the hash before; unique, so no fork"),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger")),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_hash")),
        sa.UniqueConstraint("previous", name=op.f("uq_ledger_previous")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_subject"), ["subject"], unique=False)

    op.create_table(
        "terms",
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the document"),
        sa.Column("document", sa.Text(), nullable=False, comment="the terms in canonical JSON"),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_terms")),
    )
    op.create_table(
        "work",
        sa.Column("id", ID, nullable=False),
        sa.Column(
            "slug", sa.String(length=120), nullable=False, comment="our URL's; never changes, never used again"
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("slug", name=op.f("uq_work_slug")),
    )
    op.create_table(
        "article",
        sa.Column("id", ID, nullable=False),
        sa.Column("partner", sa.String(length=200), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False, comment="first, copy, neighbour"),
        sa.Column("relation_reason", sa.Text(), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["work.id"], name=op.f("fk_article_work_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("partner", "canonical_url", name=op.f("uq_article_partner_canonical_url")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_canonical_url"), ["canonical_url"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_guid"), ["guid"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_work_id"), ["work_id"], unique=False)

    op.create_table(
        "entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True, comment="the Entry as JSON until it is ingested"),
        sa.Column("state", sa.String(length=12), nullable=False, comment="pending, done, failed, set-aside"),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("article_id", ID, nullable=True),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'done', 'failed', 'set-aside')", name=op.f("ck_entry_state")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_entry_article_id")),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_entry_feed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("feed_id", "key", name=op.f("uq_entry_feed_id_key")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "fingerprint",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the fingerprint's making"),
        sa.Column("exact", sa.BigInteger(), nullable=False, comment="hash of the folded text"),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("trace", sa.LargeBinary(), nullable=False, comment="the words' 16-bit codes"),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("origin_url", sa.Text(), nullable=True, comment="the original's, where a middleman names it"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_fingerprint_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_fingerprint")),
    )
    with op.batch_alter_table("fingerprint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fingerprint_exact"), ["exact"], unique=False)
        batch_op.create_index(batch_op.f("ix_fingerprint_origin_url"), ["origin_url"], unique=False)

    op.create_table(
        "fingerprint_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_fingerprint_key_article_id")),
        sa.PrimaryKeyConstraint("key", "article_id", name=op.f("pk_fingerprint_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "article_address",
        sa.Column("partner", sa.String(length=200), nullable=False),
        sa.Column(
            "address",
            sa.Text(),
            nullable=False,
            comment="identity form; also those that the article has moved to",
        ),
        sa.Column("article_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_address_article_id")),
        sa.PrimaryKeyConstraint("partner", "address", name=op.f("pk_article_address")),
    )
    with op.batch_alter_table("article_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_address_article_id"), ["article_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, ... within the article"),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False, comment="the byline's names, joined by '; '"),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True, comment="by the partner"),
        sa.Column("document", sa.Text(), nullable=False, comment="the whole Article as JSON"),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_revision_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_revision_article_id_number")),
    )
    op.create_table(
        "ruling",
        sa.Column("article_id", ID, nullable=False),
        sa.Column(
            "state",
            sa.String(length=10),
            nullable=False,
            comment="released, withdrawn: a person's word, kept for ever",
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('released', 'withdrawn')", name=op.f("ck_ruling_state")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_ruling_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_ruling")),
    )
    op.create_table(
        "attribution",
        sa.Column("id", ID, nullable=False),
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("terms_digest", sa.String(length=64), nullable=False),
        sa.Column("partner", sa.String(length=200), nullable=False, comment="who delivered"),
        sa.Column("partner_name", sa.Text(), nullable=False),
        sa.Column("origin_name", sa.Text(), nullable=False),
        sa.Column("origin_key", sa.String(length=200), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False, comment="JSON list of code and message"),
        sa.Column("credit_text", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False, comment="origin, decision and credit as JSON"),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("verdict IN ('publish', 'hold', 'deny')", name=op.f("ck_attribution_verdict")),
        sa.CheckConstraint("length(credit_text) > 0", name=op.f("ck_attribution_credit")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_attribution_revision_id")),
        sa.ForeignKeyConstraint(["terms_digest"], ["terms.digest"], name=op.f("fk_attribution_terms_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribution")),
        sa.UniqueConstraint("id", "revision_id", "verdict", name=op.f("uq_attribution_id_revision_id_verdict")),
    )
    with op.batch_alter_table("attribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attribution_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("target", sa.String(length=60), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("attribution_id", ID, nullable=False),
        sa.Column("verdict", sa.String(length=10), server_default="publish", nullable=False),
        sa.Column("out_attribution_id", ID, nullable=True, comment="what stands there while a change waits"),
        sa.Column(
            "state", sa.String(length=12), nullable=False, comment="pending, published, withdrawing, withdrawn"
        ),
        sa.Column("location", sa.Text(), nullable=True, comment="where the target put it"),
        sa.Column("teaser", sa.Text(), nullable=True, comment="the Teaser as published, JSON"),
        sa.Column("intended_at", UtcDateTime(), nullable=False),
        sa.Column("first_published_at", UtcDateTime(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'published', 'withdrawing', 'withdrawn')", name=op.f("ck_publication_state")
        ),
        sa.CheckConstraint("verdict = 'publish'", name=op.f("ck_publication_verdict")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_publication_article_id")),
        sa.ForeignKeyConstraint(
            ["out_attribution_id"], ["attribution.id"], name=op.f("fk_publication_out_attribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["attribution_id", "revision_id", "verdict"],
            ["attribution.id", "attribution.revision_id", "attribution.verdict"],
            name=op.f("fk_publication_attribution_id_revision_id_verdict"),
        ),
        sa.ForeignKeyConstraint(["work_id"], ["work.id"], name=op.f("fk_publication_work_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("work_id", "target", name=op.f("uq_publication_work_id_target")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index("ix_publication_target_state_due_at", ["target", "state", "due_at"], unique=False)

    op.create_table(
        "standing",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("revision_id", ID, nullable=False, comment="the newest"),
        sa.Column("attribution_id", ID, nullable=False, comment="the newest"),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("forbidden", sa.Boolean(), nullable=False, comment="permission is missing, over or refused"),
        sa.Column("reconsider_at", UtcDateTime(), nullable=True, comment="when time alone may change the verdict"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_standing_article_id")),
        sa.ForeignKeyConstraint(["attribution_id"], ["attribution.id"], name=op.f("fk_standing_attribution_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_standing_revision_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_standing")),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standing_attribution_id"), ["attribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_reconsider_at"), ["reconsider_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_verdict"), ["verdict"], unique=False)
    for table in KEYS:
        refuse_changes(table)


def refuse_changes(table: str) -> None:
    """Let the database itself refuse UPDATE and DELETE, and on SQLite the INSERT OR REPLACE that is both."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION refuse_{table}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} records are never changed' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"EXECUTE FUNCTION refuse_{table}()"
        )
        return
    key = KEYS[table]
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - our own names
    op.execute(
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN {there} "
        f"BEGIN SELECT RAISE(ABORT, '{table} records are never changed'); END"
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} records are never changed'); END"
        )
