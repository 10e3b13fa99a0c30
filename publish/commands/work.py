"""`reprint work`: what waits, failed or is dead, and a person's word on it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape

from ingest.looking_after import drop as drop_one
from ingest.looking_after import found
from ingest.looking_after import retry as retry_one
from ingest.store import ledger, waiting
from ingest.store.database import read, write
from ingest.store.waiting import Kind, State, Waiting
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command

Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="As `reprint work list` shows them: entry:12")]


def register(app: typer.Typer) -> None:
    """Add the words to the command."""
    words = typer.Typer(help="What waits, failed or is dead; try it again, or give it up.", no_args_is_help=True)
    command(words, "list")(list_)
    command(words, "show")(show)
    command(words, "retry")(retry)
    command(words, "drop")(drop)
    app.add_typer(words, name="work")


def list_(
    invocation: Invocation,
    dead: Annotated[
        bool, typer.Option("--dead", help="Only what is given up until a person says otherwise.")
    ] = False,
    kind: Annotated[list[Kind] | None, typer.Option("--kind", help="Only these.")] = None,
    partner: Annotated[str | None, typer.Option("--partner", help="Only this partner's.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="How many at most.")] = 50,
) -> int:
    """Show feeds, entries, publications and follow-ups that wait, were put off, are held or dead: the dead first."""
    now = wiring.now()
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        rows = waiting.listed(
            connection,
            now=now,
            kinds=kind or tuple(Kind),
            states=(State.DEAD,) if dead else tuple(State),
            partner=partner,
            limit=limit,
        )
    invocation.console.json(rows)
    columns = ("!id", "state", "partner", "host", "due", "#tries", "~what, and why")
    invocation.console.table("", columns, [_row(one, now) for one in rows])
    if not rows:
        invocation.console.say("Nothing is dead." if dead else "Nothing waits, and nothing failed.")
    elif len(rows) == limit:
        invocation.console.say(f"There may be more: --limit {limit * 10}")
    return FINDINGS if any(one.state is State.DEAD for one in rows) else OK


def _row(one: Waiting, now: datetime) -> tuple[object, ...]:
    due = "now" if one.due_at <= now else f"{one.due_at:%Y-%m-%d %H:%M}"
    due = "" if one.state in {State.DEAD, State.HELD} else due
    why = f"{one.what}: {one.error}" if one.error else one.what
    return one.id, one.state.value, one.partner, one.host, due, one.attempts, why


def show(invocation: Invocation, ids: Ids) -> int:
    """Show pieces of work whole, with what was decided about them before."""
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        shown = [found(connection, id_, now=wiring.now()) for id_ in ids]
        history = {one.id: list(ledger.records(connection, subject=one.id)) for one in shown}
    invocation.console.json([{"work": one, "history": history[one.id]} for one in shown])
    for one in shown:
        invocation.console.say(
            f"[bold]{one.id}[/]  {one.state.value}, of {escape(one.partner)}, at {escape(one.host)}"
        )
        invocation.console.say(f"    {escape(one.what)}")
        invocation.console.say(f"    due {one.due_at:%Y-%m-%d %H:%M} UTC, tried {one.attempts} times")
        if one.error:
            invocation.console.say(f"    [yellow]{escape(one.error)}[/]")
        for record in history[one.id]:
            said = record.data.get("reason") or ""
            invocation.console.say(
                f"    {record.at:%Y-%m-%d %H:%M} {record.event} by {escape(record.actor)} {escape(said)}"
            )
    return OK


def retry(invocation: Invocation, ids: Ids) -> int:
    """Have dead work, or what was put off, done at the next chance."""
    now = wiring.now()
    with wiring.kept_store(invocation.settings) as engine, write(engine) as connection:
        chosen = [found(connection, id_, now=now) for id_ in ids]
        for one in chosen:
            retry_one(connection, one, actor=wiring.actor(), now=now)
    invocation.console.json({"retried": [one.id for one in chosen]})
    for one in chosen:
        invocation.console.say(f"Due now: {one.id} ({escape(one.what)})")
    return OK


def drop(
    invocation: Invocation,
    ids: Ids,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept in the ledger.")],
) -> int:
    """Give work up for good; an entry comes back when its partner changes it, a takedown is never dropped."""
    now = wiring.now()
    with wiring.kept_store(invocation.settings) as engine, write(engine) as connection:
        chosen = [found(connection, id_, now=now) for id_ in ids]
        for one in chosen:
            drop_one(connection, one, reason=reason, actor=wiring.actor(), now=now)
    invocation.console.json({"dropped": [one.id for one in chosen]})
    for one in chosen:
        invocation.console.say(f"Given up: {one.id} ({escape(one.what)})")
    return OK
