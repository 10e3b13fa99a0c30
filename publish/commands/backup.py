"""`reprint backup` and `reprint restore`: the store in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ingest.store.backup import Backup, back_up
from ingest.store.backup import restore as put_back
from publish import wiring
from publish.commands.invocation import OK, Invocation, command


def register(app: typer.Typer) -> None:
    """Add the words to the command."""
    command(app, "backup")(backup)
    command(app, "restore")(restore)


def backup(
    invocation: Invocation, file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make.")]
) -> int:
    """Copy the store into one file, also while `reprint run` works, and check the copy by its ledger."""
    with wiring.kept_store(invocation.settings) as engine:
        made = back_up(engine, file)
    invocation.console.json(_told(made))
    invocation.console.say(
        f"Wrote {escape(str(made.file))}: {made.size / 1e6:.1f} MB, the ledger's {made.head.seq} records whole. "
        f"Head: {made.head}"
    )
    return OK


def restore(
    invocation: Invocation, file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of `reprint backup`.")]
) -> int:
    """Put a backup in the store's place, checked by its ledger; the store that was there is kept beside it."""
    made = put_back(file, invocation.settings.database_url, now=wiring.now())
    console = invocation.console
    console.json(_told(made))
    console.say(
        f"Restored {escape(str(made.file))}: the ledger's {made.head.seq} records are whole. Head: {made.head}"
    )
    if made.replaced is not None:
        console.say(f"The store that was there lies at {escape(str(made.replaced))}")
    console.say("The site may show what this store does not know: run `reprint publish --rebuild`, then audit it")
    return OK


def _told(made: Backup) -> dict[str, object]:
    return {
        "file": str(made.file),
        "bytes": made.size,
        "records": made.head.seq,
        "head": str(made.head),
        "replaced": str(made.replaced) if made.replaced else None,
    }
