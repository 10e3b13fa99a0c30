"""The `reprint` command: its words, each in a file of `publish.commands`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

#: Each word, and the file of `publish.commands` that has it, in the order in which the help tells them.
_WORDS = {
    "init": "init",
    "sources": "sources",
    "ingest": "ingest",
    "publish": "publish",
    "serve": "serve",
    "run": "run",
    "worker": "worker",
    "work": "work",
    "desk": "desk",
    "articles": "articles",
    "works": "works",
    "audit": "audit",
    "targets": "targets",
    "extract": "extract",
    "status": "status",
    "backup": "backup",
    "restore": "backup",
    "migrate-store": "migrate_store",
}


def _show_version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        typer.echo(f"reprint {version('reprint')}")
    except PackageNotFoundError:
        # Run from its folder, without having been installed.
        typer.echo("reprint, not installed")
    raise typer.Exit


def reprint(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Ingest partner feeds and republish what we may republish, with the credit we owe."""


def command_line(words: Sequence[str]) -> typer.Typer:
    """Return the command for these words of a command line.

    Only the file of the word that is called is read, as reading all of them takes longer than most of what they do;
    all are where none is called, or one that there is not.
    """
    app = typer.Typer(
        name="reprint",
        help="Ingest partner feeds and republish what we may republish, with the credit we owe.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        epilog="Exit codes: 0 fine, 1 findings or failed items, 2 wrong usage or configuration.",
    )
    app.callback()(reprint)
    called = next((word for word in words if not word.startswith("-")), "")
    for name in [_WORDS[called]] if called in _WORDS else dict.fromkeys(_WORDS.values()):
        import_module(f"publish.commands.{name}").register(app)
    return app


def main() -> None:
    """Run the command line."""
    command_line(sys.argv[1:])()


if __name__ == "__main__":
    main()
