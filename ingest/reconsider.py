"""Judge again what is kept, when the terms changed or time alone may change a verdict; the network is not needed.

An edited sources.yaml, an embargo that ends, a permission that runs out: each is met here. Articles of a partner that
sources.yaml no longer names are left as they are and logged, so that a wrong file takes no site down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import structlog

from ingest.judge import judge
from ingest.keep import Keeping, Kept, Outcome, keep
from ingest.sources import Sources
from ingest.store import articles, bookmarks, standings
from ingest.store.database import read, write
from ingest.store.standings import StandingRow
from ingest.tools import Tools

log = structlog.get_logger()

_BOOKMARK = "judged-by"
_BATCH = 200


def reconsider(tools: Tools) -> list[Kept]:
    """Judge again every article whose verdict may have changed, and return those that came out differently.

    After a change of the partners or their terms that is every article; else those whose time has come.
    """
    digest = judging_digest(tools.sources)
    with read(tools.engine) as connection:
        everything = bookmarks.get(connection, _BOOKMARK) != digest
    changed = [kept for batch in _batches(tools, everything=everything) for kept in _judge_again(batch, tools)]
    if everything:
        with write(tools.engine) as connection:
            bookmarks.put(connection, _BOOKMARK, digest)
    if changed:
        log.info("reconsider.done", changed=len(changed), sources_changed=everything)
    return changed


def judging_digest(sources: Sources) -> str:
    """Return the SHA-256, hex, over all that a judgement reads from sources.yaml."""
    parts = [
        repr((p.key, p.name, p.url, p.aliases, p.hosts, p.terms.digest))
        for p in sorted(sources.partners, key=lambda p: p.key)
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _batches(tools: Tools, *, everything: bool) -> Iterator[list[StandingRow]]:
    after, now = 0, tools.clock()
    while True:
        with read(tools.engine) as connection:
            batch = standings.to_reconsider(connection, due_by=None if everything else now, after=after, limit=_BATCH)
        if not batch:
            return
        yield batch
        after = batch[-1].article_id


def _judge_again(batch: list[StandingRow], tools: Tools) -> list[Kept]:
    changed = []
    for row in batch:
        supplier = tools.sources.partner(row.partner)
        if supplier is None:
            log.warning("reconsider.partner_unknown", partner=row.partner, article=row.article_id)
            continue
        now = tools.clock()
        with write(tools.engine) as connection:
            article = articles.load(connection, row.revision_id)
            judged = judge(article, supplier=supplier, sources=tools.sources, now=now, released=row.released)
            kept = keep(connection, judged, keeping=Keeping(now=now, actor=tools.actor, targets=tools.targets))
        if kept.outcome is not Outcome.UNCHANGED:
            changed.append(kept)
    return changed
