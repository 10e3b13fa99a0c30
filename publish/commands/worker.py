"""`reprint worker`: one of several processes that share the work which `reprint run --engine` hands out."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import sqlalchemy as sa
import typer

from ingest.engine.app import open_app, require_engine
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.commands.signals import stop_on_signals
from publish.following import FollowedSources

if TYPE_CHECKING:
    from publish.health import Pulse

#: Seconds between two signs of life for watchers.
_BEAT = 15.0


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "worker", log_level="info")(worker)


def worker(
    invocation: Invocation,
    deadline: Annotated[
        float, typer.Option(min=0, help="Seconds that work under way may take to end when the process is stopped.")
    ] = 30.0,
) -> int:
    """Take hosts from `reprint run --engine procrastinate` and poll them, until SIGTERM or SIGINT; run any number."""
    require_engine(invocation.settings.database_url)
    sources = FollowedSources(invocation.settings.sources)
    with wiring.store(invocation.settings) as engine:
        return asyncio.run(_work(invocation, sources, engine, timedelta(seconds=deadline)))


async def _work(invocation: Invocation, sources: FollowedSources, engine: sa.Engine, deadline: timedelta) -> int:
    from ingest.engine.worker import Worker
    from publish.health import Pulse, serving_health
    from publish.metrics import Metrics

    settings, stop = invocation.settings, stop_on_signals()
    pulse, metrics = Pulse(clock=wiring.now), Metrics(lambda: wiring.look(engine))
    required = "health_listen" in settings.model_fields_set
    async with (
        serving_health(engine, pulse, metrics, listen=settings.health_listen, required=required),
        open_app(settings.database_url) as app,
        wiring.tools(settings, sources, engine, stopping=stop.is_set, extracted=metrics.extracted) as tools,
    ):
        one = Worker(
            app=app,
            tools=tools,
            hosts_at_once=settings.hosts_at_once,
            lease=timedelta(seconds=settings.lease),
            on_done=metrics.polled,
        )
        with pulse.leading():
            beating = asyncio.create_task(_beat(pulse))
            in_time = await one.run(stop, deadline=deadline)
            beating.cancel()
    return OK if in_time else FINDINGS


async def _beat(pulse: Pulse) -> None:
    """Tell watchers that the loop turns; a worker is ready while it runs."""
    while True:
        pulse.beat()
        await asyncio.sleep(_BEAT)
