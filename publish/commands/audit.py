"""`reprint audit`: hold every attribution record against the ledger and against what is really out there."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from ingest.errors import ConfigError, LedgerError
from ingest.store import articles, attributions, chain, ledger
from ingest.store.database import read
from ingest.store.ledger import Head
from publish import audit, wiring
from publish.audit.notified import note_notified
from publish.audit.spool import Spool
from publish.audit.story import tell_story
from publish.commands.audit_check import check, show_findings
from publish.commands.audit_report import report
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.console import Console


def register(app: typer.Typer) -> None:
    """Add the words to the command."""
    words = typer.Typer(help="What was published on whose permission, and whether it is so.", no_args_is_help=True)
    command(words, "list")(list_)
    command(words, "show")(show)
    command(words, "verify")(verify)
    command(words, "check")(check)
    command(words, "report")(report)
    command(words, "notified")(notified)
    command(words, "head")(head)
    app.add_typer(words, name="audit")


def list_(
    invocation: Invocation,
    partner: Annotated[str | None, typer.Option(help="Only what this partner delivered.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")] = 50,
) -> int:
    """List attribution records, the newest first: who wrote, who first published, who delivered, what we owe."""
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        rows = attributions.rows(connection, partner=partner, limit=limit)
    console = invocation.console
    console.json(rows)
    if not rows:
        of = f" delivered by {partner}" if partner else ""
        console.say(f"No article{of} is kept yet. Run `reprint ingest`, or see `reprint sources check`.")
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
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        row = articles.row_of(connection, article_id)
        if row is None:
            raise ConfigError(
                f"there is no article {article_id}", where="audit", next_step="see `reprint audit list`"
            )
        records = list(ledger.records(connection, subject=f"article:{article_id}"))
        versions = attributions.rows(connection, article_id=article_id)
        story = list(tell_story(connection, article_id))
    console = invocation.console
    console.json({"article": row, "attributions": versions, "story": story, "ledger": records})
    console.say(f"[bold]{escape(row.headline)}[/]")
    console.say(f"delivered by {escape(versions[0].partner_name)}, first published by {escape(row.origin_name)}\n")
    for chapter in story:
        console.say(f"[bold]{chapter.at:%Y-%m-%d %H:%M:%S}[/] {escape(chapter.what)}, by {escape(chapter.actor)}")
        for line in chapter.details:
            console.say(f"    {escape(line)}")
    return OK


def verify(
    invocation: Invocation,
    saved: Annotated[
        str | None,
        typer.Option("--head", metavar="SEQ:HASH", help="A head kept elsewhere, as `audit head` prints it."),
    ] = None,
) -> int:
    """Recompute the ledger's chain, hold it against a head kept elsewhere, and the records against the ledger."""
    wanted = _parse_head(saved) if saved else None
    with wiring.kept_store(invocation.settings) as engine:
        try:
            found = chain.verify_store(engine, saved=wanted)
        except LedgerError as error:
            invocation.console.error(error)
            return FINDINGS
        with Spool() as spool:
            with read(engine) as connection:
                spool.take(audit.record_findings(connection))
            _show_verified(invocation.console, found, spool)
            return FINDINGS if spool.counts else OK


def _show_verified(console: Console, found: Head, spool: Spool) -> None:
    if console.as_json:
        console.json_with_list({"records": found.seq, "head": found.hash}, "findings", spool)
        return
    show_findings(console, spool)
    whole, count = f"The ledger's {found.seq} records are whole. Head: {found}", spool.counts.total()
    console.say(f"{whole} But {count:,} of the store's records are not as it says." if count else whole)


def head(invocation: Invocation) -> int:
    """Print the ledger's head: keep it elsewhere, and `audit verify --head` shows whether the end was cut off."""
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        found = ledger.head(connection)
    invocation.console.json(found)
    invocation.console.say(str(found))
    return OK


def notified(
    invocation: Invocation,
    article_ids: Annotated[list[int], typer.Argument(metavar="ID...", help="Numbers of articles.")],
    how: Annotated[str, typer.Option("--how", help="Whom you told, and how; kept in the ledger.")],
) -> int:
    """Note that the partner was told of publications, as some terms demand."""
    with wiring.kept_store(invocation.settings) as engine:
        for article_id in article_ids:
            note_notified(engine, article_id, how=how, actor=wiring.actor(), now=wiring.now())
    invocation.console.json({"articles": article_ids, "how": how})
    invocation.console.say(f"Noted for {len(article_ids)} article{'s' if len(article_ids) > 1 else ''}.")
    return OK


def _parse_head(text: str) -> Head:
    seq, _, digest = text.partition(":")
    if not seq.isdecimal() or len(digest) != 64:
        raise ConfigError(
            f"{text!r} is no head", where="--head", next_step="give SEQ:HASH as `reprint audit head` prints it"
        )
    return Head(seq=int(seq), hash=digest)
