"""One leader: of all the schedulers on one store one works, the others wait, and one takes over when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import sqlalchemy as sa
import structlog

from ingest.store.locks import Claim, claim, holder

log = structlog.get_logger()

#: The lock's name; on SQLite it is part of a file's.
LOCK: Final = "run"


@asynccontextmanager
async def leading(
    engine: sa.Engine, *, stop: asyncio.Event, every: float = 1.0
) -> AsyncIterator[asyncio.Event | None]:
    """Wait to be the store's one leader, and lead for the block; looks every `every` seconds.

    Yields an event that is set when leading must end: `stop` was set, or the lock was lost, as when PostgreSQL went
    away under it. Yields None where `stop` was set before it was our turn.
    """
    held = await _wait_for(engine, stop, every)
    if held is None:
        yield None
        return
    ended = asyncio.Event()
    watcher = asyncio.create_task(_watch(held, stop, ended, every))
    try:
        yield ended
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)
        await asyncio.to_thread(held.release)


async def _wait_for(engine: sa.Engine, stop: asyncio.Event, every: float) -> Claim | None:
    told = ""
    while not stop.is_set():
        try:
            held = await asyncio.to_thread(claim, engine, LOCK)
            leader = "" if held else await asyncio.to_thread(holder, engine, LOCK)
            # It may just have gone; then the next look tells.
            reason = f"another one leads: {leader}" if leader else told
        except (sa.exc.OperationalError, OSError) as error:
            held, reason = None, f"the store cannot be reached: {error}"
        if held is not None:
            log.info("leader.leads")
            return held
        if reason != told:
            log.warning("leader.waits", why=reason)
            told = reason
        await _sleep(stop, every)
    return None


async def _watch(held: Claim, stop: asyncio.Event, ended: asyncio.Event, every: float) -> None:
    while not stop.is_set():
        await _sleep(stop, every)
        if not await asyncio.to_thread(held.held):
            log.error("leader.lost", next="what is under way ends, then it waits for its turn again")
            break
    ended.set()


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
