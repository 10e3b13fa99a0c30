"""`reprint sources terms` and `presets`: what a partner allows and demands in plain English, and why we think so."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape

from ingest.errors import ConfigError
from ingest.sources.provenance import Permission, permissions_of, rules_of
from ingest.terms import Basis
from ingest.terms.preset import preset, preset_names
from publish import wiring
from publish.commands.invocation import OK, Invocation, command
from publish.console import Console


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
    first, *others = permissions_of(partner)
    invocation.console.json({"partner": partner.key, **_told(first), "others": [_told(other) for other in others]})
    _show(invocation.console, partner.name, first)
    for other in others:
        _show(invocation.console, f"\nAnother permission of {partner.name}", other)
    if others:
        invocation.console.say("\nFor each article the one counts that lets us do more, with all that it asks for.")
    return OK


def _needs(permission: Permission) -> str | None:
    held = permission.terms.grant.basis is Basis.NONE
    return preset(permission.preset).needs if permission.preset and held else None


def _told(permission: Permission) -> dict[str, object]:
    rules = [{**asdict(rule), "from": rule.source} for rule in rules_of(permission)]
    return {"preset": permission.preset, "needs": _needs(permission), "rules": rules}


def _show(console: Console, title: str, permission: Permission) -> None:
    built_on = f", built on the preset {permission.preset}" if permission.preset else ""
    console.say(f"[bold]{escape(title)}[/]{built_on}\n")
    for rule in rules_of(permission):
        console.say(f"{escape(rule.text)}")
        console.say(f"    [dim]{escape(rule.path)} — {escape(rule.source)}[/]")
    if needs := _needs(permission):
        console.say(f"\n[bold]To do:[/] {escape(needs)}")


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
