"""The clock: jobs start, recur, never overlap, and are let end."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from ingest.schedule import Job, run_clock

TICK = timedelta(milliseconds=50)


async def _stop_after(stop: asyncio.Event, seconds: float) -> None:
    await asyncio.sleep(seconds)
    stop.set()


def _run(jobs: list[Job], *, seconds: float, deadline: float = 2.0) -> bool:
    async def main() -> bool:
        stop = asyncio.Event()
        stopper = asyncio.create_task(_stop_after(stop, seconds))
        ended = await run_clock(jobs, stop=stop, deadline=timedelta(seconds=deadline))
        await stopper
        return ended

    return asyncio.run(main())


def test_a_job_runs_at_once_and_again() -> None:
    """The first run does not wait for the interval, and more follow."""
    runs: list[int] = []

    async def work() -> None:
        runs.append(1)

    assert _run([Job(name="x", every=TICK, run=work)], seconds=0.4)
    assert len(runs) >= 3


def test_a_job_never_overlaps_itself() -> None:
    """A run that takes longer than the interval is not started a second time beside itself."""
    now, most = 0, 0

    async def work() -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.12)
        now -= 1

    assert _run([Job(name="x", every=TICK, run=work)], seconds=0.5)
    assert most == 1


def test_a_job_that_fails_stops_neither_itself_nor_others() -> None:
    """An exception is one run's, not the clock's."""
    runs: list[str] = []

    async def bad() -> None:
        runs.append("bad")
        raise RuntimeError("on purpose")

    async def good() -> None:
        runs.append("good")

    assert _run([Job(name="bad", every=TICK, run=bad), Job(name="good", every=TICK, run=good)], seconds=0.4)
    assert runs.count("bad") >= 2
    assert runs.count("good") >= 2


def test_stopping_lets_a_run_under_way_end() -> None:
    """What has begun is finished, not cut off, within the deadline."""
    ended: list[bool] = []

    async def work() -> None:
        await asyncio.sleep(0.3)
        ended.append(True)

    assert _run([Job(name="x", every=timedelta(hours=1), run=work)], seconds=0.1)
    assert ended == [True]


def test_a_run_that_outlasts_the_deadline_is_cancelled_and_told() -> None:
    """The process ends when it was told to; the caller learns that something was left."""
    ended: list[bool] = []

    async def work() -> None:
        await asyncio.sleep(30)
        ended.append(True)

    assert not _run([Job(name="x", every=timedelta(hours=1), run=work)], seconds=0.1, deadline=0.2)
    assert ended == []
