"""`reprint extract`: what would be read from a page; or from a whole manifest of pages."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ingest.acquire import fetch_page
from ingest.article import Article
from ingest.errors import ConfigError
from ingest.extract import BatchReport, Extractor, Page, explain, extract_manifest
from ingest.settings import Settings
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.console import Console


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "extract")(extract)


def extract(
    invocation: Invocation,
    file: Annotated[Path | None, typer.Argument(help="A page saved as HTML; - reads standard input.")] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="Fetch this page; or, with FILE, where the page is from.")
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
    article = asyncio.run(_extract(invocation.settings, file, url))
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


async def _extract(settings: Settings, file: Path | None, url: str | None) -> Article:
    async with Extractor(workers=1, timeout=settings.extract_timeout) as extractor:
        if file is not None:
            return await extractor.extract(_read_page(file, url))
        if url is None:
            raise ConfigError("there is nothing to extract", where="extract", next_step="name a FILE, - or --url URL")
        async with wiring.fetcher(settings) as fetcher:
            return await extractor.extract(await fetch_page(url, fetcher=fetcher))


def _read_page(file: Path, url: str | None) -> Page:
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"it cannot be read: {error.strerror}", where=str(file), next_step="name another file"
        ) from error
    return Page(content=content, url=url or "https://localhost/")


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
    for name, value in facts:
        if value:
            console.say(f"[bold]{name:>12}[/]  {escape(value)}")
    if explained:
        _explain(console, article)
    else:
        console.say(f"\n{escape(article.body.text)}")


def _explain(console: Console, article: Article) -> None:
    for row in explain(article):
        colour = "green" if row.good else "red"
        console.say(f"[{colour}]{escape(row.name):>12}[/]  {escape(row.text[:200])}  [dim]{escape(row.why)}[/]")
