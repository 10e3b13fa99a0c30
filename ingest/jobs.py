"""What to poll: a job for each feed that is due, or that somebody asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import sqlalchemy as sa

from ingest.fetch import Fetched
from ingest.polled import FeedRecord, Standing
from ingest.renaming import adopt_renamed
from ingest.sources import FeedSource, Partner, Sources
from ingest.store import feeds
from ingest.store.database import read, write
from ingest.tools import Tools

#: Up to so many feeds are looked up one by one; of more, the whole table is read.
_FEW: Final = 200


@dataclass(frozen=True, kw_only=True)
class FeedJob:
    """One feed to work on."""

    supplier: Partner
    source: FeedSource
    #: Its state when the job was made.
    feed: FeedRecord
    #: Whether to ask for its document; else only what waits of it is ingested.
    ask: bool = True
    #: Whether entries of earlier polls may wait.
    waiting: bool = True
    #: Its document, where its hub has pushed it.
    pushed: Fetched | None = None

    def with_push(self, document: Fetched) -> FeedJob:
        """Return the job of taking this document for the feed's, pushed by its hub."""
        return replace(self, pushed=document, ask=self.feed.standing is not Standing.GONE)


def all_jobs(tools: Tools, *, only: Iterable[str] = ()) -> list[FeedJob]:
    """Return a job for each feed, of the partners named in `only` or of all; makes sure that the store knows them.

    Feeds that are gone are not asked, parked ones only where their partner is named, and none that wants to be left
    alone for now.
    """
    wanted = set(only)
    # Read once: a changed file may be taken up between two readings.
    named = named_feeds(tools.sources)
    records = _registered(tools, named)
    return [
        FeedJob(
            supplier=partner,
            source=source,
            feed=records[partner.key, source.url],
            ask=_may_ask(records[partner.key, source.url], tools, by_name=partner.key in wanted),
        )
        for partner, source in named
        if not wanted or partner.key in wanted
    ]


def due_jobs(tools: Tools, *, among: Sequence[tuple[Partner, FeedSource]] | None = None) -> list[FeedJob]:
    """Return a job for each feed that is due to be polled, or has entries due to be tried again.

    `among` are the feeds to look at, with their partners; all that are named where it is None.
    """
    named = named_feeds(tools.sources) if among is None else among
    # The time is looked at afterwards, or a feed that was just named would be due a moment later.
    records, now = _registered(tools, named), tools.clock()
    with read(tools.engine) as connection:
        of = None if among is None else [record.id for record in records.values()]
        unfinished = feeds.with_due_entries(connection, now=now, of=of)
    jobs = [
        FeedJob(
            supplier=partner,
            source=source,
            feed=feed,
            ask=feed.next_poll_at <= now and _may_ask(feed, tools, by_name=False),
            waiting=feed.id in unfinished,
        )
        for partner, source in named
        for feed in (records[partner.key, source.url],)
    ]
    return [job for job in jobs if job.ask or job.waiting]


def named_feeds(sources: Sources) -> list[tuple[Partner, FeedSource]]:
    """Return every feed in sources.yaml with its partner."""
    return [(partner, source) for partner in sources.partners for source in partner.feeds]


def _registered(tools: Tools, named: Sequence[tuple[Partner, FeedSource]]) -> dict[tuple[str, str], FeedRecord]:
    """Return the state of each feed that is named, those included that the store did not know yet."""
    wanted = [(partner.key, source.url) for partner, source in named]
    with read(tools.engine) as connection:
        records = _known(connection, wanted)
    if records.keys() >= set(wanted):
        return records
    # Else a partner under a new key would be polled as one that nobody knows.
    adopt_renamed(tools.engine, tools.sources, actor=tools.actor, now=tools.clock())
    with write(tools.engine, lasting=False) as connection:
        feeds.add(connection, wanted, now=tools.clock())
        return _known(connection, wanted)


def _known(connection: sa.Connection, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], FeedRecord]:
    if len(wanted) > _FEW:
        return feeds.all_records(connection)
    return feeds.records_of(connection, wanted)


def _may_ask(feed: FeedRecord, tools: Tools, *, by_name: bool) -> bool:
    left_alone = feed.wait_until is not None and feed.wait_until > tools.clock()
    return not left_alone and (feed.standing is Standing.ACTIVE or (by_name and feed.standing is Standing.PARKED))
