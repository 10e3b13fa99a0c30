"""APScheduler as the clock: it starts what it is given, and stops without cutting anything off."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Job:
    """Something to do again and again; it never runs twice at a time, and what was missed is made up for once."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]


async def run_clock(jobs: Sequence[Job], *, stop: asyncio.Event, deadline: timedelta) -> bool:
    """Run the jobs until `stop` is set, then give those under way until `deadline` to end.

    Returns whether all ended in time. What did not is cancelled; it must be safe to leave, as our passes are.
    """
    under_way: set[asyncio.Task[None]] = set()
    scheduler = AsyncIOScheduler(timezone=UTC)
    for job in jobs:
        scheduler.add_job(
            _tracked(job, under_way),
            IntervalTrigger(seconds=job.every.total_seconds(), timezone=UTC),
            name=job.name,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    log.info("clock.started", jobs=[job.name for job in jobs])
    await stop.wait()
    # Shutting down cancels coroutines, so wait for them first.
    scheduler.pause()
    late = await _let_end(under_way, deadline)
    scheduler.shutdown(wait=False)
    log.info("clock.stopped", left=len(late))
    return not late


def _tracked(job: Job, under_way: set[asyncio.Task[None]]) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        task = asyncio.current_task()
        if task is not None:
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        try:
            await job.run()
        except Exception:
            # One job must not stop the clock; its trace is in the log.
            log.exception("job.failed", job=job.name)

    return run


async def _let_end(under_way: set[asyncio.Task[None]], deadline: timedelta) -> set[asyncio.Task[None]]:
    if not under_way:
        return set()
    log.info("clock.finishing", jobs=len(under_way), seconds=deadline.total_seconds())
    _done, late = await asyncio.wait(set(under_way), timeout=deadline.total_seconds())
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    return late
