"""The `reprint` command: its words, each in a file of `publish.commands`."""

from __future__ import annotations

import typer

from publish.commands import articles, audit, backup, extract, ingest, init, publish, run, sources, status

app = typer.Typer(
    name="reprint",
    help="Ingest partner feeds and republish what we may republish, with the credit we owe.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog="Exit codes: 0 fine, 1 findings or failed items, 2 wrong usage or configuration.",
)
for words in (init, sources, ingest, publish, run, articles, audit, extract, status, backup):
    words.register(app)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
