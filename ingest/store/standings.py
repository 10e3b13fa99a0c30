"""What each article stands by: its newest revision and judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.rights import Decision
from ingest.store.rulings import Ruling
from ingest.store.schema import article, ruling, standing


@dataclass(frozen=True, kw_only=True)
class StandingRow:
    """One article's standing."""

    article_id: int
    partner: str
    revision_id: int
    attribution_id: int
    released: bool


def stand(
    connection: sa.Connection, *, article_id: int, revision_id: int, attribution_id: int, decision: Decision
) -> None:
    """Make a revision and its attribution the ones that the article stands by."""
    values = {
        "revision_id": revision_id,
        "attribution_id": attribution_id,
        "verdict": decision.verdict.value,
        "forbidden": decision.forbidden,
        "reconsider_at": decision.reconsider_at,
    }
    changed = connection.execute(standing.update().where(standing.c.article_id == article_id).values(values))
    if not changed.rowcount:
        connection.execute(standing.insert().values(article_id=article_id, **values))


def to_reconsider(connection: sa.Connection, *, due_by: datetime | None, after: int, limit: int) -> list[StandingRow]:
    """Return standings past article `after` in order: those due by a time, or all where it is None."""
    query = (
        sa.select(
            standing.c.article_id,
            article.c.partner,
            standing.c.revision_id,
            standing.c.attribution_id,
            sa.func.coalesce(ruling.c.state == Ruling.RELEASED.value, sa.false()).label("released"),
        )
        .join(article, article.c.id == standing.c.article_id)
        .outerjoin(ruling, ruling.c.article_id == article.c.id)
        .where(standing.c.article_id > after)
        .order_by(standing.c.article_id)
        .limit(limit)
    )
    if due_by is not None:
        query = query.where(standing.c.reconsider_at <= due_by)
    return [StandingRow(**row) for row in connection.execute(query).mappings()]
