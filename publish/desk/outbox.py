"""What editors decide goes out: soon, so that it can still be undone, or at once where it has to come down."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Final

import sqlalchemy as sa
import structlog

from ingest.errors import ReprintError
from ingest.settings import Settings
from ingest.sources import Sources
from publish import wiring
from publish.following import FollowedSources
from publish.publisher import publish_waiting
from publish.target import Target

log = structlog.get_logger()

#: How long an action can be taken back before anything is out; a scheduler that runs may be faster.
GRACE: Final = timedelta(seconds=10)
#: How long its images may keep an article.
_IMAGES: Final = timedelta(seconds=20)


class Outbox:
    """Brings works to their targets one after the other; what it leaves undone stays in the store's outbox."""

    def __init__(
        self, settings: Settings, sources: FollowedSources, engine: sa.Engine, *, grace: timedelta = GRACE
    ) -> None:
        self._settings = settings
        self._sources = sources
        self._engine = engine
        self._grace = grace
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wanted: asyncio.Queue[int] = asyncio.Queue()

    def send_soon(self, work_id: int) -> None:
        """Have a work brought to its targets after the grace; called from any thread."""
        self._ask(work_id, self._grace)

    def send_now(self, work_id: int) -> None:
        """Have a work brought to its targets, or taken from them, at once; called from any thread."""
        self._ask(work_id, timedelta())

    def _ask(self, work_id: int, delay: timedelta) -> None:
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(loop.call_later, delay.total_seconds(), self._wanted.put_nowait, work_id)

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Bring out what is asked for, for the block."""
        self._loop = asyncio.get_running_loop()
        task = asyncio.create_task(self._work())
        try:
            yield
        finally:
            self._loop = None
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            work_id = await self._wanted.get()
            try:
                await self._bring_out(work_id)
            except ReprintError as error:
                # It stays in the store's outbox, and `reprint run` or `reprint publish` tries it again.
                log.warning("desk.not_out", work=work_id, error=str(error))

    async def _bring_out(self, work_id: int) -> None:
        sources = self._sources()
        targets = wiring.targets(self._settings, sources, self._engine)
        await self._illustrate(sources, targets)
        for target in targets:
            publish = partial(
                publish_waiting,
                target,
                engine=self._engine,
                clock=wiring.now,
                actor=wiring.actor(),
                only=work_id,
            )
            await asyncio.to_thread(publish)

    async def _illustrate(self, sources: Sources, targets: list[Target]) -> None:
        try:
            await wiring.illustrate(self._settings, self._engine, sources, targets=targets, within=_IMAGES)
        except ReprintError as error:
            log.warning("images.failed", error=str(error))
