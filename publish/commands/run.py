"""`reprint run`: the background scheduler."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Annotated

import sqlalchemy as sa
import typer

from ingest.leadership import leading
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.commands.signals import stop_on_signals
from publish.following import FollowedSources


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "run", log_level="info")(run)


def run(
    invocation: Invocation,
    deadline: Annotated[
        float, typer.Option(min=0, help="Seconds that work under way may take to end when the process is stopped.")
    ] = 30.0,
) -> int:
    """Poll what is due and publish what is pending, until SIGTERM or SIGINT; then end cleanly."""
    sources = FollowedSources(invocation.settings.sources)
    with wiring.store(invocation.settings) as engine:
        return asyncio.run(_run(invocation, sources, engine, timedelta(seconds=deadline)))


async def _run(invocation: Invocation, sources: FollowedSources, engine: sa.Engine, deadline: timedelta) -> int:
    # A web server and its metrics take a quarter of a second to import, which other commands need not pay.
    from publish.health import Pulse, serving_health
    from publish.metrics import Metrics
    from publish.scheduler import Scheduler

    settings, stop, in_time = invocation.settings, stop_on_signals(), True
    pulse, metrics = Pulse(clock=wiring.now), Metrics(lambda: wiring.look(engine))
    scheduler = Scheduler(
        settings=settings,
        sources=sources,
        engine=engine,
        pulse=pulse,
        metrics=metrics,
        messengers=wiring.messengers(settings),
    )
    required = "health_listen" in settings.model_fields_set
    async with serving_health(engine, pulse, metrics, listen=settings.health_listen, required=required):
        while not stop.is_set():
            async with leading(engine, stop=stop) as ended:
                if ended is not None:
                    with pulse.leading():
                        in_time = await scheduler.lead(ended, deadline=deadline)
    return OK if in_time else FINDINGS
