"""What each article stands by: its newest revision and judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.rights import Decision
from ingest.store.schema import article, standing


@dataclass(frozen=True, kw_only=True)
class StandingRow:
    """One article's standing."""

    article_id: int
    partner: str
    revision_id: int
    attribution_id: int


def stand(
    connection: sa.Connection,
    *,
    article_id: int,
    revision_id: int,
    attribution_id: int,
    decision: Decision,
    reconsider_at: datetime | None,
) -> None:
    """Make a revision and its attribution the ones that the article stands by."""
    values = {
        "revision_id": revision_id,
        "attribution_id": attribution_id,
        "verdict": decision.verdict.value,
        # A doubt keeps a new revision back; only a missing or ended permission takes down what is out.
        "forbidden": decision.forbidden,
        "reconsider_at": reconsider_at,
    }
    changed = connection.execute(standing.update().where(standing.c.article_id == article_id).values(values))
    if not changed.rowcount:
        connection.execute(standing.insert().values(article_id=article_id, **values))


def look_again(connection: sa.Connection, article_id: int, *, at: datetime | None) -> None:
    """Set when time alone may next change an article's verdict."""
    connection.execute(standing.update().where(standing.c.article_id == article_id).values(reconsider_at=at))


def to_reconsider(connection: sa.Connection, *, due_by: datetime | None, after: int, limit: int) -> list[StandingRow]:
    """Return standings past article `after` in order: those due by a time, or all where it is None."""
    query = (
        sa.select(
            standing.c.article_id,
            article.c.partner,
            standing.c.revision_id,
            standing.c.attribution_id,
        )
        .join(article, article.c.id == standing.c.article_id)
        .where(standing.c.article_id > after)
        .order_by(standing.c.article_id)
        .limit(limit)
    )
    if due_by is not None:
        query = query.where(standing.c.reconsider_at <= due_by)
    return [StandingRow(**row) for row in connection.execute(query).mappings()]
