"""Whether `reprint run` lives and is ready, and what it counts, for whoever watches over it by HTTP."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ingest.errors import ConfigError, StoreError
from ingest.store.database import read
from publish.listening import serving
from publish.metrics import Metrics

log = structlog.get_logger()

#: A clock that has not ticked for so long will not tick again by itself.
STALLED: Final = timedelta(minutes=5)


@dataclass(kw_only=True)
class Pulse:
    """What the scheduler tells about itself while it works; the one value here that changes."""

    clock: Callable[[], datetime]
    #: When the clock last ticked; None before it leads.
    ticked_at: datetime | None = None
    leads: bool = field(default=False)

    def beat(self) -> None:
        """Note that the clock ticks."""
        self.ticked_at = self.clock()

    @contextlib.contextmanager
    def leading(self) -> Iterator[None]:
        """Say that it leads, for the block."""
        self.leads, self.ticked_at = True, self.clock()
        try:
            yield
        finally:
            self.leads = False

    @property
    def stalled(self) -> bool:
        """Whether it leads, and has not ticked for too long."""
        return self.leads and (self.ticked_at is None or self.clock() - self.ticked_at > STALLED)


@contextlib.asynccontextmanager
async def serving_health(
    engine: sa.Engine, pulse: Pulse, metrics: Metrics, *, listen: str, required: bool
) -> AsyncIterator[None]:
    """Answer watchers at `listen` ("host:port") for the block; nowhere where that is empty.

    Where nothing can listen there it raises ConfigError if that is `required`, and else says so and goes on: two
    newsrooms on one machine should not need a setting each.
    """
    async with contextlib.AsyncExitStack() as stack:
        if listen:
            app = health_app(engine, pulse, metrics)
            try:
                await stack.enter_async_context(serving(app, listen=listen, setting="REPRINT_HEALTH_LISTEN"))
                log.info("health.listening", at=listen)
            except ConfigError as error:
                if required:
                    raise
                log.warning("health.not_listening", error=str(error))
        yield


def health_app(engine: sa.Engine, pulse: Pulse, metrics: Metrics) -> Starlette:
    """Return the ASGI application: /healthz (200 while it lives), /readyz (200 while it leads), /metrics.

    It tells counts and times, and nothing of any partner or article.
    """

    async def healthz(_request: Request) -> Response:
        if pulse.stalled:
            return _answer(503, f"the clock has not ticked since {pulse.ticked_at}", pulse)
        return _answer(200, "alive", pulse)

    async def readyz(_request: Request) -> Response:
        if not pulse.leads:
            return _answer(503, "it waits: another one leads", pulse)
        try:
            await asyncio.to_thread(_touch, engine)
        except StoreError as error:
            return _answer(503, f"the store cannot be read: {error.what}", pulse)
        return _answer(200, "ready", pulse)

    async def show_metrics(_request: Request) -> Response:
        try:
            text = await asyncio.to_thread(metrics.text)
        except StoreError as error:
            return _answer(503, f"the store cannot be read: {error.what}", pulse)
        return Response(text, headers={"content-type": CONTENT_TYPE_LATEST, **_PLAIN})

    routes = {"/healthz": healthz, "/readyz": readyz, "/metrics": show_metrics}
    return Starlette(routes=[Route(path, handler) for path, handler in routes.items()])


_PLAIN: Final = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


def _answer(status: int, what: str, pulse: Pulse) -> Response:
    told = {"status": what, "leads": pulse.leads, "ticked_at": pulse.ticked_at and pulse.ticked_at.isoformat()}
    return JSONResponse(told, status_code=status, headers=_PLAIN)


def _touch(engine: sa.Engine) -> None:
    with read(engine) as connection:
        connection.execute(sa.select(1))
