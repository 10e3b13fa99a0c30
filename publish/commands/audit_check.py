"""`reprint audit check`: each published page against its record, and what surrounds it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.markup import escape

from ingest.errors import ConfigError
from ingest.sources import Sources
from publish import audit, wiring
from publish.audit import Finding, Severity, SiteFiles, is_grave
from publish.audit.export import write_csv
from publish.commands.invocation import FINDINGS, OK, Invocation
from publish.console import Console

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_COLUMNS = ("code", "severity", "article", "where", "evidence", "what to do")


def check(
    invocation: Invocation,
    originals: Annotated[
        bool, typer.Option("--originals", help="Ask the partners' servers too whether the originals are still up.")
    ] = False,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the findings there.")] = None,
) -> int:
    """Hold what is out there against the records: pages, lists and feeds, what waits, what was withdrawn."""
    settings = invocation.settings
    sources = wiring.sources(settings)
    files = SiteFiles(root=settings.site, site=sources.site)
    pages = 0

    def count() -> None:
        nonlocal pages
        pages += 1

    with wiring.kept_store(settings) as engine:
        found = audit.check_site(engine, files, sources=sources, now=wiring.now(), on_page=count)
        findings = list(found)
        if originals:
            findings += asyncio.run(_check_originals(invocation, sources, engine, files.target))
    if csv_file is not None:
        _write(csv_file, findings)
    invocation.console.json(findings)
    show_findings(invocation.console, findings)
    invocation.console.say(f"Checked {pages} published pages: {_summary(findings)}.")
    return FINDINGS if any(map(is_grave, findings)) else OK


async def _check_originals(invocation: Invocation, sources: Sources, engine: sa.Engine, target: str) -> list[Finding]:
    async with wiring.tools(invocation.settings, lambda: sources, engine) as tools:
        return [found async for found in audit.original_findings(tools, target)]


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print findings, the gravest first."""
    order = list(Severity)
    graded = sorted(findings, key=lambda found: (order.index(found.severity), found.code, found.article_id or 0))
    for one in graded:
        article = "" if one.article_id is None else f" (article {one.article_id})"
        console.say(f"[{_COLOURS[one.severity]}]{one.severity.value}[/] [bold]{one.code}[/]{article}")
        for line in (one.where, one.evidence, f"→ {one.next_step}"):
            console.say(f"    {escape(line)}")


def _summary(findings: Iterable[Finding]) -> str:
    counts = Counter(found.severity for found in findings)
    told = [
        f"{counts[severity]} {severity.value}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(told) or "no findings"


def _write(path: Path, findings: Iterable[Finding]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            write_csv(file, _COLUMNS, (astuple(found) for found in findings))
    except OSError as error:
        raise ConfigError(
            f"cannot write the findings: {error.strerror or error}", where=str(path), next_step="name another file"
        ) from error
