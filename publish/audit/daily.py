"""The audit that `reprint run` makes once a day: what it finds goes into the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain

import sqlalchemy as sa
import structlog

from ingest.errors import LedgerError
from ingest.sources import Sources
from ingest.store import bookmarks
from ingest.store.chain import verify_store
from ingest.store.database import read, write
from publish.audit.finding import Finding, Severity, finding
from publish.audit.pages import SiteFiles
from publish.audit.records import record_findings
from publish.audit.site import check_site

log = structlog.get_logger()

_EVERY = timedelta(days=1)
#: Where the store keeps when the last one ended.
BOOKMARK = "audited-at"
#: More of one audit are counted, not told.
_TOLD = 200


def audit_daily(
    engine: sa.Engine,
    files: SiteFiles,
    *,
    sources: Sources,
    now: datetime,
    stopping: Callable[[], bool] = lambda: False,
    on_finding: Callable[[Finding], None] = lambda _finding: None,
    elsewhere: Callable[[], Iterator[Finding]] = lambda: iter(()),
) -> int | None:
    """Audit if a day has gone by since the last time; return how many findings, or None where it was not time.

    `elsewhere` yields what is found beyond the static site: at other targets, in the proofs of permissions. An audit
    that `stopping` ends is made anew at the next start; one dated ahead of a clock set back counts for nothing.
    """
    with read(engine) as connection:
        last = bookmarks.get(connection, BOOKMARK)
    if last is not None and timedelta() <= now - datetime.fromisoformat(last) < _EVERY:
        return None
    counts = dict.fromkeys(Severity, 0)
    for found in chain(_findings(engine, files, sources, now, stopping), elsewhere()):
        counts[found.severity] += 1
        on_finding(found)
        if sum(counts.values()) <= _TOLD:
            _tell(found)
    if stopping():
        return None
    with write(engine) as connection:
        bookmarks.put(connection, BOOKMARK, now.isoformat())
    log.info("audit.done", **{f"{severity.value}s": count for severity, count in counts.items()})
    return sum(counts.values())


def _findings(
    engine: sa.Engine, files: SiteFiles, sources: Sources, now: datetime, stopping: Callable[[], bool]
) -> Iterator[Finding]:
    try:
        verify_store(engine, workers=1)
    except LedgerError as error:
        yield finding("ledger-broken", error.what, where=error.where)
    with read(engine) as connection:
        yield from record_findings(connection)
    yield from check_site(engine, files, sources=sources, now=now, stopping=stopping)


def _tell(found: Finding) -> None:
    level = {Severity.ERROR: log.error, Severity.WARNING: log.warning, Severity.NOTICE: log.info}[found.severity]
    level(
        "audit.finding",
        code=found.code,
        article=found.article_id,
        where=found.where,
        evidence=found.evidence,
        next=found.next_step,
    )
