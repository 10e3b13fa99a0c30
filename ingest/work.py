"""Feeds by host: on each host one thing at a time, a bounded number of hosts at once.

A slow host keeps only itself waiting, and what a stop leaves undone is still pending in the store.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.poll import poll_feed
from ingest.report import PollReport
from ingest.sources import FeedSource, Partner, Sources
from ingest.store import feeds
from ingest.store.database import read, write
from ingest.tools import Tools
from ingest.urls import host_key


@dataclass(frozen=True, kw_only=True)
class FeedJob:
    """One feed to poll."""

    supplier: Partner
    source: FeedSource


def all_jobs(sources: Sources, *, only: Iterable[str] = ()) -> list[FeedJob]:
    """Return a job for each feed, of the partners named in `only` or of all."""
    wanted = set(only)
    return [
        FeedJob(supplier=partner, source=source)
        for partner in sources.partners
        if not wanted or partner.key in wanted
        for source in partner.feeds
    ]


def due_jobs(tools: Tools) -> list[FeedJob]:
    """Return a job for each feed that is due to be polled, or has entries due to be tried again."""
    jobs = all_jobs(tools.sources)
    register(jobs, tools)
    with read(tools.engine) as connection:
        due = feeds.due(connection, now=tools.clock())
    return [job for job in jobs if (job.supplier.key, job.source.url) in due]


def register(jobs: Iterable[FeedJob], tools: Tools) -> None:
    """Make sure that the store knows each job's feed."""
    wanted = [(job.supplier.key, job.source.url) for job in jobs]
    with read(tools.engine) as connection:
        missing = feeds.missing(connection, wanted)
    if missing:
        with write(tools.engine) as connection:
            feeds.add(connection, missing, now=tools.clock())


async def drain(
    jobs: Iterable[FeedJob], *, tools: Tools, hosts_at_once: int, on_done: Callable[[PollReport], None]
) -> None:
    """Poll all jobs' feeds, hosts side by side, and hand each report to `on_done` as it comes."""
    by_host: defaultdict[str, list[FeedJob]] = defaultdict(list)
    for job in jobs:
        by_host[host_key(job.source.url)].append(job)
    free = asyncio.Semaphore(hosts_at_once)
    async with asyncio.TaskGroup() as group:
        for host_jobs in by_host.values():
            group.create_task(_drain_host(host_jobs, free, tools, on_done))


async def _drain_host(
    jobs: list[FeedJob], free: asyncio.Semaphore, tools: Tools, on_done: Callable[[PollReport], None]
) -> None:
    async with free:
        for job in jobs:
            if tools.stopping():
                return
            on_done(await poll_feed(job.source, job.supplier, tools=tools))
