"""`reprint audit`: hold every attribution record against the ledger and against what is really out there."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from ingest.errors import ConfigError, LedgerError
from ingest.store import articles, attributions, chain, ledger
from ingest.store.database import read
from ingest.store.ledger import Head, Record
from publish import audit, wiring
from publish.audit import Finding
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.console import Console


def register(app: typer.Typer) -> None:
    """Add the words to the command."""
    words = typer.Typer(help="What was published on whose permission, and whether it is so.", no_args_is_help=True)
    command(words, "list")(list_)
    command(words, "show")(show)
    command(words, "verify")(verify)
    command(words, "check")(check)
    command(words, "head")(head)
    app.add_typer(words, name="audit")


def list_(
    invocation: Invocation,
    partner: Annotated[str | None, typer.Option(help="Only what this partner delivered.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")] = 50,
) -> int:
    """List attribution records, the newest first: who wrote, who first published, who delivered, what we owe."""
    with wiring.store(invocation.settings) as engine, read(engine) as connection:
        rows = attributions.rows(connection, partner=partner, limit=limit)
    console = invocation.console
    console.json(rows)
    columns = ("#article", "verdict", "headline", "byline", "origin", "delivered by", "credit")
    console.table(
        "Attribution records",
        columns,
        [(r.article_id, r.verdict, r.headline, r.names, r.origin_name, r.partner_name, r.credit_text) for r in rows],
    )
    return OK


def show(
    invocation: Invocation, article_id: Annotated[int, typer.Argument(metavar="ID", help="The article's number.")]
) -> int:
    """Tell one article's whole story in order, from the ledger."""
    with wiring.store(invocation.settings) as engine, read(engine) as connection:
        row = articles.row_of(connection, article_id)
        if row is None:
            raise ConfigError(
                f"there is no article {article_id}", where="audit", next_step="see `reprint audit list`"
            )
        records = list(ledger.records(connection, subject=f"article:{article_id}"))
        versions = attributions.rows(connection, article_id=article_id)
    console = invocation.console
    console.json({"article": row, "attributions": versions, "ledger": records})
    console.say(f"[bold]{escape(row.headline)}[/]")
    console.say(f"delivered by {escape(versions[0].partner_name)}, first published by {escape(row.origin_name)}\n")
    for record in records:
        _tell(console, record)
    return OK


def _tell(console: Console, record: Record) -> None:
    console.say(
        f"[bold]{record.at:%Y-%m-%d %H:%M:%S}[/] {escape(record.event)} by {escape(record.actor)} (#{record.seq})"
    )
    for key, value in record.data.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if shown:
            console.say(f"    {escape(key)}: {escape(shown)}")


def verify(
    invocation: Invocation,
    saved: Annotated[
        str | None,
        typer.Option("--head", metavar="SEQ:HASH", help="A head kept elsewhere, as `audit head` prints it."),
    ] = None,
) -> int:
    """Recompute the ledger's chain, and hold it against a head kept elsewhere."""
    wanted = _parse_head(saved) if saved else None
    with wiring.store(invocation.settings) as engine, read(engine) as connection:
        try:
            found = chain.verify(connection, saved=wanted)
        except LedgerError as error:
            invocation.console.error(error)
            return FINDINGS
        missing = audit.records_against_ledger(connection)
    console = invocation.console
    console.json({"records": found.seq, "head": found.hash, "findings": missing})
    _show_findings(console, missing)
    console.say(f"The ledger's {found.seq} records are whole. Head: {found}")
    return FINDINGS if missing else OK


def head(invocation: Invocation) -> int:
    """Print the ledger's head: keep it elsewhere, and `audit verify --head` shows whether the end was cut off."""
    with wiring.store(invocation.settings) as engine, read(engine) as connection:
        found = ledger.head(connection)
    invocation.console.json(found)
    invocation.console.say(str(found))
    return OK


def check(invocation: Invocation) -> int:
    """Hold each published page against its record: credit, byline, link, search policy, terms in force."""
    settings = invocation.settings
    sources = wiring.sources(settings)
    with wiring.store(settings) as engine:
        site = wiring.static_site(settings, sources.site)
        with read(engine) as connection:
            count, findings = audit.check_site(connection, site, sources=sources, now=wiring.now())
    console = invocation.console
    console.json(findings)
    _show_findings(console, findings)
    console.say(f"Checked {count} published pages: {len(findings) or 'no'} findings.")
    return FINDINGS if findings else OK


def _show_findings(console: Console, findings: list[Finding]) -> None:
    columns = ("code", "#article", "~where", "~evidence", "~what to do")
    rows = [(f.code, f.article_id, f.where, f.evidence, f.next_step) for f in findings]
    if rows:
        console.table("Findings", columns, rows)


def _parse_head(text: str) -> Head:
    seq, _, digest = text.partition(":")
    if not seq.isdecimal() or len(digest) != 64:
        raise ConfigError(
            f"{text!r} is no head", where="--head", next_step="give SEQ:HASH as `reprint audit head` prints it"
        )
    return Head(seq=int(seq), hash=digest)
