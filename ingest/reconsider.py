"""Judge again what is kept, when the terms changed or time alone may change a verdict; the network is not needed.

An edited sources.yaml, an embargo that ends, a permission that runs out: each is met here. Articles of a partner that
sources.yaml no longer names are left as they are and logged, so that a wrong file takes no site down.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from ingest.new_targets import serve_new_targets
from ingest.renaming import adopt_renamed
from ingest.sources import Sources
from ingest.store import bookmarks, standings
from ingest.store.database import read, write
from ingest.store.standings import StandingRow
from ingest.tools import Tools

if TYPE_CHECKING:
    from ingest.keep import Kept

log = structlog.get_logger()

#: Where the store keeps what everything was last judged by.
BOOKMARK = "judged-by"
_BATCH = 200
#: Another number with each change of what our own rules make of the same terms, so that what is kept is judged anew.
_RULES = "2"


def reconsider(tools: Tools) -> list[Kept]:
    """Judge again with a pass's own tools; see `reconsider_store`."""
    return reconsider_store(
        tools.engine,
        tools.sources,
        targets=tools.targets,
        actor=tools.actor,
        clock=tools.clock,
        stopping=tools.stopping,
    )


def reconsider_store(
    engine: sa.Engine,
    sources: Sources,
    *,
    targets: Sequence[str],
    actor: str,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
) -> list[Kept]:
    """Judge again every article whose verdict may have changed, and return those that came out differently.

    After a change of the partners or their terms that is every article; else those whose time has come. What a stop
    leaves is taken up the next time.
    """
    adopt_renamed(engine, sources, actor=actor, now=clock())
    serve_new_targets(engine, targets, partners=sources.keys, clock=clock, stopping=stopping)
    digest = judging_digest(sources)
    with read(engine) as connection:
        everything = bookmarks.get(connection, BOOKMARK) != digest
    changed: list[Kept] = []
    strangers = Counter[str]()
    for row in _due(engine, by=None if everything else clock()):
        if stopping():
            return changed
        if (supplier := sources.partner(row.partner)) is None:
            strangers[row.partner] += 1
            continue
        # Most times nothing is due, and what judges takes half a second to import.
        from ingest.rejudge import judge_again

        kept = judge_again(row, engine, sources, supplier, now=clock(), actor=actor, targets=targets)
        if kept is not None:
            changed.append(kept)
    if everything:
        with write(engine) as connection:
            bookmarks.put(connection, BOOKMARK, digest)
    _log_round(changed, strangers, everything=everything)
    return changed


def _log_round(changed: Sequence[Kept], strangers: Counter[str], *, everything: bool) -> None:
    for partner, count in strangers.items() if everything else ():
        log.warning("reconsider.partner_unknown", partner=partner, articles=count)
    if changed:
        log.info("reconsider.done", changed=len(changed), sources_changed=everything)


def judging_digest(sources: Sources) -> str:
    """Return the SHA-256, hex, over all that a judgement reads from sources.yaml."""
    parts = [
        repr((p.key, p.formerly, p.name, p.url, p.aliases, p.hosts, [terms.digest for terms in p.permissions]))
        for p in sorted(sources.partners, key=lambda p: p.key)
    ]
    return hashlib.sha256("\n".join((_RULES, sources.site.name, *parts)).encode()).hexdigest()


def _due(engine: sa.Engine, *, by: datetime | None) -> Iterator[StandingRow]:
    after = 0
    while True:
        with read(engine) as connection:
            batch = standings.to_reconsider(connection, due_by=by, after=after, limit=_BATCH)
        if not batch:
            return
        yield from batch
        after = batch[-1].article_id
