"""What every subcommand shares: its four options, its settings, its way to fail."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from ingest.errors import ReprintError
from ingest.logs import set_up_logging
from ingest.settings import Settings, read_settings
from publish.console import Console

OK, FINDINGS, USAGE = 0, 1, 2

_SHARED = {
    "sources": Annotated[
        Path | None,
        typer.Option(
            "--sources",
            envvar="REPRINT_SOURCES",
            help="The partners and their terms. [sources.yaml]",
            metavar="FILE",
            rich_help_panel="Where things are",
        ),
    ],
    "database": Annotated[
        str | None,
        typer.Option(
            "--database",
            envvar="REPRINT_DATABASE_URL",
            help="The store. [sqlite:///reprint.db]",
            metavar="URL",
            rich_help_panel="Where things are",
        ),
    ],
    "site": Annotated[
        Path | None,
        typer.Option(
            "--site",
            envvar="REPRINT_SITE",
            help="The folder of the published site. [site]",
            metavar="DIR",
            rich_help_panel="Where things are",
        ),
    ],
    "as_json": Annotated[
        bool, typer.Option("--json", help="Print JSON for programs.", rich_help_panel="Where things are")
    ],
}


@dataclass(frozen=True, kw_only=True)
class Invocation:
    """One call of the command."""

    settings: Settings
    console: Console


def command(app: typer.Typer, name: str, *, log_level: str = "warning") -> Callable[[Callable[..., int]], Any]:
    """Register a function as subcommand: it takes an Invocation first and returns the exit code.

    `log_level` holds unless REPRINT_LOG_LEVEL says otherwise: a person who waits for one command wants its result.
    """

    def register(function: Callable[..., int]) -> Callable[..., int]:
        wrapped = _with_shared_options(function, log_level)
        app.command(name)(wrapped)
        return function

    return register


def entrance(app: typer.Typer, *, log_level: str = "warning") -> Callable[[Callable[..., int]], Any]:
    """Register a function as what a group of subcommands does when none of them is named; else as `command` does."""

    def register(function: Callable[..., int]) -> Callable[..., int]:
        wrapped = _with_shared_options(function, log_level)

        def enter(context: typer.Context, **given: Any) -> None:
            if context.invoked_subcommand is None:
                wrapped(**given)

        here = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
        own = inspect.signature(wrapped).parameters.values()
        vars(enter)["__signature__"] = inspect.Signature([here, *own])
        enter.__doc__ = wrapped.__doc__
        enter.__annotations__ = wrapped.__annotations__ | {"context": typer.Context}
        app.callback()(enter)
        return function

    return register


def _with_shared_options(function: Callable[..., int], log_level: str) -> Callable[..., None]:
    @functools.wraps(function)
    def run(**given: Any) -> None:
        console = Console(as_json=given.pop("as_json"))
        places = {name: given.pop(name) for name in ("sources", "site")}
        try:
            settings = read_settings(database_url=given.pop("database"), **places)
            set_up_logging(level=settings.log_level if "log_level" in settings.model_fields_set else log_level)
            code = function(Invocation(settings=settings, console=console), **given)
        except ReprintError as error:
            console.error(error)
            raise typer.Exit(error.exit_code) from None
        raise typer.Exit(code)

    hints = get_type_hints(function, include_extras=True)
    own = list(inspect.signature(function).parameters.values())[1:]
    parameters = [parameter.replace(annotation=hints[parameter.name]) for parameter in own]
    parameters += [
        inspect.Parameter(
            key, inspect.Parameter.KEYWORD_ONLY, default=False if key == "as_json" else None, annotation=annotation
        )
        for key, annotation in _SHARED.items()
    ]
    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    vars(run)["__signature__"] = inspect.Signature(parameters)
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    # Else typer reads the inner function's hints.
    del vars(run)["__wrapped__"]
    return run
