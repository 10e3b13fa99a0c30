"""What editors chose for an article beside its words: its section, and the time before which it does not appear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, String, Table

from ingest.store.schema import UtcDateTime, metadata

editor_choice = Table(
    "editor_choice",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("section", String(200), comment="the key of one of our sections; NULL: by the partner's labels"),
    Column("not_before", UtcDateTime, comment="when it may appear at the earliest"),
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What editors chose for one article."""

    section: str | None = None
    #: Aware UTC.
    not_before: datetime | None = None


def of(connection: sa.Connection, article_id: int) -> Choice:
    """Return what was chosen for an article; nothing where nothing was."""
    columns = (editor_choice.c.section, editor_choice.c.not_before)
    row = connection.execute(sa.select(*columns).where(editor_choice.c.article_id == article_id)).mappings().first()
    return Choice(**row) if row else Choice()


def put(connection: sa.Connection, article_id: int, choice: Choice) -> None:
    """Set what is chosen for an article."""
    connection.execute(editor_choice.delete().where(editor_choice.c.article_id == article_id))
    if choice != Choice():
        row = {"article_id": article_id, "section": choice.section, "not_before": choice.not_before}
        connection.execute(editor_choice.insert().values(row))


def sections_of(connection: sa.Connection, article_ids: list[int]) -> dict[int, str]:
    """Return the chosen sections of those articles that have one."""
    query = sa.select(editor_choice.c.article_id, editor_choice.c.section).where(
        editor_choice.c.article_id.in_(article_ids), editor_choice.c.section.is_not(None)
    )
    return {row.article_id: row.section for row in connection.execute(query)}
