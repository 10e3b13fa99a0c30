"""What articles are found by at the desk: an index of what they stand by, and of their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from ingest.store.schema import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOST_CHARACTERS = 100_000
AT_ONCE = 500


def upgrade() -> None:
    """Add the index and fill it from what every article stands by."""
    op.create_table(
        "article_index",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("partner", sa.String(200), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False, comment="who first published it, by name"),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False, comment="the verdict, or withdrawn"),
        sa.Column("why", sa.String(60), nullable=False, comment="the first reason's code; empty for none"),
        sa.Column("published_at", UtcDateTime(), nullable=True, comment="by the partner"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_index_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_index")),
    )
    for name in ("partner", "origin", "state", "published_at"):
        op.create_index(f"ix_article_index_{name}", "article_index", [name, "article_id"])
    op.create_index("ix_article_index_state_why", "article_index", ["state", "why", "article_id"])
    _add_words()
    _fill()


def _add_words() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE article_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')")
        return
    op.execute("CREATE TABLE article_words (article_id BIGINT PRIMARY KEY REFERENCES article (id), words TSVECTOR)")
    op.execute("CREATE INDEX ix_article_words_words ON article_words USING gin (words)")


def _fill() -> None:
    connection, after = op.get_bind(), 0
    while rows := _rows(connection, after):
        connection.execute(
            sa.text(
                "INSERT INTO article_index (article_id, partner, origin, verdict, state, why, published_at) "
                "SELECT a.id, t.partner, t.origin_name, s.verdict, "
                "CASE WHEN r.state = 'withdrawn' THEN r.state ELSE s.verdict END, :why, v.published_at "
                "FROM article a JOIN standing s ON s.article_id = a.id JOIN attribution t ON t.id = s.attribution_id "
                "JOIN revision v ON v.id = s.revision_id LEFT JOIN ruling r ON r.article_id = a.id WHERE a.id = :id"
            ),
            [{"id": row.id, "why": _why(row.reasons)} for row in rows],
        )
        key, value = (
            ("rowid", ":words")
            if connection.dialect.name == "sqlite"
            else (
                "article_id",
                "to_tsvector('simple', :words)",
            )
        )
        connection.execute(
            sa.text(f"INSERT INTO article_words ({key}, words) VALUES (:id, {value})"),  # noqa: S608 - constants
            [{"id": row.id, "words": _words(json.loads(row.document))} for row in rows],
        )
        after = rows[-1].id


def _rows(connection: sa.Connection, after: int) -> list[Any]:
    query = sa.text(
        "SELECT s.article_id AS id, v.document, t.reasons FROM standing s JOIN revision v ON v.id = s.revision_id "
        "JOIN attribution t ON t.id = s.attribution_id WHERE s.article_id > :after ORDER BY s.article_id LIMIT :most"
    )
    return list(connection.execute(query, {"after": after, "most": AT_ONCE}))


def _why(reasons: str) -> str:
    codes = [str(reason["code"]) for reason in json.loads(reasons)]
    return codes[0][:60] if codes else ""


def _words(document: dict[str, Any]) -> str:
    names = [str(person["name"]) for person in document.get("byline", {}).get("people", [])]
    parts = [document.get("headline") or "", document.get("standfirst") or "", "; ".join(names)]
    return "\n".join([*parts, *_texts(document.get("body"))]).replace("\x00", "")[:MOST_CHARACTERS]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
