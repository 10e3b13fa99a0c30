"""Fingerprints made anew for a store whose articles were signed by an older way: a part at a time, and to the end."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
import structlog

from ingest.dedupe import fingerprint
from ingest.signing import VERSION
from ingest.store import articles, bookmarks, fingerprints
from ingest.store.database import write
from ingest.store.edits import local_edit
from ingest.store.fingerprints import fingerprint_table
from ingest.store.schema import revision
from ingest.store.signed import BOOKMARK

log = structlog.get_logger()

#: Articles in one transaction: half a second's work, so that others may write in between.
BATCH: Final = 200


def reindex(engine: sa.Engine, *, batch: int = BATCH) -> int:
    """Sign what an older version signed, and return how many articles that were.

    Each part is one transaction, with a bookmark of how far it got: one that is killed goes on there the next time,
    and several at once share the work. Until the end, copies of what is not signed yet are not found.
    """
    signed = 0
    while (done := _part(engine, batch)) is not None:
        signed += done
    if signed:
        log.info("fingerprints.reindexed", articles=signed, version=VERSION)
    return signed


def _part(engine: sa.Engine, batch: int) -> int | None:
    """Sign the next articles and return how many were of an older version; None when no more are left."""
    with write(engine) as connection:
        said = bookmarks.get(connection, BOOKMARK) or ""
        if said == str(VERSION):
            return None
        start = f"{VERSION} up to "
        after = int(said.removeprefix(start)) if said.startswith(start) else 0
        table = fingerprint_table
        query = sa.select(table.c.article_id).where(table.c.article_id > after, table.c.version != VERSION)
        old = connection.execute(query.order_by(table.c.article_id).limit(batch)).scalars().all()
        for article_id in old:
            _sign(connection, article_id)
        bookmarks.put(connection, BOOKMARK, f"{start}{old[-1]}" if old else str(VERSION))
        return len(old)


def _sign(connection: sa.Connection, article_id: int) -> None:
    """Sign an article by the partner's newest words; what they were signed as is kept where it is the same."""
    table = fingerprint_table
    here = table.c.article_id == article_id
    kept = connection.execute(sa.select(table).where(here)).one()
    newest = articles.load(connection, _partners_newest(connection, article_id))
    made = fingerprint(headline=newest.headline, names=newest.byline.names, text=newest.body.text)
    if (made.exact, made.words, made.trace) == (kept.exact, kept.words, kept.trace):
        connection.execute(table.update().where(here).values(version=VERSION))
        return
    fingerprints.index(connection, article_id, made, language=kept.language, origin_url=kept.origin_url)


def _partners_newest(connection: sa.Connection, article_id: int) -> int:
    ours = sa.select(local_edit.c.revision_id).where(local_edit.c.article_id == article_id)
    query = sa.select(revision.c.id).where(revision.c.article_id == article_id, revision.c.id.not_in(ours))
    return int(connection.execute(query.order_by(revision.c.number.desc()).limit(1)).scalar_one())
