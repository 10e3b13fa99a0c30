"""`reprint run`: the background scheduler."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
import typer

from ingest.engine.app import apply_schema, open_app, require_engine
from ingest.engine.clock import EngineClock
from ingest.leadership import leading
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.commands.signals import stop_on_signals
from publish.following import FollowedSources


class Engine(StrEnum):
    """Who does the polls."""

    IN_PROCESS = "in-process"
    PROCRASTINATE = "procrastinate"


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "run", log_level="info")(run)


def run(
    invocation: Invocation,
    deadline: Annotated[
        float, typer.Option(min=0, help="Seconds that work under way may take to end when the process is stopped.")
    ] = 30.0,
    engine: Annotated[
        Engine,
        typer.Option(
            envvar="REPRINT_ENGINE",
            help="Who polls: this process, or any number of `reprint worker` by way of procrastinate on PostgreSQL.",
        ),
    ] = Engine.IN_PROCESS,
) -> int:
    """Poll what is due and publish what is pending, until SIGTERM or SIGINT; then end cleanly."""
    if engine is Engine.PROCRASTINATE:
        require_engine(invocation.settings.database_url)
    sources = FollowedSources(invocation.settings.sources)
    with wiring.store(invocation.settings) as store:
        return asyncio.run(_run(invocation, sources, store, timedelta(seconds=deadline), engine))


async def _run(
    invocation: Invocation, sources: FollowedSources, store: sa.Engine, deadline: timedelta, engine: Engine
) -> int:
    # A web server and its metrics take a quarter of a second to import, which other commands need not pay.
    from publish.health import Pulse, serving_health
    from publish.metrics import Metrics
    from publish.scheduler import Scheduler

    settings, stop, in_time = invocation.settings, stop_on_signals(), True
    pulse, metrics = Pulse(clock=wiring.now), Metrics(lambda: wiring.look(store))
    required = "health_listen" in settings.model_fields_set
    async with (
        serving_health(store, pulse, metrics, listen=settings.health_listen, required=required),
        _queue(invocation, engine) as queue,
    ):
        scheduler = Scheduler(
            settings=settings,
            sources=sources,
            engine=store,
            pulse=pulse,
            metrics=metrics,
            messengers=wiring.messengers(settings),
            queue=queue,
        )
        while not stop.is_set():
            async with leading(store, stop=stop) as ended:
                if ended is not None:
                    if queue is not None:
                        await apply_schema(queue.app)
                    with pulse.leading():
                        in_time = await scheduler.lead(ended, deadline=deadline)
    return OK if in_time else FINDINGS


@asynccontextmanager
async def _queue(invocation: Invocation, engine: Engine) -> AsyncIterator[EngineClock | None]:
    """Open the engine that hands polls to workers, for the block; yields None where this process polls itself."""
    if engine is Engine.IN_PROCESS:
        yield None
        return
    settings = invocation.settings
    async with open_app(settings.database_url) as app:
        yield EngineClock(app=app, stalled_after=timedelta(seconds=settings.lease))
