"""`reprint sources terms` and `presets`: what a partner allows and demands in plain English, and why we think so."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape

from ingest.errors import ConfigError
from ingest.sources.provenance import rules_of
from ingest.terms.preset import preset, preset_names
from publish import wiring
from publish.commands.invocation import OK, Invocation, command


def register(words: typer.Typer) -> None:
    """Add the words to `reprint sources`."""
    command(words, "terms")(terms)
    command(words, "presets")(presets)


def terms(
    invocation: Invocation,
    key: Annotated[str, typer.Argument(metavar="PARTNER", help="The partner's key in sources.yaml.")],
) -> int:
    """Print a partner's terms in plain English, each rule with where it comes from."""
    sources = wiring.sources(invocation.settings)
    partner = sources.partner(key)
    if partner is None:
        known = ", ".join(partner.key for partner in sources.partners)
        raise ConfigError(
            f"there is no partner {key!r}", where="partners", next_step=f"name one of: {known[:300] or 'none yet'}"
        )
    rules = list(rules_of(partner))
    needs = preset(partner.preset).needs if partner.preset and partner.terms.grant.basis.value == "none" else None
    console = invocation.console
    told = [{**asdict(rule), "from": rule.source} for rule in rules]
    console.json({"partner": partner.key, "preset": partner.preset, "needs": needs, "rules": told})
    built_on = f", built on the preset {partner.preset}" if partner.preset else ""
    console.say(f"[bold]{escape(partner.name)}[/]{built_on}\n")
    for rule in rules:
        console.say(f"{escape(rule.text)}")
        console.say(f"    [dim]{escape(rule.path)} — {escape(rule.source)}[/]")
    if needs:
        console.say(f"\n[bold]To do:[/] {escape(needs)}")
    return OK


def presets(invocation: Invocation) -> int:
    """List the policies that we know by name, for `terms: NAME` in sources.yaml."""
    known = {name: preset(name) for name in preset_names()}
    console = invocation.console
    console.json(
        [
            {
                "name": name,
                "title": one.title,
                "basis": one.terms["grant"]["basis"],
                "needs": one.needs,
                "sources": [source.model_dump() for source in one.sources.values()],
            }
            for name, one in known.items()
        ]
    )
    for name, one in known.items():
        console.say(f"[bold]{name}[/]  {escape(one.title)}, basis {one.terms['grant']['basis']}")
        for source in one.sources.values():
            sure = "read there" if source.confidence == "D" else "at second hand"
            console.say(f"    {escape(source.url)}, {sure} {source.read}")
    console.say("\nBasis none: a permission has to be written down, in `grant`, before anything is published.")
    return OK
