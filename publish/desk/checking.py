"""The desk's long checks: every page against its record, the ledger's chain, a partner's report."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from ingest.errors import LedgerError
from ingest.sources import Partner
from ingest.store import chain, ledger, publications
from ingest.store.database import read
from ingest.store.ledger import GENESIS, Head
from publish import wiring
from publish.audit import Finding, SiteFiles, check_site, record_findings
from publish.audit.evidence import file_findings
from publish.audit.report import Report, collect
from publish.audit.served import getting
from publish.audit.spool import Spool
from publish.audit.targets import target_findings
from publish.desk.long_work import Step
from publish.desk.newsroom import Newsroom

#: Records of the ledger between two steps of its check.
_PART: Final = 20_000


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a check found, kept on disk until the next one; read by many requests at once."""

    spool: Spool
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, code: str, *, start: int, count: int) -> list[Finding]:
        """Return some findings of a code."""
        with self.lock:
            return list(islice(self.spool.of(code), start, start + count)) if code in self.spool.counts else []

    def each(self) -> Iterator[Finding]:
        """Yield all findings, the gravest first, a hundred at a time."""
        for code in self.spool.codes:
            for start in range(0, self.spool.counts[code], 100):
                yield from self.of(code, start=start, count=100)


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What the check of the ledger came to."""

    head: Head
    findings: Findings


def check_all(room: Newsroom, actor: str, step: Step) -> Findings:
    """Hold what is out there against the records, as `reprint audit check` does."""
    sources, now = room.read_sources(), room.clock()
    with read(room.engine) as connection:
        total = sum(publications.count_published(connection, name) for name in room.name_targets(sources))
    seen = 0

    def on_page() -> None:
        nonlocal seen
        seen += 1
        step(seen, total)

    found = Findings(spool=Spool())
    files = SiteFiles(root=room.settings.site, site=sources.site)
    step(0, total)
    found.spool.take(check_site(room.engine, files, sources=sources, now=now, on_page=on_page))
    folder = room.settings.sources.parent
    found.spool.take(file_findings(room.engine, sources, folder=folder, actor=actor, now=now))
    if sources.targets:
        with getting(wiring.fetcher(room.settings)) as get:
            found.spool.take(target_findings(room.engine, get, sources=sources, now=now, on_page=on_page))
    return found


def verify_all(room: Newsroom, saved: Head | None, step: Step) -> Verified:
    """Recompute the ledger's chain part by part, hold it against a saved head, and the records against the ledger.

    Raises LedgerError naming the first record that does not fit.
    """
    at = Head(seq=0, hash=GENESIS)
    with read(room.engine) as connection:
        end = ledger.head(connection)
    for until in (*range(_PART, end.seq, _PART), end.seq):
        step(at.seq, end.seq)
        here = (
            saved if saved is not None and at.seq < saved.seq and (saved.seq <= until or until == end.seq) else None
        )
        with read(room.engine) as connection:
            at = chain.verify(connection, saved=here, after=at, until=until)
    if at != end:
        raise LedgerError("its end went while it was checked", where=f"record {end.seq}")
    found = Findings(spool=Spool())
    with read(room.engine) as connection:
        found.spool.take(record_findings(connection))
    return Verified(head=at, findings=found)


def report_on(room: Newsroom, partner: Partner, since: date, until: date) -> Report:
    """Return the report on a partner."""
    return collect(
        room.engine,
        partner,
        sources=room.read_sources(),
        target=wiring.SITE_TARGET,
        since=since,
        until=until,
        now=room.clock(),
    )
