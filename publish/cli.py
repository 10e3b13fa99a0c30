"""The `reprint` command: its words, each in a file of `publish.commands`."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from publish.commands import (
    articles,
    audit,
    backup,
    extract,
    ingest,
    init,
    publish,
    run,
    sources,
    status,
    targets,
    works,
)


def _show_version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        typer.echo(f"reprint {version('reprint')}")
    except PackageNotFoundError:
        # Run from its folder, without having been installed.
        typer.echo("reprint, not installed")
    raise typer.Exit


app = typer.Typer(
    name="reprint",
    help="Ingest partner feeds and republish what we may republish, with the credit we owe.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog="Exit codes: 0 fine, 1 findings or failed items, 2 wrong usage or configuration.",
)


@app.callback()
def reprint(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Ingest partner feeds and republish what we may republish, with the credit we owe."""


for words in (init, sources, ingest, publish, run, articles, works, audit, targets, extract, status, backup):
    words.register(app)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
