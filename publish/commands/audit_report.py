"""`reprint audit report`: what we republished of one partner in a period, as HTML, CSV or JSON."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import ConfigError
from publish import wiring
from publish.audit.report import collect
from publish.audit.report.written import Format, written
from publish.commands.invocation import OK, Invocation


def report(
    invocation: Invocation,
    partner: Annotated[str, typer.Option(metavar="KEY", help="The partner's key in sources.yaml.")],
    since: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="The first day, 2026-11-01. [30 days ago]")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day. [today]")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it. [standard output]")] = None,
    format_: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.HTML,
) -> int:
    """Report what we republished of a partner: each page with credit, terms, corrections, and what is to be done."""
    settings = invocation.settings
    sources = wiring.sources(settings)
    found = sources.partner(partner)
    if found is None:
        known = ", ".join(one.key for one in sources.partners)
        raise ConfigError(
            f"there is no partner {partner!r}", where="--partner", next_step=f"name one of: {known:.300}"
        )
    now = wiring.now()
    last = _day(until, "--to") or now.date()
    first = _day(since, "--from") or last - timedelta(days=30)
    if first > last:
        raise ConfigError(f"{first} comes after {last}", where="--from", next_step="give the earlier day first")
    with wiring.kept_store(settings) as engine:
        made = collect(engine, found, sources=sources, target=wiring.SITE_TARGET, since=first, until=last, now=now)
    _deliver(invocation, written(made, Format.JSON if invocation.console.as_json else format_), out)
    return OK


def _deliver(invocation: Invocation, text: str, out: Path | None) -> None:
    if out is None:
        invocation.console.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise ConfigError(
            f"cannot write the report: {error.strerror or error}", where=str(out), next_step="name another file"
        ) from error
    invocation.console.say(f"Wrote {out}.")


def _day(text: str | None, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ConfigError(f"{text!r:.40} is no day", where=where, next_step="write it as 2026-11-30") from error
