"""`reprint desk`: the editors' web page, and who may use it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.markup import escape

from ingest.store.database import read
from ingest.store.desk_users import any_user
from publish import wiring
from publish.commands import desk_user
from publish.commands.invocation import OK, Invocation, entrance
from publish.commands.signals import stop_on_signals
from publish.desk.place import Place, require_safe
from publish.following import FollowedSources
from publish.listening import host_and_port, serving

LISTEN = "127.0.0.1:8484"


def register(app: typer.Typer) -> None:
    """Add the words to the command."""
    words = typer.Typer(help="The editors' web page.", invoke_without_command=True)
    entrance(words, log_level="info")(desk)
    desk_user.register(words)
    app.add_typer(words, name="desk")


def desk(
    invocation: Invocation,
    listen: Annotated[str, typer.Option(help="Where to listen: host:port.")] = LISTEN,
    host: Annotated[list[str], typer.Option("--host", help="A name that browsers use for it; more than once.")] = [],  # noqa: B006 - typer's way to say "none given"; nothing changes it
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", exists=True, dir_okay=False, help="The certificate chain, PEM.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", exists=True, dir_okay=False, help="The certificate's key, PEM.")
    ] = None,
    behind_proxy: Annotated[
        list[str],
        typer.Option("--behind-proxy", metavar="ADDRESS", help="A proxy that does TLS for it reaches it from there."),
    ] = [],  # noqa: B006 - as above
) -> int:
    """Serve the editors' web page until SIGTERM or SIGINT; on this machine only, unless you say otherwise."""
    host_and_port(listen, setting="--listen")
    place = Place(listen=listen, names=host, certificate=tls_cert, key=tls_key, proxies=behind_proxy)
    sources = FollowedSources(invocation.settings.sources)
    with wiring.store(invocation.settings) as engine:
        with read(engine) as connection:
            known = any_user(connection)
        require_safe(place, any_user=known)
        asyncio.run(_serve(invocation, place, sources, engine, known=known))
    return OK


def _greet(invocation: Invocation, place: Place, *, known: bool) -> None:
    console = invocation.console
    console.json({"desk": place.address, "users": known})
    console.say(f"The desk is at [bold]{escape(place.address)}[/] (Ctrl-C ends it)")
    if not known:
        console.say("Nobody may use it yet. In another terminal: [bold]reprint desk user add NAME[/]")


async def _serve(
    invocation: Invocation, place: Place, sources: FollowedSources, engine: sa.Engine, *, known: bool
) -> None:
    # Other commands need not pay for the web framework.
    from publish.desk.app import desk_app
    from publish.desk.newsroom import Newsroom
    from publish.desk.outbox import Outbox

    outbox = Outbox(invocation.settings, sources, engine)
    room = Newsroom(
        settings=invocation.settings,
        engine=engine,
        read_sources=sources,
        name_targets=wiring.target_names,
        clock=wiring.now,
        send_soon=outbox.send_soon,
        send_now=outbox.send_now,
        secure=place.secure,
        hosts=place.hosts,
    )
    options = place.server_options()
    stop = stop_on_signals()
    app = desk_app(room)
    async with outbox.working(), serving(app, listen=place.listen, setting="--listen", **options):
        _greet(invocation, place, known=known)
        await stop.wait()
        # Open streams would hold the server up.
        app.state.live.close()
