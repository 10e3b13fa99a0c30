"""What readers are told where an article was withdrawn."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Table, Text

from ingest.store.schema import article, metadata

withdrawal_notice = Table(
    "withdrawal_notice",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("text", Text, nullable=False, comment="for readers, on the page that stays"),
)


def put(connection: sa.Connection, article_id: int, text: str) -> None:
    """Keep what readers are told of an article's withdrawal."""
    connection.execute(withdrawal_notice.delete().where(withdrawal_notice.c.article_id == article_id))
    connection.execute(withdrawal_notice.insert().values(article_id=article_id, text=text))


def of_work(connection: sa.Connection, work_id: int) -> str:
    """Return what readers are told of a work's withdrawal, the last word of it; empty where nothing was said."""
    query = (
        sa.select(withdrawal_notice.c.text)
        .join(article, article.c.id == withdrawal_notice.c.article_id)
        .where(article.c.work_id == work_id)
        .order_by(withdrawal_notice.c.article_id.desc())
    )
    return connection.execute(query.limit(1)).scalar() or ""


def forget(connection: sa.Connection, work_id: int) -> None:
    """Forget what readers were told of a work's withdrawal."""
    copies = sa.select(article.c.id).where(article.c.work_id == work_id)
    connection.execute(withdrawal_notice.delete().where(withdrawal_notice.c.article_id.in_(copies)))
