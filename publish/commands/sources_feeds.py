"""`reprint sources discover`, `import`, `export`: find feeds, and exchange lists of them with other feed tools."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ingest.discover import Discovery, discover, discovery_yaml
from ingest.discover.adopt import Adoption, adopt
from ingest.errors import ConfigError
from ingest.opml import MAX_BYTES, read_opml, write_opml
from ingest.settings import Settings
from ingest.sources import Sources, append_partners
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.console import Console


def register(words: typer.Typer) -> None:
    """Add the words to `reprint sources`."""
    command(words, "discover")(find)
    command(words, "import")(take)
    command(words, "export")(export)


def find(invocation: Invocation, url: Annotated[str, typer.Argument(help="A site's page, or a feed.")]) -> int:
    """Find a site's feeds, and print the YAML of a partner to paste into sources.yaml."""
    address = url if "://" in url else f"https://{url}"
    found = asyncio.run(_discover(address, invocation.settings))
    _show(invocation.console, found)
    return OK if found.candidates else FINDINGS


async def _discover(url: str, settings: Settings) -> Discovery:
    async with wiring.fetcher(settings) as fetcher:
        return await discover(url, fetcher=fetcher)


def _show(console: Console, found: Discovery) -> None:
    console.json(found)
    console.table(
        found.name,
        ("kind", "#articles", "newest", "whole texts", "why", "~address"),
        [(c.kind.value, c.entries, c.newest, "yes" if c.full_text else "no", c.why, c.url) for c in found.candidates],
    )
    if console.as_json:
        return
    if found.candidates:
        console.say("\nTo paste under [bold]partners:[/] in sources.yaml:\n")
        console.write(discovery_yaml(found))
        return
    for miss in found.missed:
        console.say(f"[dim]{escape(miss.url)}  {escape(miss.reason)}[/]")
    console.say("No feed was found. With [bold]kind: listing[/] and a CSS selector, a page of links is read as one.")


def take(
    invocation: Invocation,
    file: Annotated[Path, typer.Argument(help="A list of feeds: OPML.")],
    write: Annotated[bool, typer.Option("--write", help="Append to sources.yaml what is new.")] = False,
) -> int:
    """Read another feed tool's list (OPML): print its new partners as YAML, or append them to sources.yaml."""
    console, sources = invocation.console, wiring.sources(invocation.settings)
    listed = read_opml(_content(file), where=str(file))
    adoption = adopt(listed.feeds, partners=sources.partners)
    if write and adoption.yaml:
        append_partners(invocation.settings.sources, adoption.yaml)
    _report(console, adoption, listed.refused, written=write)
    return OK


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(
            f"it cannot be read: {error.strerror}", where=str(file), next_step="name another file"
        ) from error


def _report(console: Console, adoption: Adoption, refused: tuple[str, ...], *, written: bool) -> None:
    console.json({"adoption": adoption, "refused": refused, "written": written})
    if console.as_json:
        return
    if adoption.yaml and not written:
        console.write(adoption.yaml)
    # As comments, so that all that is printed can be pasted.
    for line in _remarks(adoption, refused, written=written):
        console.write(line if written else f"# {line}")


def _remarks(adoption: Adoption, refused: tuple[str, ...], *, written: bool) -> Iterator[str]:
    """Yield what a person is to know of a list that was read."""
    where = "appended to sources.yaml" if written else "to paste under `partners:`"
    counts = f"{adoption.partners}, with {adoption.feeds} feeds"
    yield f"New partners: {counts}, {where}; held until their terms are written."
    if adoption.known:
        yield f"There already: {len(adoption.known)} feeds."
    for key, feed in adoption.of_partners:
        yield f"Of {key}, to be added to its own feeds: {feed.url}"
    for title in refused:
        yield f"Left out, as its address is none that may be asked: {title}"


def export(invocation: Invocation) -> int:
    """Print the partners' feeds as OPML, for other feed tools."""
    sources: Sources = wiring.sources(invocation.settings)
    invocation.console.write(write_opml(sources))
    return OK
