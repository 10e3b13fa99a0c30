"""`reprint audit check`: each published page against its record, and what surrounds it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import astuple, replace
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.markup import escape

from ingest.errors import ConfigError
from ingest.sources import Sources
from ingest.store import publications
from ingest.store.database import read
from publish import audit, wiring
from publish.audit import Finding, Severity, SiteFiles
from publish.audit.evidence import file_findings
from publish.audit.evidence_online import online_findings
from publish.audit.export import write_csv
from publish.audit.served import Get, ServedPages, getting, served_list_findings
from publish.audit.spool import Spool
from publish.audit.targets import target_findings
from publish.commands.invocation import FINDINGS, OK, Invocation
from publish.console import Console
from publish.counted import counted

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_COLUMNS = ("code", "severity", "article", "where", "evidence", "what to do")
#: More of one code are counted, not shown.
_SHOWN = 20


def check(
    invocation: Invocation,
    originals: Annotated[
        bool,
        typer.Option("--originals", help="Ask the partners' servers too: are originals and proofs as they were?"),
    ] = False,
    served: Annotated[
        bool, typer.Option("--served", help="Fetch the site's pages over HTTP, as readers do, not from its folder.")
    ] = False,
    served_at: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Fetch them from here: a server not yet reached under the site's own name."),
    ] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the findings there.")] = None,
) -> int:
    """Hold what is out there against the records: pages, lists and feeds, what waits, what was withdrawn."""
    sources = wiring.sources(invocation.settings)
    over_http = served or served_at is not None
    if csv_file is not None:
        _write(csv_file, iter(()))
    with wiring.kept_store(invocation.settings) as engine, Spool() as spool:
        asked = over_http or bool(sources.targets)
        waiting = getting(wiring.fetcher(invocation.settings)) if asked else nullcontext()
        with waiting as get, invocation.console.progress("Auditing", _page_count(engine, sources)) as advance:
            pages = _Counter(advance)
            spool.take(_site_findings(invocation, engine, sources, get if over_http else None, served_at, pages))
            spool.take(
                file_findings(
                    engine,
                    sources,
                    folder=invocation.settings.sources.parent,
                    actor=wiring.actor(),
                    now=wiring.now(),
                )
            )
            if get is not None:
                spool.take(target_findings(engine, get, sources=sources, now=wiring.now(), on_page=pages))
        if originals:
            asyncio.run(_check_originals(invocation, sources, engine, spool))
        if csv_file is not None:
            _write(csv_file, iter(spool))
        show_findings(invocation.console, spool)
        invocation.console.say(f"Checked {counted(pages.count, 'published page')}: {summary(spool)}.")
        return FINDINGS if is_grave(spool) else OK


class _Counter:
    def __init__(self, advance: Callable[[], None]) -> None:
        self.count, self._advance = 0, advance

    def __call__(self) -> None:
        self.count += 1
        self._advance()


def _page_count(engine: sa.Engine, sources: Sources) -> int:
    with read(engine) as connection:
        return sum(publications.count_published(connection, name) for name in wiring.target_names(sources))


def _site_findings(
    invocation: Invocation, engine: sa.Engine, sources: Sources, get: Get | None, at: str | None, on_page: _Counter
) -> Iterator[Finding]:
    files, now = SiteFiles(root=invocation.settings.site, site=sources.site), wiring.now()
    if get is None:
        yield from audit.check_site(engine, files, sources=sources, now=now, on_page=on_page)
        return
    pages = ServedPages(get, target=files.target, address=files.address, site_url=sources.site.url, base=at)
    yield from audit.check_pages(engine, pages, sources=sources, now=now, on_page=on_page)
    there = replace(files, site=replace(sources.site, url=at)) if at else files
    yield from served_list_findings(engine, there, get, sources=sources)


async def _check_originals(invocation: Invocation, sources: Sources, engine: sa.Engine, spool: Spool) -> None:
    async with wiring.tools(invocation.settings, lambda: sources, engine) as tools:
        async for found in audit.original_findings(tools, wiring.SITE_TARGET):
            spool.take([found])
        async for found in online_findings(tools):
            spool.take([found])


def show_findings(console: Console, spool: Spool) -> None:
    """Print findings, the gravest first; as JSON all, for people some of each code."""
    console.json_list(spool)
    if console.as_json:
        return
    for code in spool.codes:
        for shown, one in enumerate(spool.of(code)):
            if shown == _SHOWN:
                rest = f"and {spool.counts[code] - shown:,} more of {code}; --json and --csv tell all"
                console.say(f"[{_COLOURS[one.severity]}]{one.severity.value}[/] {rest}")
                break
            _show(console, one)


def _show(console: Console, one: Finding) -> None:
    article = "" if one.article_id is None else f" (article {one.article_id})"
    console.say(f"[{_COLOURS[one.severity]}]{one.severity.value}[/] [bold]{one.code}[/]{article}")
    for line in (one.where, one.evidence, f"→ {one.next_step}"):
        console.say(f"    {escape(line)}")


def is_grave(spool: Spool) -> bool:
    """Tell whether anything asks for action."""
    return any(severity is not Severity.NOTICE for severity in spool.severities())


def summary(spool: Spool) -> str:
    """Return how many findings there are of each severity, in words."""
    counts = spool.severities()
    told = [
        f"{counts[severity]:,} {severity.value}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(told) or "no findings"


def _write(path: Path, findings: Iterator[Finding]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            write_csv(file, _COLUMNS, (astuple(found) for found in findings))
    except OSError as error:
        raise ConfigError(
            f"cannot write the findings: {error.strerror or error}", where=str(path), next_step="name another file"
        ) from error
