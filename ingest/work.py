"""Feeds by host: on each host one thing at a time, a bounded number of hosts at once.

Each host is claimed in the store while it is worked on, so that of several workers, on this machine or on many, one
works on it; one that was overtaken by another writes nothing. A slow host keeps only itself waiting, and what a stop
leaves undone is still pending in the store.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from ingest.claims import LEASE, Claims
from ingest.errors import StaleClaimError
from ingest.jobs import FeedJob
from ingest.poll import finish_feed, poll_feed
from ingest.polled import FeedRecord
from ingest.report import PollReport
from ingest.store import feeds
from ingest.store.database import read, write
from ingest.tools import Tools
from ingest.urls import host_key

log = structlog.get_logger()

#: States of feeds that brought nothing are written so many at once; a crash before that costs a poll, no entry.
_SAVED_AT_ONCE: Final = 100

#: Seconds between two looks whether a host that another worker has is free.
_LOOK_AGAIN: Final = 0.5


async def drain(
    jobs: Iterable[FeedJob],
    *,
    tools: Tools,
    hosts_at_once: int,
    on_done: Callable[[PollReport], None],
    patience: timedelta = timedelta(0),
    lease: timedelta = LEASE,
) -> None:
    """Work on all jobs' feeds, hosts side by side, and hand each report to `on_done` as it comes.

    A host that another worker has is waited for as long as `patience`, then left to it.
    """
    hosts = Hosts(tools=tools, at_once=hosts_at_once, on_done=on_done, patience=patience, lease=lease)
    hosts.submit(jobs)
    try:
        await hosts.join()
    except asyncio.CancelledError:
        # What it was at is cancelled too, and the hosts given back.
        await hosts.join(within=timedelta(0))
        raise


class Hosts:
    """What waits for each host, and who works on it: one feed at a time on a host, `at_once` hosts side by side."""

    def __init__(
        self,
        *,
        tools: Tools,
        at_once: int,
        on_done: Callable[[PollReport], None],
        patience: timedelta = timedelta(0),
        lease: timedelta = LEASE,
    ) -> None:
        self._tools = tools
        self._on_done = on_done
        self._patience = patience.total_seconds()
        self._claims = Claims(tools.engine, lease=lease)
        self._free = asyncio.Semaphore(at_once)
        self._queues: dict[str, deque[FeedJob]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._renewing: asyncio.Task[None] | None = None
        #: States to be written, each with the host that it was polled on.
        self._unsaved: list[tuple[str, FeedRecord]] = []
        self._polling: set[int] = set()
        #: Feeds whose state a push has changed since the jobs in the queues were made.
        self._outdated: set[int] = set()
        self._failures: list[Exception] = []

    @property
    def pushes(self) -> int:
        """How many pushed documents wait for their turn."""
        return sum(job.pushed is not None for queue in self._queues.values() for job in queue)

    def submit(self, jobs: Iterable[FeedJob]) -> None:
        """Take jobs on; a feed that waits for its turn already is not put in twice, but for its hub's pushes.

        Raises StoreError where hosts cannot be claimed; none of the jobs is taken on then.
        """
        wanted = [job for job in jobs if job.pushed is not None or job.feed.id not in self._polling]
        begun = {host_key(job.source.url) for job in wanted} - self._queues.keys()
        if begun:
            self._claims.take(begun)
        for host in begun:
            self._queues[host] = deque()
        for job in wanted:
            if job.pushed is None and job.feed.id in self._polling:
                continue
            self._polling |= {job.feed.id} if job.pushed is None else set()
            self._queues[host_key(job.source.url)].append(job)
        for host in begun:
            task = asyncio.create_task(self._work_on(host))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if begun and self._renewing is None:
            self._renewing = asyncio.create_task(self._renew())

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
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)
            self._renewing = None
        self.settle()
        return not late

    def settle(self) -> None:
        """Write what polls left to be written, and raise what went wrong since the last time."""
        self._flush()
        failures, self._failures = self._failures, []
        if failures:
            raise failures[0]

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._claims.renew_after.total_seconds())
            try:
                self._claims.renew()
            except Exception as error:
                log.exception("claims.not-renewed")
                self._failures.append(error)

    async def _work_on(self, host: str) -> None:
        queue = self._queues[host]
        try:
            if await self._claimed(host):
                async with self._free:
                    await self._drain(host, queue)
            else:
                self._leave(host, queue)
        except Exception as error:
            log.exception("host.broken", host=host)
            self._failures.append(error)
        finally:
            self._polling -= {job.feed.id for job in queue if job.pushed is None}
            del self._queues[host]
            self._claims.let_go(host)
            self._flush_if_idle()

    async def _drain(self, host: str, queue: deque[FeedJob]) -> None:
        tools = replace(self._tools, guard=self._claims.guard(host))
        while queue:
            job = queue.popleft()
            try:
                if not tools.stopping():
                    self._on_done(await self._run(job, host, tools))
            except StaleClaimError as error:
                log.warning("claim.stale", host=host, left=len(queue), error=str(error))
                self._claims.forget(host)
                return
            except Exception as error:
                # One feed's bug must not stop the host's other feeds; `settle` raises it.
                log.exception("poll.broken", feed=job.source.url)
                self._failures.append(error)
            finally:
                if job.pushed is None:
                    self._polling.discard(job.feed.id)

    async def _claimed(self, host: str) -> bool:
        """Wait until the host is ours, and tell whether it is: a stop, and patience, end that."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        while not self._claims.holds(host):
            if self._tools.stopping() or loop.time() >= until:
                return False
            await asyncio.sleep(_LOOK_AGAIN)
            self._claims.take([host])
        return True

    def _leave(self, host: str, queue: deque[FeedJob]) -> None:
        """Leave a host to the worker that has it; what is due there is still due."""
        by = self._claims.holder(host)
        log.info("host.taken", host=host, by=by, left=len(queue))
        for job in queue:
            note = f"another process works on {host}: {by}"
            self._on_done(PollReport(partner=job.supplier.key, feed=job.source.url, outcome="waiting", note=note))

    async def _run(self, job: FeedJob, host: str, tools: Tools) -> PollReport:
        feed = self._latest(job)
        if not job.ask:
            return await finish_feed(job.source, job.supplier, feed, tools=tools)
        return await poll_feed(
            job.source,
            job.supplier,
            feed,
            tools=tools,
            save=partial(self._save, host),
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

    def _save(self, host: str, record: FeedRecord) -> None:
        self._unsaved.append((host, record))
        if len(self._unsaved) >= _SAVED_AT_ONCE:
            self._flush()

    def _flush_if_idle(self) -> None:
        """Give hosts back as soon as nothing is left to do, for somebody else may wait for them."""
        if self._queues:
            return
        try:
            self._flush()
        except Exception as error:
            log.exception("poll.unsaved")
            self._failures.append(error)

    def _flush(self) -> None:
        unsaved, self._unsaved = self._unsaved, []
        if not unsaved and not self._claims.leaving:
            return
        with write(self._tools.engine, lasting=False) as connection:
            stale = self._claims.stale(connection, {host for host, _ in unsaved})
            feeds.save(connection, [record for host, record in unsaved if host not in stale])
            self._claims.release(connection)
        for host in stale:
            log.warning("claim.stale", host=host, left=0, next="another worker has taken it over")
            self._claims.forget(host)
