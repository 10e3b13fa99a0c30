"""`reprint sources`: check the partners and their terms; print the schema for editors that complete YAML."""

from __future__ import annotations

import json
from datetime import timedelta

import typer

from ingest.sources import Partner, sources_schema
from ingest.terms import Basis
from publish import wiring
from publish.commands import sources_feeds, sources_status, sources_terms
from publish.commands.invocation import OK, Invocation, command


def register(app: typer.Typer) -> None:
    """Add the words to the command."""
    words = typer.Typer(help="The partners and their terms.", no_args_is_help=True)
    command(words, "check")(check)
    command(words, "schema")(schema)
    sources_feeds.register(words)
    sources_status.register(words)
    sources_terms.register(words)
    app.add_typer(words, name="sources")


def check(invocation: Invocation) -> int:
    """Read sources.yaml and print what it says, or all its mistakes with line and column."""
    sources = wiring.sources(invocation.settings)
    console = invocation.console
    console.json({"site": sources.site, "partners": [summary(partner) for partner in sources.partners]})
    console.table(
        f"{sources.site.name} ({sources.site.url})",
        ("!partner", "name", "#feeds", "every", "basis", "mode", "images", "search"),
        [_row(partner) for partner in sources.partners],
    )
    without = [
        partner.key
        for partner in sources.partners
        if all(terms.grant.basis is Basis.NONE for terms in partner.permissions)
    ]
    if without:
        console.say(f"\nHeld until there is a permission: {', '.join(without)}")
    return OK


def schema(invocation: Invocation) -> int:
    """Print the JSON Schema of sources.yaml."""
    invocation.console.write(json.dumps(sources_schema(), ensure_ascii=False, indent=2))
    return OK


def summary(partner: Partner) -> dict[str, object]:
    """Return a partner as `--json` prints it."""
    return {
        "key": partner.key,
        "name": partner.name,
        "url": partner.url,
        "feeds": [{"url": feed.url, "every_seconds": feed.every.total_seconds()} for feed in partner.feeds],
        "terms": json.loads(partner.terms.canonical_json),
        "other_terms": [json.loads(terms.canonical_json) for terms in partner.other_terms],
    }


def _row(partner: Partner) -> tuple[object, ...]:
    terms = partner.terms
    shortest = min((feed.every for feed in partner.feeds), default=None)
    return (
        partner.key,
        partner.name,
        len(partner.feeds),
        _span(shortest) if shortest else "",
        terms.grant.basis.value,
        terms.mode.value,
        terms.images.value,
        terms.search.value,
    )


def _span(every: timedelta) -> str:
    minutes = round(every.total_seconds() / 60)
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"
