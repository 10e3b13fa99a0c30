"""Feeds by host: on each host one thing at a time, a bounded number of hosts at once.

A slow host keeps only itself waiting, and what a stop leaves undone is still pending in the store.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import structlog

from ingest.fetch import Fetched
from ingest.poll import finish_feed, poll_feed
from ingest.polled import FeedRecord, Standing
from ingest.renaming import adopt_renamed
from ingest.report import PollReport
from ingest.sources import FeedSource, Partner, Sources
from ingest.store import feeds
from ingest.store.database import read, write
from ingest.tools import Tools
from ingest.urls import host_key

log = structlog.get_logger()

#: States of feeds that brought nothing are written so many at once; a crash before that costs a poll, no entry.
_SAVED_AT_ONCE: Final = 100


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


def due_jobs(tools: Tools) -> list[FeedJob]:
    """Return a job for each feed that is due to be polled, or has entries due to be tried again."""
    named = named_feeds(tools.sources)
    # The time is looked at afterwards, or a feed that was just named would be due a moment later.
    records, now = _registered(tools, named), tools.clock()
    with read(tools.engine) as connection:
        unfinished = feeds.with_due_entries(connection, now=now)
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
        records = feeds.all_records(connection)
    if records.keys() >= set(wanted):
        return records
    # Else a partner under a new key would be polled as one that nobody knows.
    adopt_renamed(tools.engine, tools.sources, actor=tools.actor, now=tools.clock())
    with write(tools.engine, lasting=False) as connection:
        feeds.add(connection, wanted, now=tools.clock())
        return feeds.all_records(connection)


def _may_ask(feed: FeedRecord, tools: Tools, *, by_name: bool) -> bool:
    left_alone = feed.wait_until is not None and feed.wait_until > tools.clock()
    return not left_alone and (feed.standing is Standing.ACTIVE or (by_name and feed.standing is Standing.PARKED))


async def drain(
    jobs: Iterable[FeedJob], *, tools: Tools, hosts_at_once: int, on_done: Callable[[PollReport], None]
) -> None:
    """Work on all jobs' feeds, hosts side by side, and hand each report to `on_done` as it comes."""
    hosts = Hosts(tools=tools, at_once=hosts_at_once, on_done=on_done)
    hosts.submit(jobs)
    await hosts.join()


class Hosts:
    """What waits for each host, and who works on it: one feed at a time on a host, `at_once` hosts side by side."""

    def __init__(self, *, tools: Tools, at_once: int, on_done: Callable[[PollReport], None]) -> None:
        self._tools = tools
        self._on_done = on_done
        self._free = asyncio.Semaphore(at_once)
        self._queues: dict[str, deque[FeedJob]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsaved: list[FeedRecord] = []
        self._polling: set[int] = set()
        #: Feeds whose state a push has changed since the jobs in the queues were made.
        self._outdated: set[int] = set()
        self._failures: list[Exception] = []

    @property
    def pushes(self) -> int:
        """How many pushed documents wait for their turn."""
        return sum(job.pushed is not None for queue in self._queues.values() for job in queue)

    def submit(self, jobs: Iterable[FeedJob]) -> None:
        """Take jobs on; a feed that waits for its turn already is not put in twice, but for its hub's pushes."""
        for job in jobs:
            if job.pushed is None and job.feed.id in self._polling:
                continue
            self._polling |= {job.feed.id} if job.pushed is None else set()
            host = host_key(job.source.url)
            queue = self._queues.get(host)
            if queue is None:
                queue = self._queues[host] = deque()
                task = asyncio.create_task(self._work_on(host))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            queue.append(job)

    async def join(self, *, within: timedelta | None = None) -> bool:
        """Wait for all to end, or to stop, and tell whether they did in time; those that did not are cancelled.

        Raises what went wrong beyond any feed's own failure, such as a StoreError.
        """
        late: set[asyncio.Task[None]] = set()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=within.total_seconds() if within else None)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        self.settle()
        return not late

    def settle(self) -> None:
        """Write what polls left to be written, and raise what went wrong since the last time."""
        self._flush()
        failures, self._failures = self._failures, []
        if failures:
            raise failures[0]

    async def _work_on(self, host: str) -> None:
        queue = self._queues[host]
        async with self._free:
            while queue:
                job = queue.popleft()
                try:
                    if not self._tools.stopping():
                        self._on_done(await self._run(job))
                except Exception as error:
                    # One feed's bug must not stop the host's other feeds; `settle` raises it.
                    log.exception("poll.broken", feed=job.source.url)
                    self._failures.append(error)
                finally:
                    if job.pushed is None:
                        self._polling.discard(job.feed.id)
            del self._queues[host]

    async def _run(self, job: FeedJob) -> PollReport:
        feed = self._latest(job)
        if not job.ask:
            return await finish_feed(job.source, job.supplier, feed, tools=self._tools)
        return await poll_feed(
            job.source,
            job.supplier,
            feed,
            tools=self._tools,
            save=self._save,
            pushed=job.pushed,
            waiting=job.waiting,
        )

    def _latest(self, job: FeedJob) -> FeedRecord:
        """Return the feed's state as it is now: a push comes unforeseen, and outdates the jobs behind it."""
        if job.pushed is None and job.feed.id not in self._outdated:
            return job.feed
        self._outdated = self._outdated | {job.feed.id} if job.pushed else self._outdated - {job.feed.id}
        self._flush()
        with read(self._tools.engine) as connection:
            return feeds.find(connection, job.supplier.key, job.source.url)

    def _save(self, record: FeedRecord) -> None:
        self._unsaved.append(record)
        if len(self._unsaved) >= _SAVED_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        records, self._unsaved = self._unsaved, []
        if records:
            with write(self._tools.engine, lasting=False) as connection:
                feeds.save(connection, records)
