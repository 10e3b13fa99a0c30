"""`reprint targets`: whether the places that we publish to can be worked with, and what they need."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ingest.errors import ConfigError
from ingest.sources.targets import WordPressSource
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.wordpress.check import Trouble, troubles_of
from publish.wordpress.plugin_file import PLUGIN_PATH, plugin_bytes, plugin_version


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What `reprint targets check --json` prints for one target."""

    target: str
    url: str
    troubles: tuple[Trouble, ...]


def register(app: typer.Typer) -> None:
    """Add the words to the command."""
    words = typer.Typer(no_args_is_help=True, help="The places that we publish to beside the static site.")
    command(words, "check")(check)
    command(words, "plugin")(plugin)
    app.add_typer(words, name="targets")


def check(
    invocation: Invocation,
    names: Annotated[list[str] | None, typer.Argument(metavar="[TARGET]...", help="Only these.")] = None,
) -> int:
    """Ask each WordPress whether all is there that publishing needs, and say what is wrong in plain words."""
    sources = wiring.sources(invocation.settings)
    chosen = [target for target in sources.targets if not names or target.key in names]
    known = {target.key for target in sources.targets}
    if unknown := sorted(set(names or ()) - known):
        raise ConfigError(
            f"there is no target {', '.join(unknown)}",
            where=str(invocation.settings.sources),
            next_step=f"there are: {', '.join(sorted(known)) or 'none; add them under `targets:`'}",
        )
    checked = [_checked(invocation, target) for target in chosen]
    invocation.console.json(checked)
    for one in checked:
        _show(invocation, one)
    if not checked:
        invocation.console.say("There is only the static site; other targets stand under `targets:` in sources.yaml.")
    return FINDINGS if any(trouble.grave for one in checked for trouble in one.troubles) else OK


def _checked(invocation: Invocation, source: WordPressSource) -> Checked:
    connect = lambda: wiring.connection_to(invocation.settings, source)  # noqa: E731 - passed on at once
    troubles = tuple(troubles_of(source, connect, now=wiring.now()))
    return Checked(target=source.key, url=source.url, troubles=troubles)


def _show(invocation: Invocation, one: Checked) -> None:
    console = invocation.console
    if not any(trouble.grave for trouble in one.troubles):
        console.say(f"[green]{escape(one.target)}[/] ({escape(one.url)}) can be worked with.")
    else:
        console.say(f"[bold red]{escape(one.target)}[/] ({escape(one.url)}) cannot be worked with.")
    for trouble in one.troubles:
        colour = "bold red" if trouble.grave else "yellow"
        console.say(f"  [{colour}]{trouble.code}[/]: {escape(trouble.what)}")
        console.say(f"    → {escape(trouble.next_step)}")


def plugin(
    invocation: Invocation,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Usually WordPress's wp-content/plugins.")],
) -> int:
    """Write the WordPress plugin, one file of PHP, into a folder of its own below DIR."""
    file = out.joinpath(*PLUGIN_PATH)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(plugin_bytes())
    except OSError as error:
        raise ConfigError(
            f"cannot write the plugin: {error.strerror or error}", where=str(file), next_step="name another folder"
        ) from error
    invocation.console.json({"file": str(file), "version": plugin_version()})
    invocation.console.say(_where_next(file))
    return OK


def _where_next(file: Path) -> str:
    """Return what was written, and what WordPress still needs to have it."""
    folder = file.parent
    there = folder.parent.name == "plugins" and folder.parent.parent.name == "wp-content"
    step = "Activate it" if there else f"Copy the folder {escape(str(folder))} to wp-content/plugins and activate it"
    return f"Wrote {escape(str(file))}. {step} under Plugins in WordPress."
