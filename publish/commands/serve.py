"""`reprint serve`: look at the site on this machine while it is made."""

from __future__ import annotations

import asyncio
from typing import Annotated

import sqlalchemy as sa
import typer

from ingest.errors import ReprintError
from publish import wiring
from publish.commands.invocation import OK, Invocation, command
from publish.commands.signals import stop_on_signals
from publish.following import FollowedSources
from publish.publisher import publish_waiting
from publish.site.build import StaticSite

#: How often sources.yaml and the theme are looked at; seconds.
_LOOK = 0.5


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "serve")(serve)


def serve(
    invocation: Invocation,
    listen: Annotated[
        str, typer.Option(help="Where to listen, as host:port; nobody else on the network can see it.")
    ] = "127.0.0.1:8000",
) -> int:
    """Show the site in a browser of this machine; pages load anew when they, the theme or sources.yaml change."""
    sources = FollowedSources(invocation.settings.sources)
    with wiring.kept_store(invocation.settings) as engine:
        return asyncio.run(_serve(invocation, sources, engine, listen))


async def _serve(invocation: Invocation, sources: FollowedSources, engine: sa.Engine, listen: str) -> int:
    # A web server takes a quarter of a second to import, which other commands need not pay.
    from publish.listening import serving
    from publish.site.preview import preview

    stop, url = stop_on_signals(), sources().site.url
    hosts = ("127.0.0.1", "localhost", "[::1]", listen.rpartition(":")[0] or "127.0.0.1")
    app = preview(invocation.settings.site, site_url=url, hosts=hosts, stopping=stop.is_set)
    redraw = _Redraw(invocation, engine)
    await asyncio.to_thread(redraw, sources)
    async with serving(app, listen=listen, setting="--listen"):
        invocation.console.say(f"The site is at http://{listen}/ until you press Ctrl-C.")
        while not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), timeout=_LOOK)
            except TimeoutError:
                await asyncio.to_thread(redraw, sources)
    return OK


class _Redraw:
    """Makes the site anew when its look has changed; what is wrong with a template is told once, and nothing ends."""

    def __init__(self, invocation: Invocation, engine: sa.Engine) -> None:
        self._invocation = invocation
        self._engine = engine
        self._told = ""

    def __call__(self, sources: FollowedSources) -> None:
        """Look, and make the site anew where it is not as it should be."""
        site: StaticSite = wiring.static_site(self._invocation.settings, sources().site)
        try:
            if site.is_dressed():
                return
            report = publish_waiting(site, engine=self._engine, clock=wiring.now, actor=wiring.actor())
            trouble = "; ".join(reason for _, reason in report.failed)
        except ReprintError as error:
            trouble = str(error)
        if trouble and trouble != self._told:
            self._invocation.console.warn(trouble)
        elif not trouble:
            self._invocation.console.say("The site was made anew.")
        self._told = trouble
