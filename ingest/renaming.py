"""Partners that stand under a new key in sources.yaml: their records follow them, and the ledger says so."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
import structlog

from ingest.sources import Sources
from ingest.store import ledger, renames
from ingest.store.database import read, write

log = structlog.get_logger()


def adopt_renamed(engine: sa.Engine, sources: Sources, *, actor: str, now: datetime) -> int:
    """Give each partner what is kept under a key of its `formerly`; return how many keys were followed up.

    Doing it again changes nothing: what stays under the old key is what the new one had too.
    """
    pairs = [(old, partner.key) for partner in sources.partners for old in partner.formerly]
    if not pairs:
        return 0
    with read(engine) as connection:
        known = [(old, new) for old, new in pairs if renames.is_known(connection, old)]
    return sum(_follow(engine, old, new, actor=actor, now=now) for old, new in known)


def _follow(engine: sa.Engine, old: str, new: str, *, actor: str, now: datetime) -> bool:
    with write(engine) as connection:
        moved = renames.rename(connection, old=old, new=new)
        if not moved.articles and not moved.feeds:
            return False
        payload = {"formerly": old, "articles": moved.articles, "feeds": moved.feeds}
        ledger.append(
            connection, at=now, actor=actor, event="partner.renamed", subject=f"partner:{new}", payload=payload
        )
    log.info("partner.renamed", partner=new, formerly=old, articles=moved.articles, feeds=moved.feeds)
    return True
