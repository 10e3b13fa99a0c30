"""A worker's side of the engine: it takes one host's job after another, several side by side, until it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog

from ingest.engine.app import QUEUE, TASK, has_schema
from ingest.jobs import due_jobs, named_feeds
from ingest.report import PollReport
from ingest.sources import FeedSource, Partner, Sources
from ingest.tools import Tools
from ingest.urls import host_key
from ingest.work import drain

if TYPE_CHECKING:
    from procrastinate import App

log = structlog.get_logger()

#: Seconds between two tries to begin, where the database is away or the leader has not made the engine's tables.
_PAUSE: Final = 2.0


@dataclass(kw_only=True)
class Worker:
    """One process's share of the work; the values that change are what it is at just now."""

    app: App
    tools: Tools
    hosts_at_once: int
    #: How long a host, and a job, stay those of a worker that gives no sign of life.
    lease: timedelta
    on_done: Callable[[PollReport], None]
    _feeds: FeedsByHost = field(default_factory=lambda: FeedsByHost())
    _cut: list[str] = field(default_factory=list)

    async def run(self, stop: asyncio.Event, *, deadline: timedelta) -> bool:
        """Work until `stop` is set; tell whether what was under way then ended within the deadline.

        What did not is cancelled, and still due. A database that goes away is waited for.
        """
        self.app.task(name=TASK, queue=QUEUE)(self._drain)
        while not stop.is_set():
            ended = asyncio.create_task(self._work(deadline))
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            ended.cancel()
            (problem,) = await asyncio.gather(ended, return_exceptions=True)
            if not stop.is_set():
                log.warning("worker.interrupted", why=repr(problem), next=f"again in {_PAUSE:g} seconds")
                await _wait(stop, _PAUSE)
        log.info("worker.stopped", left=len(self._cut))
        return not self._cut

    async def _work(self, deadline: timedelta) -> None:
        while not await has_schema(self.app):
            log.warning("worker.waits", why="the engine's tables are missing: `reprint run --engine` makes them")
            await asyncio.sleep(_PAUSE)
        log.info("worker.started", hosts_at_once=self.hosts_at_once)
        await self.app.run_worker_async(
            queues=[QUEUE],
            concurrency=self.hosts_at_once,
            install_signal_handlers=False,
            delete_jobs="successful",
            shutdown_graceful_timeout=deadline.total_seconds(),
            update_heartbeat_interval=self.lease.total_seconds() / 6,
            stalled_worker_timeout=self.lease.total_seconds(),
        )

    async def _drain(self, host: str) -> None:
        sources = self.tools.sources
        jobs = due_jobs(self.tools, among=self._feeds.on(host, sources))
        try:
            await drain(jobs, tools=self.tools, hosts_at_once=1, on_done=self.on_done, lease=self.lease)
        except asyncio.CancelledError:
            self._cut.append(host)
            raise


class FeedsByHost:
    """The feeds on each host, sorted anew when the sources change."""

    def __init__(self) -> None:
        self._of: Sources | None = None
        self._by_host: dict[str, list[tuple[Partner, FeedSource]]] = {}

    def on(self, host: str, sources: Sources) -> Sequence[tuple[Partner, FeedSource]]:
        """Return the feeds on a host with their partners."""
        if sources is not self._of:
            self._of, self._by_host = sources, {}
            for partner, source in named_feeds(sources):
                self._by_host.setdefault(host_key(source.url), []).append((partner, source))
        return self._by_host.get(host, ())


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
