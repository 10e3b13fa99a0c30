"""The editors' desk: its users, sessions and failed sign-ins, what editors choose, and what they may undo."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; nobody may sign in until a user is added."""
    _add_users()
    _add_sessions()
    _add_attempts()
    _add_choices()
    _add_undo()


def _add_users() -> None:
    op.create_table(
        "desk_user",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(60), nullable=False, comment="as signed in with, and as the ledger's actor"),
        sa.Column("role", sa.String(10), nullable=False, comment="editor, auditor"),
        sa.Column("password_hash", sa.Text(), nullable=False, comment="argon2id, with its salt and cost"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False, comment="when the password or role was last set"),
        sa.CheckConstraint("role IN ('editor', 'auditor')", name=op.f("ck_desk_user_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_desk_user_name")),
    )


def _add_sessions() -> None:
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.String(64), nullable=False, comment="SHA-256 of the token in the cookie"),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("told", sa.Text(), nullable=True, comment="what its next page tells about its last action"),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_desk_session_user_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_session")),
    )
    op.create_index(op.f("ix_desk_session_user_id"), "desk_session", ["user_id"])


def _add_attempts() -> None:
    op.create_table(
        "desk_attempt",
        sa.Column("key", sa.String(120), nullable=False, comment="name:..., address:..."),
        sa.Column("failures", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("wait_until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_desk_attempt")),
    )
    op.create_index(op.f("ix_desk_attempt_last_at"), "desk_attempt", ["last_at"])


def _add_choices() -> None:
    op.create_table(
        "editor_choice",
        sa.Column("article_id", ID, nullable=False),
        sa.Column(
            "section",
            sa.String(200),
            nullable=True,
            comment="the key of one of our sections; NULL: by the partner's labels",
        ),
        sa.Column("not_before", UtcDateTime(), nullable=True, comment="when it may appear at the earliest"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_editor_choice_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_editor_choice")),
    )


def _add_undo() -> None:
    op.create_table(
        "desk_undo",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False, comment="release, withdraw, edit, section, schedule"),
        sa.Column("before", sa.Text(), nullable=False, comment="what stood before, as JSON"),
        sa.Column(
            "seq", sa.BigInteger(), nullable=False, comment="the article's newest ledger record after the action"
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_desk_undo_user_id")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_desk_undo_article_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_desk_undo")),
    )
