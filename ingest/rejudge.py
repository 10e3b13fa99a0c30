"""One article judged again: kept anew only where the judgement came out differently."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ingest.assess import assess
from ingest.keep import Keeping, Kept, Outcome, keep, rejudged
from ingest.sources import Partner, Sources
from ingest.store import attributions
from ingest.store.database import read, write
from ingest.store.standings import StandingRow


def judge_again(
    row: StandingRow,
    engine: sa.Engine,
    sources: Sources,
    supplier: Partner,
    *,
    now: datetime,
    actor: str,
    targets: Sequence[str],
) -> Kept | None:
    """Judge an article again and keep what came out; return None where it came out as it was."""
    keeping = Keeping(now=now, actor=actor, targets=targets, partners=sources.keys)
    # Most come out as they were, and then nothing need be written: looking first spares a transaction each.
    with read(engine) as connection:
        if not _differs(connection, row.article_id, sources, supplier, keeping.now):
            return None
    with write(engine) as connection:
        # The newest words, which another process may have kept meanwhile.
        article = attributions.of_article(connection, row.article_id).article
        assessed = assess(
            connection, article, supplier=supplier, sources=sources, now=keeping.now, article_id=row.article_id
        )
        kept = keep(connection, assessed, keeping=keeping)
    return None if kept.outcome is Outcome.UNCHANGED else kept


def _differs(connection: sa.Connection, article_id: int, sources: Sources, supplier: Partner, now: datetime) -> bool:
    stands = attributions.of_article(connection, article_id)
    assessed = assess(connection, stands.article, supplier=supplier, sources=sources, now=now, article_id=article_id)
    known = assessed.place.known
    if known is None:
        return False
    return assessed.look_again_at != known.reconsider_at or rejudged(assessed.judged, stands)
