"""`reprint init`: a commented sources.yaml for a new newsroom."""

from __future__ import annotations

import typer

from ingest.errors import ConfigError
from ingest.sources import STARTER
from publish.commands.invocation import OK, Invocation, command


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "init")(init)


def init(invocation: Invocation) -> int:
    """Write a commented starter sources.yaml; an existing one is left alone."""
    file = invocation.settings.sources
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(STARTER)
    except FileExistsError:
        raise ConfigError(
            "it exists already", where=str(file), next_step="edit it, or name another with --sources"
        ) from None
    except OSError as error:
        raise ConfigError(
            f"it cannot be written: {error.strerror}", where=str(file), next_step="choose another folder"
        ) from error
    invocation.console.json({"written": str(file)})
    invocation.console.say(f"Wrote {file}. Edit it, then run: reprint sources check")
    return OK
