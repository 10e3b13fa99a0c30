"""A person's word on an article, carried out: kept, judged anew, handed over, and in the ledger."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.assess import assess
from ingest.errors import ConfigError
from ingest.handover import hand_over
from ingest.keep import Keeping, Kept, keep
from ingest.sources import Partner, Sources
from ingest.store import articles, ledger, rulings
from ingest.store.articles import ArticleRow
from ingest.store.database import write
from ingest.store.rulings import Ruling


def give_ruling(
    engine: sa.Engine, article_id: int, ruling: Ruling, *, reason: str, sources: Sources, keeping: Keeping
) -> Kept:
    """Rule on an article in one transaction; raises ConfigError when there is no such article or partner."""
    with write(engine) as connection:
        row = articles.row_of(connection, article_id)
        supplier = sources.partner(row.partner) if row else None
        if row is None or supplier is None:
            raise _unknown(article_id, row)
        rulings.give(connection, article_id, ruling, actor=keeping.actor, reason=reason, now=keeping.now)
        ledger.append(
            connection,
            at=keeping.now,
            actor=keeping.actor,
            event=f"ruling.{ruling.value}",
            subject=f"article:{article_id}",
            payload={"reason": reason},
        )
        return _carry_out(connection, row, supplier, sources, keeping)


def _carry_out(
    connection: sa.Connection, row: ArticleRow, supplier: Partner, sources: Sources, keeping: Keeping
) -> Kept:
    article = articles.load(connection, row.revision_id)
    judged = assess(connection, article, supplier=supplier, sources=sources, now=keeping.now)
    kept = keep(connection, judged, keeping=keeping)
    hand_over(connection, row.work_id, targets=keeping.targets, now=keeping.now)
    return kept


def _unknown(article_id: int, row: ArticleRow | None) -> ConfigError:
    if row is None:
        return ConfigError(
            f"there is no article {article_id}", where="articles", next_step="see `reprint articles list`"
        )
    return ConfigError(
        f"its partner {row.partner!r} is not in the sources",
        where=f"article {article_id}",
        next_step="add the partner again, or name the right file with --sources",
    )
