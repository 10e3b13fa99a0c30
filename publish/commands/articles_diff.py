"""`reprint articles diff`: what a partner changed, word for word, in the terminal or as an HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.markup import escape

from ingest.errors import ConfigError
from ingest.revisions import Diff, Difference, Run, Step, diff
from ingest.store import articles
from ingest.store.articles import RevisionRow
from ingest.store.database import read
from publish import wiring
from publish.commands.invocation import OK, Invocation, command
from publish.console import Console
from publish.diff_page import diff_page, in_context

_MARKS = {Step.ADDED: ("green", "{+", "+}"), Step.REMOVED: ("red", "[-", "-]")}
_SIGNS = {Step.ADDED: "[green]+[/]", Step.REMOVED: "[red]-[/]", Step.CHANGED: "[yellow]~[/]", Step.SAME: " "}

Number = Annotated[int | None, typer.Option(min=1, max=2**31, help="A revision's number; the last two if not given.")]


def register(words: typer.Typer) -> None:
    """Add the word to `reprint articles`."""
    command(words, "diff")(diff_)


def diff_(
    invocation: Invocation,
    article_id: Annotated[int, typer.Argument(metavar="ID", min=1, max=2**62, help="The article's number.")],
    earlier: Number = None,
    later: Number = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write it as an HTML file.")] = None,
) -> int:
    """Show what changed between two revisions of an article, word for word, ads and counters left out."""
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        row = articles.row_of(connection, article_id)
        if row is None:
            raise ConfigError(
                f"there is no article {article_id}", where="articles", next_step="see `reprint articles list`"
            )
        before, after = _pair(connection, article_id, earlier, later)
        old, new = articles.load(connection, before.id), articles.load(connection, after.id)
    found = diff(old, new)
    if html is not None:
        _write(html, diff_page(found, row=row, article=new, before=before, after=after))
        invocation.console.say(f"Written to {escape(str(html))}")
    else:
        _show(invocation.console, found, before, after)
    invocation.console.json({"before": before, "after": after, "diff": found})
    return OK


def _pair(
    connection: sa.Connection, article_id: int, earlier: int | None, later: int | None
) -> tuple[RevisionRow, RevisionRow]:
    known = {row.number: row for row in articles.revisions(connection, article_id)}
    where = f"article {article_id}"
    if len(known) < 2:
        raise ConfigError(
            "it has one revision: nothing has changed", where=where, next_step="see `reprint articles show`"
        )
    last = later or max(known)
    first = earlier or max((number for number in known if number < last), default=0)
    for number in (first, last):
        if number not in known:
            raise ConfigError(
                f"there is no revision {number or 'before the first'}",
                where=where,
                next_step=f"it has {', '.join(map(str, sorted(known)))}",
            )
    return known[first], known[last]


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"it cannot be written: {error.strerror}", where=str(path), next_step="name another file"
        ) from error


def _show(console: Console, found: Diff, before: RevisionRow, after: RevisionRow) -> None:
    kinds = ", ".join(kind.value for kind in found.change.kinds)
    console.say(
        f"revision {before.number} ({before.fetched_at:%Y-%m-%d %H:%M}) against {after.number} "
        f"({after.fetched_at:%Y-%m-%d %H:%M}): [bold]{kinds}[/], {found.change.added} words came, "
        f"{found.change.removed} went"
    )
    for part in in_context(found.passages):
        if isinstance(part, int):
            console.say(f"[dim]  … {part} {'passage' if part == 1 else 'passages'} as before[/]")
        else:
            console.say(_line(part))


def _line(part: Difference) -> str:
    note = f" ({escape(part.note)})" if part.note and part.step is not Step.SAME else ""
    words = "".join(map(_run, part.runs))
    shown = f"[dim]{words}[/]" if part.step is Step.SAME else words
    kind = f"[bold]{part.kind}[/]{note}: " if part.step is not Step.SAME else ""
    return f"{_SIGNS[part.step]} {kind}{shown}"


def _run(run: Run) -> str:
    """Return a run with colour, and with marks that are read without."""
    if run.step not in _MARKS:
        return escape(run.text)
    colour, opened, closed = _MARKS[run.step]
    return f"[{colour}]{escape(opened)}{escape(run.text)}{escape(closed)}[/]"
