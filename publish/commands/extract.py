"""`reprint extract`: what would be read from a page; or from a whole manifest of pages."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ingest.acquire import fetch_page
from ingest.article import Article
from ingest.errors import ConfigError, ExtractError
from ingest.extract import BatchReport, Extractor, Page, Row, explain, extract_manifest
from ingest.extract.explain import RECORD_CHARS
from ingest.fetch import Fetcher
from ingest.following import FetchPage, read_whole
from ingest.page_rules import PageRules
from ingest.settings import Settings
from ingest.sources import Partner
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.commands.readings import show_readings
from publish.console import Console

#: Seconds between two pages of one article that a person asks for.
_PAUSE = 1.0


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "extract")(extract)


def extract(
    invocation: Invocation,
    file: Annotated[Path | None, typer.Argument(help="A page saved as HTML; - reads standard input.")] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="Fetch this page; or, with FILE, where the page is from.")
    ] = None,
    partner: Annotated[
        str | None,
        typer.Option("--partner", help="Read it with this partner's selectors, and with its key and pace."),
    ] = None,
    explained: Annotated[
        bool, typer.Option("--explain", help="Show where each value was read, and what was kept and dropped.")
    ] = False,
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help="Extract many: lines of JSON with id, html_path and url.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="With --manifest: where the lines are written.")] = None,
) -> int:
    """Show what is read from one page, in a file, on standard input or at a URL; nothing is stored."""
    if manifest is not None:
        return _batch(invocation, manifest, out)
    supplier = _partner(invocation.settings, partner) if partner else None
    article = asyncio.run(_extract(invocation.settings, file, url, supplier))
    _show(invocation.console, article, explained=explained)
    return OK


def _batch(invocation: Invocation, manifest: Path, out: Path | None) -> int:
    if out is None:
        raise ConfigError("--manifest needs --out", where="extract", next_step="name the file to write with --out")
    with invocation.console.long_progress("Extracting") as update:
        report = extract_manifest(
            manifest,
            out,
            workers=invocation.settings.extract_workers,
            timeout=invocation.settings.extract_timeout,
            on_progress=update,
        )
    _show_batch(invocation.console, report, out)
    return FINDINGS if report.failed else OK


def _show_batch(console: Console, report: BatchReport, out: Path) -> None:
    console.json(report)
    console.say(f"{report.extracted} of {report.pages} pages extracted into {out}, {report.failed} failed.")


def _partner(settings: Settings, key: str) -> Partner:
    partner = wiring.sources(settings).partner(key)
    if partner is None:
        raise ConfigError(
            f"there is no partner '{key:.60}'", where=str(settings.sources), next_step="see `reprint sources list`"
        )
    return partner


async def _extract(settings: Settings, file: Path | None, url: str | None, supplier: Partner | None) -> Article:
    rules = supplier.extract if supplier else None
    async with Extractor(workers=1, timeout=settings.extract_timeout) as extractor:
        if file is not None:
            return await _extract_file(extractor, file, url, rules)
        if url is None:
            raise ConfigError("there is nothing to extract", where="extract", next_step="name a FILE, - or --url URL")
        async with wiring.fetcher(settings) as fetcher:
            fetch = _way_to_pages(settings, fetcher, supplier)
            return await read_whole(await fetch(url), entry=None, rules=rules, extractor=extractor, fetch=fetch)


async def _extract_file(extractor: Extractor, file: Path, url: str | None, rules: PageRules | None) -> Article:
    try:
        return await extractor.extract(_read_page(file, url), rules=rules)
    except ExtractError as error:
        error.where = error.where or str(file)
        raise


def _way_to_pages(settings: Settings, fetcher: Fetcher, supplier: Partner | None) -> FetchPage:
    """Return how pages are fetched: as from the partner in a pass, or at a pace that harms nobody."""
    if supplier is None:
        return partial(fetch_page, fetcher=fetcher, gate=_unhurried)
    manners = wiring.manners(settings, fetcher)
    return partial(
        fetch_page, fetcher=fetcher, credentials=manners.credentials(supplier), gate=manners.page_gate(supplier)
    )


async def _unhurried(_url: str) -> float:
    return _PAUSE


def _read_page(file: Path, url: str | None) -> Page:
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"it cannot be read: {error.strerror}", where=str(file), next_step="name another file"
        ) from error
    return Page(content=content, url=url or "")


def _show(console: Console, article: Article, *, explained: bool) -> None:
    console.json(article)
    facts = [
        ("headline", article.headline),
        ("standfirst", article.standfirst),
        ("byline", "; ".join(article.byline.names)),
        ("bio", article.bio),
        ("published", article.published_at.isoformat() if article.published_at else None),
        ("language", article.language),
        ("canonical", article.canonical_url),
        ("credit line", article.inherited_credit),
        ("doubts", ", ".join(article.doubts)),
    ]
    stated = [(name, value) for name, value in facts if value]
    if explained:
        console.table("", ("read", "~as"), stated)
        _explain(console, article)
        return
    for name, value in stated:
        console.say(f"[bold]{name:>12}[/]  {escape(value)}")
    console.say(f"\n{escape(article.body.text)}")


def _explain(console: Console, article: Article) -> None:
    rows = explain(article)
    show_readings(console, "Fields", article)
    _explain_blocks(console, [row for row in rows if row.kind == "block"])
    doubts = [row for row in rows if row.kind == "doubt"]
    console.table(
        "Doubts", ("doubt", "~why"), [(row.name, row.why) for row in doubts], styles=["yellow"] * len(doubts)
    )


def _explain_blocks(console: Console, rows: list[Row]) -> None:
    kept = sum(row.good for row in rows)
    cells = [("✓" if row.good else "✗", row.why, _shortened(row.text)) for row in rows]
    styles = ["green" if row.good else "red" for row in rows]
    console.table(f"Blocks: {kept} kept, {len(rows) - kept} dropped", ("", "why", "~text"), cells, styles=styles)


def _shortened(text: str) -> str:
    return text if len(text) < RECORD_CHARS else f"{text.rstrip()}…"
