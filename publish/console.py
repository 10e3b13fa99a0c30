"""What a person sees: tables, a progress bar while they wait, errors; or JSON when a program asks."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

import rich.console
from pydantic import BaseModel
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.live import Live
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ingest.errors import ReprintError, SourcesError
from ingest.printable import one_line, printable

#: Marks that override the direction of reading (Unicode Standard Annex 9): they can make a line say something else.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Columns where nobody watches and nothing says how wide the paper is.
_UNWATCHED_WIDTH = 120
#: A column no wider than this is never cut; one wider than the other counts as that wide when they share the line.
_SHORT, _LONG = 16, 60
#: The same, beside a column that is shown whole.
_SHORTEST = 7


class Console:
    """Standard output for results, standard error for progress and errors."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        # Where the terminal or pipe is not UTF-8, JSON says everything in ASCII.
        self._ascii = "utf" not in (sys.stdout.encoding or "utf-8").lower()
        width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _UNWATCHED_WIDTH
        self._out = rich.console.Console(width=width, emoji=False)
        self._err = rich.console.Console(stderr=True, soft_wrap=True, emoji=False)

    def say(self, text: str = "") -> None:
        """Print a line of rich markup, unless JSON was asked for; escape what is not ours."""
        if not self.as_json:
            self._out.print(shown(text), highlight=False, soft_wrap=True)

    def write(self, text: str) -> None:
        """Print text as it is: a file's content, never markup."""
        sys.stdout.write(text if text.endswith("\n") else text + "\n")

    def json(self, value: object) -> None:
        """Print a value as JSON, when that was asked for."""
        if self.as_json:
            self.write(json.dumps(plain(value), ensure_ascii=self._ascii, indent=2, default=str))

    def json_list(self, values: Iterable[object]) -> None:
        """Print values as one JSON list, when that was asked for: each as it comes, so that memory does not grow."""
        if not self.as_json:
            return
        self._stream(values)
        self.write("")

    def json_with_list(self, value: Mapping[str, object], name: str, values: Iterable[object]) -> None:
        """Print an object whose last part, `name`, is a list, when JSON was asked for; the list as it comes."""
        if not self.as_json:
            return
        told = json.dumps(plain(value), ensure_ascii=self._ascii, indent=2, default=str)
        sys.stdout.write(told.removesuffix("\n}") + f",\n  {json.dumps(name)}: ")
        self._stream(values, indent="  ")
        self.write("\n}")

    def _stream(self, values: Iterable[object], *, indent: str = "") -> None:
        opened, inner = "[", f"\n{indent}  "
        for value in values:
            text = json.dumps(plain(value), ensure_ascii=self._ascii, indent=2, default=str)
            sys.stdout.write(opened + inner + text.replace("\n", inner))
            opened = ","
        sys.stdout.write("[]" if opened == "[" else f"\n{indent}]")

    def table(
        self, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, styles: Sequence[str] = ()
    ) -> None:
        """Print a table, a line for each row: a column named "#x" holds numbers, one named "~x" wraps its text.

        One named "!x" is shown whole, for it is there to be copied: the others share what it leaves.

        `styles` has a rich style for each row, where colour tells something.
        """
        if self.as_json or not rows:
            return
        names = [column.lstrip("#~!") for column in columns]
        whole = any(column.startswith("!") for column in columns)
        table = Table(title=title or None, title_justify="left", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
        cells = [[_cell(value) for value in row] for row in rows]
        for number, column in enumerate(columns):
            longest = max(cell_len(names[number]), *(cell_len(row[number]) for row in cells))
            wraps, fits = (
                column.startswith("~"),
                longest <= (_SHORTEST if whole else _SHORT) or column.startswith("!"),
            )
            table.add_column(
                names[number],
                justify="right" if column.startswith("#") else "left",
                no_wrap=not wraps,
                overflow="fold" if wraps or column.startswith("!") else "ellipsis",
                width=longest if fits else None,
                # Long columns share what the short ones leave.
                ratio=None if fits else min(longest, _LONG),
            )
            table.expand = table.expand or not fits
        for number, row in enumerate(cells):
            table.add_row(*map(escape, row), style=styles[number] if styles else None)
        self._out.print(table)

    def show(self, page: rich.console.RenderableType) -> None:
        """Print what rich can draw, unless JSON was asked for; what is not ours must be in Text, never markup."""
        if not self.as_json:
            self._out.print(page)

    def live(self, frames: Iterable[rich.console.RenderableType]) -> None:
        """Draw each frame in place of the one before, until the frames or the person's patience end (Ctrl-C)."""
        with (
            contextlib.suppress(KeyboardInterrupt),
            Live(console=self._out, auto_refresh=False, screen=self._out.is_terminal) as display,
        ):
            for frame in frames:
                display.update(frame, refresh=True)

    def error(self, error: ReprintError) -> None:
        """Print an error: what, where, and what to do next."""
        if self.as_json:
            parts: dict[str, object] = {"error": type(error).__name__, "what": error.what}
            parts |= {"where": error.where, "next": error.next_step}
            if isinstance(error, SourcesError):
                parts["mistakes"] = error.mistakes
            self.write(json.dumps(parts, ensure_ascii=self._ascii))
        self._err.print(f"[bold red]error[/] {escape(shown(str(error)))}", highlight=False)

    def warn(self, text: str) -> None:
        """Print a warning on standard error."""
        self._err.print(f"[yellow]warning[/] {escape(shown(text))}", highlight=False)

    @contextmanager
    def progress(self, label: str, total: int) -> Iterator[Callable[[], None]]:
        """Show a bar on standard error while something long goes on; yields what to call for each piece done.

        Silent where nobody watches.
        """
        with self._bar() as bar:
            task = bar.add_task(label, total=total)
            yield lambda: bar.advance(task)

    @contextmanager
    def growing_progress(self, label: str) -> Iterator[Callable[[int, int], None]]:
        """Show a bar for work that grows; yields what to call with how many more were found, and are done."""
        with self._bar() as bar:
            task = bar.add_task(label, total=0)

            def grow(found: int, done: int) -> None:
                bar.update(task, total=(bar.tasks[0].total or 0) + found, advance=done)

            yield grow

    @contextmanager
    def long_progress(self, label: str) -> Iterator[Callable[[int, int], None]]:
        """Show a bar whose total is told on the way; yields what to call with how many are done, of how many."""
        with self._bar() as bar:
            task = bar.add_task(label, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def _bar(self) -> Progress:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        silent = self.as_json or not sys.stderr.isatty()
        return Progress(*columns, console=self._err, transient=True, disable=silent)


def plain(value: Any) -> Any:
    """Return dataclasses, times and tuples as what JSON has."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else one_line(shown(str(value)))


def shown(text: str) -> str:
    """Return text that moves no cursor, colours nothing and turns no reading direction: partners wrote some of it."""
    return _BIDI.sub("", printable(text))
